package io.meshwright.spark.check;

import io.meshwright.bridge.check.ColumnTypes;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlan.Unchecked;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckSpec.Unit;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport.ColumnCompleteness;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.Measure;
import io.meshwright.model.check.ValueRule;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;
import io.meshwright.spark.session.PinnedTable;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

import static io.meshwright.spark.check.ValueViolations.column;
import static java.util.Objects.requireNonNull;

/**
 * Runs a plan against a pinned table: what metadata answers first, then one scan for all rules on values, then one query for each
 * key, then the statements. A check that cannot run is in error and keeps no other from running.
 */
public final class CheckPlanRunner
{
    private static final String ROWS = "rows";

    private final CheckPlan plan;
    private final PinnedTable table;
    private final Clock clock;
    private final Consumer<String> progress;
    private final Map<String, CheckResult> results = new HashMap<>();
    private final Set<String> mismatched = new HashSet<>();
    private final OptionalLong exactRows;
    private TableScan scan;

    /**
     * @param completeness of the columns that the table has
     */
    public record Outcome(List<CheckResult> checks, List<ColumnCompleteness> completeness, List<Unchecked> notChecked) {}

    public CheckPlanRunner(CheckPlan plan, PinnedTable table, Clock clock, Consumer<String> progress)
    {
        this.plan = requireNonNull(plan, "plan is null");
        this.table = requireNonNull(table, "table is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.exactRows = table.evidence().rowCount();
    }

    public Outcome run()
    {
        progress.accept("checking schema of " + table.schema().columns().size() + " columns");
        plan.checks().forEach(check -> guard(check, () -> answerFromMetadata(check)));
        List<ColumnCompleteness> completeness = runScan();
        runGroupings();
        plan.checks().forEach(check -> guard(check, () -> runStatement(check)));
        List<CheckResult> ordered = new ArrayList<>();
        for (CheckSpec check : plan.checks()) {
            ordered.add(results.computeIfAbsent(check.name(), name -> error(check, "The check was not run")));
        }
        List<Unchecked> notChecked = new ArrayList<>(plan.notChecked());
        notChecked.addAll(undeclaredColumns());
        return new Outcome(ordered, completeness, notChecked);
    }

    private void answerFromMetadata(CheckSpec check)
    {
        Measure measure = check.measure();
        if (measure instanceof Measure.CannotRun cannotRun) {
            put(error(check, cannotRun.reason()));
        }
        else if (measure instanceof Measure.ColumnMatches matches) {
            Optional<String> mismatch = ColumnTypes.mismatch(table.schema(), matches.column(), matches.field());
            mismatch.ifPresent(reason -> mismatched.add(matches.column()));
            put(result(check, BigDecimal.valueOf(mismatch.isPresent() ? 1 : 0), Optional.empty(), OptionalLong.of(0), mismatch));
        }
        else if (measure instanceof Measure.RowCount && exactRows.isPresent()) {
            put(result(check, BigDecimal.valueOf(exactRows.orElseThrow()), Optional.of(EvidenceRung.R1), OptionalLong.of(0), Optional.empty()));
        }
        else if (measure instanceof Measure.Age age && age.source().field().isEmpty()) {
            put(freshness(check, age, table.evidence().lastDataCommit(), EvidenceRung.R1, OptionalLong.of(0)));
        }
        else {
            check.columns().stream()
                    .filter(column -> table.schema().findField(column) == null)
                    .findFirst()
                    .ifPresent(column -> put(error(check, "Column " + column + " is not in the table")));
        }
    }

    private List<ColumnCompleteness> runScan()
    {
        try {
            scan = new TableScan(table);
        }
        catch (RuntimeException e) {
            plan.checks().forEach(check -> guard(check, () -> put(error(check, "The table cannot be read: " + SparkMessages.of(e)))));
            return List.of();
        }
        Map<String, CheckSpec> scanned = new LinkedHashMap<>();
        for (CheckSpec check : plan.checks()) {
            guard(check, () -> addToScan(check, "c" + scanned.size(), scanned));
        }
        Map<String, String> profiled = new LinkedHashMap<>();
        for (String profileColumn : plan.profileColumns()) {
            String key = "p" + profiled.size();
            if (table.schema().findField(profileColumn) != null && scan.add(key, functions.count(column(profileColumn))).isEmpty()) {
                profiled.put(key, profileColumn);
            }
        }
        boolean needsRows = exactRows.isEmpty() || !profiled.isEmpty() || !scanned.isEmpty();
        if (needsRows) {
            scan.add(ROWS, functions.count(functions.lit(1)));
        }
        progress.accept("reading " + (scanned.size() + profiled.size()) + " figures in one scan");
        scan.run();
        scanned.forEach((key, check) -> guard(check, () -> put(fromScan(check, key))));
        List<ColumnCompleteness> completeness = new ArrayList<>();
        profiled.forEach((key, profileColumn) -> completenessOf(key, profileColumn).ifPresent(completeness::add));
        return completeness;
    }

    private void addToScan(CheckSpec check, String key, Map<String, CheckSpec> scanned)
    {
        Optional<String> refusal;
        if (check.measure() instanceof Measure.RowCount) {
            refusal = Optional.empty();
            scanned.put(key, check);
        }
        else if (check.measure() instanceof Measure.Violations violations) {
            if (mismatched.contains(violations.column()) && !(violations.rule() instanceof ValueRule.NotNull)) {
                put(error(check, "Column " + violations.column() + " is of another type than the contract says, so its values are not checked"));
                return;
            }
            DataType type = scan.rows().select(column(violations.column())).schema().fields()[0].dataType();
            refusal = scan.add(key, TableScan.rowsWhere(ValueViolations.of(violations.column(), violations.rule(), type)));
            scanned.put(key, check);
        }
        else if (check.measure() instanceof Measure.Age age) {
            String field = age.source().field().orElseThrow();
            // microseconds, so that no time zone of the session or of this JVM has a say
            refusal = scan.add(key, functions.unix_micros(functions.max(column(field)).cast("timestamp")));
            scanned.put(key, check);
        }
        else {
            return;
        }
        refusal.ifPresent(reason -> {
            scanned.remove(key);
            put(error(check, reason));
        });
    }

    private CheckResult fromScan(CheckSpec check, String key)
    {
        if (check.measure() instanceof Measure.RowCount) {
            return result(check, BigDecimal.valueOf(scan.count(ROWS)), Optional.of(EvidenceRung.R5), scan.bytesRead(), Optional.empty());
        }
        if (check.measure() instanceof Measure.Age age) {
            Optional<Instant> newest = Optional.ofNullable((Long) scan.value(key)).map(CheckPlanRunner::ofMicros);
            return freshness(check, age, newest, EvidenceRung.R5, scan.bytesRead());
        }
        long violations = scan.count(key);
        long rows = scan.count(ROWS);
        BigDecimal actual = check.unit() == Unit.PERCENT ? percent(violations, rows) : BigDecimal.valueOf(violations);
        Optional<String> message = violations == 0 ? Optional.empty() : Optional.of(violations + " of " + rows + " rows");
        return result(check, actual, Optional.of(EvidenceRung.R5), scan.bytesRead(), message);
    }

    private Optional<ColumnCompleteness> completenessOf(String key, String profileColumn)
    {
        try {
            long rows = scan.count(ROWS);
            long values = scan.count(key);
            Optional<BigDecimal> ratio = rows == 0
                    ? Optional.empty()
                    : Optional.of(BigDecimal.valueOf(values).divide(BigDecimal.valueOf(rows), 9, RoundingMode.DOWN).stripTrailingZeros());
            return Optional.of(new ColumnCompleteness(profileColumn, rows, rows - values, ratio));
        }
        catch (RuntimeException e) {
            // the checks on the column say what is wrong with it
            return Optional.empty();
        }
    }

    private void runGroupings()
    {
        Map<List<String>, DuplicateKeys.Figures> known = new HashMap<>();
        for (CheckSpec check : plan.checks()) {
            guard(check, () -> {
                if (!(check.measure() instanceof Measure.Duplicates duplicates)) {
                    return;
                }
                if (!known.containsKey(duplicates.columns())) {
                    progress.accept("looking for duplicates of " + String.join(", ", duplicates.columns()));
                    known.put(duplicates.columns(), DuplicateKeys.count(table, duplicates.columns()));
                }
                DuplicateKeys.Figures figures = known.get(duplicates.columns());
                Optional<String> message = figures.keys() == 0
                        ? Optional.empty()
                        : Optional.of(figures.keys() + " keys recur, " + figures.rows() + " rows have them, " + figures.surplus() + " are surplus");
                put(result(check, BigDecimal.valueOf(figures.keys()), Optional.of(EvidenceRung.R6), figures.bytesRead(), message));
            });
        }
    }

    private void runStatement(CheckSpec check)
    {
        if (check.measure() instanceof Measure.Statement statement) {
            progress.accept("running " + check.name());
            OptionalLong before = table.bytesRead();
            BigDecimal actual = new ContractStatement(table).run(statement.sql());
            Optional<String> message = check.verdict(actual) == CheckStatus.PASSED ? Optional.empty() : Optional.of(statement.text());
            put(result(check, actual, Optional.of(EvidenceRung.R6), DuplicateKeys.difference(before, table.bytesRead()), message));
        }
    }

    private CheckResult freshness(CheckSpec check, Measure.Age age, Optional<Instant> newest, EvidenceRung rung, OptionalLong bytesRead)
    {
        Instant now = clock.instant();
        SlaMeasurement measurement = newest
                .map(time -> SlaMeasurement.freshness(time, now, age.source().description()))
                .orElseGet(() -> SlaMeasurement.missing("no timestamp"));
        SloResult slo = SlaEvaluator.freshness(age.objective(), measurement, now);
        // a table that promises fresh data and has none breaks its contract
        CheckStatus status = slo.status() == SloStatus.MET ? CheckStatus.PASSED : check.violationStatus();
        String source = age.source().description();
        String message = slo.message().map(text -> text + "; source: " + source).orElse("source: " + source);
        String bound = (age.objective().strict() ? "less than " : "at most ") + slo.threshold().orElseThrow().toPlainString() + " s";
        return new CheckResult(
                check.name(),
                check.field(),
                check.metric().label(),
                Optional.of(check.dimension()),
                check.severity(),
                status,
                slo.actual(),
                Optional.of(bound),
                Optional.of(rung),
                bytesRead,
                Optional.of(message));
    }

    private List<Unchecked> undeclaredColumns()
    {
        Set<String> declared = new HashSet<>();
        plan.profileColumns().forEach(name -> declared.add(name.split("\\.", 2)[0]));
        List<Unchecked> undeclared = new ArrayList<>();
        for (NestedField field : table.schema().columns()) {
            if (!declared.contains(field.name())) {
                undeclared.add(new Unchecked(field.name(), "The table has this column, the contract does not"));
            }
        }
        return undeclared;
    }

    /**
     * Runs a step of a check that has no result yet; whatever goes wrong becomes that check's error.
     */
    private void guard(CheckSpec check, Runnable step)
    {
        if (results.containsKey(check.name())) {
            return;
        }
        try {
            step.run();
        }
        catch (MeshException e) {
            put(error(check, e.rule().id() + ": " + e.getMessage()));
        }
        catch (IllegalArgumentException e) {
            put(error(check, e instanceof SparkThrowable ? SparkMessages.of(e) : e.getMessage()));
        }
        catch (Exception e) {
            // Spark's AnalysisException is checked, though no signature says so
            put(error(check, SparkMessages.of(e)));
        }
    }

    private void put(CheckResult result)
    {
        results.putIfAbsent(result.name(), result);
    }

    private static CheckResult result(CheckSpec check, BigDecimal actual, Optional<EvidenceRung> rung, OptionalLong bytesRead, Optional<String> message)
    {
        return new CheckResult(
                check.name(),
                check.field(),
                check.metric().label(),
                Optional.of(check.dimension()),
                check.severity(),
                check.verdict(actual),
                Optional.of(actual),
                check.thresholdText(),
                rung,
                bytesRead,
                message);
    }

    private static CheckResult error(CheckSpec check, String message)
    {
        return new CheckResult(
                check.name(),
                check.field(),
                check.metric().label(),
                Optional.of(check.dimension()),
                check.severity(),
                CheckStatus.ERROR,
                Optional.empty(),
                check.thresholdText(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of(message));
    }

    /**
     * 0..100; rounded up, so that a violation never vanishes.
     */
    static BigDecimal percent(long violations, long rows)
    {
        return rows == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(violations).multiply(BigDecimal.valueOf(100)).divide(BigDecimal.valueOf(rows), 6, RoundingMode.UP).stripTrailingZeros();
    }

    private static Instant ofMicros(long micros)
    {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }
}
