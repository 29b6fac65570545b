package io.meshwright.spark.check;

import io.meshwright.bridge.check.TableReader.RecurringKeys;
import io.meshwright.bridge.evidence.KeyLayout;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.RowFilter;
import io.meshwright.spark.check.KeyScan.Recurrence;
import io.meshwright.spark.check.LongKeys.Recurring;
import io.meshwright.spark.session.ParquetReading;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.StagedFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.spark.check.ValueViolations.column;
import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

/**
 * Counts keys that occur more than once. A key with a NULL part is none. Keys that fit into 64 bits are compared as such; others by a hash of 64 bits, and
 * those of which it recurs by themselves.
 */
final class DuplicateKeys
{
    private static final String NUMBER = "number";

    private final PinnedTable table;
    private final List<String> columns;
    private final List<String> read;
    private final Optional<RowFilter> filter;
    private final List<LiveFile> files;
    private final KeyLayout layout;

    DuplicateKeys(PinnedTable table, FileMeasure.RecurringKeys measure, List<LiveFile> files, KeyLayout layout)
    {
        this.table = requireNonNull(table, "table is null");
        this.columns = measure.keys();
        this.read = measure.columns();
        this.filter = measure.filter();
        this.files = requireNonNull(files, "files is null");
        this.layout = requireNonNull(layout, "layout is null");
    }

    RecurringKeys count()
    {
        OptionalLong before = table.bytesRead();
        List<FileScanTask> tasks = files.stream().map(LiveFile::task).collect(toImmutableList());
        ParquetReading reading = ParquetReading.of(table.schema(), tasks, read);
        Recurring recurring;
        try {
            recurring = count(tasks, reading);
        }
        catch (RuntimeException e) {
            if (reading == ParquetReading.ROWS) {
                throw e;
            }
            // not every encoding is known to the reader of batches
            recurring = count(tasks, ParquetReading.ROWS);
        }
        return new RecurringKeys(recurring.keys(), recurring.rows(), SparkTableReader.bytesSince(table, before));
    }

    private Recurring count(List<FileScanTask> tasks, ParquetReading reading)
    {
        try (StagedFiles staged = table.stage(tasks, reading)) {
            Dataset<Row> keys = keys(filter.map(rows -> staged.rows().where(RowFilters.of(table, rows))).orElseGet(staged::rows), columns);
            Optional<Column> packed = PackedKey.of(keys.schema(), columns, layout.ranges());
            return packed.isPresent() && columns.size() == 1
                    ? ofNumbers(keys.select(packed.orElseThrow()))
                    : ofKeys(keys, packed);
        }
    }

    private Recurring ofNumbers(Dataset<Row> numbers)
    {
        return inOrder(numbers).orElseGet(() -> sum(KeyScan.recurrences(numbers, rows())));
    }

    private Optional<Recurring> inOrder(Dataset<Row> numbers)
    {
        return layout.disjoint() ? KeyScan.inOrder(numbers) : Optional.empty();
    }

    /**
     * Equal keys have equal numbers, so where no number recurs, no key does. Where one does, the keys themselves are compared: hashes clash, and the ranges by
     * which keys were packed may be wrong.
     */
    private Recurring ofKeys(Dataset<Row> keys, Optional<Column> packed)
    {
        Optional<Recurring> inOrder = packed.flatMap(number -> inOrder(keys.select(number))).filter(found -> found.keys() == 0);
        if (inOrder.isPresent()) {
            return inOrder.orElseThrow();
        }
        Column number = packed.orElseGet(() -> functions.xxhash64(columnsOf(keys)));
        JavaRDD<Long> suspects = KeyScan.recurrences(keys.select(number), rows()).map(Recurrence::key).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            if (suspects.isEmpty()) {
                return new Recurring(0, 0);
            }
            Dataset<Row> numbers = table.session().createDataset(suspects.rdd(), Encoders.LONG()).toDF(NUMBER);
            Dataset<Row> recurring = keys
                    .join(numbers, number.equalTo(numbers.col(NUMBER)), "left_semi")
                    .groupBy(columnsOf(keys))
                    .agg(functions.count(lit(1)).as("n"))
                    .where(col("n").gt(1));
            Row figures = recurring.agg(functions.count(lit(1)), functions.coalesce(functions.sum(col("n")), lit(0L))).head();
            return new Recurring(figures.getLong(0), figures.getLong(1));
        }
        finally {
            suspects.unpersist();
        }
    }

    private static Recurring sum(JavaRDD<Recurrence> recurrences)
    {
        return recurrences.map(recurrence -> new Recurring(1, recurrence.rows()))
                .fold(new Recurring(0, 0), (left, right) -> new Recurring(left.keys() + right.keys(), left.rows() + right.rows()));
    }

    private long rows()
    {
        return files.stream().mapToLong(file -> file.task().file().recordCount()).sum();
    }

    /**
     * Columns {@code k0}, {@code k1} ... of the rows in which none of them is NULL.
     */
    static Dataset<Row> keys(Dataset<Row> rows, List<String> columns)
    {
        Column[] selected = new Column[columns.size()];
        Column complete = lit(true);
        for (int index = 0; index < selected.length; index++) {
            selected[index] = column(columns.get(index)).as("k" + index);
            complete = complete.and(col("k" + index).isNotNull());
        }
        return rows.select(selected).where(complete);
    }

    private static Column[] columnsOf(Dataset<Row> keys)
    {
        Column[] columns = new Column[keys.columns().length];
        for (int index = 0; index < columns.length; index++) {
            columns[index] = col("k" + index);
        }
        return columns;
    }
}
