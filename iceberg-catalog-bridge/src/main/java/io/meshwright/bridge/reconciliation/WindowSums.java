package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.fingerprint.Fingerprint;

import java.math.BigInteger;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * All rows of one window as numbers.
 *
 * @param columnHashes the sum of the hashes of each hashed column, in the order of the plan; 0 of those that were not asked for
 * @param columnSums the sum of the values of each column that is {@link io.meshwright.model.fingerprint.FingerprintPlan#summed}, where NULL adds nothing
 */
public record WindowSums(Fingerprint fingerprint, List<BigInteger> columnHashes, List<Double> columnSums)
{
    public WindowSums
    {
        requireNonNull(fingerprint, "fingerprint is null");
        columnHashes = ImmutableList.copyOf(columnHashes);
        columnSums = ImmutableList.copyOf(columnSums);
    }
}
