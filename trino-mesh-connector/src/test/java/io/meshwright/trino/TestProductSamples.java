package io.meshwright.trino;

import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.mask.TokenFunction;
import io.trino.Session;
import io.trino.testing.MaterializedRow;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.CLEARED;
import static io.meshwright.trino.TestingMesh.KEYS;
import static io.meshwright.trino.TestingMesh.MARKETER;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Samples are held to what the product itself is held to, and views tell their samples and their masks as well.
 */
@TestInstance(PER_CLASS)
class TestProductSamples
{
    private static final String FRESH = "sla: {freshness: {threshold: 15m, timestampField: at}}\n";
    private static final String PERSONAL = "classification: {contains_pii: true, pii_fields: [email]}\naccess: {clear: [{group: privacy}, {user: carl}]}\n";

    private TestingMesh mesh;
    private AdmittedProducts products;

    @BeforeAll
    void setUp()
            throws Exception
    {
        mesh = new TestingMesh(0, Map.of());
        products = new AdmittedProducts(mesh);
        products.apply("people", table("") + PERSONAL, contract("people", "id: {type: long}\nemail: {type: string}\nat: {type: timestamp}\nhome: {type: struct, fields: {city: {type: string}, street: {type: string, pii: true}}}"));
        mesh.producer("INSERT INTO lake.shop.people SELECT n, 'm' || CAST(n AS varchar), current_timestamp(6), CAST(ROW('Bern', 'Street') AS ROW(city varchar, street varchar)) FROM UNNEST(sequence(1, 9)) AS t(n)");
        view("contacts", "SELECT id, email AS mail, home, upper(email) AS shout FROM shop.people", "id: {type: long}\nmail: {type: string}\nhome: {type: struct, fields: {city: {type: string}, street: {type: string}}}\nshout: {type: string}");
        view("outer-contacts", "SELECT mail AS address, shout FROM shop.contacts", "address: {type: string}\nshout: {type: string}");
    }

    @AfterAll
    void tearDown()
            throws Exception
    {
        mesh.close();
    }

    @Test
    void testTheReadersChoicesHoldForSamples()
    {
        products.apply("aged", table(""), contract("aged", "id: {type: long}\nat: {type: timestamp}"));
        mesh.producer("INSERT INTO lake.shop.aged VALUES (1, current_timestamp(6) - INTERVAL '1' HOUR)");
        assertThat(rows(ANALYST, "SELECT id FROM shop.\"aged$sample\"")).containsExactly(List.of(1L));
        for (Session strict : List.of(session(ANALYST, "on_stale", "fail"), session(ANALYST, "max_age", "10m"))) {
            String table = failure(strict, "SELECT id FROM shop.aged");
            assertThat(table).startsWith("[MESH-TRINO-035] Product shop.aged is stale: its data is 1h");
            assertThat(withoutFigures(failure(strict, "SELECT id FROM shop.\"aged$sample\""))).isEqualTo(withoutFigures(table));
        }
        assertThat(rows(session(ANALYST, "max_age", "2h"), "SELECT id FROM shop.\"aged$sample\"")).containsExactly(List.of(1L));

        Session careful = session(ANALYST, "on_stale", "last_verified");
        assertThat(failure(careful, "SELECT id FROM shop.\"aged$sample\"")).startsWith("[MESH-TRINO-036]").isEqualTo(failure(careful, "SELECT id FROM shop.aged"));
        products.tested("aged", "curated", products.currentSnapshot("aged"), CheckStatus.PASSED);
        mesh.producer("INSERT INTO lake.shop.aged VALUES (2, current_timestamp(6) - INTERVAL '50' MINUTE)");
        assertThat(rows(careful, "SELECT id FROM shop.\"aged$sample\"")).containsExactly(List.of(1L));
        assertThat(rows(ANALYST, "SELECT id FROM shop.\"aged$sample\"")).hasSize(2);
    }

    @Test
    void testSampleOfWhatIsServed()
    {
        products.apply("served", table(", serve: verified"), contract("served", "id: {type: long}\nat: {type: timestamp}"));
        mesh.producer("INSERT INTO lake.shop.served VALUES (1, current_timestamp(6))");
        assertThat(failure(mesh.session(ANALYST), "SELECT id FROM shop.\"served$sample\"")).startsWith("[MESH-TRINO-036] Product shop.served serves only data that passed its contract");
        products.tested("served", "curated", products.currentSnapshot("served"), CheckStatus.PASSED);
        mesh.producer("INSERT INTO lake.shop.served VALUES (2, current_timestamp(6))");
        assertThat(rows(ANALYST, "SELECT id FROM shop.\"served$sample\"")).as("a load that nobody tested stays unseen").containsExactly(List.of(1L));
    }

    @Test
    void testSampleOfAView()
    {
        @Language("SQL") String sql = "SELECT mail FROM shop.\"contacts$sample\"";
        List<List<Object>> tokens = rows(ANALYST, "SELECT mail FROM shop.contacts");
        assertThat(tokens).contains(List.of(TokenFunction.create(KEYS, "email").token("m1")));
        assertThat(rows(ANALYST, sql)).hasSize(5).isSubsetOf(tokens);
        assertThat(rows(ANALYST, "SELECT count(*) FROM shop.\"contacts$sample\"")).containsExactly(List.of(5L));
        assertThat(rows(ANALYST, "SELECT address FROM shop.\"outer_contacts$sample\"")).hasSize(5).isSubsetOf(tokens);
        assertThat(rows(ANALYST, "DESCRIBE shop.\"contacts$sample\"")).isEqualTo(rows(ANALYST, "DESCRIBE shop.contacts"));
        assertThat(rows(ANALYST, "SHOW TABLES FROM shop").toString()).doesNotContain("$sample");

        // masked, unless somebody who is cleared wants it otherwise
        for (String name : List.of("contacts", "outer_contacts")) {
            assertThat(failure(mesh.session(OFFICER), "SELECT * FROM shop.\"%s$sample\"".formatted(name))).isEqualTo(
                    "[MESH-TRINO-031] A sample of shop.%s would not be masked for you, because it is a view over products that you see in clear. To see it so: SET SESSION mesh.sample_clear = true".formatted(name.replace('_', '-')));
        }
        assertThat(rows(session(OFFICER, "sample_clear", "true"), sql)).hasSize(5).allSatisfy(row -> assertThat((String) row.getFirst()).matches("m\\d"));
        assertThat(rows(session(ANALYST, "sample_clear", "true"), sql)).as("the property is no clearance").isSubsetOf(tokens);

        assertThat(failure(session(ANALYST, "max_age", "1ms"), sql)).startsWith("[MESH-TRINO-035] Product shop.people is stale");
        assertThat(failure(mesh.session(ANALYST), "SELECT * FROM shop.\"contacts$sample$sample\"")).contains("does not exist");
        assertThat(failure(mesh.session(ANALYST), "INSERT INTO shop.\"contacts$sample\" VALUES (1, 'x', NULL, 'x')")).isEqualTo("Inserting into views is not supported");
    }

    @Test
    void testSampleOfAViewThatSomebodyLends()
    {
        mesh.runner().execute(session(OFFICER, "sample_clear", "true"), "CREATE VIEW lake.shop.lent SECURITY DEFINER AS SELECT mail FROM mesh.shop.\"contacts$sample\"");
        // Trino hides the session's properties from what a view reads, so that nobody can want clear values there
        for (String user : List.of(ANALYST, CLEARED, OFFICER)) {
            assertThat(failure(session(user, "sample_clear", "true"), "SELECT * FROM lake.shop.lent")).as(user).contains("[MESH-TRINO-031] A sample of shop.contacts would not be masked for you");
        }
        mesh.runner().execute(mesh.session(ANALYST), "CREATE VIEW lake.shop.shared SECURITY DEFINER AS SELECT mail FROM mesh.shop.\"contacts$sample\"");
        assertThat(rows(OFFICER, "SELECT * FROM lake.shop.shared")).hasSize(5).isSubsetOf(rows(ANALYST, "SELECT mail FROM shop.contacts"));
    }

    @Test
    void testMasksOfAView()
    {
        @Language("SQL") String sql = "SELECT column_name, type, masked, mask, token_domain, personal, cleared_by, remedy FROM shop.\"contacts$mask\"";
        String ask = "ask shop@shop.example for clearance";
        String row = "row(\"city\" varchar, \"street\" varchar)";
        assertThat(rows(ANALYST, sql)).containsExactly(
                row("id", "bigint", false, null, null, null, null, null),
                row("mail", "varchar", true, "token", "email", "listed in classification.pii_fields", null, ask),
                row("home", row, true, "row", null, "contains home.street", null, ask),
                row("home.street", "varchar", true, "token", "shop.people.home.street", "pii in the contract", null, ask),
                row("shout", "varchar", null, null, null, null, null, "ask shop@shop.example what it is computed from"));
        assertThat(rows(OFFICER, sql)).containsExactly(
                row("id", "bigint", false, null, null, null, null, null),
                row("mail", "varchar", false, null, null, "listed in classification.pii_fields", "group privacy", null),
                row("home", row, false, null, null, "contains home.street", "group privacy", null),
                row("shout", "varchar", false, null, null, null, null, null));
        assertThat(rows(ANALYST, "SELECT column_name, masked, mask, personal FROM shop.\"outer_contacts$mask\"")).containsExactly(
                row("address", true, "token", "listed in classification.pii_fields"),
                row("shout", null, null, null));
        mesh.runner().execute(mesh.session(OFFICER), "CREATE VIEW lake.shop.masks_of_contacts SECURITY DEFINER AS SELECT column_name, masked FROM mesh.shop.\"contacts$mask\"");
        assertThat(rows(ANALYST, "SELECT masked FROM lake.shop.masks_of_contacts WHERE column_name = 'mail'")).as("for whoever executes").containsExactly(List.of(true));
    }

    @Test
    void testAViewOverWhatOneMayNotRead()
    {
        products.apply("limited", table("") + "access: {read: [marketing]}\n", contract("limited", "id: {type: long}\nat: {type: timestamp}"));
        mesh.producer("INSERT INTO lake.shop.limited VALUES (1, current_timestamp(6))");
        view("window", "SELECT id, at FROM shop.limited", "id: {type: long}\nat: {type: timestamp}");
        assertThat(rows(MARKETER, "SELECT id FROM shop.\"window$sample\"")).containsExactly(List.of(1L));
        assertThat(rows(MARKETER, "SELECT column_name, masked FROM shop.\"window$mask\"")).containsExactly(List.of("id", false), List.of("at", false));
        for (String facet : List.of("sample", "mask")) {
            assertThat(failure(mesh.session(ANALYST), "SELECT * FROM shop.\"window$%s\"".formatted(facet)))
                    .startsWith("[MESH-TRINO-038] Product shop.window cannot be read by you")
                    .doesNotContain("limited");
        }
    }

    private static String table(String more)
    {
        return "description: Rows of the shop.\noutputPorts: [{name: curated, type: iceberg, contract: ./v1.yaml%s}]\n".formatted(more) + FRESH;
    }

    private void view(String name, String query, String fields)
    {
        products.apply(
                name,
                "description: Rows of the shop.\noutputPorts: [{name: view, type: view, contract: ./v1.yaml, query: '%s'}]\nsla: {freshness: \"<= 1d\"}\n".formatted(query),
                contract(name, fields));
    }

    private static Map<String, String> contract(String name, String fields)
    {
        String text =
                """
                dataContractSpecification: 1.2.0
                id: shop.%s
                info: {title: T, version: 1.0.0, owner: team}
                models:
                  %s:
                    type: table
                    fields:
                """.formatted(name, name.replace('-', '_'));
        return Map.of("v1.yaml", text + fields.indent(6));
    }

    private static String withoutFigures(String message)
    {
        return message.replaceAll("1h( \\d+s)?", "1h").replaceAll("at \\S+Z", "then");
    }

    private Session session(String user, String property, String value)
    {
        return Session.builder(mesh.session(user)).setCatalogSessionProperty("mesh", property, value).build();
    }

    private String failure(Session session, @Language("SQL") String sql)
    {
        StringBuilder message = new StringBuilder();
        assertThatThrownBy(() -> mesh.runner().execute(session, sql)).as(sql).satisfies(failure -> message.append(failure.getMessage())).hasMessageNotContaining("file:");
        return message.toString().replaceFirst("^line [0-9]+:[0-9]+: ", "");
    }

    private static List<Object> row(Object... values)
    {
        return Arrays.asList(values);
    }

    private List<List<Object>> rows(String user, @Language("SQL") String sql)
    {
        return rows(mesh.session(user), sql);
    }

    private List<List<Object>> rows(Session session, @Language("SQL") String sql)
    {
        return mesh.runner().execute(session, sql).getMaterializedRows().stream()
                .map(MaterializedRow::getFields)
                .toList();
    }
}
