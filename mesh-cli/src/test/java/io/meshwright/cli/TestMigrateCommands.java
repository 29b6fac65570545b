package io.meshwright.cli;

import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.migration.MigrationRow;
import io.meshwright.bridge.result.WindowRow;
import io.meshwright.bridge.table.RowTable;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class TestMigrateCommands
{
    private static final String PRODUCT = "orders.order-events";
    private static final String MIGRATION =
            """
              migration:
                replaces: legacy_warehouse.fct_orders
                columns: {customer_id: cust_no, occurred_at: "order_ts::timestamp"}
                window: {column: occurred_at, legacy: order_ts}
                compare: counts
                lookback: 3d
                cutover: {green_days: 3}
            """;

    private final Instant now = Instant.now();
    private final LocalDate yesterday = LocalDate.ofInstant(now.minusSeconds(7200), ZoneOffset.UTC).minusDays(1);

    @TempDir
    private Path folder;

    private MeshCommandTester mesh;

    @BeforeEach
    void setUp()
    {
        mesh = new MeshCommandTester(folder)
                .file("orders/dataproduct.yaml", ProductFixtures.SPEC + MIGRATION)
                .file("orders/contracts/v1.yaml", ProductFixtures.CONTRACT);
        mesh.run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
    }

    @Test
    void testNothingIsProvenWhereNothingWasMeasured()
    {
        mesh.run("migrate", "status", "-o", "json").exits(ExitCode.OK);
        Map<?, ?> item = (Map<?, ?>) ((List<?>) mesh.json().get("items")).getFirst();
        assertThat(item.get("legacy")).isEqualTo("legacy_warehouse.fct_orders");
        assertThat(item.get("state")).isEqualTo("parallel");
        assertThat(item.get("lastReconciliation")).isNull();

        mesh.run("migrate", "plan", PRODUCT).exits(ExitCode.UNKNOWN);
        mesh.output()
                .contains("UNKNOWN  green-days: 0 of 3 green days in a row")
                .contains("UNKNOWN  contract-test: the table has no data yet")
                .contains("columns of legacy_warehouse.fct_orders in the product: order_id, cust_no as customer_id, occurred_at")
                .contains("readers change: occurred_at is new: what the legacy table has for it is the expression order_ts::timestamp");
        mesh.errors().contains("mesh reconcile orders.order-events").contains("mesh contract test orders.order-events");

        mesh.run("migrate", "cutover", PRODUCT).exits(ExitCode.UNKNOWN);
        mesh.errors()
                .contains("MESH-MIGRATE-003")
                .contains("orders.order-events cannot take over legacy_warehouse.fct_orders:")
                .contains("unknown no-open-window: nothing was reconciled");
        mesh.run("migrate", "status", PRODUCT).exits(ExitCode.OK);
        mesh.output().contains("orders.order-events replaces legacy_warehouse.fct_orders: parallel").contains("last reconciliation: never");
    }

    @Test
    void testCutoverAndBack()
    {
        prove();
        mesh.run("migrate", "plan", PRODUCT).exits(ExitCode.OK);
        mesh.errors().contains("mesh migrate cutover orders.order-events");
        mesh.run("migrate", "cutover", PRODUCT, "-o", "json").exits(ExitCode.OK);
        assertThat(mesh.json().get("state")).isEqualTo("cutover");
        assertThat(mesh.json().get("forced")).isEqualTo(false);
        assertThat(mesh.json().get("changedBy")).isEqualTo("tester");
        assertThat(mesh.json().get("snapshotId")).isNotNull();
        assertThat((List<?>) mesh.json().get("gates")).hasSize(4);
        mesh.run("migrate", "cutover", PRODUCT).exits(ExitCode.OK);
        mesh.output().startsWith("unchanged: legacy_warehouse.fct_orders is taken over by orders.order-events since ");

        mesh.run("migrate", "rollback", PRODUCT, "--reason", "wrong totals").exits(ExitCode.OK);
        mesh.output().isEqualTo("ROLLED BACK: legacy_warehouse.fct_orders is in force again from now on\n");
        mesh.run("migrate", "rollback", PRODUCT).exits(ExitCode.OK);
        mesh.output().contains("unchanged: legacy_warehouse.fct_orders is not taken over (rolled back)");
        inCatalog(catalog -> assertThat(new RowTable<>(catalog, MigrationRow.TABLE, MigrationRow.SCHEMA).read().rows())
                .extracting(row -> row.number() + " " + row.state().label() + " " + row.reason().orElse("-"))
                .containsExactlyInAnyOrder("1 cutover -", "2 rolled back wrong totals"));
    }

    @Test
    void testAFailedGateRefuses()
    {
        prove();
        record("later", yesterday.minusDays(1).toString(), "confirmed", 10, 9, now.plusSeconds(1));
        mesh.run("migrate", "cutover", PRODUCT).exits(ExitCode.FINDING);
        mesh.errors().contains("MESH-MIGRATE-002").contains("failed green-days: 1 of 3 green days in a row").contains("failed no-open-window: 1 window with a confirmed difference");

        mesh.run("migrate", "cutover", PRODUCT, "--force").exits(ExitCode.USAGE);
        mesh.errors().contains("MESH-MIGRATE-005").contains("--force needs a reason");
        mesh.run("migrate", "cutover", PRODUCT, "--force", "--reason", " ").exits(ExitCode.USAGE);
        mesh.run("migrate", "cutover", PRODUCT, "--force", "--reason", "one test order").exits(ExitCode.OK);
        mesh.output().contains("CUTOVER: legacy_warehouse.fct_orders is taken over by orders.order-events from now on, although green-days is failed, no-open-window is failed");
        inCatalog(catalog -> assertThat(new RowTable<>(catalog, MigrationRow.TABLE, MigrationRow.SCHEMA).read().rows()).singleElement().satisfies(row -> {
            assertThat(row.forced()).isTrue();
            assertThat(row.reason()).hasValue("one test order");
            assertThat(row.gates()).extracting(gate -> gate.name() + " " + gate.status().label()).contains("green-days failed", "contract-test passed");
        }));
    }

    @Test
    void testADatabaseThatDoesNotTellItsReaders()
    {
        mesh.file("mesh.yaml", "legacy:\n  legacy_warehouse: {url: \"jdbc:mariadb://warehouse.invalid:3306/sales\", user: recon}\n");
        for (String command : List.of("observe", "decommission")) {
            mesh.run("migrate", command, PRODUCT).exits(ExitCode.UNKNOWN);
            mesh.errors().contains("MESH-MIGRATE-007").contains("There is no evidence source for legacy_warehouse: who reads a table is told by PostgreSQL's statistics only");
        }
    }

    @Test
    void testAProductThatReplacesNothing()
    {
        mesh.file("orders/dataproduct.yaml", ProductFixtures.SPEC);
        mesh.run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
        mesh.run("migrate", "plan", PRODUCT).exits(ExitCode.USAGE);
        mesh.errors().contains("Product orders.order-events does not say which legacy table it replaces");
        mesh.run("migrate", "status").exits(ExitCode.OK);
        mesh.errors().contains("No product says that it replaces a legacy table");
        mesh.run("migrate", "cutover", "orders.order-event").exits(ExitCode.USAGE);
        mesh.errors().contains("did you mean orders.order-events?");
    }

    private void prove()
    {
        inCatalog(catalog -> catalog.findTable(TableIdentifier.of("orders", "order_events")).orElseThrow().newAppend().commit());
        mesh.run("contract", "test", PRODUCT).exits(ExitCode.OK);
        IntStream.range(0, 3).forEach(day -> record("run", yesterday.minusDays(day).toString(), "ok", 10, 10, now));
    }

    private void record(String run, String window, String state, long legacy, long product, Instant finished)
    {
        inCatalog(catalog -> new RowTable<>(catalog, WindowRow.TABLE, WindowRow.SCHEMA).append(List.of(new WindowRow(
                run,
                PRODUCT,
                "legacy_warehouse.fct_orders",
                Optional.of("1"),
                Optional.of(finished),
                "counts",
                "UTC",
                window,
                legacy,
                product,
                product - legacy,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                BigDecimal.ONE,
                BigDecimal.ONE,
                state,
                "ok",
                finished,
                finished))));
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
