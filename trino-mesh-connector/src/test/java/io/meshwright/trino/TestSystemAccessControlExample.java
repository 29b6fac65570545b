package io.meshwright.trino;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.trino.plugin.base.security.FileBasedSystemAccessControl;
import io.trino.spi.security.SystemAccessControlFactory.SystemAccessControlContext;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static io.meshwright.trino.TestingMesh.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The rules in {@code examples/system-access-control}, in a running Trino.
 */
class TestSystemAccessControlExample
        extends BaseMeshTest
{
    private static final Path RULES = Path.of("../examples/system-access-control/rules.json");

    private record Context(String getVersion, OpenTelemetry getOpenTelemetry, Tracer getTracer)
            implements SystemAccessControlContext {}

    @Override
    protected TestingMesh createMesh()
            throws Exception
    {
        return new TestingMesh(new FileBasedSystemAccessControl.Factory().create(
                Map.of("security.config-file", RULES.toAbsolutePath().toString()),
                new Context("test", OpenTelemetry.noop(), OpenTelemetry.noop().getTracer("test"))));
    }

    @BeforeAll
    void setUp()
    {
        TestingProducts.create(mesh);
    }

    @Test
    void testReaderHasTheMeshAndNothingElse()
    {
        assertThat(rows(ANALYST, "SELECT count(*) FROM mesh.orders.order_events")).containsExactly(List.of(1000L));
        assertThat(rows(ANALYST, "SHOW CATALOGS")).containsExactlyInAnyOrder(List.of("mesh"), List.of("system"));
        for (String statement : List.of(
                "SELECT * FROM lake.orders.order_events",
                "SELECT * FROM lake.mesh.product_versions",
                "SHOW SCHEMAS FROM lake",
                "SHOW TABLES FROM lake.orders",
                "SELECT * FROM lake.information_schema.columns",
                "SELECT * FROM lake.orders.\"order_events$files\"",
                "SELECT * FROM TABLE(lake.system.table_changes('orders', 'order_events', 1, 2))",
                "CREATE VIEW lake.orders.mine AS SELECT 1 x",
                "SELECT * FROM system.runtime.tasks",
                "SELECT * FROM system.metadata.table_properties",
                "CALL system.runtime.kill_query('20200101_000000_00000_aaaaa', 'no')",
                "SET SESSION query_max_memory = '1TB'")) {
            assertThatThrownBy(() -> mesh.query(ANALYST, statement)).as(statement).hasMessageContaining("Access Denied");
        }
        assertThat(rows(ANALYST, "SELECT DISTINCT table_cat FROM system.jdbc.tables")).doesNotContain(List.of("lake"));
        assertThat(rows(ANALYST, "SELECT DISTINCT catalog_name FROM system.metadata.table_comments")).doesNotContain(List.of("lake"));
    }

    @Test
    void testConnectorsOwnWordsReachTheReader()
    {
        assertThatThrownBy(() -> mesh.query(ANALYST, "INSERT INTO mesh.orders.order_events (order_id) VALUES 'x'")).hasMessageContaining("[MESH-TRINO-008]");
    }

    @Test
    void testProducersGetThrough()
    {
        assertThat(rows("producer", "SHOW CATALOGS")).contains(List.of("lake"));
        mesh.producer("CREATE TABLE lake.orders.made AS SELECT 1 AS x");
        mesh.producer("INSERT INTO lake.orders.made VALUES 2");
        assertThat(rows("producer", "SELECT count(*) FROM lake.orders.made")).containsExactly(List.of(2L));
        mesh.producer("DROP TABLE lake.orders.made");
        assertThatThrownBy(() -> mesh.producer("DELETE FROM lake.mesh.product_versions")).as("the registry is written by the command alone").hasMessageContaining("Access Denied");
    }

    @Test
    void testOtherPeoplesQueries()
            throws Exception
    {
        String id = mesh.runner().executeWithPlan(mesh.session(OFFICER), "SELECT customer_id AS seen_by_officer FROM mesh.orders.order_events").queryId().toString();
        @Language("SQL")
        String search = "SELECT count(*) FROM system.runtime.queries WHERE query_id = '%s'".formatted(id);
        assertThat(rows(ANALYST, search)).containsExactly(List.of(0L));
        assertThat(rows(OFFICER, search)).containsExactly(List.of(1L));
        assertThat(rows(OPERATOR, search)).containsExactly(List.of(1L));

        assertThat(get(ANALYST, "/v1/query").body()).doesNotContain("seen_by_officer");
        assertThat(get(ANALYST, "/v1/query/" + id).statusCode()).isEqualTo(403);
        assertThat(get(OPERATOR, "/v1/query/" + id).statusCode()).isEqualTo(200);
        // Trino's own limit: everybody sees the details of their own queries, and with them the names behind the products
        assertThat(get(OFFICER, "/v1/query/" + id).body()).contains("seen_by_officer", "order_events");
    }

    @Test
    void testNobodyActsAsSomebodyElse()
    {
        assertThatThrownBy(() -> mesh.query(ANALYST, "SET SESSION AUTHORIZATION " + OFFICER)).hasMessageContaining("User ann cannot impersonate user olga");
    }

    private HttpResponse<String> get(String user, String path)
            throws IOException, InterruptedException
    {
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(HttpRequest.newBuilder(uri(path)).header("X-Trino-User", user).build(), BodyHandlers.ofString());
        }
    }

    private URI uri(String path)
    {
        return mesh.runner().getCoordinator().getBaseUrl().resolve(path);
    }
}
