package io.meshwright.bridge.reconciliation;

import java.math.BigInteger;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A window of the legacy side as numbers.
 *
 * @param leastKey where the key is one integer and a row has one
 */
record LegacySums(WindowSums sums, Optional<BigInteger> leastKey, Optional<BigInteger> greatestKey)
{
    LegacySums
    {
        requireNonNull(sums, "sums is null");
        requireNonNull(leastKey, "leastKey is null");
        requireNonNull(greatestKey, "greatestKey is null");
    }
}
