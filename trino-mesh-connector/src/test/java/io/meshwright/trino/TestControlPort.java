package io.meshwright.trino;

import io.meshwright.model.mask.TokenFunction;
import io.trino.Session;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.trino.ShopProducts.CONTRACT;
import static io.meshwright.trino.ShopProducts.create;
import static io.meshwright.trino.ShopProducts.spec;
import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.CLEARED;
import static io.meshwright.trino.TestingMesh.KEYS;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What products tell about themselves in SQL, and to whom.
 */
class TestControlPort
        extends BaseControlPortTest
{
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
                .contains(List.of("actual", "decimal(38,9)", "", "The figure that was measured: seconds for freshness and latency, 0..1 for the others; null when it was not measured or is not for you"));
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
                        Stream.of("contract", "sla", "quality", "reconciliation", "mask", "lineage", "history").map(facet -> "orders.\"order_events$" + facet + "\""))
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
        assertThat(column(ANALYST, "SELECT product FROM meta.products")).contains("customer.customer-profile", "orders.order-events", "shop.restricted").doesNotContain("shop.hidden");
        assertThat(column(AUDITOR, "SELECT product FROM meta.products")).contains("shop.hidden");
        assertThat(rows(ANALYST, "SELECT sql_schema, sql_table, owner, description, contract_version, port_type, contains_pii, discovery, may_read, sees_clear, problem, revision, registered_by, registry_age_seconds FROM meta.products WHERE product = 'orders.order-events'"))
                .containsExactly(row("orders", "order_events", ORDERS_OWNER, "Placed, fulfilled and cancelled orders.", "1.0.0", "iceberg", true, "public", true, false, null, 1L, "test", null));
        assertThat(rows(OFFICER, "SELECT may_read, sees_clear FROM meta.products WHERE product IN ('orders.order-events', 'shop.restricted') ORDER BY product"))
                .containsExactly(List.of(true, true), List.of(true, false));
        assertThat(rows(ANALYST, "SELECT may_read, sees_clear FROM meta.products WHERE product = 'shop.restricted'")).containsExactly(List.of(false, false));
        assertThat(column(ANALYST, "SELECT product FROM meta.products WHERE registered_at BETWEEN current_timestamp - INTERVAL '1' HOUR AND current_timestamp")).contains("customer.customer-profile", "orders.order-events", "shop.restricted");

        for (String facet : List.of("contract", "sla", "quality", "reconciliation", "mask", "lineage", "history", "sample")) {
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
        create(mesh, "expiring", "access: {clear: [{user: carl, until: 2099-12-31}, {user: carl, until: 2098-12-31}]}");
        assertThat(rows(CLEARED, "SELECT CAST(cleared_until AS varchar) FROM shop.\"expiring$mask\" WHERE column_name = 'email'")).containsExactly(row("2099-12-31"));
        assertThat(rows(ANALYST, "SELECT cleared_until FROM shop.\"expiring$mask\" WHERE column_name = 'email'")).containsExactly(row((Object) null));
    }

    @Test
    void testHistory()
    {
        create(mesh, "changing", "access: {clear: [{user: zoe}]}");
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
        create(mesh, "granted", "access: {read: [privacy, hr], clear: [{user: carl, until: 2099-01-31}, {group: hr}, {user: gone, until: 2020-01-01}]}");
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
    void testAViewTellsAboutItself()
    {
        create(mesh, "viewed", "");
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
        assertThat(rows(ANALYST, "SELECT status, live FROM shop.\"viewing$sla\"")).containsExactly(row("unknown", false));
        assertThat(rows(ANALYST, "SELECT direction, other, column_name, other_column, origin, via FROM shop.\"viewing$lineage\"")).containsExactlyInAnyOrder(
                row("upstream", "shop.viewed", "id", "id", "declared", "view"),
                row("upstream", "shop.viewed", "email", "email", "declared", "view"));
        assertThat(rows(ANALYST, "SELECT direction, other, column_name FROM shop.\"viewed$lineage\" WHERE other_column = 'email'")).containsExactly(row("downstream", "shop.viewing", "email"));
    }

    private List<Object> clearSample(String user, @Language("SQL") String sql)
    {
        Session session = Session.builder(mesh.session(user)).setCatalogSessionProperty("mesh", "sample_clear", "true").build();
        return mesh.runner().execute(session, sql).getOnlyColumn().toList();
    }
}
