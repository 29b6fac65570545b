package io.meshwright.spark.check;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.check.KeyComparison;
import io.meshwright.bridge.check.Surroundings;
import io.meshwright.bridge.check.TableReader;
import io.meshwright.bridge.evidence.KeyLayout;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.Measure;
import io.meshwright.model.check.ReadOnlySql;
import io.meshwright.spark.session.ParquetReading;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.StagedFiles;
import org.apache.spark.SparkThrowable;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads a pinned table with Spark. Measures of the same files share one scan.
 */
public final class SparkTableReader
        implements TableReader
{
    private final PinnedTable table;
    private final long fewKeys;
    private final SparkWatch watch;

    public SparkTableReader(PinnedTable table)
    {
        this(table, message -> {});
    }

    /**
     * @param progress is told now and then how far Spark is
     */
    public SparkTableReader(PinnedTable table, Consumer<String> progress)
    {
        this(table, KeySetScan.FEW_KEYS, progress);
    }

    SparkTableReader(PinnedTable table, long fewKeys)
    {
        this(table, fewKeys, message -> {});
    }

    private SparkTableReader(PinnedTable table, long fewKeys, Consumer<String> progress)
    {
        this.fewKeys = fewKeys;
        this.table = requireNonNull(table, "table is null");
        this.watch = new SparkWatch(table.session().sparkContext(), progress);
    }

    @Override
    public Map<FileMeasure, Set<LiveFile>> proveNoViolation(Map<FileMeasure, List<LiveFile>> open)
    {
        return watch.run(() -> DictionaryProof.prove(table, open));
    }

    @Override
    public Map<FileMeasure, Reading> read(Map<FileMeasure, List<LiveFile>> open)
    {
        Map<List<LiveFile>, FileScan> scans = new LinkedHashMap<>();
        open.forEach((measure, files) -> scans.computeIfAbsent(files, unused -> new FileScan(table, files)).add(measure));
        return watch.run(() -> {
            ImmutableMap.Builder<FileMeasure, Reading> readings = ImmutableMap.builder();
            scans.values().forEach(scan -> readings.putAll(scan.run()));
            return readings.buildOrThrow();
        });
    }

    @Override
    public RecurringKeys recurringKeys(FileMeasure.RecurringKeys measure, List<LiveFile> files, KeyLayout layout)
    {
        return watch.run(new DuplicateKeys(table, measure, files, layout)::count);
    }

    @Override
    public KeyComparison compareKeys(KeyComparison.Request request)
    {
        return watch.run(new KeySetScan(table, request, fewKeys)::compare);
    }

    @Override
    public List<List<Optional<String>>> violatingRows(FileMeasure.Violations rule, List<String> columns, List<LiveFile> files, int limit)
    {
        return new ViolatingRows(table, rule, columns).find(files, limit);
    }

    @Override
    public StatementFigure run(ReadOnlySql statement)
    {
        OptionalLong before = table.bytesRead();
        BigDecimal value = watch.run(() -> new ContractStatement(table).run(statement, table.rows()));
        return new StatementFigure(value, bytesSince(table, before));
    }

    @Override
    public StatementFigure run(ReadOnlySql statement, List<LiveFile> files)
    {
        if (files.isEmpty()) {
            return new StatementFigure(new ContractStatement(table).run(statement, table.rows().where("false")), OptionalLong.of(0));
        }
        OptionalLong before = table.bytesRead();
        try (StagedFiles staged = table.stage(files.stream().map(LiveFile::task).collect(toImmutableList()), ParquetReading.ROWS)) {
            return new StatementFigure(new ContractStatement(table).run(statement, staged.rows()), bytesSince(table, before));
        }
    }

    @Override
    public Optional<String> jobId()
    {
        return Optional.of(table.session().sparkContext().applicationId());
    }

    @Override
    public Map<Measure.Aggregate, AggregateFigure> aggregates(Set<Measure.Aggregate> measures, List<LiveFile> files)
    {
        return new ColumnFigures(table, files).compute(measures);
    }

    @Override
    public OrphanFigure orphans(Measure.Orphans measure, Surroundings.Parent parent, List<LiveFile> files)
    {
        return OrphanRows.count(table, measure, parent, files);
    }

    @Override
    public String explain(Throwable failure)
    {
        if (failure instanceof SparkWatch.StoppedException) {
            return failure.getMessage();
        }
        return failure instanceof IllegalArgumentException && !(failure instanceof SparkThrowable) ? failure.getMessage() : SparkMessages.of(failure);
    }

    static OptionalLong bytesSince(PinnedTable table, OptionalLong before)
    {
        OptionalLong after = table.bytesRead();
        return before.isPresent() && after.isPresent() ? OptionalLong.of(after.orElseThrow() - before.orElseThrow()) : OptionalLong.empty();
    }
}
