package io.meshwright.bridge.alert;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.config.AlertSettings;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.ProductDraft;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

final class TestAlerting
{
    private static final Instant BEGIN = Instant.parse("2026-11-20T04:00:00Z");
    private static final String OBJECTIVE = "completeness";

    @TempDir
    private Path folder;

    private MeshCatalog catalog;
    private RegisteredProduct product;
    private Receiver receiver;
    private Instant now = BEGIN;
    private int run;

    @BeforeEach
    void setUp()
    {
        catalog = TestingCatalogs.openEmbedded(folder);
        product = RegisteredProduct.parse(new IcebergProductRegistry(catalog).register(Alerts.draft(), 0).row()).value().orElseThrow();
        receiver = new Receiver();
    }

    @AfterEach
    void close()
    {
        receiver.close();
        catalog.close();
    }

    @Test
    void testAMissPagesOnceAndIsResolvedOnce()
    {
        evaluate(SloStatus.MET);
        assertThat(tell(webhook())).isEmpty();
        evaluate(SloStatus.MISSED);
        assertThat(tell(webhook())).extracting(DeliveryRow::event).containsExactly("triggered");
        evaluate(SloStatus.MISSED);
        evaluate(SloStatus.UNKNOWN);
        assertThat(tell(webhook())).isEmpty();
        evaluate(SloStatus.MET);
        assertThat(tell(webhook())).extracting(DeliveryRow::event).containsExactly("resolved");
        assertThat(tell(webhook())).isEmpty();
        assertThat(bodies()).hasSize(2);
        assertThat(bodies().get(0)).contains("\"event\":\"triggered\"").contains("\"resolvedAt\":null");
        assertThat(bodies().get(1)).contains("\"event\":\"resolved\"").contains("\"resolvedAt\":\"" + now + "\"").contains("is kept again");
        assertThat(incidentOf(bodies().get(0))).isEqualTo(incidentOf(bodies().get(1)));

        evaluate(SloStatus.MISSED);
        assertThat(tell(webhook())).hasSize(1);
        assertThat(incidentOf(bodies().get(2))).isNotEqualTo(incidentOf(bodies().get(0)));
    }

    @Test
    void testAnUndeliveredPageIsTriedAgain()
    {
        receiver.answers(500, 500, 500, 404);
        evaluate(SloStatus.MISSED);
        assertThat(tell(webhook())).extracting(row -> row.outcome() + " " + row.attempts() + " " + row.detail().orElse("")).containsExactly("failed 3 it answered 500");
        evaluate(SloStatus.MISSED);
        assertThat(tell(webhook())).extracting(DeliveryRow::detail).containsExactly(Optional.of("it answered 404"));
        evaluate(SloStatus.MISSED);
        assertThat(tell(webhook())).extracting(DeliveryRow::outcome).containsExactly("delivered");
        assertThat(bodies()).hasSize(5).extracting(TestAlerting::deliveryKeyOf).containsOnly(deliveryKeyOf(bodies().get(0)));
        evaluate(SloStatus.MISSED);
        assertThat(tell(webhook())).isEmpty();
    }

    @Test
    void testACrashBetweenRecordAndPageLosesNothing()
    {
        // nobody told before the process died, nor before the next evaluation found all well again
        evaluate(SloStatus.MISSED);
        evaluate(SloStatus.MET);
        assertThat(tell(webhook())).extracting(DeliveryRow::event).containsExactly("triggered", "resolved");
        assertThat(tell(webhook())).isEmpty();
    }

    @Test
    void testTheEndWaitsForTheBegin()
    {
        receiver.answers(400);
        evaluate(SloStatus.MISSED);
        evaluate(SloStatus.MET);
        assertThat(tell(webhook())).extracting(row -> row.event() + " " + row.outcome()).containsExactly("triggered failed");
        assertThat(tell(webhook())).extracting(row -> row.event() + " " + row.outcome()).containsExactly("triggered delivered", "resolved delivered");
    }

    @Test
    void testANewHookIsNotToldOldStories()
    {
        evaluate(SloStatus.MISSED);
        evaluate(SloStatus.MET);
        now = now.plus(Duration.ofHours(25));
        assertThat(tell(webhook())).isEmpty();
        evaluate(SloStatus.MISSED);
        now = now.plus(Duration.ofDays(3));
        assertThat(tell(webhook())).as("one that lasts is no old story").hasSize(1);
    }

    @Test
    void testEscalation()
    {
        String alerts = "escalate-after: [30m, 4h]\nhooks:\n" + hook("on-call", "") + hook("manager", "level: 2\n");
        evaluate(SloStatus.MISSED);
        assertThat(told(alerts)).containsExactly("on-call triggered 0");
        now = now.plus(Duration.ofMinutes(40));
        assertThat(told(alerts)).containsExactly("on-call escalated 1");
        assertThat(told(alerts)).isEmpty();
        now = now.plus(Duration.ofHours(4));
        assertThat(told(alerts)).containsExactly("on-call escalated 2", "manager triggered 2");
        evaluate(SloStatus.MET);
        assertThat(told(alerts)).containsExactly("on-call resolved 2", "manager resolved 2");
        // one that was over in time is none of the manager's business
        evaluate(SloStatus.MISSED);
        evaluate(SloStatus.MET);
        assertThat(told(alerts)).containsExactly("on-call triggered 0", "on-call resolved 0");
    }

    @Test
    void testAlertmanagerIsRemindedWithoutRecords()
    {
        String alerts = "hooks:\n  am:\n    type: alertmanager\n    allow-http: true\n    url: " + receiver.address() + "\n";
        evaluate(SloStatus.MISSED);
        assertThat(told(alerts)).containsExactly("am triggered 0");
        evaluate(SloStatus.MISSED);
        assertThat(told(alerts)).isEmpty();
        assertThat(receiver.requests()).hasSize(2);
        evaluate(SloStatus.MET);
        assertThat(told(alerts)).containsExactly("am resolved 0");
        assertThat(receiver.requests()).hasSize(3);
        assertThat(told(alerts)).isEmpty();
        assertThat(receiver.requests()).hasSize(3);
    }

    @Test
    void testChecksOfRegisteredContractsPage()
    {
        test(ProductDraft.hashOf(Alerts.CONTRACT + " proposed"), "order_id.required", CheckStatus.FAILED);
        assertThat(tell(webhook())).as("what somebody only proposes").isEmpty();
        test(ProductDraft.hashOf(Alerts.CONTRACT), "order_id.required", CheckStatus.FAILED);
        assertThat(tell(webhook())).extracting(DeliveryRow::subject).containsExactly("order_id.required");
        assertThat(bodies().get(0)).contains("\"subjectType\":\"check\",\"subject\":\"order_id.required\"").contains("\"status\":\"failed\"").contains("3 of 10 rows");
        test(ProductDraft.hashOf(Alerts.CONTRACT), "order_id.required", CheckStatus.PASSED);
        assertThat(tell(webhook())).extracting(DeliveryRow::event).containsExactly("resolved");
    }

    @Test
    void testAHookThatDoesNotAnswerHoldsUpOneIncidentOnly()
    {
        receiver.answers(500, 500, 500);
        evaluate(SloStatus.MISSED);
        test(ProductDraft.hashOf(Alerts.CONTRACT), "order_id.required", CheckStatus.FAILED);
        assertThat(told(webhook())).containsExactly("on-call triggered 0");
        assertThat(receiver.requests()).hasSize(3);
        assertThat(told(webhook())).containsExactly("on-call triggered 0", "on-call triggered 0");
        // an answer that says no to one of them says nothing of the others
        evaluate(SloStatus.MET);
        test(ProductDraft.hashOf(Alerts.CONTRACT), "order_id.required", CheckStatus.PASSED);
        receiver.answers(400);
        assertThat(tell(webhook())).extracting(DeliveryRow::outcome).containsExactly("failed", "delivered");
    }

    private void evaluate(SloStatus status)
    {
        now = now.plus(Duration.ofMinutes(5));
        boolean unknown = status == SloStatus.UNKNOWN;
        SloResult result = new SloResult(
                OBJECTIVE,
                status,
                unknown ? Optional.empty() : Optional.of(new BigDecimal(status == SloStatus.MET ? "1" : "0.5")),
                Optional.of(new BigDecimal("0.99")),
                Optional.of(now),
                Optional.of("reconciliation"),
                status == SloStatus.MET ? Optional.empty() : Optional.of("0.5 is below 0.99"));
        new ResultTables(catalog).record(new SlaReport(Alerts.PRODUCT, Optional.empty(), List.of(result), "run-" + run++, now));
    }

    private void test(String contractHash, String check, CheckStatus status)
    {
        now = now.plus(Duration.ofMinutes(5));
        CheckResult result = new CheckResult(
                check,
                Optional.of("order_id"),
                "nullValues",
                Optional.of("completeness"),
                "error",
                status,
                Optional.of(status == CheckStatus.PASSED ? BigDecimal.ZERO : new BigDecimal(3)),
                Optional.of("mustBe 0"),
                Optional.empty(),
                OptionalLong.empty(),
                status == CheckStatus.PASSED ? Optional.empty() : Optional.of("3 of 10 rows"));
        new ResultTables(catalog).record(new ContractTestReport(Alerts.PRODUCT, "table", "orders.order-events", "1.0.0", contractHash, Optional.of("1"), 1, List.of(result), List.of(), List.of(), "test-" + run++, now, now));
    }

    private String webhook()
    {
        return "hooks:\n" + hook("on-call", "");
    }

    private String hook(String name, String more)
    {
        return ("%s:\n  type: webhook\n  allow-http: true\n  url: %s/%s\n".formatted(name, receiver.address(), name) + more.indent(2)).indent(2);
    }

    private List<String> told(String alerts)
    {
        return tell(alerts).stream().map(row -> row.hook() + " " + row.event() + " " + row.level()).collect(toImmutableList());
    }

    /**
     * A process of its own each time: nothing is remembered but in tables.
     */
    private List<DeliveryRow> tell(String alerts)
    {
        AlertSettings settings = Alerts.settings(folder, Map.of(), alerts);
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        List<AlertHook> hooks = settings.hooks().stream().map(hook -> AlertHooks.of(hook, Duration.ofMillis(1), clock)).collect(toImmutableList());
        try (MeshCatalog own = TestingCatalogs.openEmbedded(folder)) {
            return new Alerting(own, settings, hooks, clock).tell(product);
        }
    }

    private List<String> bodies()
    {
        return receiver.requests().stream().map(Receiver.Request::body).collect(toImmutableList());
    }

    private static String incidentOf(String body)
    {
        return body.replaceFirst(".*\"incident\":\"([^\"]*)\".*", "$1");
    }

    private static String deliveryKeyOf(String body)
    {
        return body.replaceFirst(".*\"deliveryKey\":\"([^\"]*)\".*", "$1");
    }
}
