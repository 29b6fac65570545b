package io.meshwright.model.mask;

import java.util.Arrays;

import static com.google.common.base.Preconditions.checkArgument;
import static io.meshwright.model.mask.AesBlocks.BLOCK_SIZE;

/**
 * AES-128-CMAC (RFC 4493, NIST SP 800-38B) of many messages together: the n-th blocks of all messages that are
 * still alive are encrypted in one call. Not thread-safe.
 */
final class AesCmac
{
    private static final byte REDUCTION = (byte) 0x87;

    private final AesBlocks aes;
    private final byte[] wholeBlockKey;
    private final byte[] paddedBlockKey;

    private byte[] blocks = new byte[0];
    private int[] alive = new int[0];

    AesCmac(byte[] key)
    {
        checkArgument(key.length == AesBlocks.KEY_SIZE, "key is not of %s bytes", AesBlocks.KEY_SIZE);
        aes = new AesBlocks(key);
        byte[] zero = new byte[BLOCK_SIZE];
        aes.encrypt(zero, 1);
        wholeBlockKey = doubled(zero);
        paddedBlockKey = doubled(wholeBlockKey);
    }

    /**
     * @param data the messages one after the other
     * @param offsets where each message begins, and at {@code count} where the last one ends
     * @return the codes one after the other, 16 bytes each
     */
    byte[] codes(byte[] data, int[] offsets, int count)
    {
        byte[] states = new byte[count * BLOCK_SIZE];
        ensureCapacity(count);
        int aliveCount = count;
        for (int index = 0; index < count; index++) {
            alive[index] = index;
        }
        for (int round = 0; aliveCount > 0; round++) {
            int stillAlive = 0;
            for (int slot = 0; slot < aliveCount; slot++) {
                int message = alive[slot];
                absorb(states, message, data, offsets[message] + round * BLOCK_SIZE, offsets[message + 1], slot);
            }
            aes.encrypt(blocks, aliveCount);
            for (int slot = 0; slot < aliveCount; slot++) {
                int message = alive[slot];
                System.arraycopy(blocks, slot * BLOCK_SIZE, states, message * BLOCK_SIZE, BLOCK_SIZE);
                if (offsets[message + 1] - offsets[message] > (round + 1) * BLOCK_SIZE) {
                    alive[stillAlive++] = message;
                }
            }
            aliveCount = stillAlive;
        }
        return states;
    }

    private void absorb(byte[] states, int message, byte[] data, int from, int end, int slot)
    {
        int state = message * BLOCK_SIZE;
        int target = slot * BLOCK_SIZE;
        int length = Math.min(end - from, BLOCK_SIZE);
        System.arraycopy(states, state, blocks, target, BLOCK_SIZE);
        for (int index = 0; index < length; index++) {
            blocks[target + index] ^= data[from + index];
        }
        if (end - from > BLOCK_SIZE) {
            return;
        }
        byte[] lastBlockKey = wholeBlockKey;
        if (length < BLOCK_SIZE) {
            blocks[target + length] ^= (byte) 0x80;
            lastBlockKey = paddedBlockKey;
        }
        for (int index = 0; index < BLOCK_SIZE; index++) {
            blocks[target + index] ^= lastBlockKey[index];
        }
    }

    private void ensureCapacity(int count)
    {
        if (alive.length < count) {
            alive = new int[count];
            blocks = new byte[count * BLOCK_SIZE];
        }
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
