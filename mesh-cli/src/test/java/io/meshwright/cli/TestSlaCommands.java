package io.meshwright.cli;

import com.sun.net.httpserver.HttpServer;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class TestSlaCommands
{
    private static final String PRODUCT = "orders.order-events";

    private final Instant now = Instant.now();

    @TempDir
    private Path folder;

    private MeshCommandTester mesh;

    @BeforeEach
    void setUp()
    {
        mesh = new MeshCommandTester(folder)
                .file("orders/dataproduct.yaml", ProductFixtures.SPEC)
                .file("orders/contracts/v1.yaml", ProductFixtures.CONTRACT);
        mesh.run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
    }

    @Test
    void testHistorySince()
    {
        record(SloStatus.MISSED, Duration.ofDays(40));
        record(SloStatus.MISSED, Duration.ofDays(2));
        record(SloStatus.MET, Duration.ofHours(1));
        mesh.run("sla", "history", PRODUCT, "--since", "30d", "-o", "json").exits(ExitCode.OK);
        assertThat(items()).extracting(item -> String.valueOf(item.get("status"))).containsExactly("missed", "met");
        mesh.run("sla", "history", PRODUCT, "-o", "json").exits(ExitCode.OK);
        assertThat(items()).hasSize(3);
        mesh.run("sla", "history", PRODUCT, "--slo", "accuracy").exits(ExitCode.OK);
        mesh.errors().contains("Nothing was measured in this time.");
        mesh.run("sla", "history", PRODUCT, "--since", "soon").exits(ExitCode.USAGE);
        mesh.errors().contains("--since is no duration: soon");
    }

    @Test
    void testAMissIsFoundAndShown()
    {
        mesh.run("catalog", "search", "--sla", "missed", "-o", "name").exits(ExitCode.OK);
        mesh.output().isEmpty();
        record(SloStatus.MET, Duration.ofHours(5));
        record(SloStatus.MISSED, Duration.ofHours(4));
        record(SloStatus.MISSED, Duration.ofHours(3));
        String since = now.minus(Duration.ofHours(4)).truncatedTo(ChronoUnit.MICROS).toString();
        mesh.run("catalog", "search", "--sla", "missed", "-o", "name").exits(ExitCode.OK);
        mesh.output().isEqualTo(PRODUCT + "\n");
        mesh.run("catalog", "search", "placed", "--sla", "missed").exits(ExitCode.OK);
        mesh.output().contains("freshness: MISSED since " + since + ", inc-");
        mesh.run("catalog", "search", "nothing", "--sla", "missed", "-o", "name").exits(ExitCode.OK);
        mesh.output().isEmpty();
        mesh.run("catalog", "search", "--sla", "met", "-o", "name").exits(ExitCode.OK);
        mesh.output().isEmpty();
        mesh.run("catalog", "search", "--sla", "red").exits(ExitCode.USAGE);
        mesh.errors().contains("Unknown state of an objective \"red\"");

        mesh.run("catalog", "get", PRODUCT).exits(ExitCode.OK);
        mesh.errors().contains("MISSED: freshness since " + since + ", inc-");
        mesh.run("catalog", "get", PRODUCT, "--show", "sla", "-o", "json").exits(ExitCode.OK);
        Map<?, ?> objective = (Map<?, ?>) ((List<?>) ((Map<?, ?>) mesh.json().get("sla")).get("objectives")).getFirst();
        assertThat(objective.get("status")).isEqualTo("missed");
        assertThat(objective.get("missedSince")).isEqualTo(since);

        mesh.run("sla", "list", "-o", "openmetrics").exits(ExitCode.OK);
        mesh.output()
                .contains("mesh_sla_status{domain=\"orders\",product=\"orders.order-events\",slo=\"freshness\",status=\"missed\"} 1.0")
                .contains("mesh_sla_status{domain=\"orders\",product=\"orders.order-events\",slo=\"freshness\",status=\"met\"} 0.0")
                .contains("mesh_sla_actual_seconds{domain=\"orders\",product=\"orders.order-events\",slo=\"freshness\"} 1200.0")
                .contains("mesh_sla_threshold_seconds{domain=\"orders\",product=\"orders.order-events\",slo=\"freshness\"} 900.0")
                .contains("mesh_sla_missed_since_timestamp_seconds{domain=\"orders\",product=\"orders.order-events\",slo=\"freshness\"} ")
                .endsWith("# EOF\n");

        // what cannot be measured is not kept again by that
        record(SloStatus.UNKNOWN, Duration.ofHours(2));
        mesh.run("catalog", "search", "--sla", "missed", "-o", "name").exits(ExitCode.OK);
        mesh.output().isEqualTo(PRODUCT + "\n");
        record(SloStatus.MET, Duration.ofHours(1));
        mesh.run("catalog", "search", "--sla", "missed", "-o", "name").exits(ExitCode.OK);
        mesh.output().isEmpty();
        mesh.run("catalog", "get", PRODUCT).exits(ExitCode.OK);
        mesh.errors().doesNotContain("MISSED");
    }

    @Test
    void testCheckWithoutDataIsUnknown()
    {
        mesh.run("sla", "check", PRODUCT).exits(ExitCode.UNKNOWN);
        mesh.output().contains("UNKNOWN").contains("freshness");
        mesh.run("sla", "check", "--all", "-o", "json").exits(ExitCode.UNKNOWN);
        assertThat(items()).extracting(item -> String.valueOf(item.get("product"))).containsExactly(PRODUCT);
        mesh.run("sla", "check").exits(ExitCode.USAGE);
        mesh.errors().contains("No product is given");
        mesh.run("sla", "check", "--all", PRODUCT).exits(ExitCode.USAGE);
    }

    @Test
    void testCheckPagesOnce()
            throws IOException
    {
        List<String> told = new CopyOnWriteArrayList<>();
        AtomicInteger answer = new AtomicInteger(404);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(answer.get(), -1);
            exchange.close();
        });
        server.start();
        try {
            mesh.file("mesh.yaml", "alerts: {hooks: {on-call: {type: webhook, allow-http: true, url: \"http://127.0.0.1:%s/\"}}}\n".formatted(server.getAddress().getPort()));
            mesh.run("sla", "check", PRODUCT).exits(ExitCode.UNKNOWN);
            assertThat(told).isEmpty();
            record(SloStatus.MISSED, Duration.ofHours(1));
            mesh.run("sla", "check", PRODUCT).exits(ExitCode.UNKNOWN);
            mesh.errors().contains("NOT TOLD: hook on-call about objective freshness of orders.order-events: triggered (inc-").contains("it answered 404; the next check tries again");
            answer.set(204);
            mesh.run("sla", "check", "--all").exits(ExitCode.UNKNOWN);
            mesh.errors().contains("told on-call: objective freshness of orders.order-events: triggered (inc-");
            mesh.run("sla", "check", PRODUCT).exits(ExitCode.UNKNOWN);
            mesh.errors().doesNotContain("told on-call");
            assertThat(told).hasSize(2);
        }
        finally {
            server.stop(0);
        }
    }

    @Test
    void testMetricsHoldNoAgeOfAPersonalColumn()
    {
        record(SloStatus.MISSED, Duration.ofHours(1));
        mesh.run("sla", "list", "-o", "openmetrics").exits(ExitCode.OK);
        mesh.output().contains("mesh_sla_actual_seconds{");
        mesh.file("orders/dataproduct.yaml", ProductFixtures.SPEC.replace("[customer_id]", "[customer_id, occurred_at]")).run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
        mesh.run("sla", "list", "-o", "openmetrics").exits(ExitCode.OK);
        mesh.output().doesNotContain("mesh_sla_actual_seconds{").contains("mesh_sla_threshold_seconds{").contains("status=\"missed\"} 1.0");
    }

    @Test
    void testAHookThatDoesNotAnswerHoldsUpOneProductOnly()
            throws IOException
    {
        mesh.file("lines/dataproduct.yaml", ProductFixtures.SPEC.replace("order-events", "order-lines"));
        mesh.file("lines/contracts/v1.yaml", ProductFixtures.CONTRACT.replace("order_events", "order_lines").replace("order-events", "order-lines"));
        mesh.run("product", "apply", "lines/dataproduct.yaml").exits(ExitCode.OK);
        record(PRODUCT, SloStatus.MISSED, Duration.ofHours(1));
        record("orders.order-lines", SloStatus.MISSED, Duration.ofHours(1));
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
        try {
            mesh.file("mesh.yaml", "alerts: {hooks: {on-call: {type: webhook, attempts: 2, allow-http: true, url: \"http://127.0.0.1:%s/\"}}}\n".formatted(server.getAddress().getPort()));
            mesh.run("sla", "check", "--all").exits(ExitCode.UNKNOWN);
            mesh.errors().contains("NOT TOLD: hook on-call about objective freshness of orders.").contains("hook on-call does not answer; the next check tells it about the other products");
            assertThat(requests).hasValue(2);
        }
        finally {
            server.stop(0);
        }
    }

    @Test
    void testAnUnreachableTrinoIsAnUnavailableProduct()
            throws IOException
    {
        mesh.file("orders/dataproduct.yaml", ProductFixtures.SPEC.replace("    freshness: \"<= 15m\"", "    freshness: \"<= 15m\"\n    availability: 99.5%"));
        mesh.run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
        mesh.run("sla", "check", PRODUCT, "--slo", "availability").exits(ExitCode.UNKNOWN);
        mesh.output().contains("no read and no probe within 30 days");
        mesh.run("sla", "probe", PRODUCT).exits(ExitCode.UNKNOWN);
        mesh.errors().contains("none is configured");

        try (ServerSocket socket = new ServerSocket(0)) {
            mesh.file("mesh.yaml", "trino: {uri: \"http://127.0.0.1:%s\"}\n".formatted(socket.getLocalPort()));
        }
        mesh.run("sla", "probe", "--all", "--user", "probe", "-o", "json").exits(ExitCode.FINDING);
        assertThat(items()).extracting(item -> item.get("outcome") + " by " + item.get("user")).containsExactly("failed by probe");
        mesh.run("sla", "check", PRODUCT, "--slo", "availability").exits(ExitCode.FINDING);
        mesh.output().contains("MISSED").contains("0 %").contains("99.5 %");
        mesh.run("sla", "history", PRODUCT, "--slo", "availability", "-o", "json").exits(ExitCode.OK);
        assertThat(items()).extracting(item -> item.get("status") + ": " + item.get("source")).containsExactly("unknown: null", "missed: 0 of 0 reads and 0 of 1 probes within 30 days");
    }

    private void record(SloStatus status, Duration ago)
    {
        record(PRODUCT, status, ago);
    }

    private void record(String product, SloStatus status, Duration ago)
    {
        Path database = folder.resolve(".mesh").resolve("catalog.db");
        CatalogSettings settings = new CatalogSettings(
                "mesh", "jdbc", Optional.of("jdbc:sqlite:" + database), Optional.of(LocalFileIO.toLocation(folder.resolve(".mesh/warehouse"))), Map.of(), true);
        SloResult result = new SloResult(
                "freshness",
                status,
                status == SloStatus.UNKNOWN ? Optional.empty() : Optional.of(new BigDecimal("1200")),
                Optional.of(new BigDecimal("900")),
                Optional.of(now.minus(ago)),
                Optional.of("occurred_at (declared)"),
                status == SloStatus.UNKNOWN ? Optional.of("no measurement") : Optional.empty());
        try (MeshCatalog catalog = IcebergCatalogs.open(settings)) {
            new ResultTables(catalog).record(new SlaReport(product, Optional.empty(), List.of(result), UUID.randomUUID().toString(), now.minus(ago)));
        }
    }

    private List<Map<?, ?>> items()
    {
        return ((List<?>) mesh.json().get("items")).stream().<Map<?, ?>>map(item -> (Map<?, ?>) item).toList();
    }
}
