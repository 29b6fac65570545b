package io.meshwright.spark.check;

import io.meshwright.spark.session.TestingLake;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptionKeyMetadata;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.Row;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A table to which everything happens that may happen to one, in random order.
 */
public final class RandomHistory
{
    private static final int MOST_ROWS = 40;
    private static final String WRITTEN = RandomOrders.NAMES_OF_COLUMNS;

    private final TestingLake lake;
    private final String name;
    private final long seed;
    private final Random random;
    private final int version;
    private final List<Runnable> events = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    public RandomHistory(TestingLake lake, String name, long seed)
    {
        this.lake = lake;
        this.name = name;
        this.seed = seed;
        this.random = new Random(seed);
        this.version = 2 + random.nextInt(2);
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop." + name,
                "CREATE TABLE mesh.shop.%s (%s) USING iceberg TBLPROPERTIES ('format-version'='%s')".formatted(name, RandomOrders.COLUMNS, version));
        append();
        // appends and deletes are what happens most
        for (int count = 0; count < 3; count++) {
            events.add(this::append);
            events.add(this::delete);
        }
        events.addAll(List.of(
                this::update,
                this::overwrite,
                this::compact,
                this::rollBack,
                this::expire,
                this::repeat,
                this::addFileAgain,
                this::branch,
                this::dropAndAddColumn,
                this::addColumn,
                this::partition,
                this::deleteByEquality));
    }

    /**
     * What happened, for messages.
     */
    public String told()
    {
        return "seed %s, v%s: %s".formatted(seed, version, String.join("; ", told));
    }

    public void step()
    {
        set("write.format.default", pick("parquet", "parquet", "parquet", "orc", "avro"));
        set("write.metadata.metrics.default", pick("truncate(16)", "truncate(1)", "full", "counts", "none"));
        set("write.delete.mode", pick("merge-on-read", "copy-on-write"));
        set("write.update.mode", pick("merge-on-read", "copy-on-write"));
        refresh();
        events.get(random.nextInt(events.size())).run();
        refresh();
    }

    /**
     * Spark's catalog remembers tables as it last saw them.
     */
    private void refresh()
    {
        lake.sql("REFRESH TABLE mesh.shop." + name);
    }

    /**
     * The rows by Spark's own reading.
     */
    public List<Map<String, Object>> rows()
    {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Row row : lake.session().sql("SELECT %s FROM mesh.shop.%s".formatted(WRITTEN, name)).collectAsList()) {
            Map<String, Object> values = new LinkedHashMap<>();
            ((Map<?, ?>) RandomOrders.fromSpark(row)).forEach((column, value) -> values.put((String) column, value));
            rows.add(values);
        }
        return rows;
    }

    public Table table()
    {
        return lake.table("shop", name);
    }

    private void append()
    {
        List<Map<String, Object>> rows = new RandomOrders(random.nextLong(), pick(0, 0, 10, 50, 100)).rows(random.nextInt(MOST_ROWS));
        told.add("append " + rows.size());
        write(rows, "append");
    }

    private void overwrite()
    {
        List<Map<String, Object>> rows = new RandomOrders(random.nextLong(), 10).rows(random.nextInt(MOST_ROWS));
        told.add("overwrite " + rows.size());
        write(rows, "overwrite");
    }

    private void write(List<Map<String, Object>> rows, String kind)
    {
        lake.session().createDataFrame(RandomOrders.toSpark(rows), RandomOrders.schema()).repartition(1 + random.nextInt(2)).createOrReplaceTempView("written");
        if (kind.equals("overwrite")) {
            lake.sql("DELETE FROM mesh.shop." + name);
        }
        lake.sql("INSERT INTO mesh.shop.%s (%s) SELECT %s FROM written".formatted(name, WRITTEN, WRITTEN));
    }

    /**
     * Makes keys recur.
     */
    private void repeat()
    {
        told.add("repeat");
        lake.sql("INSERT INTO mesh.shop.%s SELECT * FROM mesh.shop.%s WHERE id %% 5 = 0".formatted(name, name));
    }

    /**
     * As tools do that import a file a second time.
     */
    private void addFileAgain()
    {
        Table table = table();
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                // a deletion vector older than a listing of its file makes a table that Iceberg refuses to read
                if (task.deletes().stream().noneMatch(delete -> delete.format() == FileFormat.PUFFIN)) {
                    files.add(task.file());
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (files.isEmpty()) {
            return;
        }
        DataFile file = files.get(random.nextInt(files.size()));
        told.add("add file of %s again".formatted(file.recordCount()));
        table.newAppend().appendFile(file).commit();
    }

    /**
     * As data is written, audited and published.
     */
    private void branch()
    {
        boolean published = random.nextBoolean();
        told.add(published ? "branch, publish" : "branch, abandon");
        table().manageSnapshots().createBranch("audit").commit();
        refresh();
        lake.session().createDataFrame(RandomOrders.toSpark(new RandomOrders(random.nextLong(), 10).rows(MOST_ROWS)), RandomOrders.schema()).createOrReplaceTempView("written");
        lake.sql("INSERT INTO mesh.shop.%s.branch_audit (%s) SELECT %s FROM written".formatted(name, WRITTEN, WRITTEN));
        Table table = table();
        if (published) {
            table.manageSnapshots().fastForwardBranch("main", "audit").commit();
        }
        table.manageSnapshots().removeBranch("audit").commit();
    }

    private void delete()
    {
        String condition = pick("id % 3 = 0", "id % 2 = 1", "name IS NULL", "status = 'placed'", "amount IS NULL OR isnan(amount)", "day > DATE '2026-11-05'");
        told.add("delete " + condition);
        lake.sql("DELETE FROM mesh.shop.%s WHERE %s".formatted(name, condition));
    }

    private void update()
    {
        told.add("update");
        lake.sql("UPDATE mesh.shop.%s SET name = 'ORD-2', amount = 1e6, status = NULL WHERE id %% 4 = 0".formatted(name));
    }

    private void compact()
    {
        told.add("compact");
        SparkActions.get(lake.session()).rewriteDataFiles(table()).option("rewrite-all", "true").execute();
    }

    private void rollBack()
    {
        Table table = table();
        Snapshot current = table.currentSnapshot();
        if (current != null && current.parentId() != null && table.snapshot(current.parentId()) != null) {
            told.add("roll back");
            table.manageSnapshots().rollbackTo(current.parentId()).commit();
        }
    }

    private void expire()
    {
        told.add("expire");
        table().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
    }

    private void dropAndAddColumn()
    {
        String column = pick("flag boolean", "name string", "amount double", "at timestamp");
        told.add("drop and add " + column);
        String columnName = column.substring(0, column.indexOf(' '));
        if (isPartitioned(columnName)) {
            return;
        }
        lake.sql(
                "ALTER TABLE mesh.shop.%s DROP COLUMN %s".formatted(name, columnName),
                "ALTER TABLE mesh.shop.%s ADD COLUMN %s".formatted(name, column));
    }

    private void addColumn()
    {
        String column = "extra_" + told.size();
        told.add("add " + column);
        lake.sql("ALTER TABLE mesh.shop.%s ADD COLUMN %s string".formatted(name, column));
    }

    private void partition()
    {
        String column = pick("status", "line", "day", "flag", "at", "local");
        if (isPartitioned(column)) {
            return;
        }
        told.add("partition by " + column);
        if (column.equals("at") || column.equals("local")) {
            table().updateSpec().addField(random.nextBoolean() ? Expressions.hour(column) : Expressions.day(column)).commit();
            return;
        }
        table().updateSpec().addField(column).commit();
    }

    private boolean isPartitioned(String column)
    {
        Table table = table();
        return table.spec().fields().stream().anyMatch(field -> field.sourceId() == table.schema().findField(column).fieldId());
    }

    /**
     * As streaming writers delete.
     */
    private void deleteByEquality()
    {
        Table table = table();
        if (table.spec().isPartitioned() || table.currentSnapshot() == null) {
            return;
        }
        long id = random.nextInt(MOST_ROWS * 3);
        told.add("delete by equality " + id);
        Schema key = table.schema().select("id");
        GenericAppenderFactory factory = new GenericAppenderFactory(table.schema(), table.spec(), new int[] {key.findField("id").fieldId()}, key, null);
        EqualityDeleteWriter<Record> writer = factory.newEqDeleteWriter(
                EncryptedFiles.encryptedOutput(table.io().newOutputFile(table.location() + "/data/" + UUID.randomUUID() + ".avro"), EncryptionKeyMetadata.EMPTY), FileFormat.AVRO, null);
        try (writer) {
            Record record = GenericRecord.create(key);
            record.setField("id", id);
            writer.write(record);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DeleteFile file = writer.toDeleteFile();
        table.newRowDelta().addDeletes(file).commit();
    }

    private void set(String property, String value)
    {
        table().updateProperties().set(property, value).commit();
    }

    @SafeVarargs
    private <T> T pick(T... choices)
    {
        return choices[random.nextInt(choices.length)];
    }
}
