package io.meshwright.trino;

import io.trino.testing.MaterializedRow;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.List;
import java.util.Map;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * What the metadata, the splits and the pages refuse by themselves, and that the plans of cleared and masked readers are those of Iceberg.
 */
@TestInstance(PER_CLASS)
class TestMetadataWall
{
    private TestingMesh mesh;

    @BeforeAll
    void setUp()
            throws Exception
    {
        mesh = new TestingMesh(0, Map.of());
        TestingProducts.create(mesh);
        mesh.runner().installPlugin(new UnguardedMeshPlugin());
        mesh.createCatalog("unguarded", "unguarded_mesh", Map.of());
    }

    @AfterAll
    void tearDown()
            throws Exception
    {
        mesh.close();
    }

    @Test
    void testWrites()
    {
        String table = "unguarded.orders.order_events";
        assertRefused("INSERT INTO " + table + " (order_id) VALUES 'x'", "This connector does not support inserts");
        assertRefused("DELETE FROM " + table, "This connector does not support");
        assertRefused("UPDATE " + table + " SET status = 'x'", "This connector does not support modifying table rows");
        assertRefused("MERGE INTO " + table + " t USING (VALUES 1) s(x) ON true WHEN MATCHED THEN DELETE", "This connector does not support modifying table rows");
        assertRefused("TRUNCATE TABLE " + table, "This connector does not support truncating tables");
        assertRefused("DROP TABLE " + table, "This connector does not support dropping tables");
        assertRefused("ALTER TABLE " + table + " RENAME TO unguarded.orders.other", "This connector does not support renaming tables");
        assertRefused("ALTER TABLE " + table + " ADD COLUMN x bigint", "This connector does not support adding columns");
        assertRefused("ALTER TABLE " + table + " DROP COLUMN status", "This connector does not support dropping columns");
        assertRefused("ALTER TABLE " + table + " EXECUTE optimize", "Table procedure not registered");
        assertRefused("COMMENT ON TABLE " + table + " IS 'x'", "This connector does not support setting table comments");
        assertRefused("ANALYZE " + table, "This connector does not support analyze");
        assertRefused("CREATE TABLE unguarded.orders.mine (x bigint)", "This connector does not support creating tables");
        assertRefused("CREATE TABLE unguarded.orders.mine AS SELECT 1 x", "This connector does not support creating tables with data");
        assertRefused("CREATE VIEW unguarded.orders.mine AS SELECT 1 x", "This connector does not support creating views");
        assertRefused("CREATE MATERIALIZED VIEW unguarded.orders.mine AS SELECT 1 x", "This connector does not support creating materialized views");
        assertRefused("CREATE SCHEMA unguarded.mine", "This connector does not support creating schemas");
        assertRefused("GRANT SELECT ON " + table + " TO ann", "This connector does not support");
    }

    @Test
    void testViewOfAClearedOwner()
    {
        mesh.runner().execute(mesh.session("carl"), "CREATE VIEW lake.orders.lent_all AS SELECT * FROM unguarded.orders.order_events");
        mesh.runner().execute(mesh.session("carl"), "CREATE VIEW lake.orders.lent_some AS SELECT order_id, status FROM unguarded.orders.order_events");
        String refused = "[MESH-TRINO-009] A view of somebody with clearance shows values of product orders.order-events that are masked for you";
        for (String sql : List.of(
                "SELECT customer_id FROM lake.orders.lent_all",
                "SELECT order_id FROM lake.orders.lent_all WHERE customer_id = 'C1'",
                "SELECT count(*) FROM lake.orders.lent_all WHERE lower(customer_id) LIKE 'c1%'",
                "SELECT delivery.street FROM lake.orders.lent_all",
                "SELECT max(birth_date) FROM lake.orders.lent_all",
                "SELECT * FROM lake.orders.lent_all",
                "SELECT count(*) FROM lake.orders.lent_all",
                "SHOW STATS FOR (SELECT loyalty_number FROM lake.orders.lent_all)")) {
            assertThatThrownBy(() -> mesh.query(ANALYST, sql)).as(sql).hasMessageContaining(refused);
        }
        assertThat(rows(ANALYST, "SELECT status, count(*) FROM lake.orders.lent_some GROUP BY status")).hasSize(2);
        assertThat(rows(OFFICER, "SELECT count(customer_id) FROM lake.orders.lent_all")).containsExactly(List.of(980L));
    }

    @Test
    void testPlansAreThoseOfIceberg()
    {
        for (String sql : List.of(
                "SELECT * FROM %s.order_events",
                "SELECT status, total_minor FROM %s.order_events WHERE total_minor > 5000 AND total_minor < 90000",
                "SELECT count(*) FROM %s.order_events WHERE occurred_at >= TIMESTAMP '2024-01-01 00:00:00 UTC'",
                "SELECT count(*) FROM %s.order_events WHERE CAST(occurred_at AS date) = DATE '2024-01-01'",
                "SELECT delivery.city FROM %s.order_events WHERE delivery.city = 'Bern'",
                "SELECT order_id FROM %s.order_events WHERE status LIKE 'ful%%' LIMIT 7",
                "SELECT order_id FROM %s.order_events ORDER BY total_minor DESC LIMIT 3",
                "SELECT status, count(DISTINCT order_id) FROM %s.order_events GROUP BY status",
                "SELECT * FROM %s.order_events TABLESAMPLE BERNOULLI (10)",
                "SELECT a.status, count(*) FROM %1$s.order_events a JOIN %1$s.order_events b ON a.order_id = b.order_id WHERE b.total_minor < 1000 GROUP BY a.status",
                "SELECT count(*) FROM %1$s.order_events WHERE order_id IN (SELECT order_id FROM %1$s.order_events WHERE status = 'x')")) {
            String bare = plan("carl", sql.formatted("lake.orders"));
            assertThat(plan("carl", sql.formatted("mesh.orders"))).as(sql).isEqualTo(bare);
            if (!sql.contains("*") || sql.contains("count(*)")) {
                assertThat(plan(ANALYST, sql.formatted("mesh.orders"))).as(sql).isEqualTo(bare);
            }
        }
        // a masked key keeps the shape of the join: order, distribution, dynamic filter, partial aggregation
        String join = "SELECT a.status, count(*) FROM %1$s.order_events a JOIN %1$s.order_events b ON a.customer_id = b.customer_id WHERE b.total_minor < 1000 GROUP BY a.status";
        assertThat(withoutEstimates(plan(ANALYST, join.formatted("mesh.orders")))).isEqualTo(withoutEstimates(plan("carl", join.formatted("lake.orders"))));
    }

    /**
     * EXPLAIN with the names of catalogs, tables and columns made the same, and without the columns that only the raw table has.
     */
    private String plan(String user, @Language("SQL") String sql)
    {
        String all = sql.replace("SELECT * FROM lake.", "SELECT order_id, customer_id, status, total_minor, shipping_address, loyalty_number, birth_date, delivery, tags, occurred_at FROM lake.");
        return ((String) rows(user, "EXPLAIN " + all).getFirst().getFirst())
                .replaceAll("table = mesh:orders\\.order_events", "table = T")
                .replaceAll("table = lake:orders\\.order_events\\$data@[0-9]+", "table = T")
                .replaceAll("df_[0-9]+", "df")
                .replaceAll("(?<=[a-z])_[0-9]+\\b", "")
                .replaceAll(" MASKED\\([A-Z]+\\)", "");
    }

    private static String withoutEstimates(String plan)
    {
        return plan.replaceAll("(?m)^.*Estimates:.*$", "");
    }

    private void assertRefused(@Language("SQL") String sql, String message)
    {
        assertThatThrownBy(() -> mesh.query("carl", sql)).as(sql).hasMessageContaining(message);
    }

    private List<List<Object>> rows(String user, @Language("SQL") String sql)
    {
        return mesh.query(user, sql).getMaterializedRows().stream()
                .map(MaterializedRow::getFields)
                .toList();
    }
}
