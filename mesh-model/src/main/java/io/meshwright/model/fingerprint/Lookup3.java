package io.meshwright.model.fingerprint;

/**
 * The 64-bit variant of Bob Jenkins' lookup3 that PostgreSQL (since 11) hashes values with, on servers of little-endian machines.
 */
final class Lookup3
{
    private static final int START = 0x9E3779B9 + 3923095;

    private int a;
    private int b;
    private int c;

    /**
     * {@code hash_bytes_uint32_extended}
     */
    long hash(int value, long seed)
    {
        begin(Integer.BYTES, seed);
        a += value;
        return finish();
    }

    /**
     * {@code hash_bytes_extended}
     *
     * @param length how many of the bytes count
     */
    long hash(byte[] bytes, int length, long seed)
    {
        begin(length, seed);
        int offset = 0;
        for (; length - offset >= 12; offset += 12) {
            a += word(bytes, offset, 4);
            b += word(bytes, offset + 4, 4);
            c += word(bytes, offset + 8, 4);
            mix();
        }
        int left = length - offset;
        a += word(bytes, offset, left);
        b += word(bytes, offset + 4, left - 4);
        // the lowest byte of c belongs to the length
        c += word(bytes, offset + 8, left - 8) << 8;
        return finish();
    }

    private static int word(byte[] bytes, int offset, int available)
    {
        int word = 0;
        for (int index = Math.min(available, 4) - 1; index >= 0; index--) {
            word = word << 8 | bytes[offset + index] & 0xFF;
        }
        return word;
    }

    private void begin(int length, long seed)
    {
        a = START + length;
        b = a;
        c = a;
        if (seed != 0) {
            a += (int) (seed >>> 32);
            b += (int) seed;
            mix();
        }
    }

    private void mix()
    {
        a -= c;
        a ^= Integer.rotateLeft(c, 4);
        c += b;
        b -= a;
        b ^= Integer.rotateLeft(a, 6);
        a += c;
        c -= b;
        c ^= Integer.rotateLeft(b, 8);
        b += a;
        a -= c;
        a ^= Integer.rotateLeft(c, 16);
        c += b;
        b -= a;
        b ^= Integer.rotateLeft(a, 19);
        a += c;
        c -= b;
        c ^= Integer.rotateLeft(b, 4);
        b += a;
    }

    private long finish()
    {
        c ^= b;
        c -= Integer.rotateLeft(b, 14);
        a ^= c;
        a -= Integer.rotateLeft(c, 11);
        b ^= a;
        b -= Integer.rotateLeft(a, 25);
        c ^= b;
        c -= Integer.rotateLeft(b, 16);
        a ^= c;
        a -= Integer.rotateLeft(c, 4);
        b ^= a;
        b -= Integer.rotateLeft(a, 14);
        c ^= b;
        c -= Integer.rotateLeft(b, 24);
        return (long) b << 32 | c & 0xFFFFFFFFL;
    }
}
