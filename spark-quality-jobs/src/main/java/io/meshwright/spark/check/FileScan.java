package io.meshwright.spark.check;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Lists;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Multiset;
import io.meshwright.bridge.check.TableReader.Reading;
import io.meshwright.bridge.evidence.FileFigure;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.spark.session.ParquetReading;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.StagedFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.spark.check.ValueViolations.column;
import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.lit;

/**
 * Figures of measures for each of a set of data files, in one scan. A measure that Spark refuses at analysis is refused alone; when the scan fails,
 * each is tried in a scan of its own, so that one bad value spoils only the checks that meet it.
 */
final class FileScan
{
    private static final String FILE = "file";
    /**
     * Spark compiles no aggregation of more than a hundred fields, and the JVM none that is a very long method.
     */
    private static final int MEASURES_IN_SCAN = 40;

    private final PinnedTable table;
    private final List<LiveFile> files;
    private final List<FileScanTask> tasks;
    private final FileNumbers numbers;
    private final List<List<LiveFile>> listings;
    private final Dataset<Row> rows;
    private final StructType schema;
    private final Map<FileMeasure, Column> aggregates = new LinkedHashMap<>();
    private final Map<FileMeasure, Reading> readings = new LinkedHashMap<>();

    FileScan(PinnedTable table, List<LiveFile> files)
    {
        this.table = requireNonNull(table, "table is null");
        this.files = requireNonNull(files, "files is null");
        this.tasks = files.stream().map(LiveFile::task).collect(toImmutableList());
        this.numbers = new FileNumbers(files.stream().map(LiveFile::path).collect(toImmutableList()));
        this.listings = listings(files);
        this.rows = table.rows();
        this.schema = rows.schema();
    }

    /**
     * A row tells the path of its file and no more, so where a snapshot lists a file twice, maybe with different deletes, each listing is read by itself.
     */
    private static List<List<LiveFile>> listings(List<LiveFile> files)
    {
        Multiset<String> paths = HashMultiset.create();
        ListMultimap<Integer, LiveFile> listings = MultimapBuilder.linkedHashKeys().arrayListValues().build();
        files.forEach(file -> listings.put(paths.add(file.path(), 1), file));
        return Multimaps.asMap(listings).values().stream().map(ImmutableList::copyOf).collect(toImmutableList());
    }

    void add(FileMeasure measure)
    {
        try {
            aggregates.put(measure, aggregate(measure));
        }
        catch (Exception e) {
            // AnalysisException is checked, though no signature of the Java interface says so
            readings.put(measure, failed(e));
        }
    }

    /**
     * Refuses measures that Spark does not understand; nothing runs here. Together, since on a wide table each analysis takes its time.
     */
    private void analyze()
    {
        try {
            rows.agg(functions.count(lit(1)), aggregates.values().toArray(Column[]::new)).schema();
        }
        catch (Exception together) {
            for (FileMeasure measure : ImmutableList.copyOf(aggregates.keySet())) {
                try {
                    rows.agg(aggregates.get(measure)).schema();
                }
                catch (Exception e) {
                    aggregates.remove(measure);
                    readings.put(measure, failed(e));
                }
            }
        }
    }

    Map<FileMeasure, Reading> run()
    {
        analyze();
        // measures of the same column together, so that no column is read twice
        Map<String, List<FileMeasure>> byColumn = aggregates.keySet().stream()
                .collect(Collectors.groupingBy(measure -> measure.columns().stream().findFirst().orElse(""), LinkedHashMap::new, Collectors.toList()));
        List<FileMeasure> ordered = byColumn.values().stream().flatMap(List::stream).collect(toImmutableList());
        // a column that has to be read by rows keeps no other from being read in batches
        ListMultimap<ParquetReading, FileMeasure> byReading = Multimaps.index(ordered, measure -> ParquetReading.of(table.schema(), tasks, measure.columns()));
        byReading.asMap().forEach((reading, measures) -> Lists.partition(ImmutableList.copyOf(measures), MEASURES_IN_SCAN).forEach(batch -> run(batch, reading)));
        return readings;
    }

    private void run(List<FileMeasure> measures, ParquetReading reading)
    {
        if (reading == ParquetReading.BATCHES && succeeds(measures, reading)) {
            return;
        }
        // not every encoding is known to the reader of batches
        if (!succeeds(measures, ParquetReading.ROWS)) {
            measures.forEach(measure -> {
                try {
                    readings.putAll(scan(List.of(measure), ParquetReading.ROWS));
                }
                catch (Exception own) {
                    readings.put(measure, failed(own));
                }
            });
        }
    }

    private boolean succeeds(List<FileMeasure> measures, ParquetReading reading)
    {
        try {
            readings.putAll(scan(measures, reading));
            return true;
        }
        catch (Exception e) {
            // what user code throws comes as a checked exception of Spark's, though no signature says so
            return false;
        }
    }

    private Map<FileMeasure, Reading> scan(List<FileMeasure> measures, ParquetReading reading)
    {
        OptionalLong before = table.bytesRead();
        Map<LiveFile, Row> byFile = new HashMap<>();
        for (List<LiveFile> listing : listings) {
            Map<Long, Row> byNumber = group(listing, measures, reading);
            listing.forEach(file -> Optional.ofNullable(byNumber.get(numbers.of(file.path()))).ifPresent(row -> byFile.put(file, row)));
        }
        OptionalLong bytesRead = SparkTableReader.bytesSince(table, before);
        Map<FileMeasure, Reading> scanned = new LinkedHashMap<>();
        int index = 2;
        for (FileMeasure measure : measures) {
            scanned.put(measure, new Reading(figures(measure, byFile, index), bytesRead, Optional.empty()));
            index++;
        }
        return scanned;
    }

    private Map<Long, Row> group(List<LiveFile> listing, List<FileMeasure> measures, ParquetReading reading)
    {
        Map<Long, Row> byNumber = new HashMap<>();
        try (StagedFiles staged = table.stage(listing.stream().map(LiveFile::task).collect(toImmutableList()), reading)) {
            Dataset<Row> grouped = staged.rows()
                    .groupBy(FileNumbers.ofRow().as(FILE))
                    .agg(functions.count(lit(1)), measures.stream().map(aggregates::get).toArray(Column[]::new));
            // one row for each file
            for (Row row : grouped.collectAsList()) {
                byNumber.put(row.getLong(0), row);
            }
        }
        return byNumber;
    }

    private Map<LiveFile, FileFigure> figures(FileMeasure measure, Map<LiveFile, Row> byFile, int index)
    {
        Map<LiveFile, FileFigure> figures = new LinkedHashMap<>();
        for (LiveFile file : files) {
            Row row = byFile.get(file);
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
            DataType type = type(violations.column());
            Column broken = ValueViolations.of(violations.column(), violations.rule(), type);
            return functions.count_if(matches.map(condition -> condition.and(broken)).orElse(broken));
        }
        if (measure instanceof FileMeasure.Newest newest) {
            return micros(functions.max(column(newest.column())));
        }
        if (measure instanceof FileMeasure.LongestDelay delay) {
            return functions.max(micros(column(delay.to())).minus(micros(column(delay.from()))));
        }
        return micros(functions.min(column(((FileMeasure.Oldest) measure).column())));
    }

    private DataType type(String path)
    {
        DataType type = schema;
        for (String step : path.split("\\.", -1)) {
            checkArgument(type instanceof StructType struct && struct.getFieldIndex(step).isDefined(), "Column %s is not in the table", path);
            type = ((StructType) type).apply(step).dataType();
        }
        return type;
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
