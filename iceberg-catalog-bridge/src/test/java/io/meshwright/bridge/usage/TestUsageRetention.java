package io.meshwright.bridge.usage;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.table.RegistryMaintenance;
import io.meshwright.bridge.table.Row;
import io.meshwright.bridge.usage.UsageRetention.Removed;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

class TestUsageRetention
{
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void testOldRowsGo()
            throws IOException
    {
        try (MeshCatalog catalog = open()) {
            UsageTables tables = new UsageTables(catalog);
            for (int hour = 0; hour < 10; hour++) {
                tables.write(hour(hour));
            }
            UsageRetention retention = new UsageRetention(catalog);
            assertThat(retention.removeBefore(hourAt(0))).isEqualTo(new Removed(0, 0, 0));
            // the heartbeat that ends at this instant stays, and with it what it vouches for
            assertThat(retention.removeBefore(hourAt(4))).isEqualTo(new Removed(3, 3, 3));
            assertThat(queries(tables)).containsExactly("h3", "h4", "h5", "h6", "h7", "h8", "h9");
            assertThat(tables.lineage(row -> true)).extracting(LineageRow::queryId).containsExactlyInAnyOrder("h3", "h4", "h5", "h6", "h7", "h8", "h9");
            assertThat(retention.removeBefore(hourAt(4))).as("the same again").isEqualTo(new Removed(0, 0, 0));
            assertThat(files(catalog, ReadRow.TABLE)).as("whole files went, none was written anew").isEqualTo(7);

            // one file with all hours
            new RegistryMaintenance(catalog).run(Duration.ZERO);
            assertThat(files(catalog, ReadRow.TABLE)).isEqualTo(1);
            assertThat(retention.removeBefore(hourAt(8))).isEqualTo(new Removed(4, 4, 4));
            assertThat(queries(tables)).containsExactly("h7", "h8", "h9");
            tables.write(hour(10));
            assertThat(queries(tables)).containsExactly("h10", "h7", "h8", "h9");
        }
    }

    @Test
    void testRemovedRowsAreGoneWithTheirSnapshots()
            throws IOException
    {
        try (MeshCatalog catalog = open()) {
            new UsageTables(catalog).write(hour(1));
            new UsageTables(catalog).write(hour(2));
            Table table = catalog.findTable(TableIdentifier.of("mesh", ReadRow.TABLE)).orElseThrow();
            List<String> before = locations(table);
            new UsageRetention(catalog).removeBefore(hourAt(2).plusSeconds(1));
            table.refresh();
            String gone = before.stream().filter(file -> !locations(table).contains(file)).findFirst().orElseThrow();
            assertThat(LocalFileIO.toPath(gone)).as("for time travel").exists();
            // Iceberg removes a file with the snapshot that did without it
            new UsageTables(catalog).write(hour(3));
            new RegistryMaintenance(catalog).run(Duration.ZERO);
            assertThat(LocalFileIO.toPath(gone)).doesNotExist();
        }
    }

    @Test
    void testTheTimeThatIsForgottenIsAGap()
    {
        try (MeshCatalog catalog = open()) {
            UsageTables tables = new UsageTables(catalog);
            for (int hour = 0; hour < 10; hour++) {
                tables.write(hour(hour));
            }
            assertThat(UsageCoverage.of(tables.heartbeats(row -> true), hourAt(0), hourAt(10)).gaps()).isEmpty();
            // within the fifth hour: its heartbeat reaches across, so its reads stay
            new UsageRetention(catalog).removeBefore(hourAt(5).plusSeconds(60));
            assertThat(queries(tables)).containsExactly("h5", "h6", "h7", "h8", "h9");
            assertThat(UsageCoverage.of(tables.heartbeats(row -> true), hourAt(5), hourAt(10)).gaps()).isEmpty();
            assertThat(UsageCoverage.of(tables.heartbeats(row -> true), hourAt(0), hourAt(10)).gaps())
                    .containsExactly(new UsageCoverage.Gap(Optional.empty(), hourAt(0), hourAt(5), 0, "before the first event listener"));
        }
    }

    @Test
    void testAGapStaysOne()
    {
        try (MeshCatalog catalog = open()) {
            UsageTables tables = new UsageTables(catalog);
            tables.write(heartbeat("killed", 1, false));
            tables.write(heartbeat("killed", 6, false));
            tables.write(heartbeat("shut-down", 1, true));
            tables.write(heartbeat("gone", 2, false));
            for (int hour = 0; hour < 10; hour++) {
                tables.write(heartbeat("steady", hour, false));
            }
            List<UsageCoverage.Gap> gaps = UsageCoverage.of(tables.heartbeats(row -> true), hourAt(5), hourAt(10)).gaps();
            assertThat(gaps).extracting(gap -> gap.node().orElseThrow()).containsExactlyInAnyOrder("killed", "killed", "gone");
            new UsageRetention(catalog).removeBefore(hourAt(5));
            assertThat(UsageCoverage.of(tables.heartbeats(row -> true), hourAt(5), hourAt(10)).gaps()).isEqualTo(gaps);
            assertThat(tables.heartbeats(row -> row.coversTo().isBefore(hourAt(5)))).extracting(HeartbeatRow::node).containsExactlyInAnyOrder("killed", "gone");
        }
    }

    @Test
    void testWritersAndOtherMaintenanceGoOn()
            throws Exception
    {
        try (MeshCatalog catalog = open()) {
            UsageTables tables = new UsageTables(catalog);
            for (int hour = 0; hour < 6; hour++) {
                tables.write(hour(hour));
            }
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int hour = 100; hour < 115; hour++) {
                    new UsageTables(catalog).write(hour(hour));
                }
            });
            CompletableFuture<Void> maintenance = CompletableFuture.runAsync(() -> {
                while (!writer.isDone()) {
                    new RegistryMaintenance(catalog).run(Duration.ofDays(1));
                }
            });
            int hour = 0;
            while (!writer.isDone()) {
                new UsageRetention(catalog).removeBefore(hourAt(hour++ % 6));
            }
            writer.get();
            maintenance.get();
            new UsageRetention(catalog).removeBefore(hourAt(7));
            assertThat(queries(tables)).containsExactlyElementsOf(IntStream.range(100, 115).mapToObj(number -> "h" + number).collect(toImmutableList()));
        }
    }

    private static List<String> queries(UsageTables tables)
    {
        return tables.reads(row -> true).stream().map(ReadRow::queryId).sorted().collect(toImmutableList());
    }

    private static int files(MeshCatalog catalog, String name)
    {
        return locations(catalog.findTable(TableIdentifier.of("mesh", name)).orElseThrow()).size();
    }

    private static List<String> locations(Table table)
    {
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            return ImmutableList.copyOf(CloseableIterable.transform(tasks, task -> task.file().location()));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant hourAt(int hour)
    {
        return NOW.plus(Duration.ofHours(hour));
    }

    /**
     * What ended at the begin of an hour, and the heartbeat of the whole hour.
     */
    private static UsageBatch hour(int hour)
    {
        UsageBatch model = BaseUsageTablesTest.batch("b" + hour, Instant.now(), 1);
        return new UsageBatch(
                model.batchId(),
                model.made(),
                model.reads().stream().map(row -> at(row, hour)).collect(toImmutableList()),
                model.lineage().stream().map(row -> at(row, hour)).collect(toImmutableList()),
                heartbeat("steady", hour, false).heartbeat().map(heartbeat -> of(heartbeat, model.batchId())));
    }

    private static UsageBatch heartbeat(String node, int hour, boolean stopped)
    {
        String batch = node + hour;
        return new UsageBatch(
                batch,
                Instant.now(),
                List.of(),
                List.of(),
                Optional.of(new HeartbeatRow(batch, node, "start", hourAt(hour), hourAt(hour + 1), hourAt(hour + 2), 1, 1, 0, stopped, Optional.empty())));
    }

    private static HeartbeatRow of(HeartbeatRow row, String batch)
    {
        return new HeartbeatRow(batch, row.node(), row.start(), row.coversFrom(), row.coversTo(), row.nextDue(), row.queries(), row.reads(), row.lost(), row.stopped(), row.reason());
    }

    private static ReadRow at(ReadRow row, int hour)
    {
        return ReadRow.SCHEMA.decode(with(ReadRow.SCHEMA.encode(row), Map.of("query_id", "h" + hour, "ended_at", hourAt(hour))));
    }

    private static LineageRow at(LineageRow row, int hour)
    {
        return LineageRow.SCHEMA.decode(with(LineageRow.SCHEMA.encode(row), Map.of("query_id", "h" + hour, "occurred_at", hourAt(hour))));
    }

    private static Row with(Row row, Map<String, Object> changed)
    {
        Map<String, Object> values = new HashMap<>(row.values());
        values.putAll(changed);
        return Row.of(values);
    }

    private MeshCatalog open()
    {
        return TestingCatalogs.openEmbedded(folder);
    }
}
