package io.meshwright.bridge.check;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.check.TableReader.Reading;
import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.bridge.evidence.FileFigure;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport.ColumnCompleteness;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.Measure;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;

/**
 * Checks whose figure adds up over the data files: rows, values that break a rule, the newest time. What is open of all of them is read in one scan, and
 * the profile of the columns with it.
 */
final class FileChecks
        implements CheckFamily
{
    private static final FileMeasure ROWS = new FileMeasure.Rows();

    private final RunContext run;
    private final Map<FileMeasure, Reading> readings = new HashMap<>();
    private Duration scanned = Duration.ZERO;

    FileChecks(RunContext run)
    {
        this.run = requireNonNull(run, "run is null");
    }

    /**
     * What a check asks of each data file; empty for one that is no sum over files. A new kind of measure that adds up has its line here, and one in
     * {@link #result}.
     */
    static Optional<FileMeasure> measure(CheckSpec check)
    {
        if (check.measure() instanceof Measure.RowCount count) {
            return Optional.of(new FileMeasure.Rows(count.filter()));
        }
        if (check.measure() instanceof Measure.Violations violations) {
            return Optional.of(new FileMeasure.Violations(violations.column(), violations.rule(), violations.filter()));
        }
        if (check.measure() instanceof Measure.Age age) {
            return age.source().field().map(FileMeasure.Newest::new);
        }
        if (check.measure() instanceof Measure.Retention retention) {
            return Optional.of(new FileMeasure.Oldest(retention.column()));
        }
        if (check.measure() instanceof Measure.Latency latency) {
            return Optional.of(latency.processed().<FileMeasure>map(processed -> new FileMeasure.LongestDelay(latency.source(), processed)).orElseGet(() -> new FileMeasure.Newest(latency.source())));
        }
        if (check.measure() instanceof Measure.UsualRowCount) {
            return Optional.of(ROWS);
        }
        return Optional.empty();
    }

    @Override
    public Set<FileMeasure> measures()
    {
        Set<FileMeasure> measures = new LinkedHashSet<>();
        measures.add(ROWS);
        run.results().open().forEach(check -> measure(check).ifPresent(measure -> {
            measures.add(measure);
            measures.add(new FileMeasure.Rows(measure.filter()));
        }));
        profiled().forEach(column -> measures.add(new FileMeasure.Values(column)));
        return measures;
    }

    @Override
    public boolean needsReader(FileEvidence files)
    {
        return !open(files).isEmpty();
    }

    @Override
    public void read(FileEvidence files, TableReader reader)
    {
        if (run.allows(EvidenceRung.R3)) {
            prove(files, reader);
        }
        scan(files, reader);
    }

    @Override
    public void conclude(FileEvidence files)
    {
        for (CheckSpec check : run.results().open()) {
            run.results().attempt(check, () -> measure(check).ifPresent(measure -> run.results().put(timed(result(check, measure, files), measure))));
        }
    }

    /**
     * How many values the columns of the contract have, as far as it is known or was read.
     */
    List<ColumnCompleteness> completeness(FileEvidence files)
    {
        if (!files.open(ROWS).isEmpty()) {
            return List.of();
        }
        ImmutableList.Builder<ColumnCompleteness> completeness = ImmutableList.builder();
        for (String column : profiled()) {
            FileMeasure values = new FileMeasure.Values(column);
            if (files.open(values).isEmpty()) {
                completeness.add(CheckResults.completeness(column, rows(ROWS, files), files.total(values).orElseThrow()));
            }
        }
        return completeness.build();
    }

    /**
     * The files to read. The profile is read along with the checks, and never alone.
     */
    private Map<FileMeasure, List<LiveFile>> open(FileEvidence files)
    {
        Map<FileMeasure, List<LiveFile>> open = new LinkedHashMap<>();
        for (CheckSpec check : run.results().open()) {
            measure(check).ifPresent(measure -> addOpen(open, measure, files));
            // a share needs the rows, and so does the message about violations
            if (check.measure() instanceof Measure.Violations) {
                addOpen(open, new FileMeasure.Rows(check.measure().rowFilter()), files);
            }
        }
        if (!open.isEmpty()) {
            profiled().forEach(column -> addOpen(open, new FileMeasure.Values(column), files));
        }
        return open;
    }

    private static void addOpen(Map<FileMeasure, List<LiveFile>> open, FileMeasure measure, FileEvidence files)
    {
        List<LiveFile> unknown = files.open(measure);
        if (!unknown.isEmpty()) {
            open.put(measure, unknown);
        }
    }

    /**
     * What cannot be proven is read, so a failure here is none of the run.
     */
    private void prove(FileEvidence files, TableReader reader)
    {
        Map<FileMeasure, List<LiveFile>> open = open(files);
        if (open.isEmpty()) {
            return;
        }
        run.progress().accept("looking into dictionaries of data files");
        try {
            reader.proveNoViolation(open).forEach((measure, proven) -> proven.forEach(file -> files.add(measure, file, FileFigure.of(0), EvidenceRung.R3)));
        }
        catch (Exception e) {
            // an engine's exceptions may be checked, though no signature says so
            run.progress().accept("dictionaries are not used: " + reader.explain(e));
        }
    }

    /**
     * A file that the metadata told of is read along, and where it differs, all is read.
     */
    private void scan(FileEvidence files, TableReader reader)
    {
        Map<FileMeasure, List<LiveFile>> open = open(files);
        Optional<MetadataAudit> audit = files.trustsMetadata() ? MetadataAudit.draw(files, open, run.random()) : Optional.empty();
        Map<FileMeasure, List<LiveFile>> toRead = new LinkedHashMap<>(open);
        audit.ifPresent(drawn -> toRead.putAll(drawn.files()));
        if (toRead.isEmpty()) {
            return;
        }
        int count = toRead.values().stream().mapToInt(List::size).max().orElseThrow();
        run.progress().accept("reading %s figures from %s of %s data files".formatted(toRead.size(), count, files.files().size()));
        Stopwatch stopwatch = Stopwatch.createStarted();
        Map<FileMeasure, Reading> read = read(toRead, reader);
        scanned = scanned.plus(stopwatch.elapsed());
        open.forEach((measure, unused) -> add(measure, read.get(measure), files));
        Optional<String> differences = audit.flatMap(drawn -> drawn.differences(read));
        if (differences.isPresent()) {
            run.progress().accept("metadata of the table is wrong about %s, so it is not used".formatted(differences.orElseThrow()));
            run.distrustMetadata(differences.orElseThrow());
            files.distrustMetadata();
            scan(files, reader);
        }
    }

    private static Map<FileMeasure, Reading> read(Map<FileMeasure, List<LiveFile>> open, TableReader reader)
    {
        try {
            return reader.read(open);
        }
        catch (Exception e) {
            // an engine's exceptions may be checked, though no signature says so
            return open.keySet().stream().collect(toImmutableMap(measure -> measure, unused -> Reading.failed("The table cannot be read: " + reader.explain(e))));
        }
    }

    private void add(FileMeasure measure, Reading reading, FileEvidence files)
    {
        readings.put(measure, reading);
        EvidenceRung rung = reading.figures().size() == files.files().size() ? EvidenceRung.R5 : EvidenceRung.R4;
        reading.figures().forEach((file, figure) -> files.add(measure, file, figure, rung));
    }

    private CheckResult timed(CheckResult result, FileMeasure measure)
    {
        return readings.containsKey(measure) ? result.lasting(scanned) : result;
    }

    private CheckResult result(CheckSpec check, FileMeasure measure, FileEvidence files)
    {
        Optional<Reading> reading = Optional.ofNullable(readings.get(measure));
        Optional<String> failure = reading.flatMap(Reading::failure);
        if (failure.isPresent()) {
            return CheckResults.error(check, failure.orElseThrow());
        }
        OptionalLong total = files.total(measure);
        EvidenceRung rung = files.rung(measure);
        OptionalLong bytesRead = reading.map(Reading::bytesRead).orElse(OptionalLong.of(0));
        if (check.measure() instanceof Measure.Age age) {
            Optional<Instant> newest = total.isPresent() ? Optional.of(SnapshotEvidence.ofMicros(total.orElseThrow())) : Optional.empty();
            return CheckResults.freshness(check, age, newest, rung, bytesRead, run.clock().instant());
        }
        if (check.measure() instanceof Measure.Retention retention) {
            return TimeResults.retention(check, retention, total, rung, bytesRead, run.clock().instant());
        }
        if (check.measure() instanceof Measure.Latency latency) {
            return TimeResults.latency(check, latency, total, new SnapshotEvidence(run.table(), run.snapshot()).lastDataCommit(), rung, bytesRead);
        }
        if (check.measure() instanceof Measure.UsualRowCount usual) {
            return CheckResults.anomaly(check, usual.band(), total.orElseThrow(), run.surroundings().formerFigures(check.name()), rung, bytesRead);
        }
        if (check.measure() instanceof Measure.RowCount count) {
            BigDecimal rows = BigDecimal.valueOf(total.orElseThrow());
            return CheckResults.of(check, rows, Optional.of(rung), bytesRead, count.text().filter(unused -> check.verdict(rows) != CheckStatus.PASSED));
        }
        return CheckResults.violations(check, total.orElseThrow(), rows(new FileMeasure.Rows(measure.filter()), files), rung, bytesRead);
    }

    private long rows(FileMeasure rows, FileEvidence files)
    {
        Optional<String> failure = Optional.ofNullable(readings.get(rows)).flatMap(Reading::failure);
        if (failure.isPresent()) {
            throw new IllegalArgumentException(failure.orElseThrow());
        }
        return files.total(rows).orElseThrow();
    }

    private List<String> profiled()
    {
        return run.plan().profileColumns().stream().filter(run::hasColumn).collect(toImmutableList());
    }
}
