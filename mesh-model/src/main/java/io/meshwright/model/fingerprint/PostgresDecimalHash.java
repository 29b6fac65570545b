package io.meshwright.model.fingerprint;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * {@code hash_numeric_extended}: of the digits to the base 10 000, without zeros at either end, and of the place of the first. Forgets the sign. Not safe for use by several threads.
 */
final class PostgresDecimalHash
{
    private static final int BASE = 10_000;
    private static final BigInteger LARGE_BASE = BigInteger.valueOf(BASE);
    private static final long ZERO = -1;
    private static final int[] POWERS = {1, 10, 100, 1_000};
    // of the greatest long
    private static final int MOST_GROUPS = 5;

    private byte[] digits = new byte[MOST_GROUPS * 2];

    long hash(BigDecimal value)
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
    long hash(long unscaled, int scale)
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
        // digits stand from the end of the array, the first one first
        int begin = digits.length;
        for (; left != 0; left /= BASE) {
            begin = put(begin, (int) (left % BASE));
        }
        return hash(begin, scale + padding);
    }

    private long largeHash(BigInteger unscaled, int scale)
    {
        int padding = Math.floorMod(-scale, 4);
        BigInteger left = unscaled.abs().multiply(BigInteger.TEN.pow(padding));
        int needed = left.bitLength() / 13 * 2 + 4;
        if (digits.length < needed) {
            digits = new byte[needed];
        }
        int begin = digits.length;
        while (left.signum() != 0) {
            BigInteger[] parts = left.divideAndRemainder(LARGE_BASE);
            begin = put(begin, parts[1].intValue());
            left = parts[0];
        }
        return hash(begin, scale + padding);
    }

    private int put(int end, int digit)
    {
        digits[end - 2] = (byte) digit;
        digits[end - 1] = (byte) (digit >> 8);
        return end - 2;
    }

    private long hash(int begin, int scale)
    {
        int groups = (digits.length - begin) / 2;
        int end = digits.length;
        while (digits[end - 1] == 0 && digits[end - 2] == 0) {
            end -= 2;
        }
        return Lookup3.hash(digits, begin, end) ^ (groups - 1 - scale / 4);
    }
}
