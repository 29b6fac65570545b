package io.meshwright.trino;

import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.mask.TokenFunction;
import io.trino.Session;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static io.meshwright.trino.AdmittedProducts.LATEST;
import static io.meshwright.trino.AdmittedProducts.SLA;
import static io.meshwright.trino.AdmittedProducts.contract;
import static io.meshwright.trino.AdmittedProducts.view;
import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.KEYS;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Versions of a product side by side, and products that are views.
 */
class TestProductVersions
        extends BaseMeshTest
{
    private AdmittedProducts products;

    @BeforeAll
    void setUp()
    {
        products = new AdmittedProducts(mesh);
    }

    @Test
    void testVersionsSideBySide()
    {
        String ports =
                """
                description: Rows of the shop.
                outputPorts:
                  - {name: curated, type: iceberg, contract: ./v2.yaml, deprecated: {until: 2999-12-31, successor: next, reason: Mail is called email now.}}
                  - {name: next, type: iceberg, contract: ./v3.yaml, serve: verified}
                classification: {contains_pii: true, pii_fields: [mail, email]}
                access: {clear: [{group: privacy}]}
                """ + SLA;
        Map<String, String> contracts = Map.of(
                "v2.yaml", contract("events", "2.4.0", "id: {type: long}\nmail: {type: string, mask: redact}"),
                "v3.yaml", contract("events", "3.0.0", "id: {type: long}\nemail: {type: string}"));
        products.apply("events", ports, contracts);
        mesh.producer("INSERT INTO lake.shop.events VALUES (1, 'a@mail.example')");
        mesh.producer("INSERT INTO lake.shop.events_next VALUES (1, 'a@mail.example'), (2, 'b@mail.example')");
        assertThat(failure(ANALYST, "SELECT * FROM shop.events_v3")).contains("(version 3.0.0), and none has passed it yet");
        products.tested("events", "next", products.currentSnapshot("events_next"), CheckStatus.PASSED);

        assertThat(rows(ANALYST, "SHOW TABLES FROM shop LIKE 'events%'")).containsExactly(List.of("events"), List.of("events_v3"));
        assertThat(rows(ANALYST, "SELECT * FROM shop.events")).containsExactly(List.of(1L, "[redacted]"));
        assertThat(rows(ANALYST, "SELECT * FROM shop.events_v2")).containsExactly(List.of(1L, "[redacted]"));
        assertThat(rows(ANALYST, "SELECT email FROM shop.events_v3 WHERE id = 1")).containsExactly(List.of(TokenFunction.create(KEYS, "email").token("a@mail.example")));
        assertThat(rows(OFFICER, "SELECT count(*) FROM shop.events e JOIN shop.events_v3 n ON e.mail = n.email")).containsExactly(List.of(1L));
        assertThat(failure(ANALYST, "SELECT * FROM shop.events_v1")).contains("does not exist");
        assertThat(rows(ANALYST, "SELECT table_name, column_name FROM mesh.information_schema.columns WHERE table_name LIKE 'events%' ORDER BY 1, 2"))
                .containsExactly(List.of("events", "id"), List.of("events", "mail"), List.of("events_v3", "email"), List.of("events_v3", "id"));

        assertThat(rows(ANALYST, "SELECT table_name, comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'shop' AND table_name = 'events'")).containsExactly(List.of(
                "events",
                "Rows of the shop. (data product shop.events, owner shop@shop.example) (deprecated: can be read until 2999-12-31, then read shop.events_v3: Mail is called email now.)"));
        Session strict = session("allow_deprecated", "false");
        assertThat(failure(strict, "SELECT * FROM shop.events")).isEqualTo(
                "[MESH-TRINO-037] Version 2.4.0 of product shop.events is deprecated and can be read until 2999-12-31, and your session does not allow deprecated versions (allow_deprecated = false). Read shop.events_v3 instead.");
        assertThat(rows(strict, "SELECT count(*) FROM shop.events_v3")).containsExactly(List.of(2L));
        mesh.producer("CREATE VIEW lake.shop.of_events SECURITY INVOKER AS SELECT count(*) AS events FROM mesh.shop.events");
        assertThat(rows(ANALYST, "SELECT * FROM lake.shop.of_events")).hasSize(1);
        assertThat(failure(strict, "SELECT * FROM lake.shop.of_events")).as("within a view").startsWith("[MESH-TRINO-037] Version 2.4.0 of product shop.events is deprecated");

        @Language("SQL")
        String lifecycle = "SELECT name, version, port, state, CAST(until AS varchar), successor, serves, verified, snapshot_id = latest_snapshot_id FROM shop.\"events$lifecycle\" ORDER BY name";
        assertThat(rows(ANALYST, lifecycle)).containsExactly(
                Arrays.asList("shop.events", "2.4.0", "curated", "deprecated", "2999-12-31", "shop.events_v3", "latest", null, true),
                Arrays.asList("shop.events_v2", "2.4.0", "curated", "deprecated", "2999-12-31", "shop.events_v3", "latest", null, true),
                Arrays.asList("shop.events_v3", "3.0.0", "next", "current", null, null, "verified", true, true));

        products.apply("events", ports.replace("2999-12-31", "2024-06-30"), contracts);
        assertThat(rows(ANALYST, lifecycle).getFirst().get(3)).isEqualTo("retired");
        String retired = "[MESH-TRINO-037] Version 2.4.0 of product shop.events was retired after 2024-06-30. Read shop.events_v3 instead.";
        assertThat(failure(OFFICER, "SELECT * FROM shop.events")).isEqualTo(retired);
        assertThat(failure(OFFICER, "SELECT * FROM shop.events_v2")).isEqualTo(retired);
        assertThat(failure(OFFICER, "SELECT * FROM shop.\"events$latest\"")).isEqualTo(retired);
        assertThat(failure(OFFICER, "SELECT * FROM shop.events FOR VERSION AS OF " + products.currentSnapshot("events"))).isEqualTo(retired);
        assertThat(rows(ANALYST, "SELECT count(*) FROM shop.events_v3")).containsExactly(List.of(2L));
    }

    @Test
    void testOldVersionAsAView()
    {
        String ports =
                """
                description: Rows of the shop.
                outputPorts:
                  - {name: next, type: iceberg, contract: ./v2.yaml}
                  - {name: former, type: view, contract: ./v1.yaml, query: "SELECT id, email AS mail FROM bridged", deprecated: {until: 2024-06-30, successor: next}}
                classification: {contains_pii: true, pii_fields: [email]}
                access: {clear: [{group: privacy}]}
                """ + SLA;
        Map<String, String> contracts = Map.of(
                "v1.yaml", contract("bridged", "1.9.0", "id: {type: long}\nmail: {type: string}"),
                "v2.yaml", contract("bridged", "2.0.0", "id: {type: long}\nemail: {type: string}"));
        products.apply("bridged", ports.replace("2024-06-30", "2999-12-31"), contracts);
        mesh.producer("INSERT INTO lake.shop.bridged VALUES (1, 'a@mail.example')");
        assertThat(rows(ANALYST, "SELECT mail FROM shop.bridged_v1")).containsExactly(List.of(TokenFunction.create(KEYS, "email").token("a@mail.example")));
        assertThat(rows(OFFICER, "SELECT mail FROM shop.bridged_v1")).containsExactly(List.of("a@mail.example"));
        assertThat(rows(ANALYST, "DESCRIBE shop.bridged_v1").get(1).get(3)).isEqualTo("(masked for you: token by email; ask shop@shop.example for clearance)");
        assertThat(rows(OFFICER, "DESCRIBE shop.bridged_v1").get(1).get(3)).isEqualTo("");
        products.apply("bridged", ports, contracts);
        assertThat(failure(ANALYST, "SELECT mail FROM shop.bridged_v1")).isEqualTo("[MESH-TRINO-037] Version 1.9.0 of product shop.bridged was retired after 2024-06-30. Read shop.bridged instead.");
    }

    @Test
    void testViewOverPrivateProduct()
    {
        products.apply("secret", LATEST.replace("access: {clear: [{group: privacy}]}", "access: {discovery: private, clear: [{group: privacy}]}"), Map.of("v1.yaml", contract("secret", "1.0.0", "id: {type: long}\nemail: {type: string}")));
        mesh.producer("INSERT INTO lake.shop.secret VALUES (1, 'a@mail.example')");
        products.apply("shop-window", view("SELECT id, email FROM shop.secret"), Map.of("v1.yaml", contract("shop-window", "1.0.0", "id: {type: long}\nemail: {type: string}")));
        products.apply("outer-window", view("SELECT id, email FROM shop.shop_window"), Map.of("v1.yaml", contract("outer-window", "1.0.0", "id: {type: long}\nemail: {type: string}")));
        assertThat(rows(OFFICER, "SELECT * FROM shop.outer_window")).containsExactly(List.of(1L, "a@mail.example"));
        for (String name : List.of("shop-window", "outer-window")) {
            for (String statement : List.of("SELECT * FROM shop.%s", "SELECT count(*) FROM shop.%s", "DESCRIBE shop.%s", "SHOW STATS FOR shop.%s", "EXPLAIN SELECT * FROM shop.%s")) {
                assertThat(failure(ANALYST, statement.formatted(name.replace('-', '_')))).as(statement).isEqualTo(
                        "[MESH-TRINO-038] Product shop.%s cannot be read by you: it is a view over products of which you may not read all, or which are not registered any more. Ask shop@shop.example.".formatted(name));
            }
        }
        assertThat(rows(ANALYST, "SELECT * FROM mesh.information_schema.views WHERE table_name = 'shop_window'").toString()).doesNotContain("secret");
    }

    @Test
    void testViewThatNoLongerFitsItsInput()
    {
        products.apply("typed", LATEST, Map.of("v1.yaml", contract("typed", "1.0.0", "id: {type: int}\nemail: {type: string}")));
        products.apply("typed-view", view("SELECT id, email FROM shop.typed"), Map.of("v1.yaml", contract("typed-view", "1.0.0", "id: {type: int}\nemail: {type: string}")));
        mesh.producer("INSERT INTO lake.shop.typed VALUES (1, 'a@mail.example')");
        assertThat(rows(OFFICER, "SELECT * FROM shop.typed_view")).containsExactly(List.of(1, "a@mail.example"));
        products.apply("typed", LATEST, Map.of("v1.yaml", contract("typed", "1.1.0", "id: {type: long}\nemail: {type: string}")));
        assertThat(failure(ANALYST, "SELECT * FROM shop.typed_view")).isEqualTo(
                "[MESH-TRINO-038] Product shop.typed-view cannot be read: column id of its view is bigint, and integer in its contract. Ask shop@shop.example to correct one of the two.");
    }
}
