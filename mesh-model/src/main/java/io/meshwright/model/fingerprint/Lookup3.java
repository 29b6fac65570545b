package io.meshwright.model.fingerprint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The 64-bit variant of Bob Jenkins' lookup3 that PostgreSQL (since 11) hashes values with, on servers of little-endian machines.
 */
final class Lookup3
{
    private static final int START = 0x9E3779B9 + 3923095;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

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
    static long hash(byte[] bytes, int from, int to)
    {
        int a = START + to - from;
        int b = a;
        int c = a;
        int offset = from;
        for (; to - offset >= 12; offset += 12) {
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
        if (left >= 8) {
            a += (int) WORDS.get(bytes, offset);
            b += (int) WORDS.get(bytes, offset + 4);
            // the lowest byte of c belongs to the length
            c += rest(bytes, offset + 8, to) << 8;
        }
        else if (left >= 4) {
            a += (int) WORDS.get(bytes, offset);
            b += rest(bytes, offset + 4, to);
        }
        else {
            a += rest(bytes, offset, to);
        }
        return finished(a, b, c);
    }

    /**
     * The last bytes, fewer than four.
     */
    private static int rest(byte[] bytes, int from, int to)
    {
        int word = 0;
        for (int index = to - 1; index >= from; index--) {
            word = word << 8 | bytes[index] & 0xFF;
        }
        return word;
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
