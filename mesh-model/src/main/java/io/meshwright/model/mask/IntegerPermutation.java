package io.meshwright.model.mask;

import java.util.Arrays;

import static com.google.common.base.Preconditions.checkArgument;
import static io.meshwright.model.mask.AesBlocks.BLOCK_SIZE;
import static java.util.Objects.requireNonNull;

/**
 * The mask {@link MaskKind#PERMUTE}: FF1 (NIST SP 800-38G) with radix 2 and an empty tweak over all bits of the
 * integer, so that the type is kept and different values stay different. Keyed apart from the tokens, since whoever
 * holds the key can invert it. Not thread-safe.
 */
public final class IntegerPermutation
{
    private static final int ROUNDS = 10;

    private final AesBlocks aes;
    private final int halfBits;
    private final long halfMask;
    private final byte[] encryptedHeader;

    private byte[] blocks = new byte[0];

    /**
     * @param tokenDomain within which equal values give equal results, usually a polyseme
     * @param bits the width of the type: 32 or 64
     */
    public static IntegerPermutation create(KeyRing keys, String tokenDomain, int bits)
    {
        requireNonNull(tokenDomain, "tokenDomain is null");
        byte[] key = keys.derive("permute", tokenDomain, AesBlocks.KEY_SIZE);
        try {
            return new IntegerPermutation(key, bits);
        }
        finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    IntegerPermutation(byte[] key, int bits)
    {
        checkArgument(bits == 32 || bits == 64, "bits is neither 32 nor 64: %s", bits);
        aes = new AesBlocks(key);
        halfBits = bits / 2;
        halfMask = (1L << halfBits) - 1;
        // P of the standard: version 1, method 2, addition 1, radix 2, ten rounds, u, n and the tweak's length
        encryptedHeader = new byte[BLOCK_SIZE];
        encryptedHeader[0] = 1;
        encryptedHeader[1] = 2;
        encryptedHeader[2] = 1;
        encryptedHeader[5] = 2;
        encryptedHeader[6] = ROUNDS;
        encryptedHeader[7] = (byte) halfBits;
        encryptedHeader[11] = (byte) bits;
        aes.encrypt(encryptedHeader, 1);
    }

    /**
     * Replaces the first {@code count} values, sign-extended to 64 bits, by their permuted values.
     */
    public void permute(long[] values, int count)
    {
        if (blocks.length < count * BLOCK_SIZE) {
            blocks = new byte[count * BLOCK_SIZE];
        }
        long[] left = new long[count];
        long[] right = new long[count];
        for (int index = 0; index < count; index++) {
            left[index] = values[index] >>> halfBits & halfMask;
            right[index] = values[index] & halfMask;
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int index = 0; index < count; index++) {
                fillBlock(index * BLOCK_SIZE, round, right[index]);
            }
            aes.encrypt(blocks, count);
            for (int index = 0; index < count; index++) {
                long next = left[index] + lowBits(index * BLOCK_SIZE) & halfMask;
                left[index] = right[index];
                right[index] = next;
            }
        }
        for (int index = 0; index < count; index++) {
            long permuted = left[index] << halfBits | right[index];
            values[index] = halfBits == Integer.SIZE ? permuted : (int) permuted;
        }
    }

    /**
     * The permuted value of one.
     */
    public long permute(long value)
    {
        long[] values = {value};
        permute(values, 1);
        return values[0];
    }

    /**
     * Q of the standard, already combined with the encrypted P: zeros, the round, the right half in its b bytes.
     */
    private void fillBlock(int offset, int round, long right)
    {
        System.arraycopy(encryptedHeader, 0, blocks, offset, BLOCK_SIZE);
        int halfBytes = halfBits / Byte.SIZE;
        blocks[offset + BLOCK_SIZE - 1 - halfBytes] ^= (byte) round;
        for (int index = 0; index < halfBytes; index++) {
            blocks[offset + BLOCK_SIZE - 1 - index] ^= (byte) (right >>> index * Byte.SIZE);
        }
    }

    /**
     * The low bits of y, the number in the first d = 4 * ceil(b / 4) + 4 = 8 bytes; the others vanish modulo 2^m.
     */
    private long lowBits(int offset)
    {
        return (blocks[offset + 4] & 0xFFL) << 24
                | (blocks[offset + 5] & 0xFFL) << 16
                | (blocks[offset + 6] & 0xFFL) << 8
                | blocks[offset + 7] & 0xFFL;
    }
}
