package io.meshwright.model.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.reconciliation.ReconciliationReport.Cost;
import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What all recorded runs tell of one migration. A mismatch is a window that differs and is not expected to change any more.
 *
 * @param runs how many were recorded
 * @param firstMismatch when a run first found one
 * @param lastMismatch when a run last found one
 * @param oldestOpenSeconds how long ago the oldest mismatch that is still there was first found
 * @param meanSettleSeconds from the first run that found a window to differ until the first that found it equal, on average over the windows that became equal
 * @param cost of all runs, as far as it was recorded
 * @param windows as the newest run left each, in their order
 * @param trend the last run of each day, oldest first
 */
public record ReconciliationHistory(
        int runs,
        Optional<Instant> firstMismatch,
        Optional<Instant> lastMismatch,
        OptionalLong oldestOpenSeconds,
        OptionalLong meanSettleSeconds,
        Cost cost,
        List<Window> windows,
        List<Run> trend)
{
    /**
     * @param completeness 0..1
     * @param firstMismatch since when it differs; empty when it does not
     */
    public record Window(String window, WindowResult.State state, long net, BigDecimal completeness, BigDecimal threshold, Optional<Instant> firstMismatch, Instant comparedAt) {}

    /**
     * @param completeness of the worst window that had settled, 0..1
     * @param differing windows with a mismatch
     */
    public record Run(Instant at, Verdict verdict, Optional<BigDecimal> completeness, int differing) {}

    public ReconciliationHistory
    {
        requireNonNull(firstMismatch, "firstMismatch is null");
        requireNonNull(lastMismatch, "lastMismatch is null");
        requireNonNull(oldestOpenSeconds, "oldestOpenSeconds is null");
        requireNonNull(meanSettleSeconds, "meanSettleSeconds is null");
        requireNonNull(cost, "cost is null");
        windows = ImmutableList.copyOf(windows);
        trend = ImmutableList.copyOf(trend);
    }
}
