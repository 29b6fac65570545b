package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.usage.HeartbeatRow;
import io.meshwright.bridge.usage.LineageColumn;
import io.meshwright.bridge.usage.LineageRow;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.bridge.usage.UsageBatch;
import io.meshwright.bridge.usage.UsageTables;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.mask.TokenFunction;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;
import io.trino.Session;
import io.trino.testing.MaterializedRow;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.CLEARED;
import static io.meshwright.trino.TestingMesh.KEYS;
import static io.meshwright.trino.TestingMesh.MARKETER;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * What products tell about themselves in SQL, and to whom. The marketer is the auditor here.
 */
@TestInstance(PER_CLASS)
class TestControlPort
{
    private static final String AUDITOR = MARKETER;
    private static final String ORDERS_OWNER = "orders@shop.example";
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

    private static final String CONTRACT =
            """
            # a comment that stays
            dataContractSpecification: 1.2.1
            id: shop.contract
            info: {title: Contract, version: 1.0.0, owner: shop@shop.example, status: active}
            models:
              rows:
                type: table
                fields:
                  id: {type: long, required: true}
                  email: {type: string}
            """;

    private TestingMesh mesh;

    @BeforeAll
    void setUp()
            throws Exception
    {
        mesh = new TestingMesh(0, Map.of("mesh.audit-groups", "marketing, nobody"));
        TestingProducts.create(mesh);
        mesh.producer("CREATE SCHEMA lake.shop");
        create("hidden", "access: {discovery: private, read: [hr], clear: [{user: hanna, until: 2020-01-01}]}");
        create("restricted", "access: {read: [privacy]}");
    }

    @AfterAll
    void tearDown()
            throws IOException
    {
        if (mesh != null) {
            mesh.close();
        }
    }

    @Test
    void testTablesAreFoundAndDescribed()
    {
        assertThat(rows(ANALYST, "SHOW SCHEMAS")).contains(List.of("meta"));
        assertThat(column(ANALYST, "SHOW TABLES FROM meta")).containsExactly(
                "contracts", "grants", "lineage", "product_versions", "products", "quality_results", "reads", "reconciliations", "sla", "sla_measurements");
        assertThat(column(ANALYST, "SHOW TABLES FROM orders")).containsExactly("order_events");
        assertThat(rows(ANALYST, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'meta'")).hasSize(10);
        assertThat(rows(ANALYST, "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'meta' AND table_name = 'grants'"))
                .contains(List.of("until", "date"), List.of("in_force", "boolean"), List.of("product", "varchar"));
        assertThat(rows(ANALYST, "DESCRIBE orders.\"order_events$sla\""))
                .contains(List.of("status", "varchar", "", "met, missed or unknown; what was not measured, or too long ago, is unknown"))
                .contains(List.of("measured_at", "timestamp(6) with time zone", "", "When the figure was taken"))
                .contains(List.of("actual", "decimal(38,9)", "", "The figure that was measured: seconds for freshness, 0..1 for the others"));
        for (String table : List.of("meta.products", "orders.\"order_events$contract\"", "orders.\"order_events$mask\"", "orders.\"order_events$sample\"")) {
            assertThat(rows(ANALYST, "SHOW STATS FOR " + table)).isNotEmpty();
            assertThat(rows(ANALYST, "EXPLAIN SELECT * FROM " + table).toString()).contains("TableScan").doesNotContain("file:");
            assertThat(rows(ANALYST, "EXPLAIN (TYPE IO) SELECT * FROM " + table).toString()).doesNotContain("file:");
            assertThat((String) rows(ANALYST, "SHOW CREATE TABLE " + table).getFirst().getFirst()).startsWith("CREATE TABLE mesh.").contains("COMMENT '").doesNotContain("file:");
            assertThat(failure(ANALYST, "SELECT * FROM " + table + " FOR TIMESTAMP AS OF TIMESTAMP '2026-01-01 00:00:00 UTC'")).isEqualTo("This connector does not support versioned tables");
            assertThat(failure(ANALYST, "DELETE FROM " + table)).contains("Access Denied");
        }
        assertThat(failure(ANALYST, "SELECT * FROM meta.nothing")).contains("does not exist");
        assertThat(failure(ANALYST, "SELECT * FROM orders.\"order_events$nothing\"")).contains("does not exist");
        assertThat(failure(ANALYST, "SELECT * FROM orders.\"order_events$files\"")).contains("does not exist");
        assertThat(failure(ANALYST, "SELECT * FROM orders.\"nothing$sla\"")).contains("does not exist");
    }

    /**
     * The page has a table for each of ours, and a line for each column.
     */
    @Test
    void testEveryColumnIsDocumented()
            throws IOException
    {
        String page = Files.readString(Path.of("../docs/control-port.md"));
        List<String> tables = Stream.concat(
                        column(ANALYST, "SHOW TABLES FROM meta").stream().map(name -> "meta." + name),
                        Stream.of("contract", "sla", "quality", "mask", "lineage", "history").map(facet -> "orders.\"order_events$" + facet + "\""))
                .toList();
        for (String table : tables) {
            String lines = rows(ANALYST, "DESCRIBE " + table).stream()
                    .map(column -> "| `%s` | `%s` | %s |".formatted(column.getFirst(), column.get(1), column.get(3)))
                    .collect(joining("\n"));
            assertThat(page).as(table).contains(lines);
        }
    }

    @Test
    void testProductsAreThoseThatMayBeFound()
    {
        assertThat(column(ANALYST, "SELECT product FROM meta.products ORDER BY 1")).containsExactly("customer.customer-profile", "orders.order-events", "shop.restricted");
        assertThat(column(AUDITOR, "SELECT product FROM meta.products ORDER BY 1")).contains("shop.hidden");
        assertThat(rows(ANALYST, "SELECT sql_schema, sql_table, owner, description, contract_version, port_type, contains_pii, discovery, may_read, sees_clear, problem, revision, registered_by, registry_age_seconds FROM meta.products WHERE product = 'orders.order-events'"))
                .containsExactly(row("orders", "order_events", ORDERS_OWNER, "Placed, fulfilled and cancelled orders.", "1.0.0", "iceberg", true, "public", true, false, null, 1L, "test", null));
        assertThat(rows(OFFICER, "SELECT may_read, sees_clear FROM meta.products WHERE product IN ('orders.order-events', 'shop.restricted') ORDER BY product"))
                .containsExactly(List.of(true, true), List.of(true, false));
        assertThat(rows(ANALYST, "SELECT may_read, sees_clear FROM meta.products WHERE product = 'shop.restricted'")).containsExactly(List.of(false, false));
        assertThat(rows(ANALYST, "SELECT count(*) FROM meta.products WHERE registered_at BETWEEN current_timestamp - INTERVAL '1' HOUR AND current_timestamp")).containsExactly(List.of(3L));

        for (String facet : List.of("contract", "sla", "quality", "mask", "lineage", "history", "sample")) {
            assertThat(failure(ANALYST, "SELECT * FROM shop.\"hidden$%s\"".formatted(facet))).as(facet).contains("does not exist");
            assertThat(failure(ANALYST, "DESCRIBE shop.\"hidden$%s\"".formatted(facet))).as(facet).contains("does not exist");
        }
        for (String table : List.of("products", "product_versions", "contracts", "sla", "sla_measurements", "quality_results", "reconciliations", "lineage", "reads", "grants")) {
            assertThat(rows(ANALYST, "SELECT * FROM meta." + table).toString()).as(table).doesNotContain("hidden", "file:/", "hanna");
        }
    }

    @Test
    void testContractIsTheRegisteredText()
    {
        assertThat(rows(ANALYST, "SELECT product, port, contract_id, version, status, standard, standard_version, contract FROM shop.\"restricted$contract\""))
                .containsExactly(row("shop.restricted", "curated", "id", "1.0.0", "active", "dcs", "1.2.1", CONTRACT));
        assertThat(rows(ANALYST, "SELECT contract FROM meta.contracts WHERE product = 'orders.order-events'")).containsExactly(List.of(TestingProducts.ORDERS_CONTRACT));
    }

    @Test
    void testPromises()
    {
        create("promises", "access: {read: [privacy]}");
        @Language("SQL") String sql = "SELECT slo, objective, status, unit, live, measured_at IS NULL, message FROM meta.sla WHERE product = 'shop.promises'";
        assertThat(rows(OFFICER, sql)).containsExactly(row("freshness", "≤ 24 h", "unknown", "seconds", false, true, "never measured"));
        assertThat(rows(OFFICER, "SELECT freshness_status, stale FROM meta.products WHERE product = 'shop.promises'")).containsExactly(row("unknown", null));

        // the last commit tells it at once
        assertThat(rows(OFFICER, "SELECT slo, status, live, source, actual < 600, threshold, age_seconds FROM shop.\"promises$sla\""))
                .containsExactly(row("freshness", "met", true, "last data-changing commit", true, new BigDecimal("86400.000000000"), 0L));

        record("sla-1", "shop.promises", SloStatus.MET, "3600", NOW.minus(1, ChronoUnit.HOURS), "last data-changing commit", Optional.empty());
        assertThat(rows(OFFICER, "SELECT status, actual, threshold, measured_at, age_seconds BETWEEN 3600 AND 4200, source, live FROM meta.sla WHERE product = 'shop.promises'"))
                .containsExactly(row("met", new BigDecimal("3600.000000000"), new BigDecimal("86400.000000000"), NOW.minus(1, ChronoUnit.HOURS).atZone(ZoneId.of("UTC")), true, "last data-changing commit", false));
        assertThat(rows(OFFICER, "SELECT freshness_status, stale FROM meta.products WHERE product = 'shop.promises'")).containsExactly(row("met", false));

        record("sla-2", "shop.promises", SloStatus.MISSED, "90000", NOW, "last data-changing commit", Optional.of("newest data is old"));
        assertThat(rows(OFFICER, "SELECT status, actual FROM meta.sla WHERE product = 'shop.promises'")).containsExactly(row("missed", new BigDecimal("90000.000000000")));
        assertThat(rows(OFFICER, "SELECT freshness_status, stale FROM meta.products WHERE product = 'shop.promises'")).containsExactly(row("missed", true));
        assertThat(comment("promises")).isEqualTo("Rows of the shop. (data product shop.promises, owner shop@shop.example) (stale: freshness ≤ 24 h was missed at %s)".formatted(NOW));
        assertThat(column(OFFICER, "SELECT run_id FROM meta.sla_measurements WHERE product = 'shop.promises' ORDER BY checked_at")).containsExactly("sla-1", "sla-2");

        // who may not read it learns the verdict, not what stands in the message
        assertThat(rows(ANALYST, "SELECT status, live, source, message FROM shop.\"promises$sla\"")).containsExactly(row("missed", false, null, null));
        assertThat(rows(ANALYST, "SELECT status, source, message FROM meta.sla_measurements WHERE run_id = 'sla-2'")).containsExactly(row("missed", null, null));
    }

    @Test
    void testAMeasurementThatIsTooOldIsUnknown()
    {
        create("long_ago", "");
        record("old-1", "shop.long-ago", SloStatus.MET, "60", NOW.minus(3, ChronoUnit.DAYS), "last data-changing commit", Optional.empty());
        assertThat(rows(ANALYST, "SELECT status, message FROM meta.sla WHERE product = 'shop.long-ago'"))
                .containsExactly(row("unknown", "met when it was measured at %s, which is too long ago to tell about now".formatted(NOW.minus(3, ChronoUnit.DAYS))));
        assertThat(rows(ANALYST, "SELECT stale FROM meta.products WHERE product = 'shop.long-ago'")).containsExactly(row((Object) null));
    }

    @Test
    void testFreshnessByTheBoundsOfAColumn()
    {
        mesh.producer("CREATE TABLE lake.shop.events (id bigint, at timestamp(6) with time zone)");
        mesh.producer("INSERT INTO lake.shop.events VALUES (1, current_timestamp - INTERVAL '3' HOUR), (2, current_timestamp - INTERVAL '5' HOUR)");
        mesh.register(spec("events", "").replace("pii_fields: [email]", "pii_fields: []").replace("contains_pii: true", "contains_pii: false"), CONTRACT.replace("email: {type: string}", "at: {type: timestamp, required: true}"), Optional.empty());
        @Language("SQL") String sql = "SELECT status, live, source, actual BETWEEN 3 * 3600 - 5 AND 3 * 3600 + 600 FROM shop.\"events$sla\"";
        assertThat(rows(ANALYST, sql)).containsExactly(row("met", true, "at (the only required timestamp)", true));
        // bounds of files tell nothing about rows that were deleted from them
        mesh.producer("DELETE FROM lake.shop.events WHERE id = 1");
        assertThat(rows(ANALYST, "SELECT status, live, message FROM shop.\"events$sla\"")).containsExactly(row("unknown", false, "never measured"));
    }

    @Test
    void testQuality()
    {
        create("tested", "access: {read: [privacy, marketing], clear: [{group: privacy}]}");
        assertThat(rows(OFFICER, "SELECT * FROM shop.\"tested$quality\"")).isEmpty();
        assertThat(rows(OFFICER, "SELECT quality_status, quality_tested_at FROM meta.products WHERE product = 'shop.tested'")).containsExactly(row(null, null));
        new ResultTables(mesh.catalog()).record(test("test-1", "shop.tested", NOW.minusSeconds(60), CheckStatus.FAILED));
        new ResultTables(mesh.catalog()).record(test("test-1b", "shop.hidden", NOW.minusSeconds(50), CheckStatus.FAILED));
        assertThat(rows(OFFICER, "SELECT quality_status FROM meta.products WHERE product = 'shop.tested'")).containsExactly(row("failed"));
        new ResultTables(mesh.catalog()).record(test("test-2", "shop.tested", NOW, CheckStatus.PASSED));
        assertThat(rows(OFFICER, "SELECT quality_status FROM meta.products WHERE product = 'shop.tested'")).containsExactly(row("passed"));

        @Language("SQL") String last = "SELECT check_name, metric, status, actual, threshold, message, run_id, rung FROM shop.\"tested$quality\" ORDER BY 1";
        assertThat(rows(OFFICER, last)).containsExactly(
                row("id.required", "nullValues", "passed", new BigDecimal("0.000000"), "mustBe 0", "none", "test-2", "R5"),
                row("sum", "sql", "passed", new BigDecimal("42.000000"), "mustBe 42", "the statement gave 42", "test-2", "R6"));
        // a figure of the contract's own SQL may be a clear value
        assertThat(rows(MARKETER, "SELECT check_name, status, actual, message FROM shop.\"tested$quality\" ORDER BY 1")).containsExactly(
                row("id.required", "passed", new BigDecimal("0.000000"), "none"),
                row("sum", "passed", null, null));
        // who may not read sees verdicts only
        assertThat(rows(ANALYST, "SELECT check_name, status, actual, message FROM shop.\"tested$quality\" ORDER BY 1")).containsExactly(
                row("id.required", "passed", null, null),
                row("sum", "passed", null, null));
        new ResultTables(mesh.catalog()).record(test("test-3", "shop.tested", NOW.plusSeconds(1), CheckStatus.PASSED, 3));
        assertThat(rows(OFFICER, "SELECT quality_status FROM meta.products WHERE product = 'shop.tested'")).as("a test that did not come to its end").containsExactly(row("error"));
        assertThat(rows(OFFICER, "SELECT DISTINCT run_id FROM meta.quality_results WHERE product = 'shop.tested' ORDER BY 1")).containsExactly(row("test-1"), row("test-2"), row("test-3"));
        assertThat(rows(ANALYST, "SELECT DISTINCT product FROM meta.quality_results")).doesNotContain(row("shop.hidden"));
        assertThat(rows(AUDITOR, "SELECT status, actual, message FROM meta.quality_results WHERE product = 'shop.hidden' AND check_name = 'id.required'")).containsExactly(row("failed", null, null));
    }

    @Test
    void testMasks()
    {
        @Language("SQL") String sql = "SELECT column_name, type, masked, mask, token_domain, personal, cleared_by, cleared_until, remedy FROM orders.\"order_events$mask\" WHERE column_name IN ('order_id', 'customer_id', 'delivery', 'delivery.street', 'birth_date')";
        String ask = "ask orders@shop.example for clearance";
        assertThat(rows(ANALYST, sql)).containsExactly(
                row("order_id", "varchar", false, null, null, null, null, null, null),
                row("customer_id", "varchar", true, "token", "customer_id", "listed in classification.pii_fields", null, null, ask),
                row("birth_date", "date", true, "year", null, "listed in classification.pii_fields, mask in the contract", null, null, ask),
                row("delivery", "row(\"city\" varchar, \"street\" varchar)", true, "row", null, "contains delivery.street", null, null, ask),
                row("delivery.street", "varchar", true, "token", "orders.order-events.delivery.street", "listed in classification.pii_fields", null, null, ask));
        assertThat(rows(OFFICER, "SELECT column_name, masked, personal IS NOT NULL, cleared_by, cleared_until, remedy FROM orders.\"order_events$mask\" WHERE column_name IN ('order_id', 'customer_id')")).containsExactly(
                row("order_id", false, false, null, null, null),
                row("customer_id", false, true, "group privacy", null, null));
        assertThat(rows(CLEARED, "SELECT DISTINCT cleared_by FROM orders.\"order_events$mask\" WHERE cleared_by IS NOT NULL")).containsExactly(row("user carl"));
        create("expiring", "access: {clear: [{user: carl, until: 2099-12-31}, {user: carl, until: 2098-12-31}]}");
        assertThat(rows(CLEARED, "SELECT CAST(cleared_until AS varchar) FROM shop.\"expiring$mask\" WHERE column_name = 'email'")).containsExactly(row("2099-12-31"));
        assertThat(rows(ANALYST, "SELECT cleared_until FROM shop.\"expiring$mask\" WHERE column_name = 'email'")).containsExactly(row((Object) null));
    }

    @Test
    void testHistory()
    {
        create("changing", "access: {clear: [{user: zoe}]}");
        Instant between = Instant.now();
        mesh.register(spec("changing", "access: {clear: [{user: yan}]}"), CONTRACT.replace("email: {type: string}", "email: {type: string, mask: redact}"), Optional.empty());
        assertThat(rows(ANALYST, "SELECT product, revision, registered_by, contract_versions, in_force, changes, locations FROM shop.\"changing$history\" ORDER BY revision")).containsExactly(
                row("shop.changing", 1L, "test", "1.0.0", false, List.of("first registration"), List.of()),
                row("shop.changing", 2L, "test", "1.0.0", true, List.of("specification", "contract of port curated, still 1.0.0"), List.of()));
        assertThat(rows("shop@shop.example", "SELECT locations[1] LIKE 'file:%changing%' FROM shop.\"changing$history\" WHERE in_force")).containsExactly(row(true));

        // what was in force at an instant, and for whom it was clear
        @Language("SQL") String then = "SELECT revision, specification LIKE '%%zoe%%', contracts[1] LIKE '%%redact%%', valid_until > valid_from FROM meta.product_versions WHERE product = 'shop.changing' AND valid_from <= from_iso8601_timestamp('%s') AND (valid_until IS NULL OR valid_until > from_iso8601_timestamp('%s'))".formatted(between, between);
        assertThat(rows(AUDITOR, then)).containsExactly(row(1L, true, false, true));
        assertThat(rows(ANALYST, then)).containsExactly(row(1L, null, false, true));
        assertThat(rows(AUDITOR, "SELECT revision, valid_until FROM meta.product_versions WHERE product = 'shop.changing' AND valid_until IS NULL")).containsExactly(row(2L, null));
    }

    @Test
    void testGrants()
    {
        create("granted", "access: {read: [privacy, hr], clear: [{user: carl, until: 2099-01-31}, {group: hr}, {user: gone, until: 2020-01-01}]}");
        @Language("SQL") String sql = "SELECT privilege, grantee_kind, grantee, CAST(until AS varchar), in_force, applies_to_you FROM meta.grants WHERE product = 'shop.granted'";
        assertThat(rows(AUDITOR, sql)).containsExactlyInAnyOrder(
                row("find", "everybody", null, null, true, true),
                row("read", "group", "privacy", null, true, false),
                row("read", "group", "hr", null, true, false),
                row("clear", "user", "carl", "2099-01-31", true, false),
                row("clear", "group", "hr", null, true, false),
                row("clear", "user", "gone", "2020-01-01", false, false));
        assertThat(rows("shop@shop.example", sql)).hasSize(6);
        assertThat(rows(CLEARED, sql)).containsExactlyInAnyOrder(
                row("find", "everybody", null, null, true, true),
                row("clear", "user", "carl", "2099-01-31", true, true));
        assertThat(rows(ANALYST, sql)).containsExactly(row("find", "everybody", null, null, true, true));
    }

    @Test
    void testReadsAndLineage()
    {
        assertThat(rows(AUDITOR, "SELECT * FROM meta.reads")).isEmpty();
        create("target", "access: {discovery: private, read: [hr]}");
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
        create("derived", "inputPorts: [{name: events, type: data-product, source: orders.order-events}, {name: cdc, type: postgres-cdc, source: shop-db, location: \"postgres://secret-host/db\"}]");
        create("secret_reader", "access: {discovery: private, read: [hr]}\n  inputPorts: [{name: events, type: data-product, source: orders.order-events}]");
        assertThat(rows(ANALYST, "SELECT direction, other, other_kind, origin, via, queries FROM shop.\"derived$lineage\"")).containsExactlyInAnyOrder(
                row("upstream", "orders.order-events", "product", "declared", "events", null),
                row("upstream", "shop-db", "postgres-cdc", "declared", "cdc", null));
        assertThat(rows(ANALYST, "SELECT other FROM orders.\"order_events$lineage\" WHERE origin = 'declared'")).containsExactly(row("shop.derived"));
        assertThat(rows(AUDITOR, "SELECT other FROM orders.\"order_events$lineage\" WHERE origin = 'declared' ORDER BY 1")).containsExactly(row("shop.derived"), row("shop.secret-reader"));
        assertThat(rows(AUDITOR, "SELECT * FROM meta.lineage").toString()).doesNotContain("secret-host");
    }

    @Test
    void testSampleIsMaskedUnlessAskedOtherwise()
    {
        assertThat(rows(OFFICER, "SELECT * FROM orders.\"order_events$sample\"")).hasSize(5);
        String sql = "SELECT customer_id FROM customer.\"customer_profile$sample\"";
        Set<Object> tokens = rows(ANALYST, "SELECT customer_id FROM customer.customer_profile").stream().map(List::getFirst).collect(toImmutableSet());
        TokenFunction token = TokenFunction.create(KEYS, "customer_id");
        assertThat(tokens).contains(token.token("C1"));
        assertThat(column(ANALYST, sql)).hasSize(5).isSubsetOf(tokens);
        assertThat(column(OFFICER, sql)).as("masked for cleared people, too").isSubsetOf(tokens);
        assertThat(rows(OFFICER, "SELECT email FROM customer.\"customer_profile$sample\" WHERE email LIKE '%@%'")).isEmpty();
        assertThat(clearSample(OFFICER, sql)).hasSize(5).allSatisfy(value -> assertThat((String) value).matches("C\\d+"));
        assertThat(clearSample(ANALYST, sql)).as("the property is no clearance").isSubsetOf(tokens);
        assertThat(column(ANALYST, "SELECT count(*) FROM customer.\"customer_profile$sample\"")).containsExactly(5L);
        assertThat(failure(ANALYST, "SELECT * FROM shop.\"restricted$sample\"")).contains("[MESH-TRINO-007] Product shop.restricted may be read by the groups privacy. Ask shop@shop.example for access.");
        assertThat(failure(AUDITOR, "SELECT * FROM shop.\"restricted$sample\"")).contains("[MESH-TRINO-007]");
        assertThat(failure(AUDITOR, "SELECT * FROM shop.\"hidden$sample\"")).contains("does not exist");
        assertThat(rows(ANALYST, "SHOW SESSION LIKE 'mesh.sample_clear'")).hasSize(1);
        assertThat(failure(OFFICER, "SET SESSION mesh.statistics_enabled = false")).contains("Access Denied: Cannot set catalog session property");
        assertThat(mesh.query(OFFICER, "SET SESSION mesh.sample_clear = true").getSetSessionProperties()).containsEntry("mesh.sample_clear", "true");
    }

    @Test
    void testEveryRowIsForWhoeverExecutes()
    {
        mesh.runner().execute(mesh.session(AUDITOR), "CREATE VIEW lake.shop.all_products SECURITY DEFINER AS SELECT product FROM mesh.meta.products");
        assertThat(column(ANALYST, "SELECT product FROM lake.shop.all_products")).doesNotContain("shop.hidden").contains("orders.order-events");
        assertThat(column(AUDITOR, "SELECT product FROM lake.shop.all_products")).contains("shop.hidden");
        mesh.runner().execute(mesh.session(AUDITOR), "CREATE VIEW lake.shop.hidden_sla SECURITY DEFINER AS SELECT status FROM mesh.shop.\"hidden$sla\"");
        assertThat(failure(ANALYST, "SELECT * FROM lake.shop.hidden_sla")).contains("not found");
        mesh.runner().execute(mesh.session(OFFICER), "CREATE VIEW lake.shop.sample SECURITY DEFINER AS SELECT customer_id FROM mesh.customer.\"customer_profile$sample\"");
        assertThat(clearSample(ANALYST, "SELECT customer_id FROM lake.shop.sample")).allSatisfy(value -> assertThat((String) value).doesNotMatch("C\\d+"));
        mesh.runner().execute(mesh.session(OFFICER), "CREATE VIEW lake.shop.masks SECURITY DEFINER AS SELECT column_name, masked FROM mesh.customer.\"customer_profile$mask\"");
        assertThat(rows(ANALYST, "SELECT masked FROM lake.shop.masks WHERE column_name = 'email'")).containsExactly(row(true));
        assertThat(rows(OFFICER, "SELECT masked FROM lake.shop.masks WHERE column_name = 'email'")).containsExactly(row(false));
        mesh.runner().execute(mesh.session(OFFICER), "CREATE VIEW lake.shop.lent_sample SECURITY DEFINER AS SELECT id FROM mesh.shop.\"restricted$sample\"");
        assertThat(failure(ANALYST, "SELECT * FROM lake.shop.lent_sample")).contains("MESH-TRINO-007");
    }

    @Test
    void testAViewIsAskedItself()
    {
        create("viewed", "");
        mesh.register(
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata: {name: viewing, domain: shop, owner: shop@shop.example}
                spec:
                  description: "A view."
                  outputPorts: [{name: view, type: view, contract: contract.yaml, query: "SELECT id, email FROM shop.viewed"}]
                  sla: {freshness: "<= 1d"}
                """,
                CONTRACT,
                Optional.empty());
        assertThat(rows(ANALYST, "SELECT contract FROM shop.\"viewing$contract\"")).containsExactly(row(CONTRACT));
        assertThat(rows(ANALYST, "SELECT port_type FROM meta.products WHERE product = 'shop.viewing'")).containsExactly(row("view"));
        assertThat(failure(ANALYST, "SELECT * FROM shop.\"viewing$mask\""))
                .isEqualTo("[MESH-TRINO-031] shop.viewing is a view: what it shows follows from what its inputs show you. Ask it itself: SELECT * FROM shop.viewing LIMIT 5");
        assertThat(failure(ANALYST, "SELECT * FROM shop.\"viewing$sample\"")).startsWith("[MESH-TRINO-031]");
        assertThat(rows(ANALYST, "SELECT status, live FROM shop.\"viewing$sla\"")).containsExactly(row("unknown", false));
        assertThat(rows(ANALYST, "SELECT direction, other, column_name, other_column, origin, via FROM shop.\"viewing$lineage\"")).containsExactlyInAnyOrder(
                row("upstream", "shop.viewed", "id", "id", "declared", "view"),
                row("upstream", "shop.viewed", "email", "email", "declared", "view"));
        assertThat(rows(ANALYST, "SELECT direction, other, column_name FROM shop.\"viewed$lineage\" WHERE other_column = 'email'")).containsExactly(row("downstream", "shop.viewing", "email"));
    }

    @Test
    void testWhatCannotBeReadIsAnError()
            throws Exception
    {
        try (TestingMesh broken = new TestingMesh(0, Map.of())) {
            TestingProducts.create(broken);
            for (String table : List.of("sla", "sla_measurements", "quality_results", "reconciliations", "reads")) {
                assertThat(broken.query(ANALYST, "SELECT * FROM mesh.meta." + table + " WHERE product = 'nobody.nothing'").getMaterializedRows()).as("never written: %s", table).isEmpty();
            }
            new ResultTables(broken.catalog()).record(test("test-1", "orders.order-events", NOW, CheckStatus.PASSED));
            try (Stream<Path> files = Files.walk(broken.folder().resolve("warehouse"))) {
                for (Path file : files.filter(path -> path.toString().contains("check_results") && path.toString().endsWith(".avro") && path.toString().contains("/data/")).toList()) {
                    Files.writeString(file, "no Avro");
                }
            }
            assertThat(broken.query(ANALYST, "SELECT product, freshness_status FROM meta.products").getRowCount()).as("what does not need the damaged file").isEqualTo(2);
            for (String sql : List.of("SELECT * FROM meta.quality_results", "SELECT quality_status FROM meta.products", "SELECT * FROM orders.\"order_events$quality\"")) {
                assertThatThrownBy(() -> broken.query(ANALYST, sql)).as(sql)
                        .hasMessageMatching("\\[MESH-TRINO-030] What is recorded for [a-z_.$]+ cannot be read, so nothing is shown. The server's log has the details.");
            }
        }
    }

    private void record(String run, String product, SloStatus status, String actual, Instant measuredAt, String source, Optional<String> message)
    {
        new ResultTables(mesh.catalog()).record(new SlaReport(
                product,
                Optional.of("17"),
                List.of(new SloResult(
                        "freshness",
                        status,
                        Optional.of(new BigDecimal(actual)),
                        Optional.of(new BigDecimal("86400")),
                        Optional.of(measuredAt),
                        Optional.of(source),
                        message)),
                run,
                measuredAt));
    }

    private static ContractTestReport test(String run, String product, Instant finishedAt, CheckStatus status)
    {
        return test(run, product, finishedAt, status, 2);
    }

    private static ContractTestReport test(String run, String product, Instant finishedAt, CheckStatus status, int planned)
    {
        return new ContractTestReport(
                product,
                "curated",
                "id",
                "1.0.0",
                "hash",
                Optional.of("17"),
                planned,
                ImmutableList.of(
                        check("id.required", "nullValues", status, "0", "mustBe 0", EvidenceRung.R5, "none"),
                        check("sum", "sql", CheckStatus.PASSED, "42", "mustBe 42", EvidenceRung.R6, "the statement gave 42")),
                List.of(),
                List.of(),
                run,
                finishedAt.minusSeconds(5),
                finishedAt);
    }

    private static CheckResult check(String name, String metric, CheckStatus status, String actual, String threshold, EvidenceRung rung, String message)
    {
        return new CheckResult(
                name,
                Optional.of("id"),
                metric,
                Optional.of("completeness"),
                "error",
                status,
                Optional.of(new BigDecimal(actual)),
                Optional.of(threshold),
                Optional.of(rung),
                OptionalLong.empty(),
                Optional.of(message));
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

    private void create(String name, String more)
    {
        mesh.producer("CREATE TABLE lake.shop.%s AS SELECT BIGINT '1' AS id, 'a@mail.example' AS email".formatted(name));
        mesh.register(spec(name, more), CONTRACT, Optional.empty());
    }

    private static String spec(String name, String more)
    {
        return """
               apiVersion: dataproduct.kloudvin.io/v1
               kind: DataProduct
               metadata: {name: %s, domain: shop, owner: shop@shop.example}
               spec:
                 description: "Rows of the shop."
                 outputPorts: [{name: curated, type: iceberg, contract: contract.yaml}]
                 sla: {freshness: "<= 1d"}
                 classification: {contains_pii: true, pii_fields: [email]}
                 %s
               """.formatted(name.replace('_', '-'), more);
    }

    private Object comment(String table)
    {
        return column(ANALYST, "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'shop' AND table_name = '%s'".formatted(table)).getFirst();
    }

    private List<Object> clearSample(String user, @Language("SQL") String sql)
    {
        Session session = Session.builder(mesh.session(user)).setCatalogSessionProperty("mesh", "sample_clear", "true").build();
        return mesh.runner().execute(session, sql).getOnlyColumn().toList();
    }

    private String failure(String user, @Language("SQL") String sql)
    {
        StringBuilder message = new StringBuilder();
        assertThatThrownBy(() -> mesh.query(user, sql)).as(sql).satisfies(failure -> message.append(failure.getMessage())).hasMessageNotContaining("file:");
        return message.toString().replaceFirst("^line [0-9]+:[0-9]+: ", "");
    }

    private List<Object> column(String user, @Language("SQL") String sql)
    {
        return mesh.query(user, sql).getOnlyColumn().toList();
    }

    private static List<Object> row(Object... values)
    {
        return Arrays.asList(values);
    }

    private List<List<Object>> rows(String user, @Language("SQL") String sql)
    {
        return mesh.query(user, sql).getMaterializedRows().stream()
                .map(MaterializedRow::getFields)
                .toList();
    }
}
