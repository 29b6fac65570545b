package io.meshwright.spark.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.check.RowFilter;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.reconciliation.CountPlan.WindowColumn;
import io.meshwright.model.reconciliation.ReconciliationRule;
import io.meshwright.spark.session.ParquetReading;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.StagedFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.RowToColumnarExec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;

/**
 * The rows of some data files, of the columns that a comparison needs: the window's first, where there is one.
 */
final class ProductScan
{
    private final PinnedTable table;
    private final Optional<WindowColumn> window;
    private final Optional<ReadOnlyExpression> filter;
    private final List<String> columns;

    ProductScan(PinnedTable table, Optional<WindowColumn> window, Optional<ReadOnlyExpression> filter, List<String> columns)
    {
        this.table = requireNonNull(table, "table is null");
        this.window = requireNonNull(window, "window is null");
        this.filter = requireNonNull(filter, "filter is null");
        this.columns = ImmutableList.copyOf(columns);
    }

    /**
     * @param compared the columns of this scan
     */
    RowReader reader(ZoneId zone, List<String> windows, List<ComparedColumn> compared)
    {
        DataType[] types = types();
        WindowReader places = windows(types, zone, windows);
        ImmutableList.Builder<ValueReader> values = ImmutableList.builder();
        for (int index = 0; index < columns.size(); index++) {
            int place = index + places.columns();
            values.add(new ValueReader(place, compared.get(index), types[place]));
        }
        return new RowReader(places, values.build());
    }

    /**
     * @param compared the columns of this scan
     */
    BatchReader batchReader(ZoneId zone, List<String> windows, List<ComparedColumn> compared)
    {
        DataType[] types = types();
        WindowReader places = windows(types, zone, windows);
        ImmutableList.Builder<ColumnReader> readers = ImmutableList.builder();
        for (int index = 0; index < columns.size(); index++) {
            int place = index + places.columns();
            readers.add(new ColumnReader(place, compared.get(index), types[place]));
        }
        return new BatchReader(places, readers.build());
    }

    private WindowReader windows(DataType[] types, ZoneId zone, List<String> windows)
    {
        return new WindowReader(window.map(unused -> types[0]), zone, windows);
    }

    private DataType[] types()
    {
        StructType schema = explained(() -> table.rows().select(selected()).schema());
        return Arrays.stream(schema.fields()).map(StructField::dataType).toArray(DataType[]::new);
    }

    /**
     * Reads in batches where the files allow that, and by rows where it fails.
     */
    <T> T read(List<LiveFile> files, Function<JavaRDD<InternalRow>, T> work)
    {
        return staged(files, rows -> work.apply(rows.select(selected()).queryExecution().toRdd().toJavaRDD()));
    }

    /**
     * The rows by columns, in batches, however they are read. A batch holds its rows until the next one is asked for.
     */
    <T> T readBatches(List<LiveFile> files, Function<JavaRDD<ColumnarBatch>, T> work)
    {
        return staged(files, rows -> work.apply(batches(rows)));
    }

    private JavaRDD<ColumnarBatch> batches(Dataset<Row> rows)
    {
        // a plan remembers the session of its thread, and a thread of ours need not have one
        SparkSession.setActiveSession(rows.sparkSession());
        Optional<JavaRDD<ColumnarBatch>> unchanged = filter.isPresent() ? Optional.empty() : ScannedBatches.of(rows, names());
        return unchanged.orElseGet(() -> new RowToColumnarExec(rows.select(selected()).queryExecution().executedPlan()).executeColumnar().toJavaRDD());
    }

    private List<String> names()
    {
        return ImmutableList.<String>builder().addAll(window.map(WindowColumn::mesh).stream().iterator()).addAll(columns).build();
    }

    <T> T staged(List<LiveFile> files, Function<Dataset<Row>, T> work)
    {
        List<FileScanTask> tasks = files.stream().map(LiveFile::task).collect(toImmutableList());
        ParquetReading reading = reading(tasks);
        try {
            return staged(tasks, reading, work);
        }
        catch (MeshException e) {
            throw e;
        }
        catch (RuntimeException e) {
            if (reading == ParquetReading.ROWS) {
                throw e;
            }
            // not every encoding is known to the reader of batches
            return staged(tasks, ParquetReading.ROWS, work);
        }
    }

    private <T> T staged(List<FileScanTask> tasks, ParquetReading reading, Function<Dataset<Row>, T> work)
    {
        try (StagedFiles staged = table.stage(tasks, reading)) {
            return explained(() -> work.apply(filter.map(condition -> staged.rows().where(functions.expr(condition.text()))).orElseGet(staged::rows)));
        }
    }

    private interface Work<T>
    {
        T run();
    }

    private static <T> T explained(Work<T> work)
    {
        try {
            return work.run();
        }
        catch (Exception e) {
            // AnalysisException is checked, though no signature of the Java interface says so
            if (e instanceof AnalysisException) {
                throw new MeshException(
                        ReconciliationRule.WINDOW,
                        USER,
                        "migration: does not fit the table: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst(" SQLSTATE:.*", ""),
                        "correct key, columns, window or where in the specification",
                        e);
            }
            throw e instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        }
    }

    private ParquetReading reading(List<FileScanTask> tasks)
    {
        List<String> read = new ArrayList<>(names());
        try {
            filter.ifPresent(condition -> read.addAll(RowFilter.parse(condition.text(), Optional.empty()).columns()));
        }
        catch (MeshException e) {
            // what the filter reads is not known
            return ParquetReading.ROWS;
        }
        return ParquetReading.of(table.schema(), tasks, read);
    }

    private Column[] selected()
    {
        List<Column> selected = new ArrayList<>();
        window.ifPresent(column -> selected.add(col(quoted(column.mesh())).as("w")));
        for (int index = 0; index < columns.size(); index++) {
            selected.add(col(quoted(columns.get(index))).as("c" + index));
        }
        return selected.toArray(Column[]::new);
    }

    static String quoted(String path)
    {
        return "`" + path.replace("`", "``").replace(".", "`.`") + "`";
    }
}
