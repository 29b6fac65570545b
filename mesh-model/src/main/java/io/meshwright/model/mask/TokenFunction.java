package io.meshwright.model.mask;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static io.meshwright.model.mask.AesBlocks.BATCH_SIZE;
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
    public static final int TOKEN_LENGTH = Base32.ENCODED_SIZE;

    private final AesCmac cmac;
    private final byte[] codes = new byte[BATCH_SIZE * BLOCK_SIZE];

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
     * @param data the values' bytes
     * @param starts where each value begins in {@code data}
     * @param ends where each value ends
     * @return {@code count} tokens of {@link #TOKEN_LENGTH} ASCII characters one after the other
     */
    public byte[] tokens(byte[] data, int[] starts, int[] ends, int count)
    {
        byte[] tokens = new byte[count * TOKEN_LENGTH];
        for (int first = 0; first < count; first += BATCH_SIZE) {
            int batch = Math.min(BATCH_SIZE, count - first);
            cmac.codes(data, starts, ends, first, batch, codes);
            for (int index = 0; index < batch; index++) {
                Base32.encode(codes, index * BLOCK_SIZE, tokens, (first + index) * TOKEN_LENGTH);
            }
        }
        return tokens;
    }

    /**
     * The token of one value.
     */
    public String token(String value)
    {
        byte[] data = value.getBytes(StandardCharsets.UTF_8);
        return new String(tokens(data, new int[] {0}, new int[] {data.length}, 1), US_ASCII);
    }
}
