package io.meshwright.model.fingerprint;

import java.math.BigInteger;

import static java.util.Objects.requireNonNull;

/**
 * Some rows as numbers that do not depend on their order. Sums are exact: a sum tells a row that is there twice, which an exclusive or does not.
 *
 * @param rows how many
 * @param hashes sum of the hashes of the rows
 * @param keys sum of the key, where the key is one integer; otherwise 0
 */
public record Fingerprint(long rows, BigInteger hashes, BigInteger keys)
{
    public static final Fingerprint EMPTY = new Fingerprint(0, BigInteger.ZERO, BigInteger.ZERO);

    public Fingerprint
    {
        requireNonNull(hashes, "hashes is null");
        requireNonNull(keys, "keys is null");
    }

    public Fingerprint plus(Fingerprint other)
    {
        return new Fingerprint(Math.addExact(rows, other.rows), hashes.add(other.hashes), keys.add(other.keys));
    }
}
