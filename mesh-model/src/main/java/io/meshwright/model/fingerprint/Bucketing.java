package io.meshwright.model.fingerprint;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How the rows of a window are divided into buckets, by their key.
 *
 * @param byKey whether {@code bits} are the low bits of an integer key that are dropped, which makes ranges that an index finds; otherwise {@code bits} are the low bits of the key's
 *         hash that are kept, which asks for no order of texts
 */
public record Bucketing(boolean byKey, int bits)
{
    /**
     * The bucket of rows whose integer key is NULL, if buckets are ranges of it. NULL adds nothing to a sum of keys.
     */
    public static final long NULL_BUCKET = Long.MIN_VALUE;

    public Bucketing
    {
        checkArgument(bits >= 0 && bits < 63, "bits is not between 0 and 62: %s", bits);
    }

    /**
     * @param key the key where it is one integer, otherwise the hash of the key's values
     */
    public long bucket(long key)
    {
        return byKey ? key >> bits : key & ((1L << bits) - 1);
    }
}
