package io.meshwright.trino;

import io.meshwright.bridge.migration.LegacyName;
import io.meshwright.bridge.migration.MigrationRow.State;
import io.meshwright.bridge.migration.Migrations;
import io.trino.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.CLEARED;
import static io.meshwright.trino.TestingMesh.OPERATOR;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The name of a legacy table, before and after its product has taken it over. The legacy warehouse is another catalog of the same Trino.
 */
class TestLegacyNames
        extends BaseMeshTest
{
    private static final String RECONCILIATION =
            """
            SELECT
              (SELECT count(*) FROM legacy_warehouse.fct_orders
               WHERE order_date = current_date - 1) AS legacy_count,
              (SELECT count(*) FROM orders.order_events
               WHERE date(occurred_at) = current_date - 1) AS mesh_count
            """;
    private static final LegacyName LEGACY = new LegacyName("legacy_warehouse", "fct_orders");

    @Override
    protected TestingMesh createMesh()
            throws Exception
    {
        return new TestingMesh(0, Map.of("mesh.legacy-catalogs", "legacy_warehouse:old.warehouse", "mesh.legacy-reader-groups", "platform"));
    }

    @BeforeAll
    void setUp()
    {
        mesh.createIcebergCatalog("old", Map.of());
        mesh.producer("CREATE SCHEMA lake.orders");
        mesh.producer("CREATE SCHEMA lake.warehouse");
        mesh.producer("CREATE TABLE lake.orders.order_events AS SELECT * FROM (VALUES (BIGINT '1', 'C1', current_timestamp(6) - INTERVAL '1' DAY), (2, 'C2', current_timestamp(6) - INTERVAL '1' DAY)) t (order_id, customer_id, occurred_at)");
        mesh.producer("CREATE TABLE lake.warehouse.fct_orders AS SELECT * FROM (VALUES (BIGINT '1', 'C1', current_date - INTERVAL '1' DAY, 'x'), (2, 'C2', current_date - INTERVAL '1' DAY, 'y'), (3, 'C3', DATE '2020-01-01', 'z')) t (order_no, cust_no, order_date, remark)");
        register("order-events", "orders", "");
        register("hidden-events", "hidden", "access: {discovery: private, read: [platform]}");
    }

    private void register(String name, String legacy, String access)
    {
        String table = name.replace('-', '_');
        if (!table.equals("order_events")) {
            mesh.producer("CREATE TABLE lake.orders." + table + " AS SELECT * FROM lake.orders.order_events");
            mesh.producer("CREATE TABLE lake.warehouse.fct_" + legacy + " AS SELECT * FROM lake.warehouse.fct_orders");
        }
        mesh.register(
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata:
                  name: %s
                  domain: orders
                  owner: orders@shop.example
                spec:
                  description: "Orders of the shop, by event."
                  outputPorts:
                    - {name: curated, type: iceberg, contract: contract.yaml}
                  sla:
                    freshness: "<= 24h"
                  classification:
                    contains_pii: true
                    pii_fields: [customer_id]
                  %s
                  migration:
                    replaces: legacy_warehouse.fct_%s
                    key: [order_id]
                    columns: {order_id: order_no, customer_id: cust_no, occurred_at: "order_date::timestamp"}
                """.formatted(name, access.isEmpty() ? "access: {clear: [{user: carl}]}" : access, legacy),
                """
                dataContractSpecification: 1.2.1
                id: orders.%s
                info: {title: Order events, version: 1.0.0, owner: orders@shop.example}
                models:
                  %s:
                    type: table
                    fields:
                      order_id: {type: long}
                      customer_id: {type: string}
                      occurred_at: {type: timestamp}
                """.formatted(name, table),
                Optional.empty());
    }

    @AfterEach
    void rollBack()
    {
        turn(State.ROLLED_BACK);
    }

    @Test
    void testTheSourceDocumentsStatementRunsVerbatim()
    {
        assertThat(rows(utc(OPERATOR), RECONCILIATION)).containsExactly(row(2L, 2L));
    }

    @Test
    void testTheOldNameIsTheLegacyTable()
    {
        assertThat(column(OPERATOR, "SHOW TABLES FROM mesh.legacy_warehouse")).containsExactlyInAnyOrder("fct_orders", "fct_hidden");
        assertThat(column(OPERATOR, "SHOW SCHEMAS FROM mesh")).contains("legacy_warehouse");
        assertThat(rows(OPERATOR, "SELECT order_no, cust_no, remark FROM legacy_warehouse.fct_orders ORDER BY order_no")).containsExactly(row(1L, "C1", "x"), row(2L, "C2", "y"), row(3L, "C3", "z"));
        assertThat(column(OPERATOR, "SELECT column_name FROM mesh.information_schema.columns WHERE table_schema = 'legacy_warehouse' AND table_name = 'fct_orders' ORDER BY ordinal_position"))
                .containsExactly("order_no", "cust_no", "order_date", "remark");
        assertThat(mesh.query(OPERATOR, "EXPLAIN SELECT count(*) FROM legacy_warehouse.fct_orders").getOnlyValue().toString()).contains("old:warehouse.fct_orders");
    }

    /**
     * Nothing masks a legacy table, so who sees the product masked must not see it in clear by the old name, nor must who is cleared for some of its columns.
     */
    @Test
    void testWhoIsNotNamedForTheLegacyTablesReadsNone()
    {
        for (String user : List.of(ANALYST, CLEARED)) {
            assertThat(failure(user, "SELECT cust_no FROM legacy_warehouse.fct_orders"))
                    .isEqualTo("[MESH-TRINO-007] legacy_warehouse.fct_orders still is the legacy table, in which nothing is masked; it may be read by the groups platform. Ask orders.order_events, which replaces it.");
            assertThat(failure(user, RECONCILIATION)).contains("MESH-TRINO-007");
            assertThat(failure(user, "DESCRIBE legacy_warehouse.fct_orders")).contains("legacy_warehouse");
            assertThat(column(user, "SHOW SCHEMAS FROM mesh")).doesNotContain("legacy_warehouse");
            assertThat(column(user, "SELECT column_name FROM mesh.information_schema.columns WHERE table_schema = 'legacy_warehouse'")).isEmpty();
            assertThat(column(user, "SELECT table_name FROM mesh.information_schema.tables WHERE table_schema = 'legacy_warehouse'")).isEmpty();
        }
    }

    @Test
    void testAfterTheCutoverTheOldNameIsTheProduct()
    {
        turn(State.CUTOVER);
        assertThat(rows(CLEARED, "SELECT order_no, cust_no FROM legacy_warehouse.fct_orders ORDER BY 1")).containsExactly(row(1L, "C1"), row(2L, "C2"));
        List<Object> masked = column(ANALYST, "SELECT customer_id FROM orders.order_events ORDER BY order_id");
        assertThat(masked).as("a token").doesNotContain("C1", "C2");
        assertThat(column(ANALYST, "SELECT cust_no FROM legacy_warehouse.fct_orders ORDER BY order_no")).isEqualTo(masked);
        assertThat(column(ANALYST, "SELECT column_name FROM mesh.information_schema.columns WHERE table_schema = 'legacy_warehouse' ORDER BY ordinal_position"))
                .containsExactly("order_no", "cust_no", "occurred_at");
        assertThat(column(ANALYST, "SHOW TABLES FROM mesh.legacy_warehouse")).containsExactly("fct_orders");
        assertThat(rows(ANALYST, "DESCRIBE legacy_warehouse.fct_orders")).hasSize(3);
        assertThat(failure(ANALYST, "SELECT remark FROM legacy_warehouse.fct_orders")).isEqualTo("Column 'remark' cannot be resolved");
        assertThat(failure("producer", "DELETE FROM legacy_warehouse.fct_orders")).contains("views");

        turn(State.ROLLED_BACK);
        assertThat(rows(OPERATOR, "SELECT count(*) FROM legacy_warehouse.fct_orders")).containsExactly(row(3L));
        assertThat(failure(ANALYST, "SELECT count(*) FROM legacy_warehouse.fct_orders")).contains("MESH-TRINO-007");
        turn(State.DECOMMISSIONED);
        assertThat(rows(ANALYST, "SELECT count(*) FROM legacy_warehouse.fct_orders")).containsExactly(row(2L));
    }

    @Test
    void testWhoMayNotFindTheProductDoesNotFindItsOldName()
    {
        assertThat(column(OPERATOR, "SHOW TABLES FROM mesh.legacy_warehouse")).containsExactlyInAnyOrder("fct_orders", "fct_hidden");
        assertThat(failure(ANALYST, "SELECT * FROM legacy_warehouse.fct_hidden")).contains("does not exist");
        assertThat(failure(ANALYST, "SELECT * FROM legacy_warehouse.fct_none")).contains("does not exist");
    }

    private void turn(State state)
    {
        Migrations migrations = new Migrations(mesh.catalog(), Clock.systemUTC());
        migrations.turn(migrations.dial(LEGACY), new Migrations.Turn("orders.order-events", state, "test", "tester", Optional.empty(), false, List.of(), Optional.empty(), Optional.empty()));
    }

    /**
     * The statement's days are those of the session's zone.
     */
    private Session utc(String user)
    {
        return Session.builder(mesh.session(user)).setTimeZoneKey(UTC_KEY).build();
    }
}
