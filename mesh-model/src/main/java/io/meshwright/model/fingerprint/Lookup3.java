package io.meshwright.model.fingerprint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The 64-bit variant of Bob Jenkins' lookup3 that PostgreSQL (since 11) hashes values with, on servers of little-endian machines.
 */
final class Lookup3
{
    private static final int START = 0x9E3779B9 + 3923095;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE_WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = 12;
    static final int PADDING = BLOCK;
    // by the number of bytes after the last whole block: which of the first eight, and of the following four, count
    private static final long[] FIRST_MASKS = new long[BLOCK];
    private static final int[] LAST_MASKS = new int[BLOCK];

    static {
        for (int left = 0; left < BLOCK; left++) {
            FIRST_MASKS[left] = left < Long.BYTES ? (1L << left * Byte.SIZE) - 1 : -1;
            LAST_MASKS[left] = left < Long.BYTES ? 0 : (1 << (left - Long.BYTES) * Byte.SIZE) - 1;
        }
    }

    private Lookup3() {}

    /**
     * {@code hash_bytes_uint32_extended} without a seed
     */
    static long hash(int value)
    {
        int begin = START + Integer.BYTES;
        return finished(begin + value, begin, begin);
    }

    /**
     * {@code hash_bytes_uint32_extended}
     */
    static long hash(int value, long seed)
    {
        if (seed == 0) {
            return hash(value);
        }
        int a = START + Integer.BYTES;
        int b = a;
        int c = a;
        a += (int) (seed >>> 32);
        b += (int) seed;
        // here and below, in line: a method cannot give three numbers back
        a = a - c ^ Integer.rotateLeft(c, 4);
        c += b;
        b = b - a ^ Integer.rotateLeft(a, 6);
        a += c;
        c = c - b ^ Integer.rotateLeft(b, 8);
        b += a;
        a = a - c ^ Integer.rotateLeft(c, 16);
        c += b;
        b = b - a ^ Integer.rotateLeft(a, 19);
        a += c;
        c = c - b ^ Integer.rotateLeft(b, 4);
        b += a;
        return finished(a + value, b, c);
    }

    /**
     * {@code hash_bytes_extended} without a seed
     */
    static long hash(byte[] bytes)
    {
        return hash(Arrays.copyOf(bytes, bytes.length + PADDING), 0, bytes.length);
    }

    /**
     * {@code hash_bytes_extended} without a seed
     *
     * @param bytes of which there are {@link #PADDING} more, whatever they are: masks are quicker than a guess of how many are left
     */
    static long hash(byte[] bytes, int from, int to)
    {
        int a = START + to - from;
        int b = a;
        int c = a;
        int offset = from;
        for (; to - offset >= BLOCK; offset += BLOCK) {
            a += (int) WORDS.get(bytes, offset);
            b += (int) WORDS.get(bytes, offset + 4);
            c += (int) WORDS.get(bytes, offset + 8);
            a = a - c ^ Integer.rotateLeft(c, 4);
            c += b;
            b = b - a ^ Integer.rotateLeft(a, 6);
            a += c;
            c = c - b ^ Integer.rotateLeft(b, 8);
            b += a;
            a = a - c ^ Integer.rotateLeft(c, 16);
            c += b;
            b = b - a ^ Integer.rotateLeft(a, 19);
            a += c;
            c = c - b ^ Integer.rotateLeft(b, 4);
            b += a;
        }
        int left = to - offset;
        long first = (long) DOUBLE_WORDS.get(bytes, offset) & FIRST_MASKS[left];
        int last = (int) WORDS.get(bytes, offset + Long.BYTES) & LAST_MASKS[left];
        // the lowest byte of c belongs to the length
        return finished(a + (int) first, b + (int) (first >>> 32), c + (last << 8));
    }

    /**
     * {@code hash_bytes_extended} of fewer than 12 bytes, without a seed
     *
     * @param first eight bytes, the first one lowest, 0 where there is none
     * @param last the bytes after these
     */
    static long hash(int length, long first, int last)
    {
        int begin = START + length;
        return finished(begin + (int) first, begin + (int) (first >>> 32), begin + (last << 8));
    }

    private static long finished(int first, int second, int third)
    {
        int a = first;
        int b = second;
        int c = third;
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        c = (c ^ b) - Integer.rotateLeft(b, 24);
        return (long) b << 32 | c & 0xFFFFFFFFL;
    }
}
