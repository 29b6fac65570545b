package io.meshwright.model.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.meshwright.model.check.ExitStatus;
import io.meshwright.model.json.RecordJson;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The result of {@code mesh reconcile}. The component names are the keys of the JSON form.
 * Figures that the level of the comparison does not give are empty, never zero.
 *
 * @param legacy the reference or URL with the table, without credentials
 * @param legacyAsOf when the legacy side was read
 * @param profile how rows are compared; {@code counts} where only counts are
 * @param zone the time zone whose days the windows are
 * @param completeness 0..1, of the windows that have settled; an upper bound where only counts are compared
 * @param completenessIsUpperBound whether equal numbers of missing and surplus rows may hide in it
 * @param threshold the declared completeness, 0..1; 1 where none is declared
 * @param rules in words, by which the values of columns are compared
 * @param differences classified rows, with masked keys
 * @param columns which columns differ in rows of keys that both sides have, the worst first
 * @param reasons in words, why the verdict is not {@code ok}
 * @param history of all recorded runs; empty where nobody asked the record
 */
public record ReconciliationReport(
        String apiVersion,
        String kind,
        String product,
        String legacy,
        Optional<String> snapshotId,
        Optional<Instant> legacyAsOf,
        String profile,
        String zone,
        Verdict verdict,
        Optional<BigDecimal> completeness,
        boolean completenessIsUpperBound,
        BigDecimal threshold,
        Totals totals,
        List<WindowResult> windows,
        List<Difference> differences,
        List<NotCompared> notCompared,
        List<String> reasons,
        Cost cost,
        String runId,
        Instant startedAt,
        Instant finishedAt,
        List<String> rules,
        List<ColumnResult> columns,
        Optional<ReconciliationHistory> history)
{
    public static final String KIND = "ReconciliationReport";

    public enum Verdict
    {
        OK,
        BREACH,
        /**
         * A window is still settling, or was not compared.
         */
        UNKNOWN;

        public String label()
        {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param net mesh minus legacy
     * @param late rows that came after their window had closed: part of {@code missing}
     * @param formatOnly equal after the looser rule: part of {@code changed}
     * @param duplicate surplus rows of keys that occur more than once
     */
    public record Totals(
            long legacy,
            long mesh,
            long net,
            OptionalLong matched,
            OptionalLong missing,
            OptionalLong late,
            OptionalLong extra,
            OptionalLong changed,
            OptionalLong formatOnly,
            OptionalLong duplicate) {}

    /**
     * @param window the day, or "null" for rows without one, or "all"; @param kind missing, extra, changed, duplicate, late or format-only; @param columns names only
     */
    public record Difference(String window, String kind, String key, List<String> columns)
    {
        public Difference
        {
            columns = ImmutableList.copyOf(columns);
        }
    }

    public record NotCompared(String what, String reason) {}

    /**
     * @param legacySeconds time that statements ran there; @param bytes received from there, where it is known
     */
    public record Cost(BigDecimal legacySeconds, int statements, OptionalLong bytes) {}

    public ReconciliationReport
    {
        requireNonNull(apiVersion, "apiVersion is null");
        checkArgument(kind.equals(KIND), "kind is not %s: %s", KIND, kind);
        requireNonNull(product, "product is null");
        requireNonNull(legacy, "legacy is null");
        requireNonNull(snapshotId, "snapshotId is null");
        requireNonNull(legacyAsOf, "legacyAsOf is null");
        requireNonNull(profile, "profile is null");
        requireNonNull(zone, "zone is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(completeness, "completeness is null");
        requireNonNull(threshold, "threshold is null");
        requireNonNull(totals, "totals is null");
        windows = ImmutableList.copyOf(windows);
        differences = ImmutableList.copyOf(differences);
        notCompared = ImmutableList.copyOf(notCompared);
        reasons = ImmutableList.copyOf(reasons);
        requireNonNull(cost, "cost is null");
        requireNonNull(runId, "runId is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(finishedAt, "finishedAt is null");
        rules = ImmutableList.copyOf(rules);
        columns = ImmutableList.copyOf(columns);
        requireNonNull(history, "history is null");
    }

    public ReconciliationReport(
            String product,
            String legacy,
            Optional<String> snapshotId,
            Optional<Instant> legacyAsOf,
            String profile,
            String zone,
            WindowComparison comparison,
            List<NotCompared> notCompared,
            Cost cost,
            String runId,
            Instant startedAt,
            Instant finishedAt)
    {
        this(product, legacy, snapshotId, legacyAsOf, profile, zone, comparison, List.of(), List.of(), notCompared, List.of(), cost, runId, startedAt, finishedAt);
    }

    /**
     * Of rows that were compared by their keys and values.
     */
    public ReconciliationReport(
            String product,
            String legacy,
            Optional<String> snapshotId,
            Optional<Instant> legacyAsOf,
            String profile,
            String zone,
            WindowComparison comparison,
            List<Difference> differences,
            List<ColumnResult> columns,
            List<NotCompared> notCompared,
            List<String> rules,
            Cost cost,
            String runId,
            Instant startedAt,
            Instant finishedAt)
    {
        this(RecordJson.API_VERSION,
                KIND,
                product,
                legacy,
                snapshotId,
                legacyAsOf,
                profile,
                zone,
                comparison.verdict(),
                comparison.completeness(),
                !comparison.isOfRows(),
                comparison.threshold(),
                comparison.totals(),
                comparison.windows(),
                differences,
                notCompared,
                comparison.reasons(),
                cost,
                runId,
                startedAt,
                finishedAt,
                rules,
                columns,
                Optional.empty());
    }

    /**
     * The same, where somebody accepted some of the windows that differ. They stay visible and decide no verdict; whatever else kept it from being {@code ok} still does.
     */
    public ReconciliationReport accepting(Function<WindowResult, Optional<Acceptance>> acceptances)
    {
        WindowComparison before = WindowComparison.of(windows, threshold);
        WindowComparison after = before.accepting(acceptances);
        if (after.windows().equals(windows)) {
            return this;
        }
        Set<String> ofWindows = ImmutableSet.copyOf(before.reasons());
        List<String> others = reasons.stream().filter(reason -> !ofWindows.contains(reason)).collect(toImmutableList());
        Verdict left = after.verdict() == Verdict.OK && !others.isEmpty() ? Verdict.UNKNOWN : after.verdict();
        return with(left, after.windows(), ImmutableList.<String>builder().addAll(after.reasons()).addAll(others).build(), history);
    }

    public ReconciliationReport withHistory(ReconciliationHistory recorded)
    {
        return with(verdict, windows, reasons, Optional.of(recorded));
    }

    private ReconciliationReport with(Verdict newVerdict, List<WindowResult> newWindows, List<String> newReasons, Optional<ReconciliationHistory> newHistory)
    {
        return new ReconciliationReport(
                apiVersion,
                kind,
                product,
                legacy,
                snapshotId,
                legacyAsOf,
                profile,
                zone,
                newVerdict,
                completeness,
                completenessIsUpperBound,
                threshold,
                totals,
                newWindows,
                differences,
                notCompared,
                newReasons,
                cost,
                runId,
                startedAt,
                finishedAt,
                rules,
                columns,
                newHistory);
    }

    public ExitStatus exitStatus()
    {
        return switch (verdict) {
            case BREACH -> ExitStatus.FINDING;
            case UNKNOWN -> ExitStatus.UNKNOWN;
            case OK -> ExitStatus.OK;
        };
    }
}
