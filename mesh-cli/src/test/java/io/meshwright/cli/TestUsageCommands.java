package io.meshwright.cli;

import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.usage.HeartbeatRow;
import io.meshwright.bridge.usage.LineageColumn;
import io.meshwright.bridge.usage.LineageRow;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.bridge.usage.UsageBatch;
import io.meshwright.bridge.usage.UsageTables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

class TestUsageCommands
{
    private static final String BATCH = "first";
    private static final String PRODUCT = "orders.order-events";

    private final Instant now = Instant.now();

    @TempDir
    private Path folder;

    private MeshCommandTester mesh;

    @BeforeEach
    void setUp()
    {
        mesh = new MeshCommandTester(folder)
                .file("orders/dataproduct.yaml", ProductFixtures.SPEC)
                .file("orders/contracts/v1.yaml", ProductFixtures.CONTRACT);
        mesh.run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
    }

    @Test
    void testNobodyWatched()
    {
        mesh.run("audit", "access", PRODUCT).exits(ExitCode.UNKNOWN);
        mesh.errors().contains("No read is recorded.").contains("UNKNOWN: reads may be missing, since nobody watched").contains("no event listener has ever reported");
        mesh.run("metrics", "consumer", PRODUCT, "-o", "json").exits(ExitCode.UNKNOWN);
        assertThat(mesh.json().get("complete")).isEqualTo(false);
        assertThat(mesh.json().get("queries")).isEqualTo(0L);
    }

    @Test
    void testAudit()
    {
        write(heartbeat(Duration.ofDays(40), Duration.ofMinutes(1), 0, Optional.empty()),
                read("q1", "ann", "finished", List.of("customer_id", "status"), List.of("customer_id"), List.of()),
                read("q2", "carl", "finished", List.of("customer_id"), List.of(), List.of("customer_id")),
                read("q3", "eve", "denied", List.of(), List.of(), List.of()));
        mesh.run("audit", "access", PRODUCT).exits(ExitCode.OK);
        mesh.output().contains("customer_id (masked), status").contains("denied MESH-TRINO-007").contains("q3");
        mesh.errors().contains("complete to ");

        mesh.run("audit", "access", PRODUCT, "--clear", "-o", "json").exits(ExitCode.OK);
        assertThat(mesh.json().get("kind")).isEqualTo("AccessAudit");
        assertThat(items("items")).extracting(item -> item.get("user")).containsExactly("carl");
        mesh.run("audit", "access", PRODUCT, "--user", "ann", "-o", "json").exits(ExitCode.OK);
        assertThat(items("items")).extracting(item -> item.get("queryId")).containsExactly("q1");
        mesh.run("audit", "access", PRODUCT, "--since", "1m", "-o", "json").exits(ExitCode.OK);
        assertThat(items("items")).isEmpty();

        mesh.run("audit", "access", PRODUCT, "--since", "soon").exits(ExitCode.USAGE);
        mesh.errors().contains("--since is no duration: soon");
        mesh.run("audit", "access", "orders.none").exits(ExitCode.USAGE);
    }

    @Test
    void testAGapIsNotZeroReads()
    {
        write(heartbeat(Duration.ofDays(40), Duration.ofHours(3), 0, Optional.empty()));
        mesh.run("audit", "access", PRODUCT).exits(ExitCode.UNKNOWN);
        mesh.errors().contains("on node-1: no heartbeat since");
        write(heartbeat(Duration.ofHours(3), Duration.ofMinutes(1), 4, Optional.of("the disk was full")));
        mesh.run("audit", "access", PRODUCT, "-o", "json").exits(ExitCode.UNKNOWN);
        assertThat(items("gaps")).extracting(gap -> gap.get("reason")).containsExactly("the disk was full");
        assertThat(items("gaps").getFirst().get("lost")).isEqualTo(4L);
    }

    @Test
    void testConsumersAndLineage()
    {
        write(heartbeat(Duration.ofDays(400), Duration.ofMinutes(1), 0, Optional.empty()),
                read("q1", "ann", "finished", List.of("customer_id", "status"), List.of("customer_id"), List.of()),
                read("q2", "ann", "finished", List.of("status"), List.of(), List.of()),
                read("q3", "eve", "denied", List.of(), List.of(), List.of()));
        mesh.run("metrics", "consumer", PRODUCT, "-o", "json").exits(ExitCode.OK);
        assertThat(mesh.json().get("queries")).isEqualTo(3L);
        assertThat(mesh.json().get("outcomes")).isEqualTo(Map.of("finished", 2L, "denied", 1L));
        assertThat(items("users")).extracting(user -> user.get("name")).containsExactly("ann", "eve");
        assertThat(items("columns")).extracting(column -> column.get("name") + " " + column.get("queries")).containsExactly("status 2", "customer_id 1");
        assertThat(items("downstream")).extracting(edge -> edge.get("target")).containsExactly("lake.marts.revenue");

        mesh.run("catalog", "get", PRODUCT, "--show", "lineage,usage", "-o", "json").exits(ExitCode.OK);
        Map<?, ?> lineage = (Map<?, ?>) mesh.json().get("lineage");
        assertThat((List<?>) lineage.get("upstream")).isEmpty();
        Map<?, ?> edge = (Map<?, ?>) ((List<?>) lineage.get("downstream")).getFirst();
        assertThat(edge.get("target")).isEqualTo("lake.marts.revenue");
        assertThat(edge.get("query")).isEqualTo("q1");
        assertThat(edge.get("job")).isEqualTo("dbt");
        assertThat(((Map<?, ?>) mesh.json().get("usage")).get("queries")).isEqualTo(3L);
        mesh.run("catalog", "get", PRODUCT, "--show", "lineage").exits(ExitCode.OK);
        mesh.output().contains("lake.marts.revenue").contains("query q1");
    }

    @Test
    void testForgetting()
    {
        write(heartbeat(Duration.ofDays(40), Duration.ofMinutes(1), 0, Optional.empty()),
                read("q1", "ann", "finished", List.of("customer_id"), List.of("customer_id"), List.of()),
                read("q2", "ann", "finished", List.of("status"), List.of(), List.of()));
        mesh.run("registry", "maintain", "-o", "json").exits(ExitCode.OK);
        assertThat(mesh.json().get("removedUsage")).as("nothing is forgotten unless somebody says so").isNull();
        mesh.run("registry", "maintain", "--keep-usage-days", "-1").exits(ExitCode.USAGE);
        mesh.errors().contains("--keep-usage-days is negative: -1");
        mesh.run("audit", "access", PRODUCT, "-o", "json").exits(ExitCode.OK);
        assertThat(items("items")).hasSize(2);

        mesh.run("registry", "maintain", "--keep-usage-days", "0", "-o", "json").exits(ExitCode.OK);
        assertThat(mesh.json().get("removedUsage")).isEqualTo(Map.of("reads", 2L, "lineage", 1L, "heartbeats", 0L));
        mesh.run("registry", "maintain", "--keep-usage-days", "0").exits(ExitCode.OK);
        mesh.errors().contains("Removed 0 reads, 0 rows of lineage and 0 heartbeats.");
        mesh.run("audit", "access", PRODUCT, "-o", "json");
        assertThat(items("items")).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> items(String key)
    {
        return (List<Map<String, Object>>) mesh.json().get(key);
    }

    private HeartbeatRow heartbeat(Duration from, Duration to, long lost, Optional<String> reason)
    {
        return new HeartbeatRow(lost == 0 ? BATCH : "second", "node-1", "s1", now.minus(from), now.minus(to), now.minus(to).plus(Duration.ofMinutes(10)), 9, 3, lost, false, reason);
    }

    private ReadRow read(String queryId, String user, String outcome, List<String> columns, List<String> masked, List<String> clear)
    {
        boolean denied = outcome.equals("denied");
        return new ReadRow(
                queryId + "/0",
                BATCH,
                "node-1",
                queryId,
                PRODUCT,
                Optional.of("table"),
                OptionalInt.of(1),
                Optional.of("1.0.0"),
                Optional.of("42"),
                user,
                Optional.empty(),
                List.of(),
                Optional.of("dbt"),
                List.of(),
                Optional.empty(),
                List.of(),
                "SELECT",
                columns,
                masked,
                clear,
                outcome,
                denied ? Optional.of("PERMISSION_DENIED") : Optional.empty(),
                denied ? Optional.of("USER_ERROR") : Optional.empty(),
                denied ? Optional.of("MESH-TRINO-007") : Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                new BigDecimal("0.500"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now.minusSeconds(3601),
                now.minusSeconds(3600));
    }

    private void write(HeartbeatRow heartbeat, ReadRow... reads)
    {
        String batch = heartbeat.batchId();
        LineageRow edge = new LineageRow(
                batch,
                "node-1",
                "q1",
                PRODUCT,
                "product",
                OptionalInt.of(1),
                Optional.of("42"),
                "lake.marts.revenue",
                "table",
                List.of(new LineageColumn("customer_id", "customer", true)),
                List.of(),
                "ann",
                Optional.of("dbt"),
                "CREATE TABLE",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now.minusSeconds(3600));
        try (MeshCatalog catalog = IcebergCatalogs.open(new CatalogSettings(
                "mesh",
                "jdbc",
                Optional.of("jdbc:sqlite:" + folder.resolve(".mesh/catalog.db")),
                Optional.of(LocalFileIO.toLocation(folder.resolve(".mesh/warehouse"))),
                Map.of(),
                false))) {
            new UsageTables(catalog).write(new UsageBatch(
                    batch,
                    now,
                    List.of(reads),
                    reads.length == 0 ? List.of() : List.of(edge),
                    Optional.of(heartbeat)));
        }
    }
}
