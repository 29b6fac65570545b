package io.meshwright.trino;

import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.mask.TokenFunction;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;
import io.trino.Session;
import io.trino.testing.MaterializedRow;
import org.apache.iceberg.Table;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.KEYS;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * The reader chooses the risk; the address may serve the last verified snapshot; versions stand side by side.
 */
@TestInstance(PER_CLASS)
class TestServedSnapshots
{
    private static final String SLA = "sla: {freshness: \"<= 15m\", support: \"#shop\"}\n";
    private static final String DESCRIPTION = "description: Rows of the shop.\n";
    private static final String PERSONAL = "classification: {contains_pii: true, pii_fields: [email]}\naccess: {clear: [{group: privacy}]}\n";
    private static final String VERIFIED = DESCRIPTION + "outputPorts: [{name: curated, type: iceberg, contract: ./v1.yaml, serve: verified}]\n" + SLA + PERSONAL;
    private static final String LATEST = DESCRIPTION + "outputPorts: [{name: curated, type: iceberg, contract: ./v1.yaml}]\n" + SLA + PERSONAL;

    private TestingMesh mesh;
    private AdmittedProducts products;

    @BeforeAll
    void setUp()
            throws Exception
    {
        mesh = new TestingMesh(0, Map.of());
        products = new AdmittedProducts(mesh);
    }

    @AfterAll
    void tearDown()
            throws Exception
    {
        mesh.close();
    }

    @Test
    void testTheAddressMovesWithTheVerdict()
    {
        verified("moving");
        assertThat(failure(ANALYST, "SELECT * FROM shop.moving")).isEqualTo(
                "[MESH-TRINO-036] Product shop.moving serves only data that passed its contract (version 1.0.0), and none has passed it yet. Ask shop@shop.example, or read shop.\"moving$latest\", whose data is not verified.");

        long first = insert("moving", "(1, 'a@mail.example')");
        assertThat(failure(ANALYST, "SELECT * FROM shop.moving")).startsWith("[MESH-TRINO-036]");
        assertThat(ids("shop.\"moving$latest\"")).containsExactly(1L);
        products.tested("moving", "curated", first, CheckStatus.PASSED);
        assertThat(ids("shop.moving")).containsExactly(1L);

        long bad = insert("moving", "(2, 'b@mail.example')");
        assertThat(ids("shop.moving")).as("a load that nobody tested stays unseen").containsExactly(1L);
        products.tested("moving", "curated", bad, CheckStatus.FAILED);
        assertThat(ids("shop.moving")).as("a bad load stays unseen").containsExactly(1L);
        for (CheckStatus unsure : List.of(CheckStatus.ERROR, CheckStatus.SKIPPED)) {
            products.tested("moving", "curated", insert("moving", "(3, 'c@mail.example')"), unsure);
            assertThat(ids("shop.moving")).as(unsure.label()).containsExactly(1L);
        }

        long good = insert("moving", "(4, 'd@mail.example')");
        products.tested("moving", "curated", good, CheckStatus.WARNING);
        assertThat(ids("shop.moving")).containsExactly(1L, 2L, 3L, 3L, 4L);
        assertThat(ids("shop.moving FOR VERSION AS OF " + bad)).as("whoever names a version gets it").containsExactly(1L, 2L);

        // the last run on a snapshot decides
        products.tested("moving", "curated", good, CheckStatus.FAILED);
        assertThat(ids("shop.moving")).containsExactly(1L);
    }

    @Test
    void testMasksAreTheSameForEverySnapshot()
    {
        verified("masked");
        products.tested("masked", "curated", insert("masked", "(1, 'a@mail.example')"), CheckStatus.PASSED);
        insert("masked", "(2, 'b@mail.example')");
        TokenFunction tokens = TokenFunction.create(KEYS, "email");
        assertThat(rows(ANALYST, "SELECT email FROM shop.masked")).containsExactly(List.of(tokens.token("a@mail.example")));
        assertThat(rows(ANALYST, "SELECT email FROM shop.\"masked$latest\" WHERE id = 2")).containsExactly(List.of(tokens.token("b@mail.example")));
        assertThat(rows(OFFICER, "SELECT email FROM shop.\"masked$latest\" WHERE id = 2")).containsExactly(List.of("b@mail.example"));
        assertThat(rows(ANALYST, "SELECT count(*) FROM shop.masked a JOIN shop.\"masked$latest\" b ON a.email = b.email")).containsExactly(List.of(1L));
        assertThat(rows(ANALYST, "DESCRIBE shop.\"masked$latest\"").get(1).get(3)).isEqualTo("(masked for you: token by email; ask shop@shop.example for clearance)");
        assertThat(rows(ANALYST, "SHOW TABLES FROM shop LIKE 'masked%'")).containsExactly(List.of("masked"));
        assertThat(failure(OFFICER, "SELECT * FROM shop.\"masked$latest$latest\"")).contains("does not exist");
        assertThat(failure(OFFICER, "INSERT INTO shop.\"masked$latest\" VALUES (9, 'x')")).contains("Access Denied");
    }

    @Test
    void testColumnsThatCameLaterAreNotInTheVerifiedSnapshot()
    {
        verified("widened");
        products.tested("widened", "curated", insert("widened", "(1, 'a@mail.example')"), CheckStatus.PASSED);
        products.apply("widened", VERIFIED, Map.of("v1.yaml", contract("widened", "1.1.0", "id: {type: long}\nemail: {type: string}\nextra: {type: string}")));
        // the verdict was about another contract
        assertThat(failure(ANALYST, "SELECT * FROM shop.widened")).startsWith("[MESH-TRINO-036]").contains("(version 1.1.0), and none has passed it yet");
        products.tested("widened", "curated", products.currentSnapshot("widened"), CheckStatus.PASSED);
        assertThat(rows(OFFICER, "SELECT id FROM shop.widened")).containsExactly(List.of(1L));
    }

    @Test
    void testContractOfTheSameVersionWithAnotherText()
    {
        verified("reworded");
        products.tested("reworded", "curated", insert("reworded", "(1, 'a@mail.example')"), CheckStatus.PASSED);
        assertThat(ids("shop.reworded")).containsExactly(1L);
        products.apply("reworded", VERIFIED, Map.of("v1.yaml", contract("reworded", "1.0.0", "id: {type: long, minimum: 5}\nemail: {type: string}")));
        assertThat(failure(ANALYST, "SELECT * FROM shop.reworded")).startsWith("[MESH-TRINO-036]");
    }

    @Test
    void testRollback()
    {
        verified("rolled");
        long first = insert("rolled", "(1, 'a@mail.example')");
        products.tested("rolled", "curated", first, CheckStatus.PASSED);
        products.tested("rolled", "curated", insert("rolled", "(2, 'b@mail.example')"), CheckStatus.PASSED);
        assertThat(ids("shop.rolled")).containsExactly(1L, 2L);
        products.table("rolled").manageSnapshots().rollbackTo(first).commit();
        assertThat(ids("shop.rolled")).as("what was rolled back is not served, verified or not").containsExactly(1L);
        insert("rolled", "(3, 'c@mail.example')");
        assertThat(ids("shop.rolled")).containsExactly(1L);
    }

    @Test
    void testExpiry()
    {
        verified("expired");
        products.tested("expired", "curated", insert("expired", "(1, 'a@mail.example')"), CheckStatus.PASSED);
        insert("expired", "(2, 'b@mail.example')");
        assertThat(ids("shop.expired")).containsExactly(1L);
        products.table("expired").expireSnapshots().expireOlderThan(Instant.now().plusSeconds(60).toEpochMilli()).retainLast(1).commit();
        assertThat(failure(ANALYST, "SELECT * FROM shop.expired")).isEqualTo(
                "[MESH-TRINO-036] Product shop.expired serves only data that passed its contract (version 1.0.0), and the snapshot that passed is not in the table's history any more. Ask shop@shop.example, or read shop.\"expired$latest\", whose data is not verified.");
        assertThat(ids("shop.\"expired$latest\"")).containsExactly(1L, 2L);
    }

    @Test
    void testCompactionIsNotTested()
    {
        verified("compacted");
        insert("compacted", "(1, 'a@mail.example')");
        long second = insert("compacted", "(2, 'b@mail.example')");
        products.tested("compacted", "curated", second, CheckStatus.PASSED);
        mesh.producer("ALTER TABLE lake.shop.compacted EXECUTE optimize");
        assertThat(products.currentSnapshot("compacted")).isNotEqualTo(second);
        assertThat(ids("shop.compacted")).containsExactly(1L, 2L);
        insert("compacted", "(3, 'c@mail.example')");
        assertThat(ids("shop.compacted")).containsExactly(1L, 2L);
    }

    @Test
    void testBranch()
    {
        verified("branched");
        products.tested("branched", "curated", insert("branched", "(1, 'a@mail.example')"), CheckStatus.PASSED);
        Table table = products.table("branched");
        table.manageSnapshots().createBranch("audit", table.currentSnapshot().snapshotId()).commit();
        table.newAppend().appendFile(table.currentSnapshot().addedDataFiles(table.io()).iterator().next()).toBranch("audit").commit();
        long onBranch = table.refs().get("audit").snapshotId();
        assertThat(onBranch).isNotEqualTo(table.currentSnapshot().snapshotId());
        products.tested("branched", "curated", onBranch, CheckStatus.PASSED);
        assertThat(ids("shop.branched")).as("tested on a branch, not published").containsExactly(1L);
        table.manageSnapshots().fastForwardBranch("main", "audit").commit();
        assertThat(ids("shop.branched")).as("published as it was tested").containsExactly(1L, 1L);
    }

    @Test
    void testServedDataIsTold()
    {
        verified("told");
        long first = insert("told", "(1, 'a@mail.example')");
        products.tested("told", "curated", first, CheckStatus.PASSED);
        Instant committed = Instant.ofEpochMilli(products.table("told").snapshot(first).timestampMillis()).truncatedTo(ChronoUnit.SECONDS);
        insert("told", "(2, 'b@mail.example')");
        assertThat((String) rows(ANALYST, "SHOW CREATE TABLE shop.told").getFirst().getFirst())
                .contains("COMMENT 'Rows of the shop. (data product shop.told, owner shop@shop.example) (serves the last snapshot that passed its contract) (data of %s)'".formatted(committed));
        assertThat(rows(ANALYST, "SELECT snapshot_id, snapshot_at < latest_at, verified, tested_at IS NOT NULL, latest_snapshot_id FROM shop.\"told$lifecycle\" WHERE name = 'shop.told'"))
                .containsExactly(List.of(String.valueOf(first), true, true, true, String.valueOf(products.currentSnapshot("told"))));
        assertThat((String) rows(ANALYST, "SHOW CREATE TABLE shop.\"told$latest\"").getFirst().getFirst()).contains("(the newest data, verified or not)'");
        assertThat(rows(ANALYST, "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'shop' AND table_name LIKE 'told%'"))
                .containsExactly(List.of("Rows of the shop. (data product shop.told, owner shop@shop.example) (serves the last snapshot that passed its contract)"));
    }

    @Test
    void testStatisticsAndPlanAreThoseOfTheSnapshot()
    {
        verified("planned");
        products.tested("planned", "curated", insert("planned", "(1, 'a@mail.example'), (2, 'b@mail.example')"), CheckStatus.PASSED);
        insert("planned", "(3, 'c@mail.example')");
        assertThat(rows(ANALYST, "SHOW STATS FOR shop.planned").getLast().get(4)).isEqualTo(2.0);
        assertThat(rows(ANALYST, "SHOW STATS FOR shop.\"planned$latest\"").getLast().get(4)).isEqualTo(3.0);
    }

    @Test
    void testStaleByTheLastCommitOfData()
    {
        products.apply("commits", LATEST.replace("<= 15m", "<= 2s"), Map.of("v1.yaml", contract("commits", "1.0.0", "id: {type: long}\nemail: {type: string}")));
        assertThat(failure(session("on_stale", "fail"), "SELECT * FROM shop.commits"))
                .isEqualTo("[MESH-TRINO-035] Product shop.commits is stale: its data is of unknown age: the product has no data yet, and its SLO freshness promises at most 2s (on_stale = FAIL). Ask shop@shop.example (#shop).");
        insert("commits", "(1, 'a@mail.example')");
        insert("commits", "(2, 'b@mail.example')");
        awaitAge("commits", Duration.ofSeconds(3));
        mesh.producer("ALTER TABLE lake.shop.commits EXECUTE optimize");
        assertThat(ids("shop.commits")).containsExactly(1L, 2L);
        assertThat(failure(session("on_stale", "fail"), "SELECT count(*) FROM shop.commits"))
                .as("compaction makes nothing younger")
                .matches("\\[MESH-TRINO-035] Product shop.commits is stale: its data is \\d+s old, measured at \\S+Z by last data-changing commit, and its SLO freshness promises at most 2s \\(on_stale = FAIL\\). Ask shop@shop.example \\(#shop\\).");
        assertThat(rows(session("on_stale", "fail"), "DESCRIBE shop.commits")).hasSize(2);
        // whoever names a version has chosen its age
        assertThat(rows(session("on_stale", "fail"), "SELECT count(*) FROM shop.commits FOR VERSION AS OF " + products.currentSnapshot("commits"))).containsExactly(List.of(2L));
    }

    @Test
    void testStaleByTheTimestampField()
    {
        timed("timed");
        mesh.producer("INSERT INTO lake.shop.timed VALUES (1, current_timestamp(6) - INTERVAL '1' HOUR)");
        assertThat(rows(ANALYST, "SELECT id FROM shop.timed")).containsExactly(List.of(1L));
        assertThat(failure(session("on_stale", "fail"), "SELECT id FROM shop.timed"))
                .matches("\\[MESH-TRINO-035] Product shop.timed is stale: its data is 1h( \\d+s)? old, measured at \\S+Z by at \\(declared\\), and its SLO freshness promises at most 15m \\(on_stale = FAIL\\). Ask shop@shop.example.");
        mesh.producer("INSERT INTO lake.shop.timed VALUES (2, current_timestamp(6) - INTERVAL '5' MINUTE)");
        assertThat(rows(session("on_stale", "fail"), "SELECT count(*) FROM shop.timed")).containsExactly(List.of(2L));
        assertThat(failure(session("max_age", "3m"), "SELECT id FROM shop.timed"))
                .matches("\\[MESH-TRINO-035] Product shop.timed is stale: its data is 5m( \\d+s)? old, measured at \\S+Z by at \\(declared\\), and your max_age allows at most 3m \\(max_age\\). Ask shop@shop.example.");
        assertThat(rows(session("max_age", "10m"), "SELECT count(*) FROM shop.timed")).containsExactly(List.of(2L));
    }

    @Test
    void testUnknownAgeIsStale()
    {
        timed("deleted");
        mesh.producer("INSERT INTO lake.shop.deleted VALUES (1, current_timestamp(6)), (2, current_timestamp(6))");
        mesh.producer("DELETE FROM lake.shop.deleted WHERE id = 1");
        long snapshot = products.currentSnapshot("deleted");
        assertThat(failure(session("on_stale", "fail"), "SELECT id FROM shop.deleted")).isEqualTo(
                "[MESH-TRINO-035] Product shop.deleted is stale: its data is of unknown age: metadata does not tell the newest at, because rows were deleted or a file has no statistics, and this snapshot was not measured; mesh sla check measures it, and its SLO freshness promises at most 15m (on_stale = FAIL). Ask shop@shop.example.");
        measured("deleted", snapshot - 1, SloStatus.MET, 1);
        assertThat(failure(session("on_stale", "fail"), "SELECT id FROM shop.deleted")).as("a measurement of another snapshot tells nothing").contains("of unknown age");
        measured("deleted", snapshot, SloStatus.MET, 1);
        assertThat(rows(session("on_stale", "fail"), "SELECT id FROM shop.deleted")).containsExactly(List.of(2L));
        measured("deleted", snapshot, SloStatus.MISSED, 7200);
        assertThat(failure(session("on_stale", "fail"), "SELECT id FROM shop.deleted")).contains("its data is 2h");
    }

    @Test
    void testLastVerifiedInsteadOfStale()
    {
        timed("fallback");
        mesh.producer("INSERT INTO lake.shop.fallback VALUES (1, current_timestamp(6) - INTERVAL '1' HOUR)");
        Session careful = session("on_stale", "last_verified");
        assertThat(failure(careful, "SELECT id FROM shop.fallback")).startsWith("[MESH-TRINO-036] Product shop.fallback serves only data that passed its contract");
        products.tested("fallback", "curated", products.currentSnapshot("fallback"), CheckStatus.PASSED);
        mesh.producer("INSERT INTO lake.shop.fallback VALUES (2, current_timestamp(6) - INTERVAL '50' MINUTE)");
        assertThat(rows(careful, "SELECT id FROM shop.fallback")).containsExactly(List.of(1L));
        assertThat(rows(ANALYST, "SELECT count(*) FROM shop.fallback")).containsExactly(List.of(2L));
        mesh.producer("INSERT INTO lake.shop.fallback VALUES (3, current_timestamp(6))");
        assertThat(rows(careful, "SELECT count(*) FROM shop.fallback")).as("fresh again").containsExactly(List.of(3L));
    }

    @Test
    void testChoicesHoldThroughViews()
    {
        timed("inner");
        mesh.producer("INSERT INTO lake.shop.\"inner\" VALUES (1, current_timestamp(6) - INTERVAL '1' HOUR)");
        products.apply("outer-view", view("SELECT id, at FROM shop.\"inner\""), Map.of("v1.yaml", contract("outer-view", "1.0.0", "id: {type: long}\nat: {type: timestamp}")));
        products.apply("outermost", view("SELECT id, at FROM outer_view WHERE id > 0"), Map.of("v1.yaml", contract("outermost", "1.0.0", "id: {type: long}\nat: {type: timestamp}")));
        assertThat(rows(ANALYST, "SELECT id FROM shop.outermost")).containsExactly(List.of(1L));
        assertThat(failure(session("on_stale", "fail"), "SELECT id FROM shop.outermost")).contains("[MESH-TRINO-035] Product shop.inner is stale");
    }

    @Test
    void testOnlyTheReadersChoicesCanBeSet()
    {
        for (String property : List.of("on_stale", "max_age", "allow_deprecated")) {
            assertThat(rows(ANALYST, "SHOW SESSION LIKE 'mesh." + property + "'")).hasSize(1);
        }
        assertThat(failure(session("split_size", "1MB"), "SELECT 1 FROM shop.\"x\"")).contains("Access Denied: Cannot set catalog session property split_size");
        assertThat(failure(session("on_stale", "maybe"), "SHOW TABLES FROM shop")).contains("Invalid value [maybe]");
        assertThat(failure(session("max_age", "often"), "SHOW TABLES FROM shop")).contains("duration is not a valid data duration string: often");
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

    private static String view(String query)
    {
        return DESCRIPTION + "outputPorts: [{name: view, type: view, contract: ./v1.yaml, query: '%s'}]\n".formatted(query) + SLA;
    }

    private void verified(String name)
    {
        products.apply(name, VERIFIED, Map.of("v1.yaml", contract(name, "1.0.0", "id: {type: long}\nemail: {type: string}")));
    }

    private void timed(String name)
    {
        products.apply(
                name,
                DESCRIPTION + "outputPorts: [{name: curated, type: iceberg, contract: ./v1.yaml}]\nsla: {freshness: {threshold: 15m, timestampField: at}}\n",
                Map.of("v1.yaml", contract(name, "1.0.0", "id: {type: long}\nat: {type: timestamp}")));
    }

    private static String contract(String name, String version, String fields)
    {
        return """
               dataContractSpecification: 1.2.0
               id: shop.%s
               info: {title: T, version: %s, owner: team}
               models:
                 %s:
                   type: table
                   fields:
               """.formatted(name, version, name.replace('-', '_')) + fields.indent(6);
    }

    private long insert(String table, String values)
    {
        mesh.producer("INSERT INTO lake.shop.%s VALUES %s".formatted(table, values));
        return products.currentSnapshot(table);
    }

    private void measured(String product, long snapshotId, SloStatus status, long seconds)
    {
        Instant now = Instant.now();
        SloResult result = new SloResult("freshness", status, Optional.of(BigDecimal.valueOf(seconds)), Optional.of(BigDecimal.valueOf(900)), Optional.of(now), Optional.of("at (declared)"), Optional.of("measured"));
        new ResultTables(mesh.catalog()).record(new SlaReport("shop." + product, Optional.of(String.valueOf(snapshotId)), List.of(result), UUID.randomUUID().toString(), now));
    }

    /**
     * Time passes by itself; what is waited for is that the data is old enough.
     */
    private void awaitAge(String table, Duration age)
    {
        Instant committed = Instant.ofEpochMilli(products.table(table).currentSnapshot().timestampMillis());
        while (Instant.now().isBefore(committed.plus(age))) {
            Thread.onSpinWait();
        }
    }

    private List<Object> ids(String relation)
    {
        return rows(OFFICER, "SELECT id FROM " + relation + " ORDER BY id").stream().map(List::getFirst).toList();
    }

    private Session session(String property, String value)
    {
        return Session.builder(mesh.session(ANALYST)).setCatalogSessionProperty("mesh", property, value).build();
    }

    private String failure(String user, @Language("SQL") String sql)
    {
        return failure(mesh.session(user), sql);
    }

    private String failure(Session session, @Language("SQL") String sql)
    {
        StringBuilder message = new StringBuilder();
        assertThatThrownBy(() -> mesh.runner().execute(session, sql)).as(sql).satisfies(failure -> message.append(failure.getMessage()));
        return message.toString().replaceFirst("^line [0-9]+:[0-9]+: ", "").replaceFirst("^Failed analyzing stored view '[^']*': ", "");
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
