package io.meshwright.model.mask;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class TestTokenFunction
{
    private static final KeyRing RING = KeyRing.parse("keys", "meshwright-key-ring 1\ncurrent 1\nkey 1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n".getBytes(UTF_8));

    /**
     * Frozen, at all places where the padding changes: whoever keeps masked values joins by them.
     */
    @Test
    void testTokensAreStable()
    {
        assertToken("", "zytns3juxt6idtkb2ionu64r6i");
        assertToken("C1", "gont4bew3ugytppvqxmlpiaace");
        assertToken("12345678", "gx3xz7uakfwhmhwamn2rtcj4lu");
        assertToken("0123456789abcdef", "chro2o6u3b322x7alt5qx4bwcy");
        assertToken("0123456789abcdefg", "bybz5k6b2oreicwgp5ptx3kz7a");
        assertToken("ann@mail.example, Main Street 1, Zürich, Switzerland", "56c6b5ddlmqlalbmsyurvk4naa");
    }

    @Test
    void testManyEqualOneByOne()
    {
        Random random = new Random(17);
        byte[] data = new byte[5000];
        random.nextBytes(data);
        int count = 1500;
        int[] starts = random.ints(count, 0, 4900).toArray();
        int[] ends = Arrays.stream(starts).map(start -> start + random.nextInt(60)).toArray();
        TokenFunction function = TokenFunction.create(RING, "sku");
        String tokens = new String(function.tokens(data, starts, ends, count), US_ASCII);
        assertThat(tokens).hasSize(count * TokenFunction.TOKEN_LENGTH);
        for (int index = 0; index < count; index++) {
            byte[] token = TokenFunction.create(RING, "sku").tokens(data, new int[] {starts[index]}, new int[] {ends[index]}, 1);
            assertThat(tokens.substring(index * TokenFunction.TOKEN_LENGTH, (index + 1) * TokenFunction.TOKEN_LENGTH)).isEqualTo(new String(token, US_ASCII));
        }
    }

    private static void assertToken(String value, String token)
    {
        assertThat(TokenFunction.create(RING, "customer_id").token(value)).isEqualTo(token);
    }
}
