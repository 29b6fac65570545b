package io.meshwright.model.mask;

import com.google.common.io.BaseEncoding;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestAesCmac
{
    private static final byte[] KEY = hex("2b7e151628aed2a6abf7158809cf4f3c");
    private static final byte[] MESSAGE = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");

    /**
     * RFC 4493 section 4, test vectors for AES-CMAC.
     */
    @Test
    void testPublishedVectors()
    {
        assertThat(code(0)).isEqualTo("bb1d6929e95937287fa37d129b756746");
        assertThat(code(16)).isEqualTo("070a16b46b4d4144f79bdd9dd04a287c");
        assertThat(code(40)).isEqualTo("dfa66747de9ae63030ca32611497c827");
        assertThat(code(64)).isEqualTo("51f0bebf7e3b9d92fc49741779363cfe");
    }

    @Test
    void testBatchEqualsOneByOne()
    {
        Random random = new Random(7);
        for (int batch = 0; batch < 50; batch++) {
            List<byte[]> messages = new ArrayList<>();
            for (int index = 0; index < random.nextInt(40); index++) {
                byte[] message = new byte[random.nextInt(70)];
                random.nextBytes(message);
                messages.add(message);
            }
            int[] offsets = new int[messages.size() + 1];
            for (int index = 0; index < messages.size(); index++) {
                offsets[index + 1] = offsets[index] + messages.get(index).length;
            }
            byte[] data = new byte[offsets[messages.size()]];
            for (int index = 0; index < messages.size(); index++) {
                System.arraycopy(messages.get(index), 0, data, offsets[index], messages.get(index).length);
            }

            AesCmac cmac = new AesCmac(KEY);
            byte[] codes = new byte[messages.size() * 16];
            cmac.codes(data, offsets, Arrays.copyOfRange(offsets, 1, offsets.length), 0, messages.size(), codes);
            for (int index = 0; index < messages.size(); index++) {
                byte[] message = messages.get(index);
                assertThat(Arrays.copyOfRange(codes, index * 16, (index + 1) * 16))
                        .isEqualTo(new AesCmac(KEY).code(message));
            }
        }
    }

    /**
     * What lies around a message in the same array does not matter.
     */
    @Test
    void testMessageWithinOtherBytes()
    {
        byte[] surrounded = new byte[100];
        new Random(9).nextBytes(surrounded);
        System.arraycopy(MESSAGE, 0, surrounded, 20, MESSAGE.length);
        for (int length = 0; length <= MESSAGE.length; length++) {
            assertThat(code(surrounded, 20, 20 + length)).isEqualTo(new AesCmac(KEY).code(Arrays.copyOf(MESSAGE, length)));
        }
    }

    @Test
    void testWrongKeySize()
    {
        assertThatThrownBy(() -> new AesCmac(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key is not of 16 bytes");
    }

    private static String code(int length)
    {
        return BaseEncoding.base16().encode(code(MESSAGE, 0, length)).toLowerCase(Locale.ROOT);
    }

    private static byte[] code(byte[] data, int start, int end)
    {
        byte[] code = new byte[16];
        new AesCmac(KEY).codes(data, new int[] {start}, new int[] {end}, 0, 1, code);
        return code;
    }

    private static byte[] hex(String text)
    {
        return BaseEncoding.base16().decode(text.toUpperCase(Locale.ROOT));
    }
}
