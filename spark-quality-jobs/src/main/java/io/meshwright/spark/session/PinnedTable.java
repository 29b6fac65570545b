package io.meshwright.spark.session;

import io.meshwright.bridge.check.SnapshotEvidence;
import io.meshwright.bridge.table.FixedOperations;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.spark.TimeTravel;
import org.apache.iceberg.spark.source.SparkTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A table at the snapshot that was current when it was opened here. Every query of a run sees the same rows, whatever is
 * committed meanwhile. Needs no catalog of Spark's: the table is the one that the bridge opened.
 */
public final class PinnedTable
        implements AutoCloseable
{
    private final SparkSession session;
    private final String name;
    private final Table table;

    private PinnedTable(SparkSession session, String name, Table table)
    {
        this.session = requireNonNull(session, "session is null");
        this.name = requireNonNull(name, "name is null");
        this.table = requireNonNull(table, "table is null");
    }

    /**
     * The table as it is now, for good, without a Spark to read it.
     */
    public static Table pin(Table table)
    {
        checkArgument(table instanceof HasTableOperations, "Not a table with data: %s", table.name());
        TableOperations operations = ((HasTableOperations) table).operations();
        return new BaseTable(new FixedOperations(operations, operations.current(), operations.io()), table.name());
    }

    public static PinnedTable open(SparkSession session, Table table)
    {
        checkArgument(table instanceof HasTableOperations, "Not a table with data: %s", table.name());
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        TableOperations operations = ((HasTableOperations) table).operations();
        Table pinned = new BaseTable(new FixedOperations(operations, operations.current(), new CountingFileIO(operations.io(), name)), table.name());
        PinnedTableCatalog.add(name, SparkTable.create(pinned, (TimeTravel) null));
        return new PinnedTable(session, name, pinned);
    }

    public SparkSession session()
    {
        return session;
    }

    public Schema schema()
    {
        return table.schema();
    }

    public SnapshotEvidence evidence()
    {
        return new SnapshotEvidence(table);
    }

    /**
     * Empty for a table that never had data.
     */
    public Optional<String> snapshotId()
    {
        return Optional.ofNullable(table.currentSnapshot()).map(Snapshot::snapshotId).map(String::valueOf);
    }

    /**
     * The table as metadata tells of it.
     */
    public Table table()
    {
        return table;
    }

    public Dataset<Row> rows()
    {
        return session.table(PinnedTableCatalog.sparkName(name));
    }

    /**
     * The rows of some data files only.
     *
     * @param reading how files are read; {@link ParquetReading#of} tells what suits them
     */
    public StagedFiles stage(List<FileScanTask> tasks, ParquetReading reading)
    {
        return new StagedFiles(session, table, tasks, reading);
    }

    /**
     * Bytes of data files read so far; empty on a cluster, where other JVMs read and do not tell.
     */
    public OptionalLong bytesRead()
    {
        return session.sparkContext().isLocal() ? OptionalLong.of(ReadCounter.get(name)) : OptionalLong.empty();
    }

    @Override
    public void close()
    {
        PinnedTableCatalog.remove(name);
        ReadCounter.remove(name);
    }
}
