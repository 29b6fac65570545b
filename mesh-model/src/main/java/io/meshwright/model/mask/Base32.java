package io.meshwright.model.mask;

import static io.meshwright.model.mask.AesBlocks.BIG_ENDIAN;

/**
 * Base32 in lower case without padding (the alphabet of RFC 4648) of 16 bytes, eight characters at a time.
 */
final class Base32
{
    static final int ENCODED_SIZE = 26;

    private static final int LETTERS = 26;
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long FIFTH_BITS = 0x1F;

    private Base32() {}

    static void encode(byte[] source, int sourceOffset, byte[] target, int targetOffset)
    {
        long high = (long) BIG_ENDIAN.get(source, sourceOffset);
        long low = (long) BIG_ENDIAN.get(source, sourceOffset + Long.BYTES);
        BIG_ENDIAN.set(target, targetOffset, characters(high >>> 24));
        BIG_ENDIAN.set(target, targetOffset + 8, characters((high & 0xFF_FFFF) << 16 | low >>> 48));
        BIG_ENDIAN.set(target, targetOffset + 16, characters(low >>> 8 & 0xFF_FFFF_FFFFL));
        target[targetOffset + 24] = (byte) letters(low >>> 3 & FIFTH_BITS);
        target[targetOffset + 25] = (byte) letters(low << 2 & FIFTH_BITS);
    }

    /**
     * The eight characters of 40 bits, the first one in the highest byte.
     */
    private static long characters(long bits)
    {
        long halves = (bits & 0xFF_FFF0_0000L) << 12 | bits & 0xF_FFFFL;
        long quarters = (halves & 0x000F_FC00_000F_FC00L) << 6 | halves & 0x0000_03FF_0000_03FFL;
        return letters((quarters & 0x03E0_03E0_03E0_03E0L) << 3 | quarters & 0x001F_001F_001F_001FL);
    }

    /**
     * In each byte, the character for the number in it: a letter below 26, from there on a digit that begins at 2.
     */
    private static long letters(long numbers)
    {
        long digits = (numbers + (0x80 - LETTERS) * EACH_BYTE & 0x80 * EACH_BYTE) >>> 7;
        return numbers + 'a' * EACH_BYTE - digits * ('a' - ('2' - LETTERS));
    }
}
