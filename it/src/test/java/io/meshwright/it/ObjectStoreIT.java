package io.meshwright.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same way with the warehouse on a real S3 endpoint: registry, Trino and Spark all read and write there.
 */
class ObjectStoreIT
{
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void testProductOnAnObjectStore(@TempDir Path folder)
            throws Exception
    {
        try (ObjectStore store = ObjectStore.start(Files.createDirectory(folder.resolve("store")), "lake")) {
            Path work = Files.createDirectory(folder.resolve("work"));
            Files.writeString(work.resolve("mesh.yaml"),
                    """
                    catalog:
                      type: jdbc
                      uri: jdbc:sqlite:%s
                      warehouse: s3://lake/warehouse
                      properties:
                        s3.endpoint: %s
                        s3.path-style-access: "true"
                        s3.access-key-id: ${STORE_ACCESS_KEY}
                        s3.secret-access-key: ${STORE_SECRET_KEY}
                        client.region: us-east-1
                    environment: production
                    users:
                      alice: {groups: [analytics]}
                      carol: {groups: [customer-care]}
                      mark: {groups: [marketing]}
                      paula: {groups: [producers]}
                    """.formatted(createdCatalog(folder.resolve("catalog.db")), store.endpoint()));
            Mesh mesh = new Mesh(work, Map.of("STORE_ACCESS_KEY", ObjectStore.ACCESS_KEY, "STORE_SECRET_KEY", ObjectStore.SECRET_KEY));
            mesh.run("product", "apply", Products.loyaltyCards(work).toString()).expectExit(0);
            assertThat(mesh.run("config", "view").expectExit(0).output()).doesNotContain(ObjectStore.SECRET_KEY);

            try (LocalTrino trino = LocalTrino.up(mesh)) {
                trino.sql("paula",
                        """
                        INSERT INTO lake.shop.loyalty_cards (card_id, customer_id, email, points, issued_at)
                        VALUES (1, 'C-100', 'x@example.org', 7, current_timestamp), (2, 'C-101', NULL, 8, current_timestamp)
                        """).expectExit(0);
                assertThat(trino.csv("alice", "SELECT customer_id, email FROM shop.loyalty_cards")).doesNotContain("C-10", "example.org");
                assertThat(trino.csv("carol", "SELECT customer_id FROM shop.loyalty_cards")).contains("C-100", "C-101");
                LeakSmoke.plantAndAttack(mesh, trino);
            }

            JsonNode report = JSON.readTree(mesh.run(Duration.ofMinutes(4), "contract", "test", "shop.loyalty-cards", "-o", "json").expectExit(0).output());
            assertThat(report.path("status").asText()).isEqualTo("passed");
        }
    }

    /**
     * An explicitly configured SQLite file has to exist, since a wrong path would look like an empty catalog.
     */
    private static Path createdCatalog(Path file)
            throws Exception
    {
        return Files.createFile(file);
    }
}
