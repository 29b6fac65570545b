package io.meshwright.spark.session;

import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.ScanTaskSetManager;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.iceberg.spark.TimeTravel;
import org.apache.iceberg.spark.source.SparkRewriteTable;
import org.apache.iceberg.spark.source.SparkTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

import java.util.List;
import java.util.UUID;

/**
 * Chosen data files of a pinned table as rows, with the deletes that apply to them. Reads them as Iceberg's own compaction does.
 */
public final class StagedFiles
        implements AutoCloseable
{
    private final Table table;
    private final String name = "f" + UUID.randomUUID().toString().replace("-", "");
    private final Dataset<Row> rows;

    StagedFiles(SparkSession session, Table table, List<FileScanTask> tasks, ParquetReading reading)
    {
        this.table = table;
        ScanTaskSetManager.get().stageTasks(table, name, tasks);
        PinnedTableCatalog.add(name, new StagedTable(SparkTable.create(table, (TimeTravel) null), new SparkRewriteTable(table, name)));
        rows = session.read().option(SparkReadOptions.VECTORIZATION_ENABLED, String.valueOf(reading == ParquetReading.BATCHES)).table(PinnedTableCatalog.sparkName(name));
    }

    public Dataset<Row> rows()
    {
        return rows;
    }

    @Override
    public void close()
    {
        PinnedTableCatalog.remove(name);
        ScanTaskSetManager.get().removeTasks(table, name);
    }
}
