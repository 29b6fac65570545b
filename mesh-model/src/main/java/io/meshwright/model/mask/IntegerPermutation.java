package io.meshwright.model.mask;

import java.util.Arrays;

import static com.google.common.base.Preconditions.checkArgument;
import static io.meshwright.model.mask.AesBlocks.BATCH_SIZE;
import static io.meshwright.model.mask.AesBlocks.BIG_ENDIAN;
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
    private final long encryptedHeaderEnd;

    private final byte[] input = new byte[BATCH_SIZE * BLOCK_SIZE];
    private final byte[] output = new byte[BATCH_SIZE * BLOCK_SIZE];
    private final long[] left = new long[BATCH_SIZE];
    private final long[] right = new long[BATCH_SIZE];

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
        byte[] header = new byte[BLOCK_SIZE];
        header[0] = 1;
        header[1] = 2;
        header[2] = 1;
        header[5] = 2;
        header[6] = ROUNDS;
        header[7] = (byte) halfBits;
        header[11] = (byte) bits;
        byte[] encryptedHeader = new byte[BLOCK_SIZE];
        aes.encrypt(header, encryptedHeader, 1);
        encryptedHeaderEnd = (long) BIG_ENDIAN.get(encryptedHeader, Long.BYTES);
        // the first half of Q is zero in all rounds, so what meets the cipher there never changes
        for (int index = 0; index < BATCH_SIZE; index++) {
            System.arraycopy(encryptedHeader, 0, input, index * BLOCK_SIZE, Long.BYTES);
        }
    }

    /**
     * Replaces the first {@code count} values, sign-extended to 64 bits, by their permuted values.
     */
    public void permute(long[] values, int count)
    {
        for (int first = 0; first < count; first += BATCH_SIZE) {
            permute(values, first, Math.min(BATCH_SIZE, count - first));
        }
    }

    private void permute(long[] values, int first, int count)
    {
        for (int index = 0; index < count; index++) {
            left[index] = values[first + index] >>> halfBits & halfMask;
            right[index] = values[first + index] & halfMask;
        }
        for (int round = 0; round < ROUNDS; round++) {
            // Q of the standard, combined with the encrypted P: zeros, the round, the right half in its b bytes
            long prefix = encryptedHeaderEnd ^ (long) round << halfBits;
            for (int index = 0; index < count; index++) {
                BIG_ENDIAN.set(input, index * BLOCK_SIZE + Long.BYTES, prefix ^ right[index]);
            }
            aes.encrypt(input, output, count);
            for (int index = 0; index < count; index++) {
                // the low bits of y, the number in the first d = 4 * ceil(b / 4) + 4 = 8 bytes; the others vanish modulo 2^m
                long next = left[index] + (long) BIG_ENDIAN.get(output, index * BLOCK_SIZE) & halfMask;
                left[index] = right[index];
                right[index] = next;
            }
        }
        for (int index = 0; index < count; index++) {
            long permuted = left[index] << halfBits | right[index];
            values[first + index] = halfBits == Integer.SIZE ? permuted : (int) permuted;
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
}
