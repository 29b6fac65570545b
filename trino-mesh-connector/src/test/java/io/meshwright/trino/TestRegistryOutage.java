package io.meshwright.trino;

import io.meshwright.model.mask.TokenFunction;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.KEYS;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The registry's table becomes unreadable while Trino runs.
 */
class TestRegistryOutage
        extends BaseMeshTest
{
    @BeforeAll
    void setUp()
    {
        TestingProducts.create(mesh);
        mesh.createMeshCatalog("impatient", Map.of("mesh.registry.max-age", "0s"));
    }

    @Test
    void testReadsGoOnForAWhileAndThenStop()
            throws SQLException
    {
        String token = TokenFunction.create(KEYS, "customer_id").token("C1");
        @Language("SQL")
        String sql = "SELECT customer_id FROM %s.orders.order_events WHERE order_id = 'ORD-1'";
        for (String catalog : List.of("mesh", "impatient")) {
            assertThat(rows(ANALYST, sql.formatted(catalog))).containsExactly(List.of(token));
        }
        assertThat(comment()).doesNotContain("has not answered");

        String location = metadataLocation("file:///nowhere/metadata.json");
        assertThat(rows(ANALYST, sql.formatted("mesh"))).as("masked as before").containsExactly(List.of(token));
        assertThat(rows(OFFICER, sql.formatted("mesh"))).as("cleared as before").containsExactly(List.of("C1"));
        assertThat(rows("former", sql.formatted("mesh"))).as("a clearance that has ended stays ended").containsExactly(List.of(token));
        assertThat(comment()).containsPattern("the registry has not answered for \\d+ s; this is the last known state");

        String unavailable = "[MESH-TRINO-002] The registry of data products has not answered for ";
        for (String user : List.of(ANALYST, OFFICER)) {
            assertThatThrownBy(() -> mesh.query(user, sql.formatted("impatient"))).hasMessageContaining(unavailable).hasMessageNotContaining("nowhere");
            assertThatThrownBy(() -> mesh.query(user, "SHOW SCHEMAS FROM impatient")).hasMessageContaining(unavailable);
        }

        mesh.createMeshCatalog("late", Map.of());
        assertThatThrownBy(() -> mesh.query(OFFICER, sql.formatted("late")))
                .hasMessageContaining("[MESH-TRINO-002] The registry of data products cannot be read, so no product can be shown. The server's log has the details.");

        metadataLocation(location);
        for (String catalog : List.of("mesh", "impatient", "late")) {
            assertThat(rows(OFFICER, sql.formatted(catalog))).as("back again in " + catalog).containsExactly(List.of("C1"));
        }
        assertThat(comment()).doesNotContain("has not answered");
    }

    @Test
    void testACatalogOutOfReachIsNoMissingVersion()
            throws SQLException
    {
        @Language("SQL")
        String sql = "SELECT order_id FROM mesh.orders.order_events";
        assertThat(rows(ANALYST, sql)).isNotEmpty();
        execute("ALTER TABLE iceberg_tables RENAME TO out_of_reach");
        try {
            assertThat(rows(ANALYST, "SHOW TABLES FROM mesh.orders")).as("from the last known state").containsExactly(List.of("order_events"));
            for (String version : List.of("", " FOR VERSION AS OF 1", " FOR TIMESTAMP AS OF TIMESTAMP '2001-01-01 00:00:00 UTC'")) {
                assertThatThrownBy(() -> mesh.query(OFFICER, sql + version))
                        .hasMessage("[MESH-TRINO-013] Product orders.order-events cannot be opened: the Iceberg catalog with its table cannot be reached, or does not answer as it should. The server's log has the details.");
            }
        }
        finally {
            execute("ALTER TABLE out_of_reach RENAME TO iceberg_tables");
        }
        assertThat(rows(ANALYST, sql)).isNotEmpty();
        assertThatThrownBy(() -> mesh.query(OFFICER, sql + " FOR VERSION AS OF 1")).hasMessage("[MESH-TRINO-012] Product orders.order-events has no such version");
    }

    private void execute(@Language("SQL") String sql)
            throws SQLException
    {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + mesh.folder().resolve("catalog.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * @return the location that there was before
     */
    private String metadataLocation(String location)
            throws SQLException
    {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + mesh.folder().resolve("catalog.db"));
                Statement statement = connection.createStatement()) {
            String before = statement.executeQuery("SELECT metadata_location FROM iceberg_tables WHERE table_name = 'product_versions'").getString(1);
            assertThat(statement.executeUpdate("UPDATE iceberg_tables SET metadata_location = '%s' WHERE table_name = 'product_versions'".formatted(location))).isOne();
            return before;
        }
    }

    private String comment()
    {
        return (String) rows(ANALYST, "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'orders' AND table_name = 'order_events'").getFirst().getFirst();
    }
}
