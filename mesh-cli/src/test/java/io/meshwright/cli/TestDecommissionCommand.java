package io.meshwright.cli;

import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.migration.LegacySampleRow;
import io.meshwright.bridge.migration.MigrationRow;
import io.meshwright.bridge.result.WindowRow;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.bridge.usage.HeartbeatRow;
import io.meshwright.bridge.usage.UsageBatch;
import io.meshwright.bridge.usage.UsageTables;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of a table of a real PostgreSQL, whose evidence is a day old.
 */
class TestDecommissionCommand
{
    private static final String PRODUCT = "orders.order-events";
    private static final String TABLE = "legacy_warehouse.fct_orders";
    private static final String MIGRATION =
            """
              migration:
                replaces: legacy_warehouse.fct_orders
                window: {column: occurred_at, legacy: order_ts}
                compare: counts
                lookback: 1d
                cutover: {green_days: 1, zero_consumers_days: 1}
            """;

    private static EmbeddedPostgres postgres;

    @TempDir
    private Path folder;

    private MeshCommandTester mesh;

    @BeforeAll
    static void start()
            throws IOException, SQLException
    {
        postgres = EmbeddedPostgres.start();
        sql("postgres", "CREATE ROLE recon LOGIN", "CREATE ROLE dashboard LOGIN", "CREATE ROLE undertaker LOGIN", "GRANT CREATE ON SCHEMA public TO undertaker");
    }

    @AfterAll
    static void stop()
            throws IOException
    {
        postgres.close();
    }

    @BeforeEach
    void setUp()
            throws SQLException
    {
        sql("postgres", "DROP OWNED BY undertaker CASCADE", "GRANT CREATE ON SCHEMA public TO undertaker");
        sql("undertaker", "CREATE TABLE fct_orders (order_id bigint)", "GRANT SELECT ON fct_orders TO recon, dashboard");
        mesh = new MeshCommandTester(folder)
                .file("orders/dataproduct.yaml", ProductFixtures.SPEC + MIGRATION)
                .file("orders/contracts/v1.yaml", ProductFixtures.CONTRACT);
        configure("");
        mesh.run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
        inCatalog(catalog -> catalog.findTable(TableIdentifier.of("orders", "order_events")).orElseThrow().newAppend().commit());
        mesh.run("contract", "test", PRODUCT).exits(ExitCode.OK);
        inCatalog(TestDecommissionCommand::reconcile);
        mesh.run("migrate", "cutover", PRODUCT).exits(ExitCode.OK);
    }

    @Test
    void testWithoutEvidenceNothingGoes()
    {
        mesh.run("migrate", "decommission", TABLE).exits(ExitCode.UNKNOWN);
        mesh.output()
                .contains("legacy_warehouse.fct_orders: STAYS, UNKNOWN [MESH-MIGRATE-007]")
                .contains("UNKNOWN  zero-consumers: nobody was seen to read, but that proves nothing: the first sample is of ")
                .contains("no proof: Trino's event listener did not watch from ")
                .contains("no event listener has ever reported")
                .doesNotContain("ALTER TABLE");
        mesh.run("migrate", "decommission", TABLE, "--execute").exits(ExitCode.UNKNOWN);
        inCatalog(catalog -> assertThat(rows(catalog)).extracting(MigrationRow::action).containsExactly("cutover"));
    }

    @Test
    void testAListenerThatDoesNotWatchTheWarehouseProvesNothing()
    {
        observeSinceYesterday();
        heartbeat(Optional.empty());
        mesh.run("migrate", "decommission", TABLE, "-o", "json").exits(ExitCode.UNKNOWN);
        assertThat((List<?>) mesh.json().get("faults")).singleElement().asString().startsWith("Trino's event listener on node-1 did not watch the catalog of legacy_warehouse until ");
        assertThat(mesh.json().get("statement")).isNull();
    }

    @Test
    void testReadersAndDependents()
            throws SQLException
    {
        observeSinceYesterday();
        heartbeat(Optional.of("legacy_warehouse"));
        sql("dashboard", "SELECT count(*) FROM fct_orders");
        sql("undertaker", "CREATE VIEW orders_of_today AS SELECT * FROM fct_orders");
        mesh.run("migrate", "decommission", PRODUCT, "--execute").exits(ExitCode.FINDING);
        mesh.output()
                .contains("legacy_warehouse.fct_orders: STAYS, FAILED [MESH-MIGRATE-006]")
                .contains("FAILED   no-dependents: depended on by orders_of_today (view)")
                .contains("reads it: somebody whom the counters do not name (postgresql): last read ");
        mesh.run("migrate", "status", PRODUCT).exits(ExitCode.OK);
        mesh.output().contains("depends on the legacy table: orders_of_today (view)");
        assertThat(exists("fct_orders")).isTrue();
    }

    @Test
    void testProofAndExecution()
            throws SQLException
    {
        observeSinceYesterday();
        heartbeat(Optional.of("legacy_warehouse"));
        String aside = "fct_orders_decommissioned_" + LocalDate.now(ZoneOffset.UTC).toString().replace("-", "");
        mesh.run("migrate", "decommission", TABLE).exits(ExitCode.OK);
        mesh.output().contains("legacy_warehouse.fct_orders: may go").contains("proof: no read and no gap from ").contains("ALTER TABLE \"public\".\"fct_orders\" RENAME TO \"" + aside + "\";");
        mesh.run("migrate", "decommission", TABLE, "--drop").exits(ExitCode.OK);
        mesh.output().contains("DROP TABLE \"public\".\"fct_orders\";");
        assertThat(exists("fct_orders")).as("nothing is executed unless somebody says so").isTrue();

        mesh.run("migrate", "decommission", TABLE, "--execute").exits(ExitCode.USAGE);
        mesh.errors().contains("MESH-MIGRATE-008").contains("mesh.yaml names no user who may take tables of legacy_warehouse away");
        configure(", decommission-user: recon");
        mesh.run("migrate", "decommission", TABLE, "--execute").exits(ExitCode.USAGE);
        mesh.errors().contains("legacy.legacy_warehouse.decommission-user is the user who compares tables");
        configure(", decommission-user: dashboard");
        mesh.run("migrate", "decommission", TABLE, "--execute").exits(ExitCode.FINDING);
        mesh.errors().contains("The legacy database refused, and nothing was changed: ");
        assertThat(exists("fct_orders")).isTrue();

        configure(", decommission-user: undertaker");
        mesh.run("migrate", "decommission", TABLE, "--execute", "--reason", "contract of the warehouse ends").exits(ExitCode.OK);
        mesh.output().contains("legacy_warehouse.fct_orders: DECOMMISSIONED");
        assertThat(exists("fct_orders")).isFalse();
        assertThat(exists(aside)).isTrue();
        inCatalog(catalog -> assertThat(rows(catalog)).extracting(row -> row.action() + ": " + row.state().label()).containsExactly(
                "cutover: cutover",
                "begin of decommission: decommissioning",
                "refused decommission: cutover",
                "begin of decommission: decommissioning",
                "end of decommission: decommissioned"));

        mesh.run("migrate", "decommission", TABLE, "--execute").exits(ExitCode.OK);
        mesh.output().startsWith("unchanged: legacy_warehouse.fct_orders was decommissioned by tester at ");
        mesh.run("migrate", "rollback", PRODUCT).exits(ExitCode.FINDING);
        mesh.errors().contains("MESH-MIGRATE-004").contains("it is decommissioned for orders.order-events");
    }

    private void configure(String more)
    {
        mesh.file("mesh.yaml", "legacy:\n  legacy_warehouse: {url: \"jdbc:postgresql://localhost:%s/postgres\", user: recon%s}\n".formatted(postgres.getPort(), more));
    }

    /**
     * A sample of now, and the same as of yesterday.
     */
    private void observeSinceYesterday()
    {
        mesh.run("migrate", "observe", PRODUCT).exits(ExitCode.OK);
        mesh.output().contains("observed legacy_warehouse.fct_orders at ").contains("limit: the extension pg_stat_statements is not installed in this database");
        inCatalog(catalog -> {
            RowTable<LegacySampleRow> samples = new RowTable<>(catalog, LegacySampleRow.TABLE, LegacySampleRow.SCHEMA);
            LegacySampleRow sample = samples.read().rows().getFirst();
            samples.append(List.of(new LegacySampleRow(
                    "yesterday",
                    sample.legacy(),
                    sample.observedAt().minus(Duration.ofHours(30)),
                    sample.ownUser(),
                    sample.schemaName(),
                    sample.relation(),
                    sample.statisticsEpoch(),
                    sample.scans(),
                    sample.lastScan(),
                    sample.counterFaults(),
                    sample.statementsEpoch(),
                    sample.statements(),
                    sample.statementFaults(),
                    sample.dependents())));
        });
    }

    private void heartbeat(Optional<String> warehouses)
    {
        Instant now = Instant.now();
        inCatalog(catalog -> new UsageTables(catalog).write(new UsageBatch("batch", now, List.of(), List.of(), Optional.of(new HeartbeatRow(
                "batch", "node-1", "s1", now.minus(Duration.ofDays(3)), now, now.plus(Duration.ofMinutes(10)), 9, 0, 0, false, Optional.empty(), warehouses)))));
    }

    private static void reconcile(MeshCatalog catalog)
    {
        Instant now = Instant.now();
        // long before the samples, so that no scan can be ours
        Instant finished = now.minus(Duration.ofDays(2));
        LocalDate day = LocalDate.ofInstant(now.minusSeconds(7200), ZoneOffset.UTC).minusDays(1);
        new RowTable<>(catalog, WindowRow.TABLE, WindowRow.SCHEMA).append(List.of(new WindowRow(
                "run",
                PRODUCT,
                TABLE,
                Optional.of("1"),
                Optional.of(finished),
                "counts",
                "UTC",
                day.toString(),
                10,
                10,
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                BigDecimal.ONE,
                BigDecimal.ONE,
                "ok",
                "ok",
                finished,
                finished)));
    }

    private static List<MigrationRow> rows(MeshCatalog catalog)
    {
        return new RowTable<>(catalog, MigrationRow.TABLE, MigrationRow.SCHEMA).read().rows().stream()
                .sorted((left, right) -> Integer.compare(left.number(), right.number()))
                .toList();
    }

    private static boolean exists(String table)
            throws SQLException
    {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT to_regclass('public." + table + "') IS NOT NULL")) {
            result.next();
            return result.getBoolean(1);
        }
    }

    private static void sql(String user, String... statements)
            throws SQLException
    {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres", user, "");
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
            statement.execute("SELECT pg_stat_force_next_flush()");
        }
    }

    private void inCatalog(Consumer<MeshCatalog> action)
    {
        CatalogSettings settings = new CatalogSettings(
                "mesh",
                "jdbc",
                Optional.of("jdbc:sqlite:" + folder.resolve(".mesh/catalog.db")),
                Optional.of(LocalFileIO.toLocation(folder.resolve(".mesh/warehouse"))),
                Map.of(),
                true);
        try (MeshCatalog catalog = IcebergCatalogs.open(settings)) {
            action.accept(catalog);
        }
    }
}
