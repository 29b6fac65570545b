package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.check.TableReader.Reading;
import io.meshwright.bridge.check.TableReader.RecurringKeys;
import io.meshwright.bridge.check.TableReader.StatementFigure;
import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.bridge.evidence.FileFigure;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.bridge.evidence.KeyLayout;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlan.Unchecked;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport.ColumnCompleteness;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.Measure;
import io.meshwright.model.check.ValueRule;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;

/**
 * Holds one snapshot of a table against a plan: at construction by what metadata and former runs tell, then by reading what they leave open.
 * A check that cannot run is in error and keeps no other from running. Not thread-safe.
 */
public final class CheckRun
{
    private final CheckPlan plan;
    private final Table table;
    private final SnapshotEvidence snapshotEvidence;
    private final Clock clock;
    private final Consumer<String> progress;
    private final Map<String, CheckResult> results = new HashMap<>();
    private final Set<String> mismatched = new HashSet<>();
    private final Map<FileMeasure, Reading> readings = new HashMap<>();
    private final Set<EvidenceRung> allowed;
    private final FileEvidence files;

    /**
     * @param completeness of the columns for which it is known or was read
     */
    public record Outcome(List<CheckResult> checks, List<ColumnCompleteness> completeness, List<Unchecked> notChecked)
    {
        public Outcome
        {
            checks = ImmutableList.copyOf(checks);
            completeness = ImmutableList.copyOf(completeness);
            notChecked = ImmutableList.copyOf(notChecked);
        }
    }

    /**
     * @param former of the same snapshot and contract
     * @param kept is asked only where metadata leaves something open
     * @param rungs that may be used, for tests; reading is always allowed
     */
    public CheckRun(CheckPlan plan, Table table, Optional<Snapshot> snapshot, FormerResults former, Supplier<KeptEvidence.OfTable> kept, Set<EvidenceRung> rungs, Clock clock, Consumer<String> progress)
    {
        this.plan = requireNonNull(plan, "plan is null");
        this.table = requireNonNull(table, "table is null");
        this.snapshotEvidence = new SnapshotEvidence(table, snapshot);
        this.clock = requireNonNull(clock, "clock is null");
        this.progress = requireNonNull(progress, "progress is null");
        progress.accept("checking schema of " + table.schema().columns().size() + " columns");
        this.allowed = EnumSet.copyOf(rungs);
        plan.checks().forEach(check -> guard(check, () -> answerFromSchema(check)));
        plan.checks().forEach(check -> guard(check, () -> former.find(check).ifPresent(this::put)));
        files = FileEvidence.gather(table, snapshot, measures(), kept, allowed);
    }

    /**
     * Whether rows have to be read for a verdict.
     */
    public boolean needsReader()
    {
        return !open().isEmpty() || plan.checks().stream().anyMatch(check -> !results.containsKey(check.name()) && isQuery(check));
    }

    /**
     * What was read, to be kept for later runs.
     */
    public FileEvidence files()
    {
        return files;
    }

    /**
     * @throws IllegalStateException when rows have to be read
     */
    public Outcome finish()
    {
        checkState(!needsReader(), "Rows have to be read");
        return conclude();
    }

    public Outcome finish(TableReader reader)
    {
        if (allowed.contains(EvidenceRung.R3)) {
            prove(reader);
        }
        read(reader);
        findKeys(reader);
        runQueries(reader);
        return conclude();
    }

    private void answerFromSchema(CheckSpec check)
    {
        Measure measure = check.measure();
        if (measure instanceof Measure.CannotRun cannotRun) {
            put(CheckResults.error(check, cannotRun.reason()));
        }
        else if (measure instanceof Measure.ColumnMatches matches) {
            Optional<String> mismatch = ColumnTypes.mismatch(table.schema(), matches.column(), matches.field());
            mismatch.ifPresent(unused -> mismatched.add(matches.column()));
            put(CheckResults.of(check, BigDecimal.valueOf(mismatch.isPresent() ? 1 : 0), Optional.empty(), OptionalLong.of(0), mismatch));
        }
        else if (measure instanceof Measure.RowCount && allowed.contains(EvidenceRung.R1)) {
            snapshotEvidence.rowCount().ifPresent(rows -> put(CheckResults.of(check, BigDecimal.valueOf(rows), Optional.of(EvidenceRung.R1), OptionalLong.of(0), Optional.empty())));
        }
        else if (measure instanceof Measure.Age age && age.source().field().isEmpty()) {
            put(CheckResults.freshness(check, age, snapshotEvidence.lastDataCommit(), EvidenceRung.R1, OptionalLong.of(0), clock.instant()));
        }
        else if (measure instanceof Measure.Violations violations && mismatched.contains(violations.column()) && !(violations.rule() instanceof ValueRule.NotNull)
                && table.schema().findField(violations.column()) != null) {
            put(CheckResults.error(check, "Column " + violations.column() + " is of another type than the contract says, so its values are not checked"));
        }
        else {
            check.columns().stream()
                    .filter(column -> table.schema().findField(column) == null)
                    .findFirst()
                    .ifPresent(column -> put(CheckResults.error(check, "Column " + column + " is not in the table")));
        }
    }

    /**
     * The measures that checks without a result ask for, and those of the profile.
     */
    private Set<FileMeasure> measures()
    {
        Set<FileMeasure> measures = new LinkedHashSet<>();
        measures.add(new FileMeasure.Rows());
        plan.checks().stream()
                .filter(check -> !results.containsKey(check.name()))
                .forEach(check -> fileMeasure(check).ifPresent(measures::add));
        profiled().forEach(column -> measures.add(new FileMeasure.Values(column)));
        return measures;
    }

    private List<String> profiled()
    {
        return plan.profileColumns().stream().filter(column -> table.schema().findField(column) != null).collect(toImmutableList());
    }

    private static Optional<FileMeasure> fileMeasure(CheckSpec check)
    {
        if (check.measure() instanceof Measure.RowCount) {
            return Optional.of(new FileMeasure.Rows());
        }
        if (check.measure() instanceof Measure.Violations violations) {
            return Optional.of(new FileMeasure.Violations(violations.column(), violations.rule()));
        }
        if (check.measure() instanceof Measure.Age age) {
            return age.source().field().map(FileMeasure.Newest::new);
        }
        if (check.measure() instanceof Measure.Duplicates duplicates) {
            return Optional.of(new FileMeasure.RecurringKeys(duplicates.columns()));
        }
        return Optional.empty();
    }

    private boolean isQuery(CheckSpec check)
    {
        return check.measure() instanceof Measure.Statement || (check.measure() instanceof Measure.Duplicates duplicates && !areKnown(duplicates));
    }

    /**
     * The files to read. The profile is read along with the checks, and never alone.
     */
    private Map<FileMeasure, List<LiveFile>> open()
    {
        Map<FileMeasure, List<LiveFile>> open = new LinkedHashMap<>();
        for (CheckSpec check : plan.checks()) {
            if (results.containsKey(check.name())) {
                continue;
            }
            fileMeasure(check).filter(measure -> !(measure instanceof FileMeasure.RecurringKeys) && !files.open(measure).isEmpty()).ifPresent(measure -> open.put(measure, files.open(measure)));
            // a share needs the rows, and so does the message about violations
            if (check.measure() instanceof Measure.Violations && !files.open(new FileMeasure.Rows()).isEmpty()) {
                open.put(new FileMeasure.Rows(), files.open(new FileMeasure.Rows()));
            }
        }
        for (String column : open.isEmpty() ? List.<String>of() : profiled()) {
            FileMeasure values = new FileMeasure.Values(column);
            if (!files.open(values).isEmpty()) {
                open.put(values, files.open(values));
            }
        }
        return open;
    }

    /**
     * What cannot be proven is read, so a failure here is none of the run.
     */
    private void prove(TableReader reader)
    {
        Map<FileMeasure, List<LiveFile>> open = open();
        if (open.isEmpty()) {
            return;
        }
        progress.accept("looking into dictionaries of data files");
        reader.proveNoViolation(open).forEach((measure, proven) -> proven.forEach(file -> files.add(measure, file, FileFigure.of(0), EvidenceRung.R3)));
    }

    private void read(TableReader reader)
    {
        Map<FileMeasure, List<LiveFile>> open = open();
        if (open.isEmpty()) {
            return;
        }
        int count = open.values().stream().mapToInt(List::size).max().orElseThrow();
        progress.accept("reading %s figures from %s of %s data files".formatted(open.size(), count, files.files().size()));
        Map<FileMeasure, Reading> read;
        try {
            read = reader.read(open);
        }
        catch (RuntimeException e) {
            read = open.keySet().stream().collect(toImmutableMap(measure -> measure, unused -> Reading.failed("The table cannot be read: " + reader.explain(e))));
        }
        for (Map.Entry<FileMeasure, Reading> entry : read.entrySet()) {
            FileMeasure measure = entry.getKey();
            readings.put(measure, entry.getValue());
            EvidenceRung rung = open.get(measure).size() == files.files().size() ? EvidenceRung.R5 : EvidenceRung.R4;
            entry.getValue().figures().forEach((file, figure) -> files.add(measure, file, figure, rung));
        }
    }

    private void runQueries(TableReader reader)
    {
        for (CheckSpec check : plan.checks()) {
            guard(check, () -> {
                if (check.measure() instanceof Measure.Statement statement) {
                    progress.accept("running " + check.name());
                    StatementFigure figure = reader.run(statement.sql());
                    Optional<String> message = check.verdict(figure.value()) == CheckStatus.PASSED ? Optional.empty() : Optional.of(statement.text());
                    put(CheckResults.of(check, figure.value(), Optional.of(EvidenceRung.R6), figure.bytesRead(), message));
                }
            }, reader::explain);
        }
    }

    private void findKeys(TableReader reader)
    {
        Map<List<String>, RecurringKeys> known = new HashMap<>();
        for (CheckSpec check : plan.checks()) {
            guard(check, () -> {
                if (check.measure() instanceof Measure.Duplicates duplicates && !areKnown(duplicates)) {
                    if (!known.containsKey(duplicates.columns())) {
                        known.put(duplicates.columns(), recurringKeys(duplicates.columns(), reader));
                    }
                    put(CheckResults.duplicates(check, known.get(duplicates.columns()), EvidenceRung.R6));
                }
            }, reader::explain);
        }
    }

    /**
     * Whether no file has a recurring key in itself, and no key is in two files.
     */
    private boolean areKnown(Measure.Duplicates duplicates)
    {
        FileMeasure measure = new FileMeasure.RecurringKeys(duplicates.columns());
        return files.open(measure).isEmpty() && files.total(measure).orElseThrow() == 0 && files.keyLayout(duplicates.columns()).disjoint();
    }

    private RecurringKeys recurringKeys(List<String> columns, TableReader reader)
    {
        FileMeasure measure = new FileMeasure.RecurringKeys(columns);
        KeyLayout layout = files.keyLayout(columns);
        // without a key in common, files that were found to be without recurring keys stay so
        List<LiveFile> toRead = layout.disjoint() ? files.open(measure) : files.files();
        progress.accept("looking for duplicates of %s in %s of %s data files".formatted(String.join(", ", columns), toRead.size(), files.files().size()));
        RecurringKeys found = reader.recurringKeys(columns, toRead, layout);
        if (found.keys() == 0) {
            files.open(measure).forEach(file -> files.add(measure, file, FileFigure.of(0), EvidenceRung.R6));
        }
        return found;
    }

    private Outcome conclude()
    {
        for (CheckSpec check : plan.checks()) {
            guard(check, () -> fileMeasure(check).ifPresent(measure -> put(fromFiles(check, measure))));
        }
        List<CheckResult> ordered = new ArrayList<>();
        for (CheckSpec check : plan.checks()) {
            ordered.add(results.computeIfAbsent(check.name(), unused -> CheckResults.error(check, "The check was not run")));
        }
        List<Unchecked> notChecked = new ArrayList<>(plan.notChecked());
        notChecked.addAll(undeclaredColumns());
        return new Outcome(ordered, completeness(), notChecked);
    }

    private CheckResult fromFiles(CheckSpec check, FileMeasure measure)
    {
        Optional<String> failure = Optional.ofNullable(readings.get(measure)).flatMap(Reading::failure);
        if (failure.isPresent()) {
            return CheckResults.error(check, failure.orElseThrow());
        }
        if (check.measure() instanceof Measure.Duplicates) {
            return CheckResults.duplicates(check, new RecurringKeys(0, 0, OptionalLong.of(0)), files.rung(measure));
        }
        OptionalLong total = files.total(measure);
        Optional<EvidenceRung> rung = Optional.of(files.rung(measure));
        OptionalLong bytesRead = readings.containsKey(measure) ? readings.get(measure).bytesRead() : OptionalLong.of(0);
        if (check.measure() instanceof Measure.Age age) {
            Optional<Instant> newest = total.isPresent() ? Optional.of(SnapshotEvidence.ofMicros(total.orElseThrow())) : Optional.empty();
            return CheckResults.freshness(check, age, newest, rung.orElseThrow(), bytesRead, clock.instant());
        }
        if (measure instanceof FileMeasure.Rows) {
            return CheckResults.of(check, BigDecimal.valueOf(total.orElseThrow()), rung, bytesRead, Optional.empty());
        }
        return CheckResults.violations(check, total.orElseThrow(), rows(), rung.orElseThrow(), bytesRead);
    }

    private long rows()
    {
        Reading reading = readings.get(new FileMeasure.Rows());
        if (reading != null && reading.failure().isPresent()) {
            throw new IllegalArgumentException(reading.failure().orElseThrow());
        }
        return files.total(new FileMeasure.Rows()).orElseThrow();
    }

    private List<ColumnCompleteness> completeness()
    {
        if (!files.open(new FileMeasure.Rows()).isEmpty()) {
            return List.of();
        }
        ImmutableList.Builder<ColumnCompleteness> completeness = ImmutableList.builder();
        for (String column : profiled()) {
            FileMeasure values = new FileMeasure.Values(column);
            if (files.open(values).isEmpty()) {
                completeness.add(CheckResults.completeness(column, rows(), files.total(values).orElseThrow()));
            }
        }
        return completeness.build();
    }

    private List<Unchecked> undeclaredColumns()
    {
        Set<String> declared = new HashSet<>();
        plan.profileColumns().forEach(name -> declared.add(name.split("\\.", 2)[0]));
        return table.schema().columns().stream()
                .map(NestedField::name)
                .filter(name -> !declared.contains(name))
                .map(name -> new Unchecked(name, "The table has this column, the contract does not"))
                .collect(toImmutableList());
    }

    private void guard(CheckSpec check, Runnable step)
    {
        guard(check, step, failure -> failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }

    /**
     * Runs a step of a check that has no result yet; whatever goes wrong becomes that check's error.
     */
    private void guard(CheckSpec check, Runnable step, Function<Exception, String> explain)
    {
        if (results.containsKey(check.name())) {
            return;
        }
        try {
            step.run();
        }
        catch (MeshException e) {
            put(CheckResults.error(check, e.rule().id() + ": " + e.getMessage()));
        }
        catch (Exception e) {
            // an engine's exceptions may be checked, though no signature says so
            put(CheckResults.error(check, explain.apply(e)));
        }
    }

    private void put(CheckResult result)
    {
        results.putIfAbsent(result.name(), result);
    }
}
