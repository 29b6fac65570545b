package io.meshwright.model.mask;

import com.google.common.io.BaseEncoding;
import org.junit.jupiter.api.Test;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestIntegerPermutation
{
    private static final byte[] KEY = BaseEncoding.base16().decode("2B7E151628AED2A6ABF7158809CF4F3C");

    /**
     * The samples 1 to 3 of the standard's FF1 examples prove the oracle below, which then proves the production code.
     */
    @Test
    void testOracleOnPublishedVectors()
            throws Exception
    {
        assertThat(oracle("0123456789", 10, new byte[0])).isEqualTo("2433477484");
        assertThat(oracle("0123456789", 10, BaseEncoding.base16().decode("39383736353433323130"))).isEqualTo("6124200773");
        assertThat(oracle("0123456789abcdefghi", 36, BaseEncoding.base16().decode("3737373770717273373737"))).isEqualTo("a9tv40mll9kdu509eum");
    }

    @Test
    void testEqualsOracle()
            throws Exception
    {
        Random random = new Random(11);
        long[] values = LongStream.concat(LongStream.of(0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 42), random.longs(200)).toArray();
        long[] permuted = values.clone();
        new IntegerPermutation(KEY, 64).permute(permuted, permuted.length);
        for (int index = 0; index < values.length; index++) {
            assertThat(permuted[index]).isEqualTo(new BigInteger(oracle(bits(values[index], 64), 2, new byte[0]), 2).longValue());
        }

        long[] integers = Arrays.stream(values).map(value -> (int) value).toArray();
        long[] permutedIntegers = integers.clone();
        new IntegerPermutation(KEY, 32).permute(permutedIntegers, permutedIntegers.length);
        for (int index = 0; index < integers.length; index++) {
            assertThat(permutedIntegers[index]).isEqualTo(new BigInteger(oracle(bits(integers[index], 32), 2, new byte[0]), 2).intValue());
        }
    }

    @Test
    void testInjective()
    {
        long[] values = LongStream.range(-100_000, 100_000).toArray();
        new IntegerPermutation(KEY, 32).permute(values, values.length);
        assertThat(LongStream.of(values).distinct().count()).isEqualTo(values.length);
        assertThat(LongStream.of(values)).allMatch(value -> value == (int) (long) value);
    }

    @Test
    void testBatchEqualsOneByOne()
    {
        long[] values = new Random(3).longs(2000).toArray();
        long[] permuted = values.clone();
        IntegerPermutation permutation = new IntegerPermutation(KEY, 64);
        permutation.permute(permuted, permuted.length);
        for (int index = 0; index < values.length; index++) {
            assertThat(permutation.permute(values[index])).isEqualTo(permuted[index]);
        }
    }

    @Test
    void testUnknownWidth()
    {
        assertThatThrownBy(() -> new IntegerPermutation(KEY, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bits is neither 32 nor 64: 8");
    }

    private static String bits(long value, int width)
    {
        String digits = width == 64 ? Long.toBinaryString(value) : Integer.toBinaryString((int) value);
        return "0".repeat(width - digits.length()) + digits;
    }

    /**
     * FF1.Encrypt of NIST SP 800-38G, step by step, on digits and big integers.
     */
    private static String oracle(String plaintext, int radix, byte[] tweak)
            throws GeneralSecurityException
    {
        int n = plaintext.length();
        int u = n / 2;
        int v = n - u;
        String a = plaintext.substring(0, u);
        String b = plaintext.substring(u);
        int bytes = (BigInteger.valueOf(radix).pow(v).subtract(BigInteger.ONE).bitLength() + 7) / 8;
        int d = 4 * ((bytes + 3) / 4) + 4;
        byte[] p = new byte[] {1, 2, 1, 0, 0, (byte) radix, 10, (byte) u, 0, 0, 0, (byte) n, 0, 0, 0, (byte) tweak.length};
        for (int round = 0; round < 10; round++) {
            int padding = Math.floorMod(-tweak.length - bytes - 1, 16);
            byte[] q = new byte[tweak.length + padding + 1 + bytes];
            System.arraycopy(tweak, 0, q, 0, tweak.length);
            q[tweak.length + padding] = (byte) round;
            copyNumber(new BigInteger(b, radix), q, tweak.length + padding + 1, bytes);
            byte[] r = mac(concat(p, q));
            byte[] s = r;
            for (int block = 1; s.length < d; block++) {
                byte[] counter = r.clone();
                counter[15] ^= (byte) block;
                s = concat(s, encrypt(counter));
            }
            BigInteger y = new BigInteger(1, Arrays.copyOf(s, d));
            int m = round % 2 == 0 ? u : v;
            String c = new BigInteger(a, radix).add(y).mod(BigInteger.valueOf(radix).pow(m)).toString(radix).toLowerCase(Locale.ROOT);
            a = b;
            b = "0".repeat(m - c.length()) + c;
        }
        return a + b;
    }

    private static byte[] mac(byte[] message)
            throws GeneralSecurityException
    {
        byte[] state = new byte[16];
        for (int offset = 0; offset < message.length; offset += 16) {
            for (int index = 0; index < 16; index++) {
                state[index] ^= message[offset + index];
            }
            state = encrypt(state);
        }
        return state;
    }

    private static byte[] encrypt(byte[] block)
            throws GeneralSecurityException
    {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"));
        return cipher.doFinal(block);
    }

    private static void copyNumber(BigInteger number, byte[] target, int offset, int length)
    {
        for (int index = 0; index < length; index++) {
            target[offset + length - 1 - index] = number.shiftRight(index * 8).byteValue();
        }
    }

    private static byte[] concat(byte[] left, byte[] right)
    {
        byte[] result = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, result, left.length, right.length);
        return result;
    }
}
