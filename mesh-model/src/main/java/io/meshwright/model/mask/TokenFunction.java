package io.meshwright.model.mask;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static io.meshwright.model.mask.AesBlocks.BLOCK_SIZE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

/**
 * The mask {@link MaskKind#TOKEN}: AES-CMAC of the value's UTF-8 bytes with a key of its own for each token domain,
 * written in base32 lower case. Equal values of one domain and key version give equal tokens, in every engine.
 * Not thread-safe.
 */
public final class TokenFunction
{
    /**
     * Characters of each token: 128 bits, five to a character.
     */
    public static final int TOKEN_LENGTH = 26;

    private static final byte[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".getBytes(US_ASCII);

    private final AesCmac cmac;

    /**
     * @param tokenDomain within which equal values give equal tokens, usually a polyseme
     */
    public static TokenFunction create(KeyRing keys, String tokenDomain)
    {
        requireNonNull(tokenDomain, "tokenDomain is null");
        byte[] key = keys.derive("token", tokenDomain, AesBlocks.KEY_SIZE);
        try {
            return new TokenFunction(new AesCmac(key));
        }
        finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private TokenFunction(AesCmac cmac)
    {
        this.cmac = cmac;
    }

    /**
     * Tokens of many values at once.
     *
     * @param data the values' bytes one after the other
     * @param offsets where each value begins, and at {@code count} where the last one ends
     * @return {@code count} tokens of {@link #TOKEN_LENGTH} ASCII characters one after the other
     */
    public byte[] tokens(byte[] data, int[] offsets, int count)
    {
        byte[] codes = cmac.codes(data, offsets, count);
        byte[] tokens = new byte[count * TOKEN_LENGTH];
        for (int index = 0; index < count; index++) {
            encode(codes, index * BLOCK_SIZE, tokens, index * TOKEN_LENGTH);
        }
        return tokens;
    }

    /**
     * The token of one value.
     */
    public String token(String value)
    {
        byte[] data = value.getBytes(StandardCharsets.UTF_8);
        return new String(tokens(data, new int[] {0, data.length}, 1), US_ASCII);
    }

    private static void encode(byte[] code, int codeOffset, byte[] target, int targetOffset)
    {
        long pending = 0;
        int pendingBits = 0;
        int written = targetOffset;
        for (int index = 0; index < BLOCK_SIZE; index++) {
            pending = pending << 8 | (code[codeOffset + index] & 0xFF);
            pendingBits += 8;
            while (pendingBits >= 5) {
                pendingBits -= 5;
                target[written++] = ALPHABET[(int) (pending >>> pendingBits) & 31];
            }
        }
        target[written] = ALPHABET[(int) (pending << (5 - pendingBits)) & 31];
    }
}
