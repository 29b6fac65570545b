package io.meshwright.bridge.usage;

import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.table.RegistryMaintenance;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

abstract class BaseUsageTablesTest
{
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");

    @TempDir
    private Path warehouse;

    /**
     * An empty database for a catalog.
     */
    protected abstract CatalogSettings settings(String warehouse);

    @Test
    void testRowsAreReadAsWritten()
    {
        try (MeshCatalog catalog = open()) {
            UsageTables tables = new UsageTables(catalog);
            assertThat(tables.reads(row -> true)).isEmpty();
            UsageBatch batch = batch("b1", NOW, 1);
            tables.write(batch);
            assertThat(tables.reads(row -> true)).isEqualTo(batch.reads());
            assertThat(tables.lineage(row -> true)).isEqualTo(batch.lineage());
            assertThat(tables.heartbeats(row -> true)).containsExactly(batch.heartbeat().orElseThrow());
            assertThat(tables.reads(row -> row.userName().equals("nobody"))).isEmpty();
        }
    }

    @Test
    void testABatchIsWrittenOnce()
    {
        try (MeshCatalog catalog = open()) {
            UsageBatch first = batch("b1", Instant.now(), 2);
            new UsageTables(catalog).write(first);
            new UsageTables(catalog).write(batch("b2", Instant.now(), 1));
            new UsageTables(catalog).write(first);
            assertCounts(catalog, 3, 2);

            // of a batch that was interrupted after its first commit the rest is written
            UsageBatch interrupted = batch("b3", Instant.now(), 1);
            new UsageTables(catalog).write(interrupted);
            Table heartbeats = catalog.findTable(TableIdentifier.of("mesh", HeartbeatRow.TABLE)).orElseThrow();
            heartbeats.manageSnapshots().rollbackTo(heartbeats.currentSnapshot().parentId()).commit();
            heartbeats.expireSnapshots().expireOlderThan(Long.MAX_VALUE).commit();
            assertCounts(catalog, 4, 2);
            new UsageTables(catalog).write(interrupted);
            assertCounts(catalog, 4, 3);
        }
    }

    @Test
    void testABatchIsRecognisedAfterItsCommitExpired()
    {
        try (MeshCatalog catalog = open()) {
            UsageBatch early = batch("b1", Instant.now(), 2);
            UsageTables tables = new UsageTables(catalog);
            tables.write(early);
            for (int number = 2; number < 9; number++) {
                tables.write(batch("b" + number, Instant.now(), 1));
            }
            new RegistryMaintenance(catalog).run(Duration.ZERO);
            Table reads = catalog.findTable(TableIdentifier.of("mesh", ReadRow.TABLE)).orElseThrow();
            assertThat(reads.snapshots()).as("commits that are still listed").hasSize(1);
            assertThat(reads.newScan().planFiles()).as("files after compaction").hasSize(1);

            tables.write(early);
            assertCounts(catalog, 9, 8);
            tables.write(batch("b9", Instant.now(), 1));
            assertCounts(catalog, 10, 9);
        }
    }

    @Test
    void testListenersOfSeveralServersWriteAtOnce()
            throws Exception
    {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try (MeshCatalog catalog = open()) {
            List<CompletableFuture<Void>> writers = IntStream.range(0, 4)
                    .mapToObj(writer -> CompletableFuture.runAsync(
                            () -> {
                                UsageTables tables = new UsageTables(catalog);
                                for (int number = 0; number < 5; number++) {
                                    UsageBatch batch = batch("b-%s-%s".formatted(writer, number), Instant.now(), 1);
                                    tables.write(batch);
                                    tables.write(batch);
                                }
                            },
                            executor))
                    .collect(toImmutableList());
            for (CompletableFuture<Void> writer : writers) {
                writer.get();
            }
            assertCounts(catalog, 20, 20);
        }
        finally {
            executor.shutdownNow();
        }
    }

    @Test
    void testARowOfAnotherBatch()
    {
        UsageBatch batch = batch("b1", NOW, 1);
        assertThatThrownBy(() -> new UsageBatch("b2", NOW, batch.reads(), List.of(), batch.heartbeat()))
                .hasMessage("A row belongs to another batch than b2");
    }

    private static void assertCounts(MeshCatalog catalog, int reads, int heartbeats)
    {
        UsageTables tables = new UsageTables(catalog);
        assertThat(tables.reads(row -> true)).extracting(ReadRow::readId).hasSize(reads).doesNotHaveDuplicates();
        assertThat(tables.heartbeats(row -> true)).extracting(HeartbeatRow::batchId).hasSize(heartbeats).doesNotHaveDuplicates();
    }

    private MeshCatalog open()
    {
        return IcebergCatalogs.open(settings(LocalFileIO.toLocation(warehouse)));
    }

    static UsageBatch batch(String id, Instant made, int reads)
    {
        return new UsageBatch(
                id,
                made,
                IntStream.range(0, reads).mapToObj(number -> read(id, number)).collect(toImmutableList()),
                List.of(new LineageRow(
                        id,
                        "node-1",
                        "20261120_1",
                        "orders.order-events",
                        "product",
                        OptionalInt.of(3),
                        Optional.of("42"),
                        "lake.marts.revenue",
                        "table",
                        List.of(new LineageColumn("total_minor", "revenue", false), new LineageColumn("customer_id", "customer", true)),
                        List.of("status"),
                        "ann",
                        Optional.of("dbt"),
                        "CREATE TABLE",
                        Optional.of("EU"),
                        Optional.empty(),
                        Optional.empty(),
                        NOW)),
                Optional.of(new HeartbeatRow(id, "node-1", "s1", NOW.minusSeconds(60), NOW, NOW.plusSeconds(600), 7, reads, 0, false, Optional.empty())));
    }

    private static ReadRow read(String batch, int number)
    {
        return new ReadRow(
                batch + "/" + number,
                batch,
                "node-1",
                "20261120_1",
                "orders.order-events",
                Optional.of("curated"),
                OptionalInt.of(3),
                Optional.of("2.0.0"),
                Optional.of("8224921234567890123"),
                "ann",
                Optional.empty(),
                List.of("analysts"),
                Optional.of("trino-cli"),
                List.of(),
                Optional.empty(),
                List.of("lake.bi.orders"),
                "SELECT",
                List.of("customer_id", "status"),
                List.of("customer_id"),
                List.of(),
                "finished",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(1000),
                OptionalLong.empty(),
                OptionalLong.of(1),
                new BigDecimal("0.125"),
                Optional.empty(),
                Optional.of("EU"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW.minusMillis(125),
                NOW);
    }
}
