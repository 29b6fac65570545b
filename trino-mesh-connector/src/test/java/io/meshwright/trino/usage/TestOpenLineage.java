package io.meshwright.trino.usage;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.google.common.collect.ImmutableList;
import com.sun.net.httpserver.HttpServer;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.bridge.usage.LineageColumn;
import io.meshwright.bridge.usage.LineageRow;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.trino.LegacyCatalogs;
import io.meshwright.trino.usage.QueryUsage.Output;
import io.meshwright.trino.usage.QueryUsage.OutputColumn;
import io.openlineage.server.OpenLineage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class TestOpenLineage
{
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @TempDir
    private Path folder;

    @Test
    void testEventsOfAQueryThatWrites()
            throws IOException
    {
        List<String> events = new OpenLineageEvents("shop").of(writing(), reads(), lineage());
        assertThat(events).hasSize(2).noneMatch(event -> event.contains("\n"));
        for (String event : events) {
            // OpenLineage's own model of what a server takes, which knows no other keys
            OpenLineage.RunEvent read = MAPPER.readValue(event, OpenLineage.RunEvent.class);
            assertThat(read.getJob().getName()).isEqualTo("lake.marts.revenue");
        }
        JsonNode start = MAPPER.readTree(events.get(0));
        JsonNode complete = MAPPER.readTree(events.get(1));
        assertThat(start.path("eventType").asText()).isEqualTo("START");
        assertThat(start.path("eventTime").asText()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(complete.path("eventType").asText()).isEqualTo("COMPLETE");
        assertThat(complete.path("run").path("runId")).isEqualTo(start.path("run").path("runId"));
        assertThat(complete.path("schemaURL").asText()).startsWith("https://openlineage.io/spec/");

        JsonNode input = complete.path("inputs").get(0);
        assertThat(input.path("namespace").asText()).isEqualTo("shop");
        assertThat(input.path("name").asText()).isEqualTo("orders.order-events");
        assertThat(input.path("facets").path("version").path("datasetVersion").asText()).isEqualTo("42");
        assertThat(input.path("facets").path("schema").path("fields").findValuesAsText("name")).containsExactly("customer_id", "status");

        JsonNode facets = complete.path("outputs").get(0).path("facets");
        assertThat(facets.path("schema").path("fields").toString()).isEqualTo("[{\"name\":\"customer\",\"type\":\"varchar\"}]");
        assertThat(facets.path("columnLineage").path("fields").path("customer").path("inputFields").toString())
                .isEqualTo("[{\"namespace\":\"shop\",\"name\":\"orders.order-events\",\"field\":\"customer_id\",\"transformations\":[{\"type\":\"DIRECT\",\"masking\":true}]}]");
        assertThat(facets.path("columnLineage").path("dataset").findValuesAsText("field")).containsExactly("status");
        assertThat(facets.path("columnLineage").path("dataset").findValuesAsText("type")).containsExactly("INDIRECT");
    }

    @Test
    void testWhatIsNoEvent()
    {
        assertThat(new OpenLineageEvents("shop").of(TestingUsage.usage("q-1"), List.of(), List.of())).isEmpty();
        List<String> events = new OpenLineageEvents("shop").of(TestingUsage.usage("q-1"), reads(), List.of());
        assertThat(events.get(1)).contains("\"outputs\":[]").contains("\"name\":\"test\"");
    }

    @Test
    void testFileAndServer()
            throws IOException
    {
        ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/lineage", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.start();
        Path file = folder.resolve("events.jsonl");
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try {
            OpenLineageSink sink = new OpenLineageSink(Optional.of(file), Optional.of(address.resolve("/api/v1/lineage")), Optional.of("key"));
            assertThat(sink.send(List.of("{\"a\":1}", "{\"b\":2}"))).isZero();
            assertThat(received).containsExactly("Bearer key {\"a\":1}", "Bearer key {\"b\":2}");
            assertThat(Files.readString(file)).isEqualTo("{\"a\":1}\n{\"b\":2}\n");
            assertThat(new OpenLineageSink(Optional.empty(), Optional.of(address.resolve("/none")), Optional.empty()).send(List.of("{}"))).as("not found").isEqualTo(1);
        }
        finally {
            server.stop(0);
        }
        assertThat(new OpenLineageSink(Optional.empty(), Optional.of(address), Optional.empty()).send(List.of("{}", "{}"))).as("nobody there").isEqualTo(2);
        assertThat(new OpenLineageSink(Optional.empty(), Optional.empty(), Optional.empty()).isConfigured()).isFalse();
    }

    private static QueryUsage writing()
    {
        QueryUsage usage = TestingUsage.usage("q-1");
        return new QueryUsage(
                usage.queryId(),
                usage.userName(),
                usage.principal(),
                usage.groups(),
                usage.source(),
                usage.clientTags(),
                "CREATE TABLE",
                usage.outcome(),
                usage.errorCode(),
                usage.errorType(),
                usage.rule(),
                usage.resultRows(),
                usage.durationMillis(),
                usage.startedAt(),
                usage.endedAt(),
                true,
                usage.inputs(),
                ImmutableList.of(),
                Optional.of(new Output(new TableName("lake", "marts", "revenue"), false, List.of(new OutputColumn("customer", "varchar", List.of())))),
                Optional.empty());
    }

    private static List<ReadRow> reads()
    {
        UsageProducts none = new UsageProducts(RegistryView.of(OptionalLong.empty(), List.of()), "mesh", Set.of(), LegacyCatalogs.of(List.of(), List.of()));
        return new UsageRows("b", "node-1", none, Optional.empty()).reads(TestingUsage.usage("q-1"));
    }

    private static List<LineageRow> lineage()
    {
        return List.of(new LineageRow(
                "b",
                "node-1",
                "q-1",
                "orders.order-events",
                "product",
                OptionalInt.of(1),
                Optional.of("42"),
                "lake.marts.revenue",
                "table",
                List.of(new LineageColumn("customer_id", "customer", true)),
                List.of("status"),
                "ann",
                Optional.of("test"),
                "CREATE TABLE",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                TestingUsage.usage("q-1").endedAt()));
    }
}
