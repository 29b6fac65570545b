package io.meshwright.bridge.evidence;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductDraft;
import io.meshwright.bridge.table.RegistryMaintenance;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.product.ProductAddress;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static java.util.concurrent.Executors.callable;
import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;

final class TestEvidenceRetention
{
    private static final Instant READ = Instant.parse("2026-01-01T00:00:00Z");
    private static final FileMeasure VALUES = new FileMeasure.Values("id");

    @Test
    void testFilesThatAreGoneAreForgotten(@TempDir Path folder)
    {
        try (MeshCatalog catalog = TestingCatalogs.openEmbedded(folder)) {
            Table table = table(catalog, "order_events");
            register(catalog, table);
            DataFile compacted = new TestingFiles(table, 10).append();
            DataFile expired = new TestingFiles(table, 10).append();
            keep(catalog, table, READ);
            table.newRewrite().deleteFile(expired).addFile(new TestingFiles(table, 10).build()).commit();
            keep(catalog, table, READ);
            assertThat(kept(catalog, table)).hasSize(3);

            EvidenceRetention retention = new EvidenceRetention(catalog);
            assertThat(retention.run(READ.plus(Duration.ofHours(23))).figures()).as("young rows").isEqualTo(0);
            assertThat(retention.run(READ.plus(Duration.ofDays(2))).figures()).as("a former snapshot has the file").isEqualTo(0);
            table.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).cleanExpiredFiles(false).commit();
            assertThat(retention.run(READ.plus(Duration.ofDays(2))).figures()).isEqualTo(1);
            assertThat(kept(catalog, table)).contains(compacted.location()).doesNotContain(expired.location()).hasSize(2);
        }
    }

    @Test
    void testTablesOfNoProductAreForgottenLater(@TempDir Path folder)
    {
        try (MeshCatalog catalog = TestingCatalogs.openEmbedded(folder)) {
            Table table = table(catalog, "nobodys");
            new TestingFiles(table, 10).append();
            keep(catalog, table, READ);
            EvidenceRetention retention = new EvidenceRetention(catalog);
            assertThat(retention.run(READ.plus(Duration.ofDays(29))).figures()).isEqualTo(0);
            assertThat(retention.run(READ.plus(Duration.ofDays(31))).figures()).isEqualTo(1);
            assertThat(kept(catalog, table)).isEmpty();
        }
    }

    @Test
    void testSetsOfFormerRunsAreForgotten(@TempDir Path folder)
    {
        try (MeshCatalog catalog = TestingCatalogs.openEmbedded(folder)) {
            Table table = table(catalog, "order_events");
            register(catalog, table);
            new TestingFiles(table, 10).append();
            for (int run = 0; run < 2; run++) {
                KeySets sets = new KeySets(catalog, table.uuid().toString());
                LiveFile file = files(table).get(0);
                DataFile written = sets.files("k number").write(List.of(new KeySetFiles.Part(file.path(), "", KeySet.of(new long[] {1, 2}, 0, 2))).iterator());
                sets.keep("k number", ImmutableMap.of(file, sets.read(file, 2)), List.of(written), READ.plusSeconds(run));
            }
            assertThat(new EvidenceRetention(catalog).run(Instant.now().plus(Duration.ofDays(2)))).isEqualTo(new EvidenceRetention.Removed(0, 1, 1));
            assertThat(new KeySets(catalog, table.uuid().toString()).unique("k number", files(table))).hasSize(1);
        }
    }

    @Test
    void testRunsAtOnceKeepWhatEachRead(@TempDir Path folder)
            throws Exception
    {
        int runs = 6;
        try (MeshCatalog catalog = TestingCatalogs.openEmbedded(folder)) {
            Table table = table(catalog, "order_events");
            for (int run = 0; run < runs; run++) {
                new TestingFiles(table, 10).append();
            }
            List<LiveFile> files = files(table);
            String uuid = table.uuid().toString();
            ExecutorService pool = Executors.newFixedThreadPool(runs);
            try {
                for (Future<?> kept : pool.invokeAll(files.stream().map(file -> callable(() -> {
                    KeySets sets = new KeySets(catalog, uuid);
                    DataFile written = sets.files("k number").write(List.of(new KeySetFiles.Part(file.path(), "", KeySet.of(new long[] {1}, 0, 1))).iterator());
                    sets.keep("k number", ImmutableMap.of(file, sets.read(file, 1)), List.of(written), READ);
                    new KeptEvidence(catalog).write(uuid, ImmutableMap.of(file, ImmutableMap.of("measure", FileFigure.of(7))), "run", READ);
                })).toList())) {
                    kept.get();
                }
            }
            finally {
                pool.shutdownNow();
            }
            assertThat(kept(catalog, table)).containsExactlyInAnyOrderElementsOf(files.stream().map(LiveFile::path).toList());
            List<String> sets = new ArrayList<>();
            new RowTable<>(catalog, KeySetRow.TABLE, KeySetRow.SCHEMA).forEach(row -> sets.add(row.dataFile()));
            assertThat(sets).containsExactlyInAnyOrderElementsOf(files.stream().map(LiveFile::path).toList());
            assertThat(files).allMatch(file -> new KeySets(catalog, uuid).unique("k number", List.of(file)).containsKey(file));
        }
    }

    @Test
    void testOneTablesRowsAreFoundInFewFiles(@TempDir Path folder)
    {
        try (MeshCatalog catalog = TestingCatalogs.openEmbedded(folder)) {
            Table one = table(catalog, "one");
            Table other = table(catalog, "other");
            for (int run = 0; run < 6; run++) {
                for (Table table : List.of(one, other)) {
                    new TestingFiles(table, 10).append();
                    keep(catalog, table, READ);
                }
            }
            new RegistryMaintenance(catalog).run(Duration.ZERO);
            RowTable<FileEvidenceRow> rows = new RowTable<>(catalog, FileEvidenceRow.TABLE, FileEvidenceRow.SCHEMA);
            assertThat(rows.files(Expressions.alwaysTrue())).hasSize(2);
            assertThat(rows.files(Expressions.equal("table_uuid", one.uuid().toString()))).hasSize(1);
            assertThat(kept(catalog, one)).hasSize(6);
            assertThat(kept(catalog, other)).hasSize(6);
        }
    }

    private static Table table(MeshCatalog catalog, String name)
    {
        catalog.createNamespaceIfAbsent(Namespace.of("orders"), Map.of());
        return catalog.catalog().createTable(TableIdentifier.of("orders", name), new Schema(optional(1, "id", Types.LongType.get())), PartitionSpec.unpartitioned());
    }

    private static void register(MeshCatalog catalog, Table table)
    {
        new IcebergProductRegistry(catalog).register(
                new ProductDraft(
                        ProductAddress.parse("orders.order-events").orElseThrow(),
                        Optional.empty(),
                        "dataproduct.yaml",
                        "spec: {}",
                        Optional.empty(),
                        "tester",
                        List.of(new PortRow("table", "iceberg", Optional.of("orders"), Optional.of("order_events"), Optional.of(table.uuid().toString()), Optional.of(table.location()), Optional.empty())),
                        List.of(),
                        List.of()),
                0);
    }

    private static List<LiveFile> files(Table table)
    {
        table.refresh();
        return FileEvidence.gather(table, Optional.of(table.currentSnapshot()), List.of(VALUES), KeptEvidence.OfTable::none, Set.of()).files();
    }

    /**
     * Keeps a figure of each file that has none.
     */
    private static void keep(MeshCatalog catalog, Table table, Instant now)
    {
        table.refresh();
        KeptEvidence kept = new KeptEvidence(catalog);
        FileEvidence files = FileEvidence.gather(table, Optional.of(table.currentSnapshot()), List.of(VALUES), () -> kept.read(table.uuid().toString()), Set.of(EvidenceRung.R0));
        files.open(VALUES).forEach(file -> files.add(VALUES, file, FileFigure.of(7), EvidenceRung.R4));
        kept.write(table.uuid().toString(), files.added(), "run", now);
    }

    private static List<String> kept(MeshCatalog catalog, Table table)
    {
        List<String> files = new ArrayList<>();
        new RowTable<>(catalog, FileEvidenceRow.TABLE, FileEvidenceRow.SCHEMA).forEach(row -> {
            if (row.tableUuid().equals(table.uuid().toString())) {
                files.add(row.dataFile());
            }
        });
        return files;
    }
}
