package io.meshwright.bridge.alert;

import io.meshwright.bridge.alert.AlertHook.Outcome;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.config.AlertSettings;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.ProductDraft;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.SlaRow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

@TestInstance(PER_CLASS)
final class TestAlertHooks
{
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String SECRET = "s3cr3t-t0ken";

    @TempDir
    private static Path folder;

    private Alert alert;
    private RegisteredProduct product;

    @BeforeAll
    void setUp()
    {
        try (MeshCatalog catalog = TestingCatalogs.openEmbedded(folder)) {
            ProductDraft draft = Alerts.draft();
            ProductRow row = new IcebergProductRegistry(catalog).register(draft, 0).row();
            product = RegisteredProduct.parse(row).value().orElseThrow();
        }
        alert = Alert.of(product, incident("completeness"), AlertEvent.TRIGGERED, 0, true);
    }

    @Test
    void testWebhook()
    {
        try (Receiver receiver = new Receiver()) {
            Outcome outcome = send(Map.of("TOKEN", SECRET), webhook(receiver, "headers: {Authorization: \"Bearer ${TOKEN}\"}"));
            assertThat(outcome).isEqualTo(new Outcome(1, Optional.empty()));
            Receiver.Request request = receiver.requests().get(0);
            assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer " + SECRET);
            assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
            assertThat(request.headers().getFirst("Idempotency-Key")).isEqualTo(alert.incident() + ":triggered");
            assertThat(request.body())
                    .startsWith("{\"apiVersion\":\"meshwright.io/v1\",\"kind\":\"Alert\",\"event\":\"triggered\",\"deliveryKey\":\"" + alert.incident() + ":triggered\",\"incident\":\"" + alert.incident() + "\",")
                    .contains("\"product\":\"orders.order-events\",\"domain\":\"orders\",\"subjectType\":\"objective\",\"subject\":\"completeness\"")
                    .contains("\"status\":\"missed\",\"value\":0.5,\"threshold\":\"0.99\",\"unit\":\"ratio\",\"level\":0,\"since\":\"2026-11-20T09:00:00Z\"")
                    .contains("\"owner\":\"orders-data@example.com\",\"ownerTeam\":\"orders-team\"")
                    .contains("\"technicalOwner\":\"tess@example.com\",\"developer\":\"dev@example.com\",\"businessOwner\":\"bo@example.com\",\"steward\":\"stew@example.com\","
                            + "\"onCall\":\"pagerduty/orders\",\"escalationPath\":\"orders-lead, then head of data\",\"channel\":\"#orders-data\"");
        }
    }

    @Test
    void testWhatMayPassIsTriedAgain()
    {
        try (Receiver receiver = new Receiver().answers(500, Receiver.BREAK_OFF, 200)) {
            assertThat(send(Map.of(), webhook(receiver, ""))).isEqualTo(new Outcome(3, Optional.empty()));
            assertThat(receiver.requests()).hasSize(3);
        }
        try (Receiver receiver = new Receiver().answers(429, 503, 500, 200)) {
            assertThat(send(Map.of(), webhook(receiver, ""))).isEqualTo(new Outcome(3, Optional.of("it answered 500")));
        }
        try (Receiver receiver = new Receiver().answers(401, 200)) {
            assertThat(send(Map.of(), webhook(receiver, ""))).isEqualTo(new Outcome(1, Optional.of("it answered 401")));
        }
    }

    @Test
    void testRedirectsAreNotFollowed()
    {
        try (Receiver receiver = new Receiver().answers(302)) {
            assertThat(send(Map.of("TOKEN", SECRET), webhook(receiver, "headers: {Authorization: \"Bearer ${TOKEN}\"}")))
                    .isEqualTo(new Outcome(1, Optional.of("it answered 302, and redirects are not followed")));
            assertThat(receiver.requests()).extracting(Receiver.Request::path).containsExactly("/hook");
        }
    }

    @Test
    void testAnAnswerThatNeverEndsIsCutOff()
    {
        try (Receiver receiver = new Receiver().answers(Receiver.HANG, Receiver.HANG)) {
            assertThat(send(Map.of(), webhook(receiver, "timeout: 1s\nattempts: 2"))).isEqualTo(new Outcome(2, Optional.of("no answer within 1 s")));
        }
    }

    @Test
    void testNobodyAnswers()
            throws IOException
    {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThat(send(Map.of(), "type: webhook\nallow-http: true\nattempts: 2\nurl: http://127.0.0.1:" + closed + "/hook"))
                .isEqualTo(new Outcome(2, Optional.of("nobody answers at its address")));
    }

    @Test
    void testSecretsStaySecret()
    {
        try (Receiver receiver = new Receiver()) {
            String missing = webhook(receiver, "headers: {Authorization: \"Bearer ${TOKEN}\"}");
            assertThat(send(Map.of(), missing)).isEqualTo(new Outcome(1, Optional.of("Variable TOKEN is not set")));
            // a header that cannot be sent would be quoted by the client
            assertThat(send(Map.of("TOKEN", SECRET + "\nX: y"), missing)).isEqualTo(new Outcome(1, Optional.of("its address or one of its headers cannot be sent")));
            // an address from a variable is seen only now
            assertThat(send(Map.of("URL", "http://example.com/" + SECRET), "type: webhook\nurl: ${URL}").detail().orElseThrow())
                    .startsWith("alerts.hooks.on-call.url is not https")
                    .doesNotContain(SECRET);
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void testAlertmanager()
    {
        try (Receiver receiver = new Receiver()) {
            String settings = "type: alertmanager\nallow-http: true\nurl: " + receiver.address() + "/am/\nlabels: {severity: page, domain: other}";
            assertThat(send(Map.of(), settings).isDelivered()).isTrue();
            Receiver.Request request = receiver.requests().get(0);
            assertThat(request.path()).isEqualTo("/am/api/v2/alerts");
            assertThat(request.body())
                    .startsWith("[{\"labels\":{\"alertname\":\"DataProductPromiseBroken\",")
                    .contains("\"domain\":\"other\"", "\"severity\":\"page\"", "\"subject\":\"completeness\"")
                    .contains("\"startsAt\":\"2026-11-20T09:00:00Z\",\"endsAt\":\"2026-11-21T11:00:00Z\"}]");
            Incident ended = incident("completeness").resolved(NOW);
            AlertmanagerHook hook = (AlertmanagerHook) hook(Map.of(), settings);
            AlertmanagerHook.Posted begin = hook.posted(alert);
            AlertmanagerHook.Posted end = hook.posted(Alert.of(product, ended, AlertEvent.RESOLVED, 1, true));
            assertThat(end.labels()).isEqualTo(begin.labels());
            assertThat(end.startsAt()).isEqualTo(begin.startsAt());
            assertThat(end.endsAt()).isEqualTo(NOW);
        }
    }

    @Test
    void testProgram()
            throws IOException
    {
        script("page.sh", "cat > told.json; env > environment; echo \"$1\" > argument; echo noise; exit 0");
        assertThat(send(Map.of("PATH", System.getenv("PATH"), "PAGER_KEY", "k", "AWS_SECRET_ACCESS_KEY", SECRET),
                "type: exec\ncommand: [./page.sh, \"$(rm -rf x); `y`\"]\nenvironment: [PAGER_KEY, NOT_SET]")).isEqualTo(new Outcome(1, Optional.empty()));
        assertThat(folder.resolve("told.json")).content().startsWith("{\"apiVersion\"").endsWith("}\n").contains(alert.incident());
        assertThat(folder.resolve("environment")).content().contains("PAGER_KEY=k").doesNotContain(SECRET, "HOME=", "NOT_SET");
        assertThat(folder.resolve("argument")).hasContent("$(rm -rf x); `y`");

        script("fail.sh", "exit 3");
        assertThat(send(environment(), "type: exec\ncommand: [./fail.sh]\nattempts: 2")).isEqualTo(new Outcome(2, Optional.of("it ended with exit code 3")));
        script("hang.sh", "sleep 300 & echo $! > child; wait");
        assertThat(send(environment(), "type: exec\ncommand: [./hang.sh]\nattempts: 1\ntimeout: 1s")).isEqualTo(new Outcome(1, Optional.of("it did not end within 1 s")));
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        // it may still be on its way out
        ProcessHandle.of(child).ifPresent(process -> assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10)));
        assertThat(send(environment(), "type: exec\ncommand: [./absent.sh]")).isEqualTo(new Outcome(1, Optional.of(folder.resolve("absent.sh") + " cannot be started")));
    }

    @Test
    void testNoValueOfAMaskedColumn()
    {
        Incident freshness = incident("freshness");
        assertThat(MaskedFigures.isShown(product, freshness)).isFalse();
        Alert told = Alert.of(product, freshness, AlertEvent.TRIGGERED, 0, false);
        assertThat(told.value()).isEmpty();
        assertThat(told.summary()).isEqualTo("orders.order-events: objective freshness is missed since 2026-11-20T09:00:00Z");
        assertThat(MaskedFigures.isShown(product, incident("completeness"))).isTrue();
        for (String metric : List.of("min", "max", "mean", "percentile", "retention", "freshness", "sql", "latency")) {
            assertThat(MaskedFigures.isShown(product, incident(metric, "occurred_at"))).as(metric).isFalse();
        }
        assertThat(MaskedFigures.isShown(product, incident("max", "order_id"))).isTrue();
        assertThat(MaskedFigures.isShown(product, incident("sql", "order_id"))).as("a statement may read other columns than the one that it is written at").isFalse();
        assertThat(MaskedFigures.isShown(product, incident("nullValues", "customer_id"))).as("a count is no value").isTrue();
    }

    @Test
    void testWaitsAreBounded()
    {
        Attempts attempts = new Attempts(10, Duration.ofSeconds(1));
        assertThat(attempts.waitAfter(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(attempts.waitAfter(4)).isEqualTo(Duration.ofSeconds(8));
        assertThat(attempts.waitAfter(9)).isEqualTo(Duration.ofSeconds(30));
        assertThat(new Attempts(2, Duration.ofHours(1)).waitAfter(1)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void testAnInterruptEndsTheWait()
    {
        Thread.currentThread().interrupt();
        Outcome outcome = new Attempts(10, Duration.ofHours(1)).run(() -> Optional.of(new Attempts.Failure("no answer", false)));
        assertThat(outcome).isEqualTo(new Outcome(1, Optional.of("interrupted")));
        assertThat(Thread.interrupted()).isTrue();
    }

    private Map<String, String> environment()
    {
        return Map.of("PATH", System.getenv("PATH"));
    }

    private void script(String name, String body)
            throws IOException
    {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static String webhook(Receiver receiver, String more)
    {
        return "type: webhook\nallow-http: true\nurl: " + receiver.address() + "/hook\n" + more;
    }

    private Outcome send(Map<String, String> environment, String hook)
    {
        return hook(environment, hook).send(alert);
    }

    private AlertHook hook(Map<String, String> environment, String hook)
    {
        AlertSettings settings = Alerts.settings(folder, environment, "hooks:\n  on-call:\n" + hook.indent(4));
        return AlertHooks.of(settings.hooks().get(0), Duration.ofMillis(1), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /**
     * A failed check of a column.
     */
    private static Incident incident(String metric, String field)
    {
        CheckRow row = new CheckRow(
                "run",
                Alerts.PRODUCT,
                "table",
                "orders",
                "1.0.0",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                field + "." + metric,
                Optional.of(field),
                metric,
                Optional.empty(),
                "error",
                "failed",
                Optional.of(new BigDecimal("1763600000")),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of("found 1763600000"),
                OptionalInt.of(1),
                OptionalInt.of(CheckRow.EVALUATION),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                NOW,
                NOW);
        return Incidents.ofChecks(Alerts.PRODUCT, List.of(row), OptionalInt.empty()).get(0);
    }

    private static Incident incident(String slo)
    {
        SlaRow row = new SlaRow(
                "run",
                Alerts.PRODUCT,
                Optional.empty(),
                slo,
                "missed",
                Optional.of(new BigDecimal("0.500000000")),
                Optional.of(new BigDecimal("0.990000000")),
                Optional.empty(),
                Optional.of("occurred_at (declared)"),
                Optional.of("newest data is of 2026-11-20T01:02:03Z"),
                Instant.parse("2026-11-20T09:00:00Z"));
        return Incidents.ofObjectives(Alerts.PRODUCT, List.of(row), Set.of(slo), NOW, OptionalInt.empty()).get(0);
    }
}
