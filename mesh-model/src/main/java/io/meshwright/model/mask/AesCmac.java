package io.meshwright.model.mask;

import java.util.Arrays;

import static com.google.common.base.Preconditions.checkArgument;
import static io.meshwright.model.mask.AesBlocks.BATCH_SIZE;
import static io.meshwright.model.mask.AesBlocks.BLOCK_SIZE;
import static io.meshwright.model.mask.AesBlocks.LITTLE_ENDIAN;

/**
 * AES-128-CMAC (RFC 4493, NIST SP 800-38B) of many messages together: the n-th blocks of all messages that are
 * still alive are encrypted in one call. Not thread-safe.
 */
final class AesCmac
{
    private static final byte REDUCTION = (byte) 0x87;
    private static final long PADDING = 0x80;

    private final AesBlocks aes;
    // the sub-keys K1 and K2 of the standard
    private final long wholeBlockKeyLow;
    private final long wholeBlockKeyHigh;
    private final long paddedBlockKeyLow;
    private final long paddedBlockKeyHigh;

    private final byte[] input = new byte[BATCH_SIZE * BLOCK_SIZE];
    private final byte[] output = new byte[BATCH_SIZE * BLOCK_SIZE];
    private final int[] alive = new int[BATCH_SIZE];

    AesCmac(byte[] key)
    {
        checkArgument(key.length == AesBlocks.KEY_SIZE, "key is not of %s bytes", AesBlocks.KEY_SIZE);
        aes = new AesBlocks(key);
        byte[] encryptedZero = new byte[BLOCK_SIZE];
        aes.encrypt(new byte[BLOCK_SIZE], encryptedZero, 1);
        byte[] wholeBlockKey = doubled(encryptedZero);
        byte[] paddedBlockKey = doubled(wholeBlockKey);
        wholeBlockKeyLow = (long) LITTLE_ENDIAN.get(wholeBlockKey, 0);
        wholeBlockKeyHigh = (long) LITTLE_ENDIAN.get(wholeBlockKey, Long.BYTES);
        paddedBlockKeyLow = (long) LITTLE_ENDIAN.get(paddedBlockKey, 0);
        paddedBlockKeyHigh = (long) LITTLE_ENDIAN.get(paddedBlockKey, Long.BYTES);
    }

    /**
     * The code of one message.
     */
    byte[] code(byte[] message)
    {
        byte[] code = new byte[BLOCK_SIZE];
        codes(message, new int[] {0}, new int[] {message.length}, 0, 1, code);
        return code;
    }

    /**
     * The codes of up to {@link AesBlocks#BATCH_SIZE} messages, one after the other, 16 bytes each.
     *
     * @param starts where each message begins in {@code data}
     * @param ends where each ends
     * @param first the first message's place in {@code starts} and {@code ends}
     */
    void codes(byte[] data, int[] starts, int[] ends, int first, int count, byte[] codes)
    {
        int longMessages = 0;
        for (int index = 0; index < count; index++) {
            int start = starts[first + index];
            int end = ends[first + index];
            absorb(data, start, end, 0, 0, index);
            alive[longMessages] = index;
            longMessages += end - start > BLOCK_SIZE ? 1 : 0;
        }
        aes.encrypt(input, codes, count);
        for (int round = 1; longMessages > 0; round++) {
            longMessages = absorbNextBlocks(data, starts, ends, first, round * BLOCK_SIZE, longMessages, codes);
        }
    }

    /**
     * @return how many messages have still more blocks
     */
    private int absorbNextBlocks(byte[] data, int[] starts, int[] ends, int first, int position, int count, byte[] states)
    {
        for (int slot = 0; slot < count; slot++) {
            int index = alive[slot];
            absorb(data,
                    starts[first + index] + position,
                    ends[first + index],
                    (long) LITTLE_ENDIAN.get(states, index * BLOCK_SIZE),
                    (long) LITTLE_ENDIAN.get(states, index * BLOCK_SIZE + Long.BYTES),
                    slot);
        }
        aes.encrypt(input, output, count);
        int remaining = 0;
        for (int slot = 0; slot < count; slot++) {
            int index = alive[slot];
            System.arraycopy(output, slot * BLOCK_SIZE, states, index * BLOCK_SIZE, BLOCK_SIZE);
            alive[remaining] = index;
            remaining += ends[first + index] - starts[first + index] - position > BLOCK_SIZE ? 1 : 0;
        }
        return remaining;
    }

    /**
     * Prepares one block for the cipher: the state, the message's next bytes and, in its last block, padding and sub-key.
     */
    private void absorb(byte[] data, int from, int end, long stateLow, long stateHigh, int slot)
    {
        byte[] source = data;
        int offset = from;
        if (from + BLOCK_SIZE > data.length) {
            source = Arrays.copyOfRange(data, from, from + BLOCK_SIZE);
            offset = 0;
        }
        long low = (long) LITTLE_ENDIAN.get(source, offset);
        long high = (long) LITTLE_ENDIAN.get(source, offset + Long.BYTES);
        int length = end - from;
        if (length < Long.BYTES) {
            int bits = length * Byte.SIZE;
            low = low & ((1L << bits) - 1) | PADDING << bits;
            low ^= paddedBlockKeyLow;
            high = paddedBlockKeyHigh;
        }
        else if (length < BLOCK_SIZE) {
            int bits = (length - Long.BYTES) * Byte.SIZE;
            low ^= paddedBlockKeyLow;
            high = high & ((1L << bits) - 1) | PADDING << bits;
            high ^= paddedBlockKeyHigh;
        }
        else if (length == BLOCK_SIZE) {
            low ^= wholeBlockKeyLow;
            high ^= wholeBlockKeyHigh;
        }
        LITTLE_ENDIAN.set(input, slot * BLOCK_SIZE, low ^ stateLow);
        LITTLE_ENDIAN.set(input, slot * BLOCK_SIZE + Long.BYTES, high ^ stateHigh);
    }

    /**
     * The value times x in GF(2^128), as the sub-keys are made.
     */
    private static byte[] doubled(byte[] value)
    {
        byte[] result = Arrays.copyOf(value, BLOCK_SIZE);
        int carry = 0;
        for (int index = BLOCK_SIZE - 1; index >= 0; index--) {
            int shifted = (result[index] & 0xFF) << 1 | carry;
            result[index] = (byte) shifted;
            carry = shifted >>> 8;
        }
        if (carry != 0) {
            result[BLOCK_SIZE - 1] ^= REDUCTION;
        }
        return result;
    }
}
