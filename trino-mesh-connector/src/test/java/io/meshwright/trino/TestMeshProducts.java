package io.meshwright.trino;

import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.ProductDraft;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.model.mask.TokenFunction;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.DataProductSpecParser;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static io.meshwright.trino.ShopProducts.CONTRACT;
import static io.meshwright.trino.ShopProducts.create;
import static io.meshwright.trino.ShopProducts.createTable;
import static io.meshwright.trino.ShopProducts.spec;
import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.KEYS;
import static io.meshwright.trino.TestingMesh.MARKETER;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The life of products: who finds and reads them, what becomes of them when registry, contract and table part.
 */
class TestMeshProducts
        extends BaseMeshTest
{
    @BeforeAll
    void setUp()
    {
        mesh.producer("CREATE SCHEMA lake.shop");
    }

    @Test
    void testPrivateProduct()
    {
        create(mesh, "hidden", "access: {discovery: private, read: [marketing], clear: [{group: privacy}]}");
        assertThat(rows(MARKETER, "SHOW TABLES FROM shop")).contains(List.of("hidden"));
        assertThat(rows(OFFICER, "SHOW TABLES FROM shop")).contains(List.of("hidden"));
        assertThat(rows(ANALYST, "SHOW TABLES FROM shop")).doesNotContain(List.of("hidden"));
        assertThat(rows(ANALYST, "SELECT * FROM mesh.information_schema.tables WHERE table_name = 'hidden'")).isEmpty();
        assertThat(rows(ANALYST, "SELECT * FROM mesh.information_schema.columns WHERE table_name = 'hidden'")).isEmpty();
        assertThat(rows(ANALYST, "SELECT * FROM system.jdbc.tables WHERE table_name = 'hidden' AND table_cat = 'mesh'")).isEmpty();
        for (String statement : List.of("SELECT * FROM shop.%s", "DESCRIBE shop.%s", "SHOW CREATE TABLE shop.%s", "SHOW STATS FOR shop.%s", "INSERT INTO shop.%s VALUES (1, 'x')")) {
            assertThat(failure(ANALYST, statement.formatted("hidden"))).as(statement).isEqualTo(failure(ANALYST, statement.formatted("nosuch")).replace("nosuch", "hidden"));
        }
        assertThat(rows(MARKETER, "SELECT count(*) FROM shop.hidden")).containsExactly(List.of(1L));
    }

    @Test
    void testReadGroups()
    {
        create(mesh, "limited", "access: {discovery: public, read: [marketing]}");
        assertThat(rows(ANALYST, "SHOW TABLES FROM shop")).contains(List.of("limited"));
        assertThat(rows(ANALYST, "DESCRIBE shop.limited")).hasSize(2);
        String denied = "Access Denied: [MESH-TRINO-007] Product shop.limited may be read by the groups marketing. Ask shop@shop.example for access.";
        assertThat(failure(ANALYST, "SELECT id FROM shop.limited")).isEqualTo(denied);
        assertThat(failure(ANALYST, "SELECT count(*) FROM shop.limited")).isEqualTo(denied);
        assertThat(failure(ANALYST, "SHOW STATS FOR shop.limited")).isEqualTo(denied);
        assertThat(rows(MARKETER, "SELECT id FROM shop.limited")).containsExactly(List.of(1L));

        mesh.runner().execute(mesh.session(MARKETER), "CREATE VIEW lake.shop.widened AS SELECT id FROM mesh.shop.limited");
        assertThat(failure(ANALYST, "SELECT * FROM lake.shop.widened")).contains("View owner does not have sufficient privileges");
    }

    @Test
    void testConfidentialProduct()
    {
        createAt("confidential", "salaries", "access: {clear: [{group: privacy}]}");
        assertThat(rows(ANALYST, "SHOW TABLES FROM shop")).contains(List.of("salaries"));
        assertThat(failure(ANALYST, "SELECT id FROM shop.salaries"))
                .isEqualTo("Access Denied: [MESH-TRINO-007] Product shop.salaries may be read by whom its owner cleared. Ask shop@shop.example for access.");
        assertThat(rows(OFFICER, "SELECT email FROM shop.salaries")).containsExactly(List.of("a@mail.example"));
        mesh.runner().execute(mesh.session(OFFICER), "CREATE VIEW lake.shop.lent AS SELECT id FROM mesh.shop.salaries");
        assertThat(failure(ANALYST, "SELECT * FROM lake.shop.lent")).contains("View owner does not have sufficient privileges");

        createAt("confidential", "shared", "access: {read: [marketing]}");
        assertThat(rows(MARKETER, "SELECT email FROM shop.shared")).containsExactly(List.of(TokenFunction.create(KEYS, "email").token("a@mail.example")));
        assertThat(failure(OFFICER, "SELECT id FROM shop.shared")).contains("may be read by the groups marketing");
    }

    @Test
    void testRestrictedProduct()
    {
        mesh.producer("CREATE TABLE lake.shop.cases AS SELECT BIGINT '1' AS id, 'a@mail.example' AS email, 'called twice' AS note, 'open' AS state");
        String contract = CONTRACT.replace("email: {type: string}", "email: {type: string}\n      note: {type: string}\n      state: {type: string, classification: internal}");
        mesh.register(levelled("cases", "access: {read: [marketing], clear: [{group: privacy}]}", "restricted"), contract, Optional.empty());
        assertThat(rows(ANALYST, "SHOW TABLES FROM shop")).doesNotContain(List.of("cases"));
        assertThat(failure(ANALYST, "SELECT * FROM shop.cases")).isEqualTo(failure(ANALYST, "SELECT * FROM shop.nosuch").replace("nosuch", "cases"));
        assertThat(mesh.query(MARKETER, "SELECT id, email, note, state FROM shop.cases").getMaterializedRows().getFirst().getFields())
                .containsExactly(1L, null, TokenFunction.create(KEYS, "shop.cases.note").token("called twice"), "open");
        assertThat(rows(OFFICER, "SELECT email, note FROM shop.cases")).containsExactly(List.of("a@mail.example", "called twice"));
    }

    @Test
    void testOtherEnvironmentsMaskEverybody()
    {
        create(mesh, "everywhere", "access: {clear: [{group: privacy}]}");
        mesh.createMeshCatalog("development", Map.of("mesh.environment", "dev"));
        String token = TokenFunction.create(KEYS, "email").token("a@mail.example");
        assertThat(rows(OFFICER, "SELECT email FROM shop.everywhere")).containsExactly(List.of("a@mail.example"));
        assertThat(rows(OFFICER, "SELECT email FROM development.shop.everywhere")).containsExactly(List.of(token));
        assertThat(rows(OFFICER, "DESCRIBE development.shop.everywhere").get(1).get(3)).isEqualTo("(masked for you: token by email; everything personal is masked in environment dev)");

        // not the exact word
        mesh.createMeshCatalog("misspelt", Map.of("mesh.environment", "Production"));
        assertThat(rows(OFFICER, "SELECT email FROM misspelt.shop.everywhere")).containsExactly(List.of(token));
    }

    @Test
    void testEnvironmentMustBeSaid()
    {
        Map<String, String> properties = Map.of("mesh.token.key-file", mesh.folder().resolve("keys").toString());
        assertThatThrownBy(() -> mesh.runner().createCatalog("anywhere", "mesh", properties))
                .hasMessageContaining("[MESH-TRINO-027] The catalog property mesh.environment is missing. With mesh.environment=production readers see clear values where a product clears them; with any other name, for example test, nobody does.");
    }

    @Test
    void testMissingStorage()
    {
        create(mesh, "gone", "");
        mesh.producer("DROP TABLE lake.shop.gone");
        assertThat(failure(ANALYST, "SELECT * FROM shop.gone"))
                .isEqualTo("[MESH-TRINO-004] Product shop.gone is registered, but its storage is missing: there is no table behind it. Its owner shop@shop.example can restore it or register another location.");
        assertThat(rows(ANALYST, "SHOW TABLES FROM shop")).contains(List.of("gone"));
        assertThat(rows(ANALYST, "SELECT count(*) FROM mesh.information_schema.columns WHERE table_schema = 'shop' AND table_name = 'gone'")).containsExactly(List.of(0L));
    }

    @Test
    void testSchemaDrift()
    {
        create(mesh, "drifted", "");
        mesh.producer("ALTER TABLE lake.shop.drifted ADD COLUMN extra varchar");
        mesh.producer("UPDATE lake.shop.drifted SET extra = 'secret'");
        assertThat(rows(ANALYST, "SELECT * FROM shop.drifted").getFirst()).hasSize(2);

        mesh.producer("ALTER TABLE lake.shop.drifted RENAME COLUMN email TO mail");
        assertThat(failure(OFFICER, "SELECT id FROM shop.drifted"))
                .isEqualTo("[MESH-TRINO-005] The contract of product shop.drifted has the column 'email', but the table calls it 'mail'. Nothing is shown until its owner shop@shop.example registers the product again or repairs the table.");
        mesh.producer("ALTER TABLE lake.shop.drifted DROP COLUMN mail");
        assertThat(failure(OFFICER, "SELECT id FROM shop.drifted")).contains("has the column 'email', but the table has no such column any more");

        // the name is back, the column is not: what it holds now was never declared
        mesh.producer("ALTER TABLE lake.shop.drifted ADD COLUMN email varchar");
        assertThat(failure(OFFICER, "SELECT id FROM shop.drifted")).contains("has the column 'email', but the table has no such column any more");
    }

    @Test
    void testTableMadeAnewWithOtherColumns()
    {
        create(mesh, "anew", "");
        mesh.producer("DROP TABLE lake.shop.anew");
        mesh.producer("CREATE TABLE lake.shop.anew AS SELECT 'a@mail.example' AS email, BIGINT '1' AS id");
        assertThat(failure(ANALYST, "SELECT id FROM shop.anew")).startsWith("[MESH-TRINO-005]");
    }

    /**
     * Names and ids agree, so this is taken for the registered table; its values do not fit the mask any more.
     */
    @Test
    void testTypeThatTheMaskDoesNotFit()
    {
        create(mesh, "retyped", "access: {clear: [{group: privacy}]}");
        mesh.producer("DROP TABLE lake.shop.retyped");
        mesh.producer("CREATE TABLE lake.shop.retyped AS SELECT BIGINT '1' AS id, BIGINT '4711' AS email");
        assertThat(mesh.query(ANALYST, "SELECT id, email FROM shop.retyped").getMaterializedRows().getFirst().getFields()).containsExactly(1L, null);
        assertThat(rows(ANALYST, "SELECT id FROM shop.retyped WHERE email = 4711")).isEmpty();
        assertThat(rows(OFFICER, "SELECT id, email FROM shop.retyped")).containsExactly(List.of(1L, 4711L));
    }

    /**
     * What a newer version of the command may have registered.
     */
    @Test
    void testRegistrationOfANewerVersion()
    {
        createTable(mesh, "newer");
        DataProductSpec spec = DataProductSpecParser.parse("dataproduct.yaml", spec("newer", "access: {clear: [{group: privacy}]}")).value().orElseThrow();
        Map<String, String> bodies = Map.of(
                spec("newer", "watermark: {column: id}"), CONTRACT,
                spec("newer", "access: {clear: [{group: privacy, purpose: audit}]}"), CONTRACT,
                spec("newer", "").replace("pii_fields: [email]", "pii_fields: [email], sensitivity_level: secret"), CONTRACT,
                spec("newer", ""), CONTRACT.replace("email: {type: string}", "email: {type: string, mask: shuffle}"));
        bodies.forEach((specBody, contract) -> {
            ProductRow sound = mesh.register(spec("newer", "access: {clear: [{group: privacy}]}"), CONTRACT, Optional.empty());
            assertThat(rows(OFFICER, "SELECT email FROM shop.newer")).containsExactly(List.of("a@mail.example"));
            mesh.register(
                    spec,
                    specBody,
                    sound.ports(),
                    sound.contracts().stream()
                            .map(row -> new ContractRow(row.port(), row.path(), row.contractId(), row.version(), ProductDraft.hashOf(contract), contract))
                            .toList(),
                    sound.columns());
            for (String user : List.of(ANALYST, OFFICER)) {
                assertThat(failure(user, "SELECT id FROM shop.newer")).as(specBody + contract).startsWith("[MESH-TRINO-003] Product shop.newer is registered, but it cannot be read: its ");
            }
        });
    }

    @Test
    void testTimeTravelStaysMasked()
    {
        mesh.producer("CREATE TABLE lake.shop.history (id bigint, mail varchar)");
        mesh.producer("INSERT INTO lake.shop.history VALUES (1, 'old@mail.example')");
        long snapshot = (long) rows("producer", "SELECT snapshot_id FROM lake.shop.\"history$snapshots\" ORDER BY committed_at DESC LIMIT 1").getFirst().getFirst();
        mesh.producer("ALTER TABLE lake.shop.history RENAME COLUMN mail TO email");
        mesh.producer("INSERT INTO lake.shop.history VALUES (2, 'new@mail.example')");
        mesh.register(spec("history", "access: {clear: [{group: privacy}]}"), CONTRACT, Optional.empty());

        String token = TokenFunction.create(KEYS, "email").token("old@mail.example");
        @Language("SQL")
        String sql = "SELECT * FROM shop.history FOR VERSION AS OF " + snapshot;
        assertThat(rows(ANALYST, sql)).containsExactly(List.of(1L, token));
        assertThat(rows(OFFICER, sql)).containsExactly(List.of(1L, "old@mail.example"));
        assertThat(failure(ANALYST, "SELECT mail FROM shop.history FOR VERSION AS OF " + snapshot)).contains("Column 'mail' cannot be resolved");
        assertThat(failure(ANALYST, "SELECT * FROM shop.history FOR VERSION AS OF 1")).isEqualTo("[MESH-TRINO-012] Product shop.history has no such version");
        assertThat(failure(ANALYST, "SELECT * FROM shop.history FOR TIMESTAMP AS OF TIMESTAMP '2001-01-01 00:00:00 UTC'")).isEqualTo("[MESH-TRINO-012] Product shop.history has no such version");
    }

    @Test
    void testPartitionedAndSortedByMaskedColumn()
    {
        mesh.producer("CREATE TABLE lake.shop.parts (id bigint, email varchar) WITH (partitioning = ARRAY['email'], sorted_by = ARRAY['email'])");
        mesh.producer("INSERT INTO lake.shop.parts SELECT n, 'p' || CAST(n % 5 AS varchar) FROM UNNEST(sequence(1, 100)) AS t(n)");
        mesh.producer("CREATE TABLE lake.shop.buckets (id bigint, email varchar) WITH (partitioning = ARRAY['bucket(email, 3)'])");
        mesh.producer("INSERT INTO lake.shop.buckets SELECT n, 'p' || CAST(n % 5 AS varchar) FROM UNNEST(sequence(1, 100)) AS t(n)");
        for (String table : List.of("parts", "buckets")) {
            mesh.register(spec(table, "access: {clear: [{group: privacy}]}"), CONTRACT, Optional.empty());
            String token = TokenFunction.create(KEYS, "email").token("p1");
            assertThat(rows(ANALYST, "SELECT email, count(*) FROM shop.%s GROUP BY email".formatted(table))).hasSize(5).contains(List.of(token, 20L));
            assertThat(rows(ANALYST, "SELECT count(*) FROM shop.%s WHERE email = '%s'".formatted(table, token))).containsExactly(List.of(20L));
            assertThat(rows(ANALYST, "SELECT count(*) FROM shop.%s WHERE email = 'p1'".formatted(table))).containsExactly(List.of(0L));
            assertThat(rows(ANALYST, "SELECT count(*) FROM shop.%s WHERE upper(email) LIKE 'P%%'".formatted(table))).containsExactly(List.of(0L));
            assertThat(rows(ANALYST, "SELECT count(*) FROM shop.%1$s a JOIN shop.%1$s b ON a.email = b.email".formatted(table))).containsExactly(List.of(2000L));
            assertThat((String) rows(ANALYST, "EXPLAIN SELECT count(*) FROM shop.%s WHERE email = 'p1'".formatted(table)).getFirst().getFirst()).doesNotContain("constraint on");
        }
        assertThat(rows(ANALYST, "SELECT count(*) FROM shop.parts a JOIN shop.buckets b ON a.email = b.email WHERE b.id < 10")).isEqualTo(rows(OFFICER, "SELECT count(*) FROM shop.parts a JOIN shop.buckets b ON a.email = b.email WHERE b.id < 10"));
    }

    /**
     * Iceberg 1.11 looks up a partition's NULL in a set of texts that takes none. Whatever the bare connector answers, so does the address.
     */
    @Test
    void testListsOfTextsOverAPartitionWithoutAValue()
    {
        mesh.producer("CREATE TABLE lake.shop.sparse (id bigint, email varchar) WITH (partitioning = ARRAY['email'])");
        mesh.producer("INSERT INTO lake.shop.sparse VALUES (1, 'a'), (2, 'b'), (3, NULL)");
        mesh.register(spec("sparse", "access: {clear: [{group: privacy}]}"), CONTRACT, Optional.empty());
        assertThatThrownBy(() -> rows("producer", "SELECT id FROM lake.shop.sparse WHERE email IN ('a', 'b')"))
                .as("once this works, the limit in docs/connector.md goes")
                .hasStackTraceContaining("java.lang.NullPointerException: Invalid object: null");
        assertThat(failure(OFFICER, "SELECT id FROM shop.sparse WHERE email IN ('a', 'b')")).endsWith("[MESH-TRINO-011] Product shop.sparse could not be read (GENERIC_INTERNAL_ERROR). The server's log has the details.");
        for (String condition : List.of("email = 'a'", "email IS NULL", "email >= 'a'", "coalesce(email, '') IN ('a', 'b')")) {
            List<List<Object>> bare = rows("producer", "SELECT id FROM lake.shop.sparse WHERE %s ORDER BY id".formatted(condition));
            assertThat(rows(OFFICER, "SELECT id FROM shop.sparse WHERE %s ORDER BY id".formatted(condition))).as(condition).isNotEmpty().isEqualTo(bare);
        }
        TokenFunction tokens = TokenFunction.create(KEYS, "email");
        assertThat(rows(ANALYST, "SELECT id FROM shop.sparse WHERE email IN ('%s', '%s') ORDER BY id".formatted(tokens.token("a"), tokens.token("b")))).as("nothing masked is asked of partitions").containsExactly(List.of(1L), List.of(2L));
    }

    @Test
    void testFailingFilesAreNotNamed()
            throws IOException
    {
        create(mesh, "broken", "");
        try (Stream<Path> files = Files.walk(mesh.folder().resolve("warehouse/shop"))) {
            for (Path file : files.filter(path -> path.toString().contains("broken") && path.toString().endsWith(".parquet")).toList()) {
                Files.delete(file);
            }
        }
        String message = failure(ANALYST, "SELECT email FROM shop.broken");
        assertThat(message).startsWith("[MESH-TRINO-011] Product shop.broken could not be read (").doesNotContain("file:", ".parquet", "warehouse");
    }

    @Test
    void testReregistrationChangesTheMask()
    {
        create(mesh, "changing", "");
        assertThat(rows(ANALYST, "SELECT email FROM shop.changing")).containsExactly(List.of(TokenFunction.create(KEYS, "email").token("a@mail.example")));
        mesh.register(spec("changing", ""), CONTRACT.replace("email: {type: string}", "email: {type: string, mask: redact}"), Optional.empty());
        assertThat(rows(ANALYST, "SELECT email FROM shop.changing")).containsExactly(List.of("[redacted]"));
        mesh.register(spec("changing", "access: {clear: [{user: ann}]}"), CONTRACT, Optional.empty());
        assertThat(rows(ANALYST, "SELECT email FROM shop.changing")).containsExactly(List.of("a@mail.example"));
    }

    @Test
    void testUnreadableRegistration()
    {
        create(mesh, "damaged", "");
        mesh.register(
                DataProductSpecParser.parse("dataproduct.yaml", spec("damaged", "")).value().orElseThrow(),
                "kind: [",
                List.of(),
                List.of(),
                List.of());
        assertThat(failure(OFFICER, "SELECT * FROM shop.damaged"))
                .startsWith("[MESH-TRINO-003] Product shop.damaged is registered, but it cannot be read: its specification cannot be understood: [MESH-")
                .endsWith("Ask its owner to register it again.");
        assertThat(rows(OFFICER, "SHOW TABLES FROM shop")).doesNotContain(List.of("damaged"));
    }

    @Test
    void testRegistrationOutlivesStricterRules()
    {
        create(mesh, "earlier", "");
        String body = spec("earlier", "")
                .replace("description: \"Rows of the shop.\"", "documentation: \"Rows of the shop.\"")
                .replace("sla: {freshness: \"<= 1d\"}", "sla: {}");
        assertThat(DataProductSpecParser.parse("dataproduct.yaml", body).value()).as("would be refused today").isEmpty();
        ProductRow row = new IcebergProductRegistry(mesh.catalog()).current().find("shop.earlier").orElseThrow();
        mesh.register(DataProductSpecParser.parseRegistered("dataproduct.yaml", body).value().orElseThrow(), body, row.ports(), row.contracts(), row.columns());
        assertThat(rows(ANALYST, "SELECT * FROM shop.earlier")).containsExactly(List.of(1L, TokenFunction.create(KEYS, "email").token("a@mail.example")));

        String misspelt = body.replace("pii_fields: [email]", "pii_fields: [e_mail]");
        mesh.register(DataProductSpecParser.parseRegistered("dataproduct.yaml", misspelt).value().orElseThrow(), misspelt, row.ports(), row.contracts(), row.columns());
        assertThat(failure(OFFICER, "SELECT id FROM shop.earlier"))
                .startsWith("[MESH-TRINO-003] Product shop.earlier is registered, but it cannot be read:")
                .contains("[e_mail]");
    }

    @Test
    void testViewPort()
    {
        create(mesh, "source", "access: {clear: [{group: privacy}]}");
        String view =
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata: {name: contacts, domain: shop, owner: shop@shop.example}
                spec:
                  description: "Contacts of the shop."
                  outputPorts:
                    - name: view
                      type: view
                      contract: contract.yaml
                      query: SELECT id + 1 AS id, email FROM shop.source
                  sla: {freshness: "<= 1d"}
                """;
        mesh.register(view, CONTRACT, Optional.empty());
        assertThat(rows(ANALYST, "SELECT * FROM shop.contacts")).containsExactly(List.of(2L, TokenFunction.create(KEYS, "email").token("a@mail.example")));
        assertThat(rows(OFFICER, "SELECT * FROM shop.contacts")).containsExactly(List.of(2L, "a@mail.example"));
        assertThat(rows(ANALYST, "SHOW TABLES FROM shop")).contains(List.of("contacts"));
        assertThat(rows(ANALYST, "SELECT table_type FROM mesh.information_schema.tables WHERE table_name = 'contacts'")).containsExactly(List.of("VIEW"));
        assertThat(rows(ANALYST, "DESCRIBE shop.contacts")).hasSize(2);
        assertThat(failure(ANALYST, "SHOW CREATE VIEW shop.contacts")).contains("Access Denied");
        assertThat(failure(ANALYST, "DROP VIEW shop.contacts")).contains("Access Denied");
    }

    private void createAt(String level, String name, String access)
    {
        createTable(mesh, name);
        mesh.register(levelled(name, access, level), CONTRACT, Optional.empty());
    }

    private static String levelled(String name, String access, String level)
    {
        return spec(name, access).replace("pii_fields: [email]", "pii_fields: [email], sensitivity_level: " + level);
    }
}
