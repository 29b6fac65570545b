package io.meshwright.model.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.meshwright.model.reconciliation.ReconciliationReport.Totals;
import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Both sides, window by window, with the verdict. A settled window whose completeness is below the threshold
 * is a breach, whatever the other windows make up for; a difference in a window that still settles leaves the verdict open.
 *
 * @param completeness {@code 1 - sum(deviation) / sum(legacy)} over the settled windows, where the deviation is that of matched rows, or of counts; empty when there is none
 */
public record WindowComparison(
        List<WindowResult> windows,
        Totals totals,
        Optional<BigDecimal> completeness,
        BigDecimal threshold,
        Verdict verdict,
        List<String> reasons)
{
    public WindowComparison
    {
        windows = ImmutableList.copyOf(windows);
        requireNonNull(totals, "totals is null");
        requireNonNull(completeness, "completeness is null");
        requireNonNull(threshold, "threshold is null");
        requireNonNull(verdict, "verdict is null");
        reasons = ImmutableList.copyOf(reasons);
    }

    /**
     * @param expected the windows that were asked for; those that neither side has rows for are complete
     * @param isSettled whether a window can no longer change by rows on their way
     */
    public static WindowComparison ofCounts(
            Set<String> expected,
            Map<String, Long> legacy,
            Map<String, Long> mesh,
            Predicate<String> isSettled,
            BigDecimal threshold)
    {
        Set<String> names = ImmutableSortedSet.<String>naturalOrder().addAll(expected).addAll(legacy.keySet()).addAll(mesh.keySet()).build();
        ImmutableList.Builder<WindowResult> results = ImmutableList.builder();
        for (String name : names) {
            results.add(WindowResult.ofCounts(name, legacy.getOrDefault(name, 0L), mesh.getOrDefault(name, 0L), isSettled.test(name)));
        }
        return of(results.build(), threshold);
    }

    /**
     * Of windows whose rows were compared.
     *
     * @param late of the missing rows, those that came after their window had closed
     * @param formatOnly of the changed rows, those that are only written differently; empty where not all were looked at
     */
    public static WindowComparison ofRows(List<WindowResult> windows, OptionalLong late, OptionalLong formatOnly, BigDecimal threshold)
    {
        return of(windows, threshold).with(late, formatOnly);
    }

    private WindowComparison with(OptionalLong late, OptionalLong formatOnly)
    {
        Totals sums = new Totals(
                totals.legacy(), totals.mesh(), totals.net(), totals.matched(), totals.missing(), late, totals.extra(), totals.changed(), formatOnly, totals.duplicate());
        return new WindowComparison(windows, sums, completeness, threshold, verdict, reasons);
    }

    /**
     * Whether the rows of all windows that have settled were matched by their keys.
     */
    public boolean isOfRows()
    {
        return totals.matched().isPresent();
    }

    /**
     * The same, where some of the windows that differ are accepted: they stay visible, and decide no verdict.
     */
    public WindowComparison accepting(Function<WindowResult, Optional<Acceptance>> acceptances)
    {
        return of(
                windows.stream()
                        .map(window -> window.state() == WindowResult.State.CONFIRMED ? acceptances.apply(window).map(window::accepted).orElse(window) : window)
                        .collect(toImmutableList()),
                threshold).with(totals.late(), totals.formatOnly());
    }

    static WindowComparison of(List<WindowResult> windows, BigDecimal threshold)
    {
        long legacy = 0;
        long mesh = 0;
        long settledLegacy = 0;
        long settledDeviation = 0;
        boolean settled = false;
        List<String> breaches = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (WindowResult window : windows) {
            legacy = Math.addExact(legacy, window.legacy());
            mesh = Math.addExact(mesh, window.mesh());
            if (window.state() == WindowResult.State.SETTLING) {
                open.add(window.window() + ": still settling");
                continue;
            }
            if (window.state() == WindowResult.State.SKIPPED) {
                open.add(window.window() + ": not compared" + window.reason().map(reason -> ", " + reason).orElse(""));
                continue;
            }
            settled = true;
            settledLegacy = Math.addExact(settledLegacy, window.legacy());
            settledDeviation = Math.addExact(settledDeviation, window.deviation());
            window.reason().filter(reason -> window.state() == WindowResult.State.CONFIRMED).ifPresent(reason -> open.add(window.window() + ": " + reason));
            window.breachOf(threshold).ifPresent(breaches::add);
        }
        Verdict verdict = !breaches.isEmpty() ? Verdict.BREACH : (!open.isEmpty() || windows.isEmpty()) ? Verdict.UNKNOWN : Verdict.OK;
        if (windows.isEmpty()) {
            open.add("no window was compared");
        }
        return new WindowComparison(
                windows,
                new Totals(
                        legacy,
                        mesh,
                        mesh - legacy,
                        total(windows, window -> OptionalLong.of(window.missing().isPresent() ? window.matched() : 0)),
                        total(windows, WindowResult::missing),
                        OptionalLong.empty(),
                        total(windows, WindowResult::extra),
                        total(windows, WindowResult::changed),
                        OptionalLong.empty(),
                        total(windows, WindowResult::duplicate)),
                settled ? Optional.of(Completeness.ofDeviation(settledLegacy, settledDeviation)) : Optional.empty(),
                threshold,
                verdict,
                ImmutableList.<String>builder().addAll(breaches).addAll(open).build());
    }

    /**
     * Over the windows that have settled; empty where one of them was not measured.
     */
    private static OptionalLong total(List<WindowResult> windows, Function<WindowResult, OptionalLong> figure)
    {
        long total = 0;
        boolean measured = false;
        for (WindowResult window : windows) {
            if (window.state() == WindowResult.State.SETTLING || window.state() == WindowResult.State.SKIPPED) {
                continue;
            }
            if (window.missing().isEmpty()) {
                return OptionalLong.empty();
            }
            measured = true;
            total = Math.addExact(total, figure.apply(window).orElseThrow());
        }
        return measured ? OptionalLong.of(total) : OptionalLong.empty();
    }
}
