package io.meshwright.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The event listener of the packaged plugin in a real Trino: what two users read, and what was made of it, is in the registry's tables.
 */
class UsageIT
{
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void testReadsAreRecorded(@TempDir Path folder)
            throws IOException
    {
        Mesh mesh = new Mesh(folder);
        Files.writeString(folder.resolve("mesh.yaml"),
                """
                environment: production
                users:
                  alice: {groups: [analysts]}
                  paul: {groups: [producers]}
                """);
        mesh.run("product", "apply", Products.loyaltyCards(folder).toString()).expectExit(0);

        // before any server watched, nothing is known
        assertThat(mesh.run("audit", "access", "shop.loyalty-cards").expectExit(3).errors()).contains("UNKNOWN").contains("no event listener has ever reported");

        try (LocalTrino trino = LocalTrino.up(mesh)) {
            trino.sql("paul", "INSERT INTO lake.shop.loyalty_cards (card_id, customer_id, email, points, issued_at) VALUES (1, 'C-100', 'x@example.org', 7, current_timestamp)").expectExit(0);
            trino.csv("alice", "SELECT customer_id, points FROM shop.loyalty_cards WHERE email = 'hunter2'");
            trino.sql("paul", "CREATE TABLE lake.shop.points AS SELECT customer_id, sum(points) AS points FROM mesh.shop.loyalty_cards GROUP BY 1").expectExit(0);
            assertThat(trino.sql("alice", "SELECT nothing FROM shop.loyalty_cards").exitCode()).isNotZero();
        }

        // the server was shut down, so that all is written and no query can follow; before its start nobody watched
        Execution audit = mesh.run("audit", "access", "shop.loyalty-cards", "-o", "json").expectExit(3);
        JsonNode document = JSON.readTree(audit.output());
        assertThat(document.path("kind").asText()).isEqualTo("AccessAudit");
        assertThat(document.path("gaps").findValuesAsText("reason")).containsExactly("before the first event listener");
        assertThat(document.path("items").findValuesAsText("user")).containsExactly("alice", "paul", "alice");
        JsonNode read = document.path("items").get(0);
        assertThat(read.path("outcome").asText()).isEqualTo("finished");
        assertThat(read.path("columns").toString()).isEqualTo("[\"customer_id\",\"email\",\"points\"]");
        assertThat(read.path("maskedColumns").toString()).isEqualTo("[\"customer_id\",\"email\"]");
        assertThat(read.path("clearPersonalColumns")).isEmpty();
        assertThat(read.path("snapshotId").asText()).isNotEmpty();
        assertThat(document.path("items").get(1).path("writtenTo").asText()).isEqualTo("lake.shop.points");
        assertThat(document.path("items").get(2).path("errorCode").asText()).isEqualTo("COLUMN_NOT_FOUND");
        assertThat(audit.output()).doesNotContain("hunter2", "C-100");

        JsonNode lineage = JSON.readTree(mesh.run("catalog", "get", "shop.loyalty-cards", "--show", "lineage", "-o", "json").expectExit(0).output()).path("lineage");
        JsonNode edge = lineage.path("downstream").get(0);
        assertThat(edge.path("target").asText()).isEqualTo("lake.shop.points");
        assertThat(edge.path("user").asText()).isEqualTo("paul");
        assertThat(edge.path("query").asText()).isEqualTo(document.path("items").get(1).path("queryId").asText());
        assertThat(edge.path("columns").toString()).contains("\"source\":\"customer_id\",\"target\":\"customer_id\",\"masked\":true");

        JsonNode metrics = JSON.readTree(mesh.run("metrics", "consumer", "shop.loyalty-cards", "-o", "json").expectExit(3).output());
        assertThat(metrics.path("queries").asInt()).isEqualTo(3);
        assertThat(metrics.path("downstream").get(0).path("target").asText()).isEqualTo("lake.shop.points");

        try (Stream<Path> spool = Files.list(folder.resolve(".mesh/trino/usage"))) {
            assertThat(spool.map(Path::getFileName).map(Path::toString)).as("nothing waits").containsExactly("lock");
        }
        assertThat(mesh.run("registry", "maintain").expectExit(0).output()).contains("mesh.reads", "mesh.lineage", "mesh.heartbeats");

        // rows that any engine can ask
        try (LocalTrino trino = LocalTrino.up(mesh)) {
            assertThat(trino.csv("paul", "SELECT user_name, outcome, cardinality(masked_columns) FROM lake.mesh.reads ORDER BY ended_at")).contains("alice,finished,2", "paul,finished,", "alice,failed,0");
            assertThat(trino.csv("paul", "SELECT source, target, columns[1].masked FROM lake.mesh.lineage")).contains("shop.loyalty-cards,lake.shop.points,true");
        }
    }
}
