package io.meshwright.bridge.openlineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.ContractTestReport.ColumnCompleteness;
import io.meshwright.model.check.EvidenceRung;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

import static io.meshwright.model.check.CheckStatus.ERROR;
import static io.meshwright.model.check.CheckStatus.FAILED;
import static io.meshwright.model.check.CheckStatus.PASSED;
import static io.meshwright.model.check.CheckStatus.SKIPPED;
import static io.meshwright.model.check.CheckStatus.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class TestQualityEvent
{
    private static final Instant TIME = Instant.parse("2026-11-20T10:00:00Z");
    private static final String RUN = "0b0e4f6c-5d0c-4a53-8b8e-5f4a8f7a7c11";

    @Test
    void testFacets()
            throws IOException
    {
        String json = QualityEvent.json(report(RUN), "retail");
        assertThat(json).as("messages and figures that may be values stay here").doesNotContain("\n", "secret", "424242");
        JsonNode event = new ObjectMapper().readTree(json);
        assertThat(event.get("eventType").asText()).isEqualTo("COMPLETE");
        assertThat(event.get("eventTime").asText()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(event.at("/run/runId").asText()).isEqualTo(RUN);
        assertThat(event.at("/job/name").asText()).isEqualTo("contract-test.orders.order-events.curated");
        JsonNode input = event.at("/inputs/0");
        assertThat(input.get("namespace").asText() + " " + input.get("name").asText()).isEqualTo("retail orders.order-events");
        assertThat(input.at("/facets/version/datasetVersion").asText()).isEqualTo("42");
        JsonNode metrics = input.at("/inputFacets/dataQualityMetrics");
        assertThat(metrics.get("_schemaURL").asText()).endsWith("#/$defs/DataQualityMetricsInputDatasetFacet");
        assertThat(metrics.get("rowCount").asLong()).isEqualTo(10);
        assertThat(metrics.at("/columnMetrics/email/nullCount").asLong()).isEqualTo(3);
        JsonNode assertions = input.at("/inputFacets/dataQualityAssertions");
        assertThat(assertions.get("_schemaURL").asText()).endsWith("#/$defs/DataQualityAssertionsDatasetFacet");
        assertThat(assertions.get("assertions")).extracting(assertion -> "%s %s %s %s %s".formatted(
                assertion.get("name").asText(),
                assertion.get("assertion").asText(),
                assertion.get("success").asBoolean(),
                assertion.get("severity").asText(),
                assertion.path("actual").asText("-"))).containsExactly(
                "passed nullValues true error 0",
                "warning nullValues false warn 2",
                "failed nullValues false error 7",
                "error nullValues false error -",
                "sql sql false error -");
        assertThat(assertions.at("/assertions/0/column").asText()).isEqualTo("email");
        assertThat(assertions.at("/assertions/0/expected").asText()).isEqualTo("mustBe 0");
        assertThat(new ObjectMapper().readTree(QualityEvent.json(report("nightly 17"), "retail")).at("/run/runId").asText()).matches("[0-9a-f-]{36}");
    }

    @Test
    void testSinks(@TempDir Path folder)
            throws IOException
    {
        assertThat(EventSink.of(Map.of())).isEmpty();
        assertThat(EventSink.of(Map.of("OPENLINEAGE_URL", "http://x", "OPENLINEAGE_DISABLED", "true"))).isEmpty();
        Path file = folder.resolve("events.ndjson");
        EventSink toFile = EventSink.of(Map.of("MESH_OPENLINEAGE_FILE", file.toString(), "OPENLINEAGE_NAMESPACE", "retail")).orElseThrow();
        assertThat(toFile.namespace()).isEqualTo("retail");
        assertThat(toFile.send("{\"a\":1}")).isEmpty();
        assertThat(toFile.send("{\"a\":2}")).isEmpty();
        assertThat(Files.readAllLines(file)).containsExactly("{\"a\":1}", "{\"a\":2}");
        assertThat(EventSink.of(Map.of("MESH_OPENLINEAGE_FILE", folder.toString())).orElseThrow().send("{}")).contains("the file of MESH_OPENLINEAGE_FILE cannot be written");

        AtomicReference<String> received = new AtomicReference<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.set(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization") + " " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().startsWith("/api") ? 201 : 503, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        try {
            assertThat(EventSink.of(Map.of("OPENLINEAGE_URL", url, "OPENLINEAGE_API_KEY", "k")).orElseThrow().send("{}")).isEmpty();
            assertThat(received.get()).isEqualTo("/api/v1/lineage Bearer k {}");
            assertThat(EventSink.of(Map.of("OPENLINEAGE_URL", url, "OPENLINEAGE_ENDPOINT", "other")).orElseThrow().send("{}")).contains("the server of OPENLINEAGE_URL answered 503");
        }
        finally {
            server.stop(0);
        }
        assertThat(EventSink.of(Map.of("OPENLINEAGE_URL", url)).orElseThrow().send("{}")).contains("the server of OPENLINEAGE_URL does not answer");
        assertThat(EventSink.of(Map.of("OPENLINEAGE_URL", "no address")).orElseThrow().send("{}")).contains("OPENLINEAGE_URL or OPENLINEAGE_API_KEY cannot be used");
    }

    private static ContractTestReport report(String runId)
    {
        return new ContractTestReport(
                "orders.order-events",
                "curated",
                "order-events",
                "1.0.0",
                "hash",
                Optional.of("42"),
                6,
                List.of(
                        check("passed", "nullValues", PASSED, Optional.of("0")),
                        check("warning", "nullValues", WARNING, Optional.of("2")),
                        check("failed", "nullValues", FAILED, Optional.of("7")),
                        check("error", "nullValues", ERROR, Optional.empty()),
                        check("skipped", "nullValues", SKIPPED, Optional.empty()),
                        check("sql", "sql", FAILED, Optional.of("424242"))),
                List.of(),
                List.of(new ColumnCompleteness("email", 10, 3, Optional.of(new BigDecimal("0.7")))),
                runId,
                TIME,
                TIME);
    }

    private static CheckResult check(String name, String metric, CheckStatus status, Optional<String> actual)
    {
        return new CheckResult(
                name,
                Optional.of("email"),
                metric,
                Optional.empty(),
                "error",
                status,
                actual.map(BigDecimal::new),
                Optional.of("mustBe 0"),
                Optional.of(EvidenceRung.R2),
                OptionalLong.of(0),
                Optional.of("secret"));
    }
}
