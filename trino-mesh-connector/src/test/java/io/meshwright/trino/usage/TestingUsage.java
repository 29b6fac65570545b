package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.usage.HeartbeatRow;
import io.meshwright.trino.LegacyCatalogs;
import io.meshwright.trino.usage.QueryUsages.Seen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

final class TestingUsage
{
    private static final String DATABASE = "database";

    private TestingUsage() {}

    /**
     * Tells every process that uses the folder where the catalog is; by default it is in the folder.
     */
    static void useCatalogIn(Path folder, String database)
            throws IOException
    {
        Files.writeString(folder.resolve(DATABASE), database);
    }

    private static String database(Path folder)
    {
        try {
            Path told = folder.resolve(DATABASE);
            return Files.exists(told) ? Files.readString(told) : "jdbc:sqlite:" + folder.resolve("catalog.db");
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MeshCatalog open(Path folder)
    {
        return IcebergCatalogs.open(new CatalogSettings(
                "mesh",
                "jdbc",
                Optional.of(database(folder)),
                Optional.of(LocalFileIO.toLocation(folder.resolve("warehouse"))),
                Map.of(),
                true));
    }

    static UsageCommitter committer(UsageSpool spool, Supplier<MeshCatalog> opener)
    {
        return new UsageCommitter(spool, opener, "node-1", "mesh", Set.of(), LegacyCatalogs.of(List.of(), List.of()), Optional.empty(), new OpenLineageEvents("mesh"), new OpenLineageSink(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    static Seen seen(String queryId)
    {
        return new Seen(usage(queryId), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static QueryUsage usage(String queryId)
    {
        ProductRead read = new ProductRead("orders.order-events", "curated", 1, "2.0.0", Optional.of("42"), true, List.of("customer_id"), List.of(), Optional.empty());
        return new QueryUsage(
                queryId,
                "ann",
                Optional.empty(),
                List.of(),
                Optional.of("test"),
                List.of(),
                "SELECT",
                "finished",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(1),
                12,
                Instant.parse("2026-11-20T10:00:00Z"),
                Instant.parse("2026-11-20T10:00:01Z"),
                true,
                List.of(new QueryUsage.Input(
                        new TableName("mesh", "orders", "order_events"),
                        Optional.of(read),
                        Optional.of("42"),
                        List.of("customer_id", "status"),
                        Optional.empty(),
                        List.of(),
                        OptionalLong.of(10),
                        OptionalLong.of(100))),
                ImmutableList.of(),
                Optional.empty(),
                Optional.empty());
    }

    static SpoolLine heartbeat(String batchId)
    {
        Instant now = Instant.now();
        return SpoolLine.of(new HeartbeatRow(batchId, "node-1", "start", now.minusSeconds(1), now, now.plus(Duration.ofMinutes(1)), 1, 0, 0, false, Optional.empty()));
    }
}
