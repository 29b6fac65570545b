package io.meshwright.bridge.reconciliation;

import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.FingerprintPlan;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;

/**
 * How finely the rows of windows are divided, and where a row goes.
 */
final class Buckets
{
    /**
     * The number of rows of a bucket that is aimed at: fewer are not worth a line of their own, more are many to send.
     */
    private static final long ROWS = 2_048;
    private static final long MOST_CELLS = 200_000;

    private Buckets() {}

    static long of(FingerprintPlan plan, Bucketing bucketing, List<Object> key)
    {
        if (!bucketing.byKey()) {
            return bucketing.bucket(plan.keyHash().hash(key));
        }
        return key.get(0) == null ? Bucketing.NULL_BUCKET : bucketing.bucket((long) key.get(0));
    }

    static long first(Bucketing bucketing, long bucket)
    {
        return bucket << bucketing.bits();
    }

    static long last(Bucketing bucketing, long bucket)
    {
        return (bucket << bucketing.bits()) + (1L << bucketing.bits()) - 1;
    }

    /**
     * @param windows that are divided, as the legacy side has them
     */
    static Bucketing choose(FingerprintPlan plan, Collection<LegacySums> windows)
    {
        long rows = windows.stream().mapToLong(window -> window.sums().fingerprint().rows()).sum();
        long cells = Math.min(MOST_CELLS, Math.max(windows.size(), rows / ROWS));
        return plan.hasIntegerKey() ? byKey(windows, cells) : byHash(windows, cells);
    }

    private static Bucketing byHash(Collection<LegacySums> windows, long cells)
    {
        int bits = 0;
        while (windows.size() * (2L << bits) <= cells) {
            bits++;
        }
        return new Bucketing(false, bits);
    }

    private static Bucketing byKey(Collection<LegacySums> windows, long cells)
    {
        for (int bits = 0; bits < 62; bits++) {
            if (cellsOf(windows, bits).compareTo(BigInteger.valueOf(cells)) <= 0) {
                return new Bucketing(true, bits);
            }
        }
        return new Bucketing(true, 62);
    }

    /**
     * No more than there are rows, however far the keys are apart.
     */
    private static BigInteger cellsOf(Collection<LegacySums> windows, int bits)
    {
        BigInteger cells = BigInteger.ZERO;
        for (LegacySums window : windows) {
            BigInteger ranges = window.greatestKey().orElse(BigInteger.ZERO).shiftRight(bits).subtract(window.leastKey().orElse(BigInteger.ZERO).shiftRight(bits)).add(BigInteger.ONE);
            cells = cells.add(ranges.min(BigInteger.valueOf(Math.max(1, window.sums().fingerprint().rows()))));
        }
        return cells;
    }
}
