package io.meshwright.model.fingerprint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * {@code hash_numeric_extended}: of the digits to the base 10 000, without zeros at either end, and of the place of the first. Forgets the sign.
 */
final class PostgresDecimalHash
{
    private static final int BASE = 10_000;
    private static final BigInteger LARGE_BASE = BigInteger.valueOf(BASE);
    private static final long ZERO = -1;
    private static final int[] POWERS = {1, 10, 100, 1_000};

    private PostgresDecimalHash() {}

    static long hash(BigDecimal value)
    {
        if (value.unscaledValue().bitLength() < Long.SIZE) {
            return hash(value.unscaledValue().longValue(), value.scale());
        }
        return largeHash(value.unscaledValue(), value.scale());
    }

    /**
     * @param unscaled the digits before and after the point as one number
     * @param scale how many of them are after the point
     */
    static long hash(long unscaled, int scale)
    {
        if (unscaled == 0) {
            return ZERO;
        }
        // groups of four digits begin at the point
        int padding = -scale & 3;
        long left = Math.abs(unscaled);
        if (left < 0 || left > Long.MAX_VALUE / POWERS[padding]) {
            return largeHash(BigInteger.valueOf(unscaled), scale);
        }
        left *= POWERS[padding];
        int weight = -1 - (scale + padding) / 4;
        // as the server holds them, 16 bits each: at most five, of which the fourth and those before are in the first number
        long first = 0;
        int last = 0;
        int length = 0;
        while (left != 0) {
            long quotient = left / BASE;
            int group = (int) (left - quotient * BASE);
            left = quotient;
            weight++;
            if (length > 0 || group != 0) {
                last = (int) (first >>> 48);
                first = first << 16 | group;
                length += 2;
            }
        }
        return Lookup3.hash(length, first, last) ^ weight;
    }

    private static long largeHash(BigInteger unscaled, int scale)
    {
        int padding = Math.floorMod(-scale, 4);
        BigInteger left = unscaled.abs().multiply(BigInteger.TEN.pow(padding));
        byte[] digits = new byte[left.bitLength() / 13 * 2 + 4];
        // they stand from the end, the first one first
        int begin = digits.length;
        while (left.signum() != 0) {
            BigInteger[] parts = left.divideAndRemainder(LARGE_BASE);
            begin -= 2;
            digits[begin] = (byte) parts[1].intValue();
            digits[begin + 1] = (byte) (parts[1].intValue() >> 8);
            left = parts[0];
        }
        int groups = (digits.length - begin) / 2;
        int end = digits.length;
        while (digits[end - 1] == 0 && digits[end - 2] == 0) {
            end -= 2;
        }
        return Lookup3.hash(Arrays.copyOfRange(digits, begin, end)) ^ (groups - 1 - (scale + padding) / 4);
    }
}
