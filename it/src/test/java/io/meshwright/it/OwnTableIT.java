package io.meshwright.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A newcomer's own table, from an empty folder without any configuration to masked rows, loaded by a client that is not ours.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class OwnTableIT
{
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String LOAD_ROWS =
            """
            import datetime, pyarrow, sys
            from pyiceberg.catalog import load_catalog

            catalog = load_catalog(sys.argv[1], type="sql", uri=sys.argv[2].removeprefix("jdbc:").replace("sqlite:", "sqlite:///", 1), warehouse=sys.argv[3])
            table = catalog.load_table("shop.loyalty_cards")
            now = datetime.datetime.now(datetime.timezone.utc)
            table.append(pyarrow.Table.from_pylist([
                {"card_id": 1, "customer_id": "C-100", "email": "zoë@example.org", "points": 10, "issued_at": now},
                {"card_id": 2, "customer_id": "C-101", "email": None, "points": 0, "issued_at": now},
                {"card_id": 3, "customer_id": "C-100", "email": "x@example.org", "points": -5, "issued_at": now},
            ], schema=table.schema().as_arrow()))
            print(table.scan().count())
            """;

    private static final String REPLACE_ROWS =
            """
            import datetime, pyarrow, sys
            from pyiceberg.catalog import load_catalog

            catalog = load_catalog(sys.argv[1], type="sql", uri=sys.argv[2].removeprefix("jdbc:").replace("sqlite:", "sqlite:///", 1), warehouse=sys.argv[3])
            table = catalog.load_table("shop.loyalty_cards")
            now = datetime.datetime.now(datetime.timezone.utc)
            table.overwrite(pyarrow.Table.from_pylist([
                {"card_id": number, "customer_id": "C-100", "email": None, "points": int(points), "issued_at": now}
                for number, points in enumerate(sys.argv[4:])
            ], schema=table.schema().as_arrow()))
            print(table.scan().count())
            """;

    private Mesh mesh;
    private LocalTrino trino;
    private Alertmanager alertmanager;
    private String[] catalog;

    @BeforeAll
    void applyLoadAndStart(@TempDir Path folder)
            throws Exception
    {
        // a space and a letter outside ASCII, since somebody's folders have them
        mesh = new Mesh(Files.createDirectory(folder.resolve("my wørk")));
        Path specification = Products.loyaltyCards(mesh.directory());
        mesh.run("product", "validate", specification.toString()).expectExit(0);
        mesh.run("product", "apply", specification.toString()).expectExit(0);

        JsonNode config = JSON.readTree(mesh.run("config", "view", "-o", "json").expectExit(0).output());
        catalog = new String[] {value(config, "catalog.name"), value(config, "catalog.uri"), value(config, "catalog.warehouse")};
        Execution loaded = PythonClient.run(mesh.directory(), LOAD_ROWS, catalog);
        assertThat(loaded.expectExit(0).output().trim()).isEqualTo("3");
        trino = LocalTrino.up(mesh);
    }

    @AfterAll
    void stop()
    {
        if (alertmanager != null) {
            alertmanager.close();
        }
        if (trino != null) {
            trino.close();
        }
    }

    @Test
    @Order(1)
    void testMaskedByDefault()
    {
        String rows = trino.csv("alice", "SELECT customer_id, email, points FROM shop.loyalty_cards ORDER BY card_id");
        assertThat(rows).doesNotContain("C-100", "C-101", "example.org");
        assertThat(rows.lines().count()).isEqualTo(4);
        assertThat(trino.csv("alice", "SELECT count(DISTINCT customer_id), count(email), sum(points) FROM shop.loyalty_cards"))
                .contains("2").contains("5");
    }

    @Test
    @Order(2)
    void testReadersCannotListTheRawCatalog()
    {
        assertThat(trino.csv("alice", "SHOW CATALOGS")).contains("mesh").doesNotContain("lake");
        assertThat(trino.sql("alice", "SELECT * FROM lake.shop.loyalty_cards").exitCode()).isNotZero();
    }

    @Test
    @Order(3)
    void testContractTestFindsTheNegativePoints()
            throws Exception
    {
        Execution test = mesh.run(Duration.ofMinutes(4), "contract", "test", "shop.loyalty-cards", "-o", "json").expectExit(1);
        JsonNode report = JSON.readTree(test.output());
        assertThat(report.path("kind").asText()).isEqualTo("ContractTestResult");
        assertThat(report.path("status").asText()).isEqualTo("failed");
        assertThat(report.path("checks").findValuesAsText("status")).contains("passed", "failed").doesNotContain("error");
        assertThat(test.output()).doesNotContain("example.org");
    }

    @Test
    @Order(4)
    void testFreshnessIsMeasured()
            throws Exception
    {
        JsonNode report = JSON.readTree(mesh.run(Duration.ofMinutes(4), "sla", "check", "shop.loyalty-cards", "--slo", "freshness", "-o", "json").expectExit(0).output());
        assertThat(report.path("slos").get(0).path("slo").asText()).isEqualTo("freshness");
        assertThat(report.path("slos").get(0).path("status").asText()).isEqualTo("met");
        assertThat(report.path("slos").get(0).path("source").asText()).contains("issued_at");
    }

    @Test
    @Order(4)
    void testTheFailedCheckPages()
            throws Exception
    {
        alertmanager = Alertmanager.start(mesh.directory().resolveSibling("alertmanager"));
        Files.writeString(mesh.directory().resolve("mesh.yaml"), "alerts: {hooks: {pager: {type: alertmanager, allow-http: true, url: \"%s\", labels: {severity: page}}}}\n".formatted(alertmanager.address()));
        // the test before had nobody to tell; what it recorded is told by the next check of anything
        assertThat(mesh.run(Duration.ofMinutes(4), "sla", "check", "shop.loyalty-cards", "--slo", "freshness").expectExit(0).errors()).contains("told pager: check ", "triggered (inc-");
        JsonNode alerts = alertmanager.alerts();
        assertThat(alerts).hasSize(1);
        JsonNode labels = alerts.get(0).path("labels");
        assertThat(labels.path("product").asText()).isEqualTo("shop.loyalty-cards");
        assertThat(labels.path("subject_type").asText()).isEqualTo("check");
        assertThat(labels.path("subject").asText()).contains("points");
        assertThat(labels.path("severity").asText()).isEqualTo("page");
        assertThat(alerts.get(0).path("status").path("state").asText()).isEqualTo("active");
        assertThat(alerts.get(0).toString()).doesNotContain("example.org", "C-100");
    }

    @Test
    @Order(4)
    void testAProbeReadsAsAConsumer()
            throws Exception
    {
        JsonNode probes = JSON.readTree(mesh.run("sla", "probe", "shop.loyalty-cards", "--user", "alice", "-o", "json").expectExit(0).output());
        assertThat(probes.path("items").get(0).path("outcome").asText()).isEqualTo("succeeded");
        assertThat(probes.toString()).doesNotContain("example.org", "C-100");
    }

    @Test
    @Order(5)
    void testTheProductExplainsItself()
    {
        assertThat(trino.csv("alice", "SELECT freshness_status, stale, quality_status FROM meta.products WHERE product = 'shop.loyalty-cards'")).contains("met,false,failed");
        assertThat(trino.csv("alice", "SELECT slo, status, live FROM shop.\"loyalty_cards$sla\" WHERE slo = 'freshness'")).contains("freshness,met,true");
        assertThat(trino.csv("alice", "SELECT DISTINCT status FROM shop.\"loyalty_cards$quality\" ORDER BY 1")).contains("failed", "passed");
        assertThat(trino.csv("alice", "SELECT masked, mask FROM shop.\"loyalty_cards$mask\" WHERE column_name = 'email'")).contains("true,token");
        assertThat(trino.csv("alice", "SELECT * FROM shop.\"loyalty_cards$sample\"")).doesNotContain("C-100", "example.org").hasLineCount(4);
        assertThat(trino.csv("alice", "SELECT contract FROM shop.\"loyalty_cards$contract\"")).contains("id: shop.loyalty-cards");
    }

    @Test
    @Order(6)
    void testSecondApplyChangesNothing()
    {
        assertThat(mesh.run("product", "apply", mesh.directory().resolve("shop/dataproduct.yaml").toString()).expectExit(0).output())
                .contains("unchanged");
    }

    @Test
    @Order(7)
    void testStrangeClientsSeeTheRegistry()
    {
        assertThat(mesh.run("catalog", "search", "loyalty", "-o", "name").expectExit(0).output().trim()).isEqualTo("shop.loyalty-cards");
    }

    @Test
    @Order(7)
    void testTheAddressServesWhatPassedTheContract()
            throws Exception
    {
        Path specification = mesh.directory().resolve("shop/dataproduct.yaml");
        Files.writeString(specification, Files.readString(specification).replace("      contract: ", "      serve: verified\n      contract: "));
        mesh.run("product", "apply", specification.toString()).expectExit(0);
        String sum = "SELECT sum(points) AS points FROM shop.%s";
        await("the product to serve verified data", () -> trino.sql("alice", sum.formatted("loyalty_cards")).exitCode() != 0);
        assertThat(trino.sql("alice", sum.formatted("loyalty_cards")).errors()).contains("MESH-TRINO-036", "none has passed it yet");

        replaceRows("3", "4");
        assertThat(trino.sql("alice", sum.formatted("loyalty_cards")).exitCode()).as("nobody has tested it yet").isNotZero();
        mesh.run(Duration.ofMinutes(4), "contract", "test", "shop.loyalty-cards").expectExit(0);
        assertThat(alertmanager.alerts()).as("resolved").isEmpty();
        await("the address to move", () -> trino.sql("alice", sum.formatted("loyalty_cards")).exitCode() == 0);
        assertThat(trino.csv("alice", sum.formatted("loyalty_cards"))).contains("7");

        replaceRows("30", "-40", "50");
        mesh.run(Duration.ofMinutes(4), "contract", "test", "shop.loyalty-cards").expectExit(1);
        assertThat(trino.csv("alice", sum.formatted("loyalty_cards"))).as("a bad load stays unseen").contains("7");
        assertThat(trino.csv("alice", sum.formatted("\"loyalty_cards$latest\""))).contains("40");
        assertThat(trino.csv("alice", "SELECT serves, verified, snapshot_at < latest_at AS older FROM shop.\"loyalty_cards$lifecycle\" WHERE name = 'shop.loyalty_cards'"))
                .containsPattern("verified\"?,\"?true\"?,\"?true");
    }

    private void replaceRows(String... points)
            throws Exception
    {
        String[] arguments = Stream.concat(Stream.of(catalog), Stream.of(points)).toArray(String[]::new);
        assertThat(PythonClient.run(mesh.directory(), REPLACE_ROWS, arguments).expectExit(0).output().trim()).isEqualTo(String.valueOf(points.length));
    }

    /**
     * A catalog may use what it knows of the registry for a second.
     */
    private static void await(String what, BooleanSupplier reached)
    {
        for (int attempt = 0; attempt < 10; attempt++) {
            if (reached.getAsBoolean()) {
                return;
            }
        }
        throw new AssertionError("Waited in vain for " + what);
    }

    private static String value(JsonNode config, String key)
    {
        return config.path("values").path(key).path("value").asText();
    }
}
