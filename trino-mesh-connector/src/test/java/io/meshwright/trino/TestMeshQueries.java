package io.meshwright.trino;

import io.meshwright.model.mask.IntegerPermutation;
import io.meshwright.model.mask.TextMask;
import io.meshwright.model.mask.TokenFunction;
import io.trino.testing.MaterializedResult;
import io.trino.testing.MaterializedRow;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.KEYS;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestMeshQueries
        extends BaseMeshTest
{
    /**
     * The source documents' cross-domain join, word for word.
     */
    @Language("SQL")
    private static final String SEED_JOIN =
            """
            SELECT c.segment,
            count(*) AS orders,
            sum(o.total_minor) / 100.0 AS gross_revenue
            FROM orders.order_events AS o
            JOIN customer.customer_profile AS c
            ON o.customer_id = c.customer_id -- same polyseme, same type, no munging
            WHERE o.status = 'fulfilled'
            AND o.occurred_at >= current_date - INTERVAL '30' DAY
            GROUP BY c.segment
            ORDER BY gross_revenue DESC
            """;

    @Override
    protected TestingMesh createMesh()
            throws Exception
    {
        return new TestingMesh(1, Map.of());
    }

    @BeforeAll
    void setUp()
    {
        TestingProducts.create(mesh);
    }

    @Test
    void testListings()
    {
        assertThat(rows(ANALYST, "SHOW SCHEMAS")).containsExactly(List.of("customer"), List.of("information_schema"), List.of("meta"), List.of("orders"));
        assertThat(rows(ANALYST, "SHOW TABLES FROM orders")).containsExactly(List.of("order_events"));
        assertThat(rows(ANALYST, "SELECT table_schema, table_name FROM mesh.information_schema.tables WHERE table_schema NOT IN ('information_schema', 'meta') ORDER BY 1"))
                .containsExactly(List.of("customer", "customer_profile"), List.of("orders", "order_events"));
        assertThat(rows(ANALYST, "SELECT count(*) FROM mesh.information_schema.columns WHERE table_schema IN ('orders', 'customer')")).containsExactly(List.of(13L));
        assertThat(rows(ANALYST, "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'orders'"))
                .containsExactly(List.of("Placed, fulfilled and cancelled orders. (data product orders.order-events, owner orders@shop.example)"));
    }

    @Test
    void testDescribe()
    {
        Map<String, String> comments = new HashMap<>();
        rows(ANALYST, "DESCRIBE orders.order_events").forEach(row -> comments.put((String) row.get(0), row.get(1) + " " + row.get(3)));
        assertThat(comments).hasSize(10);
        assertThat(comments.get("order_id")).isEqualTo("varchar Number of the order.");
        assertThat(comments.get("customer_id")).isEqualTo("varchar Who ordered. (masked for you: token by customer_id; ask orders@shop.example for clearance)");
        assertThat(comments.get("loyalty_number")).isEqualTo("integer (masked for you: permute by orders.order-events.loyalty_number; ask orders@shop.example for clearance)");
        assertThat(comments.get("delivery")).isEqualTo("row(\"city\" varchar, \"street\" varchar) (masked for you: fields street; ask orders@shop.example for clearance)");

        comments.clear();
        rows(OFFICER, "DESCRIBE orders.order_events").forEach(row -> comments.put((String) row.get(0), String.valueOf(row.get(3))));
        assertThat(comments.get("customer_id")).isEqualTo("Who ordered.");
    }

    @Test
    void testShowCreateTableShowsNothingPhysical()
    {
        String statement = (String) rows(ANALYST, "SHOW CREATE TABLE orders.order_events").getFirst().getFirst();
        assertThat(statement).contains("CREATE TABLE mesh.orders.order_events").doesNotContain("location", "partitioning", "raw", "internal_note");
    }

    @Test
    void testEveryMaskedValueEqualsTheMaskOfTheClearOne()
    {
        @Language("SQL")
        String sql = "SELECT order_id, customer_id, shipping_address, loyalty_number, birth_date, delivery.city, delivery.street, delivery, tags, total_minor FROM orders.order_events ORDER BY order_id";
        List<List<Object>> clear = rows(OFFICER, sql);
        List<List<Object>> masked = rows(ANALYST, sql);
        TokenFunction customers = TokenFunction.create(KEYS, "customer_id");
        TokenFunction streets = TokenFunction.create(KEYS, "orders.order-events.delivery.street");
        IntegerPermutation loyalty = IntegerPermutation.create(KEYS, "orders.order-events.loyalty_number", 32);
        assertThat(masked).hasSize(1000);
        for (int index = 0; index < clear.size(); index++) {
            List<Object> expected = clear.get(index);
            List<Object> actual = masked.get(index);
            assertThat(actual.get(0)).isEqualTo(expected.get(0));
            assertThat(actual.get(1)).isEqualTo(expected.get(1) == null ? null : customers.token((String) expected.get(1)));
            assertThat(actual.get(2)).isEqualTo(expected.get(2) == null ? null : TextMask.partial((String) expected.get(2)));
            assertThat(actual.get(3)).isEqualTo(expected.get(3) == null ? null : (int) loyalty.permute((Integer) expected.get(3)));
            assertThat(actual.get(4)).isEqualTo(expected.get(4) == null ? null : ((LocalDate) expected.get(4)).withDayOfYear(1));
            assertThat(actual.get(5)).isEqualTo(expected.get(5));
            assertThat(actual.get(6)).isEqualTo(expected.get(6) == null ? null : streets.token((String) expected.get(6)));
            if (expected.get(7) == null) {
                assertThat(actual.get(7)).isNull();
            }
            else {
                assertThat(((MaterializedRow) actual.get(7)).getFields()).containsExactly(expected.get(5), actual.get(6));
            }
            assertThat(actual.get(8)).isEqualTo(expected.get(8));
            assertThat(actual.get(9)).isEqualTo(expected.get(9));
        }
        assertThat(clear.get(0).get(1)).isEqualTo("C1");
    }

    @Test
    void testSeedJoinGivesTheSameMaskedAndClear()
    {
        MaterializedResult clear = mesh.query("carl", SEED_JOIN);
        MaterializedResult masked = mesh.query(ANALYST, SEED_JOIN);
        assertThat(masked.getMaterializedRows()).hasSize(3).isEqualTo(clear.getMaterializedRows());
    }

    @Test
    void testClearance()
    {
        @Language("SQL")
        String sql = "SELECT customer_id FROM orders.order_events WHERE order_id = 'ORD-1'";
        assertThat(rows(OFFICER, sql)).containsExactly(List.of("C1"));
        assertThat(rows("carl", sql)).containsExactly(List.of("C1"));
        assertThat(rows("former", sql)).isEqualTo(rows(ANALYST, sql)).isNotEqualTo(rows(OFFICER, sql));
    }

    @Test
    void testUndeclaredAndHiddenColumns()
    {
        assertThat(mesh.query(OFFICER, "SELECT * FROM orders.order_events LIMIT 1").getColumnNames()).doesNotContain("internal_note").hasSize(10);
        assertDenied(OFFICER, "SELECT internal_note FROM orders.order_events", "Column 'internal_note' cannot be resolved");
        for (String hidden : List.of("$path", "$partition", "$file_modified_time")) {
            assertDenied(OFFICER, "SELECT \"" + hidden + "\" FROM orders.order_events", "cannot be resolved");
        }
    }

    @Test
    void testMetadataTables()
    {
        for (String suffix : List.of("files", "entries", "all_entries", "partitions", "snapshots", "manifests", "refs", "properties", "metadata_log_entries", "all_files", "all_manifests", "data")) {
            assertDenied(OFFICER, "SELECT * FROM orders.\"order_events$" + suffix + "\"", "does not exist");
        }
    }

    @Test
    void testFiltersCompareMaskedValues()
    {
        String token = TokenFunction.create(KEYS, "customer_id").token("C1");
        assertThat(count(ANALYST, "customer_id = 'C1'")).isZero();
        assertThat(count(ANALYST, "customer_id = '" + token + "'")).isEqualTo(count(OFFICER, "customer_id = 'C1'")).isPositive();
        assertThat(count(ANALYST, "customer_id LIKE 'C%'")).isZero();
        assertThat(count(ANALYST, "customer_id > 'C'  AND customer_id < 'D'")).isZero();
        assertThat(count(ANALYST, "customer_id IS NULL")).isEqualTo(count(OFFICER, "customer_id IS NULL")).isEqualTo(20);
        assertThat(count(ANALYST, "customer_id IS NOT NULL")).isEqualTo(980);
        assertThat(count(ANALYST, "shipping_address LIKE 'Main%'")).isZero();
        assertThat(count(ANALYST, "delivery.street LIKE 'Secret%'")).isZero();
        assertThat(count(ANALYST, "delivery.city = 'Bern' AND customer_id IS NOT NULL")).isEqualTo(count(OFFICER, "delivery.city = 'Bern' AND customer_id IS NOT NULL"));
        assertThat(count(ANALYST, "lower(customer_id) = 'c1' OR status = 'none'")).isZero();
        assertThat(count(ANALYST, "birth_date = DATE '1980-05-18'")).isZero();
        assertThat(rows(ANALYST, "SELECT count(DISTINCT customer_id) FROM orders.order_events")).isEqualTo(rows(OFFICER, "SELECT count(DISTINCT customer_id) FROM orders.order_events"));
        assertDenied(ANALYST, "SELECT CAST(customer_id AS bigint) FROM orders.order_events WHERE order_id = 'ORD-1'", "Cannot cast '" + token + "' to BIGINT");
    }

    @Test
    void testStatisticsShowNoRangeOfMaskedColumns()
    {
        Map<Object, List<Object>> masked = new HashMap<>();
        rows(ANALYST, "SHOW STATS FOR orders.order_events").forEach(row -> masked.put(row.get(0), row));
        Map<Object, List<Object>> clear = new HashMap<>();
        rows(OFFICER, "SHOW STATS FOR orders.order_events").forEach(row -> clear.put(row.get(0), row));
        assertThat(clear.get("birth_date").get(5)).isEqualTo("1980-05-18");
        assertThat(masked.get("birth_date").subList(5, 7)).containsOnlyNulls();
        assertThat(masked.get("loyalty_number").subList(5, 7)).containsOnlyNulls();
        assertThat(masked.get("customer_id").get(2)).isEqualTo(clear.get("customer_id").get(2)).isNotNull();
        assertThat(masked.get("total_minor")).isEqualTo(clear.get("total_minor"));
        assertThat(clear.keySet()).doesNotContain("internal_note");
    }

    @Test
    void testExplainShowsMasksAndNoPhysicalName()
    {
        for (String form : List.of("EXPLAIN ", "EXPLAIN ANALYZE ", "EXPLAIN ANALYZE VERBOSE ", "EXPLAIN (TYPE LOGICAL) ", "EXPLAIN (TYPE IO, FORMAT JSON) ", "EXPLAIN (TYPE DISTRIBUTED, FORMAT JSON) ")) {
            String plan = (String) rows(ANALYST, form + "SELECT customer_id, email, segment FROM customer.customer_profile WHERE email <> 'x' AND segment = 'gold'").getFirst().getFirst();
            assertThat(plan).as(form).doesNotContain("profile_v1").doesNotContain("warehouse");
        }
        assertThat((String) rows(ANALYST, "EXPLAIN SELECT email FROM customer.customer_profile").getFirst().getFirst()).contains("MASKED(TOKEN)");
        assertThat((String) rows(OFFICER, "EXPLAIN SELECT email FROM customer.customer_profile").getFirst().getFirst()).doesNotContain("MASKED");
        assertThat((String) rows(ANALYST, "EXPLAIN SELECT order_id FROM orders.order_events WHERE occurred_at >= TIMESTAMP '2024-01-01 00:00:00 UTC'").getFirst().getFirst())
                .contains("constraint on [occurred_at]");
    }

    @Test
    void testWritesAreRefusedWithTheProducersWay()
    {
        String where = "an address is for reading. The producer writes to the product's own table, in the producers' catalog or by its pipeline; ask orders@shop.example.";
        assertDenied(OFFICER, "INSERT INTO orders.order_events (order_id) VALUES 'x'", "[MESH-TRINO-008] Cannot insert into orders.order_events: " + where);
        assertDenied(OFFICER, "DELETE FROM orders.order_events", "[MESH-TRINO-008] Cannot delete from orders.order_events: " + where);
        assertDenied(OFFICER, "UPDATE orders.order_events SET status = 'x'", "[MESH-TRINO-008] Cannot update orders.order_events: " + where);
        assertDenied(OFFICER, "TRUNCATE TABLE orders.order_events", "[MESH-TRINO-008] Cannot truncate orders.order_events: " + where);
        assertDenied(OFFICER, "DROP TABLE orders.order_events", "[MESH-TRINO-008] Cannot drop orders.order_events: " + where);
        assertDenied(OFFICER, "ALTER TABLE orders.order_events ADD COLUMN x bigint", "[MESH-TRINO-008] Cannot alter orders.order_events: " + where);
        assertDenied(OFFICER, "CREATE TABLE orders.mine (x bigint)", "[MESH-TRINO-008] Cannot create table orders.mine");
        assertDenied(OFFICER, "CREATE TABLE orders.mine AS SELECT 1 x", "[MESH-TRINO-008] Cannot create table orders.mine");
        assertDenied(OFFICER, "MERGE INTO orders.order_events t USING (VALUES 1) s(x) ON true WHEN MATCHED THEN DELETE", "[MESH-TRINO-008] Cannot delete from orders.order_events: " + where);
        assertDenied(OFFICER, "CREATE VIEW orders.v AS SELECT 1 x", "[MESH-TRINO-008] Cannot create view orders.v");
        assertDenied(OFFICER, "CREATE MATERIALIZED VIEW orders.v AS SELECT 1 x", "[MESH-TRINO-008] Cannot create materialized view orders.v");
        assertDenied(OFFICER, "CREATE SCHEMA mine", "[MESH-TRINO-008] Cannot create schema mine");
        assertDenied(OFFICER, "DROP SCHEMA orders CASCADE", "[MESH-TRINO-008] Cannot drop schema orders");
        assertDenied(OFFICER, "ALTER TABLE orders.order_events SET PROPERTIES format = 'ORC'", "property 'format' does not exist");
        assertDenied(OFFICER, "COMMENT ON TABLE orders.order_events IS 'x'", "[MESH-TRINO-008] Cannot comment on orders.order_events: " + where);
        assertDenied(OFFICER, "COMMENT ON COLUMN orders.order_events.status IS 'x'", "[MESH-TRINO-008] Cannot comment on orders.order_events: " + where);
        String grant = "[MESH-TRINO-008] Cannot change who may read orders.order_events: the access section of its dataproduct.yaml says it; ask orders@shop.example.";
        assertDenied(OFFICER, "GRANT SELECT ON orders.order_events TO USER eve", grant);
        assertDenied(OFFICER, "DENY SELECT ON orders.order_events TO USER eve", grant);
        assertDenied(OFFICER, "REVOKE SELECT ON orders.order_events FROM USER eve", grant);
        assertDenied(OFFICER, "GRANT SELECT ON SCHEMA orders TO USER eve", "[MESH-TRINO-008] Cannot change who may read schema orders: the access section of each product's dataproduct.yaml says it.");
        assertDenied(OFFICER, "ALTER TABLE orders.order_events EXECUTE optimize", "[MESH-TRINO-008] Cannot execute OPTIMIZE on orders.order_events: " + where);
        assertDenied(OFFICER, "ALTER TABLE orders.order_events SET AUTHORIZATION eve", "[MESH-TRINO-008] Cannot change the owner of orders.order_events: its dataproduct.yaml names it; ask orders@shop.example.");
        assertDenied(OFFICER, "ALTER SCHEMA orders SET AUTHORIZATION eve", "[MESH-TRINO-008] Cannot change the owner of schema orders: it is a domain of registered data products");
        assertDenied(OFFICER, "ALTER SCHEMA orders RENAME TO other", "[MESH-TRINO-008] Cannot rename schema orders: it is a domain of registered data products");
        assertDenied(OFFICER, "ALTER TABLE orders.order_events RENAME TO orders.other", "[MESH-TRINO-008] Cannot rename orders.order_events: " + where);
        assertDenied(OFFICER, "ALTER TABLE orders.order_events RENAME COLUMN status TO state", "[MESH-TRINO-008] Cannot alter orders.order_events: " + where);
        assertDenied(OFFICER, "ALTER TABLE orders.order_events ALTER COLUMN status SET DATA TYPE varchar(3)", "[MESH-TRINO-008] Cannot alter orders.order_events: " + where);
        assertDenied(OFFICER, "CREATE BRANCH mine IN TABLE orders.order_events", "[MESH-TRINO-008] Cannot create a branch of orders.order_events: " + where);
        assertDenied(OFFICER, "DROP BRANCH mine IN TABLE orders.order_events", "[MESH-TRINO-008] Cannot drop a branch of orders.order_events: " + where);
        assertDenied(OFFICER, "ALTER BRANCH mine IN TABLE orders.order_events FAST FORWARD TO main", "[MESH-TRINO-008] Cannot move a branch of orders.order_events: " + where);
        // Trino itself finds that there is no such thing before it asks who may
        assertDenied(OFFICER, "ANALYZE orders.order_events", "This connector does not support analyze");
        assertDenied(OFFICER, "REFRESH MATERIALIZED VIEW orders.order_events", "Materialized view 'mesh.orders.order_events' does not exist");
        assertDenied(OFFICER, "CALL mesh.system.rollback_to_snapshot('orders', 'order_events', 1)", "not registered");
        assertDenied(OFFICER, "SELECT * FROM TABLE(mesh.system.table_changes('orders', 'order_events', 1, 2))", "not registered");
        assertDenied(OFFICER, "SET SESSION mesh.parquet_max_read_block_size = '1MB'", "Access Denied");
    }

    @Test
    void testOwnersRightsAreNotLent()
    {
        mesh.runner().execute(mesh.session("carl"), "CREATE VIEW lake.orders.lent AS SELECT customer_id, status FROM mesh.orders.order_events");
        assertDenied(ANALYST, "SELECT customer_id FROM lake.orders.lent", "View owner does not have sufficient privileges");
        assertThat(rows("carl", "SELECT count(*) FROM lake.orders.lent")).containsExactly(List.of(1000L));

        mesh.runner().execute(mesh.session("carl"), "CREATE VIEW lake.orders.invoked SECURITY INVOKER AS SELECT customer_id FROM mesh.orders.order_events WHERE order_id = 'ORD-1'");
        assertThat(rows(ANALYST, "SELECT * FROM lake.orders.invoked")).isEqualTo(rows(ANALYST, "SELECT customer_id FROM orders.order_events WHERE order_id = 'ORD-1'"));
        assertThat(rows(OFFICER, "SELECT * FROM lake.orders.invoked")).containsExactly(List.of("C1"));

        mesh.runner().execute(mesh.session(ANALYST), "CREATE VIEW lake.orders.masked AS SELECT customer_id FROM mesh.orders.order_events WHERE order_id = 'ORD-1'");
        assertThat(rows(OFFICER, "SELECT * FROM lake.orders.masked")).isEqualTo(rows(ANALYST, "SELECT customer_id FROM orders.order_events WHERE order_id = 'ORD-1'"));
    }

    private long count(String user, String condition)
    {
        return (long) rows(user, "SELECT count(*) FROM orders.order_events WHERE " + condition).getFirst().getFirst();
    }

    private void assertDenied(String user, @Language("SQL") String sql, String message)
    {
        assertThatThrownBy(() -> mesh.query(user, sql)).as(sql).hasMessageContaining(message);
    }
}
