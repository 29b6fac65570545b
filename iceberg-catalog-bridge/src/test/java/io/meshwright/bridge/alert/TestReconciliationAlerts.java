package io.meshwright.bridge.alert;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.config.AlertSettings;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.Cost;
import io.meshwright.model.reconciliation.WindowComparison;
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
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

final class TestReconciliationAlerts
{
    private static final String LEGACY = "warehouse.fct_orders";

    @TempDir
    private Path folder;

    private MeshCatalog catalog;
    private Receiver receiver;
    // after the registration
    private Instant now = Instant.now().plus(Duration.ofDays(1));
    private int run;

    @BeforeEach
    void setUp()
    {
        catalog = TestingCatalogs.openEmbedded(folder);
        receiver = new Receiver();
    }

    @AfterEach
    void close()
    {
        receiver.close();
        catalog.close();
    }

    @Test
    void testABreachPagesOnceAndIsResolvedWhenThatDayIsEqual()
    {
        RegisteredProduct product = register("order_day");
        reconcile(LEGACY, Map.of("2026-11-18", 100L));
        assertThat(tell(product)).isEmpty();
        reconcile(LEGACY, Map.of("2026-11-18", 100L, "2026-11-19", 90L));
        assertThat(tell(product)).containsExactly("reconciliation warehouse.fct_orders triggered 0");
        // a run that looks at another day only heals nothing, and pages nobody twice
        reconcile(LEGACY, Map.of("2026-11-18", 100L));
        reconcile(LEGACY, Map.of("2026-11-18", 98L));
        assertThat(tell(product)).isEmpty();
        reconcile(LEGACY, Map.of("2026-11-19", 100L));
        assertThat(tell(product)).as("the other day still differs").isEmpty();
        // what still settles is no reason to wait with good news
        reconcile(LEGACY, Map.of("2026-11-18", 100L, "settling", 3L));
        assertThat(tell(product)).containsExactly("reconciliation warehouse.fct_orders resolved 0");
        assertThat(tell(product)).isEmpty();

        assertThat(bodies()).hasSize(2);
        assertThat(bodies().get(0))
                .contains("\"subjectType\":\"reconciliation\",\"subject\":\"warehouse.fct_orders\"")
                .contains("\"status\":\"breach\",\"value\":0.9,\"threshold\":\"0.99\",\"unit\":\"ratio\"")
                .contains("1 window below the promised completeness: 2026-11-19 (legacy 100, mesh 90)")
                .contains("\"owner\":\"orders-data@example.com\"", "\"escalationPath\":\"orders-lead, then head of data\"", "\"onCall\":\"pagerduty/orders\"");
        assertThat(bodies().get(1)).contains("\"event\":\"resolved\"").contains("is kept again");
    }

    @Test
    void testItEscalates()
    {
        RegisteredProduct product = register("order_day");
        reconcile(LEGACY, Map.of("2026-11-19", 90L));
        String alerts = "escalate-after: [30m]\n" + webhook();
        assertThat(tell(product, alerts)).containsExactly("reconciliation warehouse.fct_orders triggered 0");
        now = now.plus(Duration.ofMinutes(40));
        assertThat(tell(product, alerts)).containsExactly("reconciliation warehouse.fct_orders escalated 1");
    }

    @Test
    void testAnotherTableIsNoPromise()
    {
        RegisteredProduct product = register("order_day");
        reconcile("scratch.copy_of_orders", Map.of("2026-11-19", 90L));
        assertThat(tell(product)).isEmpty();
        reconcile(LEGACY, Map.of("2026-11-19", 90L));
        reconcile("scratch.copy_of_orders", Map.of("2026-11-19", 100L));
        assertThat(tell(product)).containsExactly("reconciliation warehouse.fct_orders triggered 0");
    }

    @Test
    void testDaysOfAPersonalColumnAreNotTold()
    {
        RegisteredProduct product = register("occurred_at");
        reconcile(LEGACY, Map.of("1984-04-01", 90L));
        assertThat(tell(product)).hasSize(1);
        assertThat(bodies().get(0)).contains("\"status\":\"breach\",\"value\":null").doesNotContain("1984");
    }

    /**
     * @param windowColumn of which occurred_at is personal
     */
    private RegisteredProduct register(String windowColumn)
    {
        String spec = Alerts.SPEC + "  migration: {replaces: warehouse.fct_orders, key: [order_id], window: {column: " + windowColumn + ", legacy: order_date}}\n";
        return RegisteredProduct.parse(new IcebergProductRegistry(catalog).register(Alerts.draft(spec), 0).row()).value().orElseThrow();
    }

    private void reconcile(String legacy, Map<String, Long> mesh)
    {
        now = now.plus(Duration.ofMinutes(5));
        WindowComparison comparison = WindowComparison.ofCounts(
                Set.of(), mesh.keySet().stream().collect(toMap(window -> window, window -> 100L)), mesh, window -> !window.equals("settling"), new BigDecimal("0.99"));
        new ResultTables(catalog).record(new ReconciliationReport(
                Alerts.PRODUCT, legacy, Optional.of("1"), Optional.of(now), "counts", "UTC", comparison, List.of(), new Cost(BigDecimal.ONE, 1, OptionalLong.empty()), "run-" + run++, now, now));
    }

    private String webhook()
    {
        return "hooks:\n  on-call:\n    type: webhook\n    allow-http: true\n    url: " + receiver.address() + "\n";
    }

    private List<String> tell(RegisteredProduct product)
    {
        return tell(product, webhook());
    }

    private List<String> tell(RegisteredProduct product, String alerts)
    {
        AlertSettings settings = Alerts.settings(folder, Map.of(), alerts);
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        List<AlertHook> hooks = settings.hooks().stream().map(hook -> AlertHooks.of(hook, Duration.ofMillis(1), clock)).collect(toImmutableList());
        return new Alerting(catalog, settings, hooks, clock).tell(product).stream()
                .map(row -> "%s %s %s %s".formatted(row.subjectType(), row.subject(), row.event(), row.level()))
                .collect(toImmutableList());
    }

    private List<String> bodies()
    {
        return receiver.requests().stream().map(Receiver.Request::body).collect(toImmutableList());
    }
}
