package io.meshwright.trino;

import io.meshwright.bridge.usage.HeartbeatRow;
import io.meshwright.bridge.usage.LineageColumn;
import io.meshwright.bridge.usage.LineageRow;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.bridge.usage.UsageBatch;
import io.meshwright.bridge.usage.UsageTables;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static io.meshwright.trino.ShopProducts.create;
import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.CLEARED;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What SQL tells of reads and of where data comes from and goes, and to whom.
 */
class TestControlPortLineage
        extends BaseControlPortTest
{
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

    @Test
    void testReadsAndLineage()
    {
        assertThat(rows(AUDITOR, "SELECT * FROM meta.reads")).isEmpty();
        create(mesh, "target", "access: {discovery: private, read: [hr]}");
        new UsageTables(mesh.catalog()).write(new UsageBatch(
                "batch-1",
                NOW,
                List.of(
                        read("q1", "orders.order-events", ANALYST, Optional.of("shop.target")),
                        read("q2", "orders.order-events", OFFICER, Optional.empty()),
                        read("q3", "customer.customer-profile", OFFICER, Optional.empty())),
                List.of(
                        lineage("q1", "orders.order-events", "shop.target", "product", ANALYST, NOW.minusSeconds(90)),
                        lineage("q4", "orders.order-events", "shop.target", "product", OFFICER, NOW),
                        lineage("q5", "orders.order-events", "customer.customer-profile", "product", OFFICER, NOW),
                        lineage("q6", "orders.order-events", "lake.scratch.copy", "table", ANALYST, NOW)),
                Optional.of(new HeartbeatRow("batch-1", "node", "start", NOW, NOW, NOW.plusSeconds(60), 3, 3, 0, false, Optional.empty()))));

        @Language("SQL") String reads = "SELECT query_id, user_name, written_to, query_text FROM meta.reads WHERE product = 'orders.order-events' ORDER BY 1";
        assertThat(rows(ANALYST, reads)).as("own reads").containsExactly(row("q1", ANALYST, null, "SELECT 1"));
        assertThat(rows(ORDERS_OWNER, reads)).as("the owner's product").containsExactly(row("q1", ANALYST, null, null), row("q2", OFFICER, null, null));
        assertThat(rows(AUDITOR, reads)).as("all").containsExactly(row("q1", ANALYST, "shop.target", "SELECT 1"), row("q2", OFFICER, null, "SELECT 1"));
        assertThat(rows(ORDERS_OWNER, "SELECT * FROM meta.reads WHERE product = 'customer.customer-profile'")).isEmpty();
        assertThat(rows(CLEARED, "SELECT * FROM meta.reads")).as("clearance is no reason to see who reads").isEmpty();

        @Language("SQL") String edges = "SELECT direction, other, other_kind, column_name, other_column, influence, masked, via, queries, last_query_id, last_user_name FROM orders.\"order_events$lineage\" WHERE origin = 'observed'";
        assertThat(rows(ANALYST, edges)).containsExactlyInAnyOrder(
                row("downstream", "customer.customer-profile", "product", "customer_id", "id", "direct", true, "INSERT", 1L, null, null),
                row("downstream", "customer.customer-profile", "product", "status", null, "indirect", null, "INSERT", 1L, null, null));
        assertThat(rows(AUDITOR, edges + " AND influence = 'direct'")).containsExactlyInAnyOrder(
                row("downstream", "customer.customer-profile", "product", "customer_id", "id", "direct", true, "INSERT", 1L, "q5", OFFICER),
                row("downstream", "shop.target", "product", "customer_id", "id", "direct", true, "INSERT", 2L, "q4", OFFICER),
                row("downstream", "lake.scratch.copy", "table", "customer_id", "id", "direct", true, "INSERT", 1L, "q6", ANALYST));
        assertThat(rows(ORDERS_OWNER, edges + " AND influence = 'direct'").toString()).contains("lake.scratch.copy").doesNotContain("shop.target");
        assertThat(rows(ANALYST, "SELECT product, direction, other FROM meta.lineage WHERE product = 'customer.customer-profile' AND influence = 'direct'"))
                .containsExactly(row("customer.customer-profile", "upstream", "orders.order-events"));
    }

    @Test
    void testDeclaredLineage()
    {
        create(mesh, "derived", "inputPorts: [{name: events, type: data-product, source: orders.order-events}, {name: cdc, type: postgres-cdc, source: shop-db, location: \"postgres://secret-host/db\"}]");
        create(mesh, "secret_reader", "access: {discovery: private, read: [hr]}\n  inputPorts: [{name: events, type: data-product, source: orders.order-events}]");
        assertThat(rows(ANALYST, "SELECT direction, other, other_kind, origin, via, queries FROM shop.\"derived$lineage\"")).containsExactlyInAnyOrder(
                row("upstream", "orders.order-events", "product", "declared", "events", null),
                row("upstream", "shop-db", "postgres-cdc", "declared", "cdc", null));
        assertThat(rows(ANALYST, "SELECT other FROM orders.\"order_events$lineage\" WHERE origin = 'declared'")).containsExactly(row("shop.derived"));
        assertThat(rows(AUDITOR, "SELECT other FROM orders.\"order_events$lineage\" WHERE origin = 'declared' ORDER BY 1")).containsExactly(row("shop.derived"), row("shop.secret-reader"));
        assertThat(rows(AUDITOR, "SELECT * FROM meta.lineage").toString()).doesNotContain("secret-host");
    }

    private static ReadRow read(String query, String product, String user, Optional<String> writtenTo)
    {
        return new ReadRow(
                query + "/1",
                "batch-1",
                "node",
                query,
                product,
                Optional.of("curated"),
                OptionalInt.of(1),
                Optional.of("1.0.0"),
                Optional.of("17"),
                user,
                Optional.of(user),
                List.of("some"),
                Optional.of("tool"),
                List.of(),
                Optional.empty(),
                List.of(),
                "SELECT",
                List.of("customer_id"),
                List.of("customer_id"),
                List.of(),
                "finished",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(10),
                OptionalLong.of(100),
                OptionalLong.of(1),
                new BigDecimal("0.500"),
                writtenTo,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("SELECT 1"),
                NOW.minusSeconds(1),
                NOW);
    }

    private static LineageRow lineage(String query, String source, String target, String targetKind, String user, Instant occurredAt)
    {
        return new LineageRow(
                "batch-1",
                "node",
                query,
                source,
                "product",
                OptionalInt.of(1),
                Optional.of("17"),
                target,
                targetKind,
                List.of(new LineageColumn("customer_id", "id", true)),
                List.of("status"),
                user,
                Optional.of("nightly"),
                "INSERT",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                occurredAt);
    }
}
