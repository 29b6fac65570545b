package io.meshwright.spark.benchmark;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static com.google.common.base.Preconditions.checkState;

/**
 * The products that replace the tables, partitioned by day.
 */
final class ReconciledProducts
{
    private final BenchmarkLake lake;

    ReconciledProducts(BenchmarkLake lake)
    {
        this.lake = lake;
    }

    static String address(String table)
    {
        return BenchmarkLake.NAMESPACE + "." + table.replace('_', '-');
    }

    /**
     * Registers the product as its owner declares it, which makes an empty table where there is none.
     */
    void register(String table, String profile)
    {
        boolean isNew = !lake.has(table);
        lake.register(
                table,
                contract(table),
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata:
                  name: %s
                  domain: %s
                  owner: benchmark@retailer.example
                spec:
                  description: "A table of the reconciliation benchmark."
                  outputPorts:
                    - name: curated
                      type: iceberg
                      contract: ./contract.yaml
                  sla:
                    freshness: "<= 36500d"
                  migration:
                    replaces: warehouse.%s
                    key: [%s]
                    window: {column: %s, legacy: %s, size: day, zone: UTC}
                    compare: rows
                    profile: %s
                """.formatted(table.replace('_', '-'), BenchmarkLake.NAMESPACE, table, key(table), dayColumn(table), legacyDay(table), profile));
        if (isNew) {
            Table created = lake.table(table);
            created.updateSpec().addField(isTraps(table) ? Expressions.ref("day") : Expressions.day("occurred_at")).commit();
            created.updateProperties().set("write.parquet.compression-codec", "zstd").set("write.distribution-mode", "none").commit();
        }
    }

    private static boolean isTraps(String table)
    {
        return table.equals(ReconciliationTraps.TABLE);
    }

    static String key(String table)
    {
        return isTraps(table) ? "trap_id" : OrderRows.key(table);
    }

    private static String dayColumn(String table)
    {
        return isTraps(table) ? "day" : "occurred_at";
    }

    static String legacyDay(String table)
    {
        return isTraps(table) ? "day" : "ordered_on";
    }

    private static String contract(String table)
    {
        List<String> fields = new ArrayList<>();
        switch (table) {
            case ReconciliationTraps.TABLE -> fields.addAll(List.of(
                    "trap_id: {type: bigint}",
                    "code: {type: string}",
                    "note: {type: string}",
                    "remark: {type: string}",
                    "amount: {type: decimal, precision: 18, scale: 2}",
                    "ratio: {type: double}",
                    "due_on: {type: date}",
                    "updated_at: {type: timestamp_ntz}",
                    "occurred_at: {type: timestamp}",
                    "paid: {type: boolean}",
                    "day: {type: date}"));
            case OrderRows.TEXT_KEY -> fields.addAll(List.of("region: {type: string}", "code: {type: string}", "customer: {type: string}"));
            default -> fields.addAll(List.of("order_id: {type: bigint}", "customer: {type: string}", "status: {type: string}"));
        }
        if (!isTraps(table)) {
            fields.addAll(List.of(
                    "currency: {type: string}",
                    "quantity: {type: bigint}",
                    "amount: {type: decimal, precision: 18, scale: 2}",
                    "ordered_on: {type: date}",
                    "updated_at: {type: timestamp_ntz}",
                    "occurred_at: {type: timestamp}",
                    "paid: {type: boolean}"));
        }
        return """
               dataContractSpecification: 1.2.1
               id: benchmark.%1$s
               info: {title: Orders, version: 1.0.0}
               models:
                 %1$s:
                   type: table
                   fields:
                     %2$s
               """.formatted(table, String.join("\n      ", fields));
    }

    /**
     * Columns of a file of CSV, for Spark.
     */
    static String sparkColumns(String table)
    {
        return OrderRows.columns(table)
                .replaceAll("(varchar|char)\\(\\d+\\)", "string")
                .replace("numeric", "decimal")
                .replace("timestamptz(6)", "timestamp")
                .replace("timestamp(6)", "timestamp_ntz");
    }

    /**
     * @return paths of its Parquet files
     */
    List<String> files(String table)
    {
        return files(lake.table(table).newScan()).stream().map(file -> path(file).toString()).toList();
    }

    private static List<DataFile> files(TableScan scan)
    {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = scan.includeColumnStats().planFiles()) {
            tasks.forEach(task -> files.add(task.file().copy()));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static Path path(DataFile file)
    {
        return Path.of(file.location().replaceFirst("^file:/*", "/"));
    }

    private static Expression within(LocalDate day)
    {
        return Expressions.and(Expressions.greaterThanOrEqual("occurred_at", day + "T00:00:00+00:00"), Expressions.lessThan("occurred_at", day.plusDays(1) + "T00:00:00+00:00"));
    }

    void deleteDay(String table, LocalDate day)
    {
        lake.table(table).newDelete().deleteFromRowFilter(within(day)).commit();
    }

    long snapshot(String table)
    {
        return lake.table(table).currentSnapshot().snapshotId();
    }

    void rollBack(String table, long snapshot)
    {
        lake.table(table).manageSnapshots().rollbackTo(snapshot).commit();
    }

    /**
     * As if the day's rows had been written anew: other files, the same rows.
     */
    void rewriteDay(String table, LocalDate day)
    {
        Table changed = lake.table(table);
        List<DataFile> files = files(changed.newScan().filter(within(day)));
        checkState(!files.isEmpty(), "no file of %s", day);
        OverwriteFiles commit = changed.newOverwrite();
        for (DataFile file : files) {
            Path source = path(file);
            Path copy = source.resolveSibling(UUID.randomUUID() + ".parquet");
            try {
                Files.copy(source, copy);
            }
            catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            String location = file.location().substring(0, file.location().lastIndexOf('/') + 1) + copy.getFileName();
            commit.deleteFile(file).addFile(DataFiles.builder(changed.spec()).copy(file).withPath(location).build());
        }
        commit.commit();
    }
}
