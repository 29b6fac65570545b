package io.meshwright.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Products on catalogs that are servers: registered by the command, served by Trino with the packaged plugin, checked by Spark.
 */
@TestInstance(PER_CLASS)
class CatalogServersIT
{
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STORE_CREDENTIALS =
            """
                s3.access-key-id: ${STORE_ACCESS_KEY}
                s3.secret-access-key: ${STORE_SECRET_KEY}
            """;

    private Path folder;
    private ObjectStore store;

    @BeforeAll
    void start(@TempDir Path folder)
            throws IOException
    {
        this.folder = folder;
        store = ObjectStore.start(Files.createDirectory(folder.resolve("store")), "lake");
    }

    @AfterAll
    void stop()
    {
        store.close();
    }

    @Test
    void testRestServerOnLocalFiles()
            throws Exception
    {
        Path work = Files.createDirectory(folder.resolve("rest"));
        Mesh mesh;
        try (CatalogServer server = CatalogServer.icebergRest(work, Map.of("warehouse", work.resolve("warehouse").toUri().toString()))) {
            mesh = mesh(work, "type: rest, uri: \"%s\"".formatted(server.uri()), "");
            mesh.run("product", "apply", Products.loyaltyCards(work).toString()).expectExit(0);
            try (LocalTrino trino = LocalTrino.up(mesh)) {
                assertServesAndMasks(trino);
                LeakSmoke.plantAndAttack(mesh, trino);
                ConnectorPage.expectKnownBlocks();
                ConnectorPage.expectAnswers(mesh);
                server.close();
                assertGoesOnWithoutTheServer(trino);
            }
        }
        Execution list = mesh.run("catalog", "list").expectExit(3);
        assertThat(list.output()).isEmpty();
        assertThat(list.errors())
                .contains("MESH-CATALOG-001", "127.0.0.1", "refused", "Check that the catalog runs")
                .doesNotContain("\tat ");
    }

    @Test
    void testTwoWritersOfOneAddress()
            throws Exception
    {
        Path work = Files.createDirectory(folder.resolve("writers"));
        try (CatalogServer server = CatalogServer.icebergRest(work, Map.of("warehouse", work.resolve("warehouse").toUri().toString()))) {
            List<Execution> ends;
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Execution>> writers = new ArrayList<>();
                for (String owner : List.of("one@shop.example", "two@shop.example", "three@shop.example")) {
                    Mesh mesh = writer(work, server, owner);
                    writers.add(executor.submit(() -> mesh.run("product", "apply", "shop/dataproduct.yaml")));
                }
                ends = new ArrayList<>();
                for (Future<Execution> writer : writers) {
                    ends.add(writer.get());
                }
            }
            // a writer that came later saw the one before, or was told of the conflict: no registration is lost, none is made twice
            List<Execution> winners = ends.stream().filter(end -> end.exitCode() == 0).toList();
            assertThat(ends).filteredOn(end -> end.exitCode() != 0).allSatisfy(end -> assertThat(end.errors()).containsPattern("MESH-(REG-001|PROV-006)").doesNotContain("\tat "));
            assertThat(winners.stream().map(end -> end.output().replaceAll("(?s).*, revision (\\d+)\n.*", "$1")).toList())
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, winners.size()).mapToObj(String::valueOf).toList());
            Mesh reader = mesh(Files.createDirectory(work.resolve("reader")), "type: rest, uri: \"%s\"".formatted(server.uri()), "");
            JsonNode products = JSON.readTree(reader.run("catalog", "list", "-o", "json").expectExit(0).output());
            assertThat(products.findValuesAsText("revision")).containsExactly(String.valueOf(winners.size()));
        }
    }

    /**
     * The server is told by nobody but the server where its storage is, and by nothing but its answers how to get in.
     */
    @Test
    void testVendedCredentials()
            throws Exception
    {
        Path work = Files.createDirectory(folder.resolve("vended"));
        Map<String, String> properties = Map.of(
                "warehouse", "s3://lake/rest",
                "io-impl", "org.apache.iceberg.aws.s3.S3FileIO",
                "s3.endpoint", store.endpoint(),
                "s3.path-style-access", "true",
                "s3.access-key-id", ObjectStore.ACCESS_KEY,
                "s3.secret-access-key", ObjectStore.SECRET_KEY,
                "client.region", "us-east-1",
                "include-credentials", "true");
        try (CatalogServer server = CatalogServer.icebergRest(work, properties)) {
            Mesh mesh = mesh(work, "type: rest, uri: \"%s\"".formatted(server.uri()),
                    """
                        header.X-Iceberg-Access-Delegation: vended-credentials
                        s3.endpoint: %s
                        s3.path-style-access: "true"
                        client.region: us-east-1
                    """.formatted(store.endpoint()));
            mesh.run("product", "apply", Products.loyaltyCards(work).toString()).expectExit(0);
            assertThat(mesh.run("catalog", "list", "-o", "name").expectExit(0).output().trim()).isEqualTo("shop.loyalty-cards");
        }
    }

    @Test
    void testNessieByBothOfItsProtocols()
            throws Exception
    {
        Path work = Files.createDirectory(folder.resolve("nessie"));
        try (CatalogServer server = CatalogServer.nessie(work, store, "s3://lake/nessie")) {
            Mesh mesh = mesh(work, "type: rest, uri: \"%s/iceberg\", warehouse: lake".formatted(server.uri()), STORE_CREDENTIALS);
            mesh.run("product", "apply", Products.loyaltyCards(work).toString()).expectExit(0);
            try (LocalTrino trino = LocalTrino.up(mesh)) {
                ConnectorPage.expectCatalogFile("rest", mesh);
                assertServesAndMasks(trino);
                LeakSmoke.plantAndAttack(mesh, trino);
            }
            assertPasses(mesh);

            Path ownWork = Files.createDirectory(work.resolve("own"));
            Mesh own = mesh(ownWork, "type: nessie, uri: \"%s/api/v2\", warehouse: \"s3://lake/own\"".formatted(server.uri()),
                    """
                        ref: main
                        s3.endpoint: %s
                        s3.path-style-access: "true"
                        client.region: us-east-1
                    """.formatted(store.endpoint()) + STORE_CREDENTIALS);
            assertThat(own.run("product", "apply", Products.loyaltyCards(ownWork).toString()).expectExit(0).output()).contains("unchanged");
            try (LocalTrino trino = LocalTrino.up(own)) {
                ConnectorPage.expectCatalogFile("nessie", own);
                assertMasks(trino);
                LeakSmoke.attack(trino);
            }
            assertPasses(own);
        }
    }

    private static void assertServesAndMasks(LocalTrino trino)
    {
        trino.sql("paula",
                """
                INSERT INTO lake.shop.loyalty_cards (card_id, customer_id, email, points, issued_at)
                VALUES (1, 'C-100', 'x@example.org', 7, current_timestamp), (2, 'C-101', NULL, 8, current_timestamp)
                """).expectExit(0);
        assertMasks(trino);
    }

    private static void assertMasks(LocalTrino trino)
    {
        assertThat(trino.csv("alice", "SELECT customer_id, email, points FROM shop.loyalty_cards"))
                .contains(",7", ",8")
                .doesNotContain("C-10", "example.org");
        assertThat(trino.csv("carol", "SELECT customer_id, points FROM shop.loyalty_cards")).contains("C-100,7", "C-101,8");
        assertThat(trino.sql("alice", "SELECT * FROM lake.shop.loyalty_cards").expectExit(1).errors()).contains("Access Denied");
        assertThat(trino.sql("alice", "INSERT INTO shop.loyalty_cards (card_id) VALUES (3)").expectExit(1).errors()).contains("MESH-TRINO-008");
    }

    /**
     * What comes from the last known state of the registry stays; what is in the catalog itself is told to be out of reach.
     */
    private static void assertGoesOnWithoutTheServer(LocalTrino trino)
    {
        assertThat(trino.csv("alice", "SHOW TABLES FROM shop")).contains("loyalty_cards");
        for (String version : List.of("", " FOR VERSION AS OF 1", " FOR TIMESTAMP AS OF TIMESTAMP '2020-01-01 00:00:00 UTC'")) {
            assertThat(trino.sql("alice", "SELECT count(*) FROM shop.loyalty_cards" + version).expectExit(3).errors())
                    .contains("MESH-TRINO-013", "Product shop.loyalty-cards cannot be opened: the Iceberg catalog with its table cannot be reached")
                    .doesNotContain("127.0.0.1", "warehouse", "\tat ");
        }
    }

    private static void assertPasses(Mesh mesh)
            throws IOException
    {
        JsonNode report = JSON.readTree(mesh.run(Duration.ofMinutes(4), "contract", "test", "shop.loyalty-cards", "-o", "json").expectExit(0).output());
        assertThat(report.path("status").asText()).isEqualTo("passed");
    }

    private Mesh writer(Path work, CatalogServer server, String owner)
    {
        try {
            Path own = Files.createDirectory(work.resolve(owner));
            Path specification = Products.loyaltyCards(own);
            Files.writeString(specification, Files.readString(specification).replace("shop-data@retailer.example", owner));
            return mesh(own, "type: rest, uri: \"%s\"".formatted(server.uri()), "");
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mesh mesh(Path work, String catalog, String properties)
            throws IOException
    {
        Files.writeString(work.resolve("mesh.yaml"),
                """
                catalog:
                  %s
                %s
                environment: production
                users:
                  alice: {groups: [analytics]}
                  carol: {groups: [customer-care]}
                  mark: {groups: [marketing]}
                  paula: {groups: [producers]}
                """.formatted(catalog.replace(", ", "\n  "), properties.isEmpty() ? "" : "  properties:\n" + properties));
        return new Mesh(work, Map.of("STORE_ACCESS_KEY", ObjectStore.ACCESS_KEY, "STORE_SECRET_KEY", ObjectStore.SECRET_KEY));
    }
}
