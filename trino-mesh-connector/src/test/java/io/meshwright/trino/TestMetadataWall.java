package io.meshwright.trino;

import io.trino.Session;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the metadata, the splits and the pages refuse by themselves.
 */
class TestMetadataWall
        extends BaseMeshTest
{
    @BeforeAll
    void setUp()
    {
        TestingProducts.create(mesh);
        mesh.runner().installPlugin(new UnguardedMeshPlugin());
        mesh.createCatalog("unguarded", "unguarded_mesh", Map.of());
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
    void testPartitionValuesOfAClearedOwnersView()
    {
        mesh.producer("CREATE TABLE lake.customer.by_email (customer_id varchar, segment varchar, email varchar) WITH (partitioning = ARRAY['email'])");
        mesh.producer("INSERT INTO lake.customer.by_email SELECT customer_id, segment, email FROM lake.customer.profile_v1 WHERE email LIKE 'person1%'");
        mesh.register(
                TestingProducts.CUSTOMER_SPEC.replace("customer-profile", "by-email"),
                TestingProducts.CUSTOMER_CONTRACT.replace("customer_profile", "by_email").replace("customer-profile", "by-email"),
                Optional.empty());
        mesh.runner().execute(mesh.session("carl"), "CREATE VIEW lake.customer.lent_partitions AS SELECT email FROM unguarded.customer.by_email");
        for (String optimized : List.of("true", "false")) {
            Session session = Session.builder(mesh.session(ANALYST)).setSystemProperty("optimize_metadata_queries", optimized).build();
            assertThatThrownBy(() -> mesh.runner().execute(session, "SELECT DISTINCT email FROM lake.customer.lent_partitions"))
                    .as(optimized)
                    .hasMessageContaining("[MESH-TRINO-009]");
        }
        Session session = Session.builder(mesh.session(OFFICER)).setSystemProperty("optimize_metadata_queries", "true").build();
        assertThat(mesh.runner().execute(session, "SELECT DISTINCT email FROM lake.customer.lent_partitions").getRowCount()).isEqualTo(11);
    }

    private void assertRefused(@Language("SQL") String sql, String message)
    {
        assertThatThrownBy(() -> mesh.query("carl", sql)).as(sql).hasMessageContaining(message);
    }
}
