package io.meshwright.spark.check;

import io.meshwright.bridge.check.TableReader.Reading;
import io.meshwright.bridge.evidence.FileFigure;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.StagedFiles;
import org.apache.iceberg.MetadataColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.spark.check.ValueViolations.column;
import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

/**
 * Figures of measures for each of a set of data files, in one scan. A measure that Spark refuses at analysis is refused alone; when the scan fails,
 * each is tried in a scan of its own, so that one bad value spoils only the checks that meet it.
 */
final class FileScan
{
    private static final String FILE = "file";

    private final PinnedTable table;
    private final List<LiveFile> files;
    private final Map<FileMeasure, Column> aggregates = new LinkedHashMap<>();
    private final Map<FileMeasure, Reading> readings = new LinkedHashMap<>();

    FileScan(PinnedTable table, List<LiveFile> files)
    {
        this.table = requireNonNull(table, "table is null");
        this.files = requireNonNull(files, "files is null");
    }

    void add(FileMeasure measure)
    {
        try {
            Column aggregate = aggregate(measure);
            // analysis only: nothing runs here
            table.rows().agg(aggregate).schema();
            aggregates.put(measure, aggregate);
        }
        catch (Exception e) {
            // AnalysisException is checked, though no signature of the Java interface says so
            readings.put(measure, failed(e));
        }
    }

    Map<FileMeasure, Reading> run()
    {
        if (aggregates.isEmpty()) {
            return readings;
        }
        try {
            readings.putAll(scan(aggregates));
        }
        catch (RuntimeException e) {
            aggregates.forEach((measure, aggregate) -> {
                try {
                    readings.putAll(scan(Map.of(measure, aggregate)));
                }
                catch (RuntimeException own) {
                    readings.put(measure, failed(own));
                }
            });
        }
        return readings;
    }

    private Map<FileMeasure, Reading> scan(Map<FileMeasure, Column> measures)
    {
        OptionalLong before = table.bytesRead();
        Map<String, Row> byFile = new HashMap<>();
        try (StagedFiles staged = table.stage(files.stream().map(LiveFile::task).collect(toImmutableList()))) {
            Dataset<Row> grouped = staged.rows()
                    .groupBy(col(MetadataColumns.FILE_PATH.name()).as(FILE))
                    .agg(functions.count(lit(1)), measures.values().toArray(Column[]::new));
            // one row for each file
            for (Row row : grouped.collectAsList()) {
                byFile.put(row.getString(0), row);
            }
        }
        OptionalLong bytesRead = SparkTableReader.bytesSince(table, before);
        Map<FileMeasure, Reading> scanned = new LinkedHashMap<>();
        int index = 2;
        for (FileMeasure measure : measures.keySet()) {
            scanned.put(measure, new Reading(figures(measure, byFile, index), bytesRead, Optional.empty()));
            index++;
        }
        return scanned;
    }

    private Map<LiveFile, FileFigure> figures(FileMeasure measure, Map<String, Row> byFile, int index)
    {
        Map<LiveFile, FileFigure> figures = new LinkedHashMap<>();
        for (LiveFile file : files) {
            Row row = byFile.get(file.path());
            // a file whose rows are all deleted has no group
            OptionalLong value = row == null || row.isNullAt(index) ? measure.ofNoFile() : OptionalLong.of(row.getLong(index));
            figures.put(file, new FileFigure(value));
        }
        return figures;
    }

    private Column aggregate(FileMeasure measure)
    {
        Optional<Column> matches = measure.filter().map(filter -> RowFilters.of(table, filter));
        if (measure instanceof FileMeasure.Rows) {
            return matches.map(functions::count_if).orElseGet(() -> functions.count(lit(1)));
        }
        if (measure instanceof FileMeasure.Values values) {
            return functions.count(column(values.column()));
        }
        if (measure instanceof FileMeasure.Violations violations) {
            DataType type = table.rows().select(column(violations.column())).schema().fields()[0].dataType();
            Column broken = ValueViolations.of(violations.column(), violations.rule(), type);
            return functions.count_if(matches.map(rows -> rows.and(broken)).orElse(broken));
        }
        if (measure instanceof FileMeasure.Newest newest) {
            return micros(functions.max(column(newest.column())));
        }
        return micros(functions.min(column(((FileMeasure.Oldest) measure).column())));
    }

    /**
     * Microseconds, so that no time zone of the session or of this JVM has a say.
     */
    private static Column micros(Column time)
    {
        return functions.unix_micros(time.cast("timestamp"));
    }

    private static Reading failed(Exception failure)
    {
        return Reading.failed(failure instanceof IllegalArgumentException && failure.getMessage() != null ? failure.getMessage() : SparkMessages.of(failure));
    }
}
