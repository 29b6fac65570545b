package io.meshwright.spark.reconciliation;

import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;

import java.util.Arrays;

/**
 * Rows as a key's bytes, a hash and a side, one after the other in an array that grows.
 */
final class KeyedRows
{
    static final byte LEGACY = 0;
    static final byte MESH = 1;
    private static final int SEED = 42;
    private static final int FIRST_CAPACITY = 1 << 10;
    // side, length, hash
    private static final int OVERHEAD = 1 + Integer.BYTES + Long.BYTES;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    int size()
    {
        return size;
    }

    void add(byte side, byte[] key, int keyOffset, int keyLength, long hash)
    {
        int needed = size + OVERHEAD + keyLength;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        long base = Platform.BYTE_ARRAY_OFFSET + size;
        bytes[size] = side;
        Platform.putInt(bytes, base + 1, keyLength);
        Platform.putLong(bytes, base + 1 + Integer.BYTES, hash);
        System.arraycopy(key, keyOffset, bytes, size + OVERHEAD, keyLength);
        size = needed;
    }

    byte[] take()
    {
        byte[] taken = Arrays.copyOf(bytes, size);
        size = 0;
        return taken;
    }

    static int next(byte[] rows, int offset)
    {
        return offset + OVERHEAD + keyLength(rows, offset);
    }

    static byte side(byte[] rows, int offset)
    {
        return rows[offset];
    }

    static int keyLength(byte[] rows, int offset)
    {
        return Platform.getInt(rows, Platform.BYTE_ARRAY_OFFSET + offset + 1L);
    }

    static int keyOffset(int offset)
    {
        return offset + OVERHEAD;
    }

    static long hash(byte[] rows, int offset)
    {
        return Platform.getLong(rows, Platform.BYTE_ARRAY_OFFSET + offset + 1L + Integer.BYTES);
    }

    static boolean isSameKey(byte[] left, int leftOffset, byte[] right, int rightOffset)
    {
        int length = keyLength(left, leftOffset);
        int leftKey = keyOffset(leftOffset);
        int rightKey = keyOffset(rightOffset);
        return length == keyLength(right, rightOffset) && Arrays.equals(left, leftKey, leftKey + length, right, rightKey, rightKey + length);
    }

    /**
     * By which keys are dealt and sorted.
     */
    static long spread(byte[] key, int offset, int length)
    {
        return XXH64.hashUnsafeBytes(key, Platform.BYTE_ARRAY_OFFSET + offset, length, SEED);
    }
}
