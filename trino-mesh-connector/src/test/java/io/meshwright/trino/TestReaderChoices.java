package io.meshwright.trino;

import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;
import io.trino.Session;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import static io.meshwright.trino.AdmittedProducts.DESCRIPTION;
import static io.meshwright.trino.AdmittedProducts.LATEST;
import static io.meshwright.trino.AdmittedProducts.contract;
import static io.meshwright.trino.AdmittedProducts.view;
import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reader chooses the risk: how old data may be, and what is read instead.
 */
class TestReaderChoices
        extends BaseMeshTest
{
    private AdmittedProducts products;

    @BeforeAll
    void setUp()
    {
        products = new AdmittedProducts(mesh);
    }

    @Test
    void testStaleByTheLastCommitOfData()
    {
        products.apply("commits", LATEST.replace("<= 15m", "<= 2s"), Map.of("v1.yaml", contract("commits", "1.0.0", "id: {type: long}\nemail: {type: string}")));
        assertThat(failure(session("on_stale", "fail"), "SELECT * FROM shop.commits"))
                .isEqualTo("[MESH-TRINO-035] Product shop.commits is stale: its data is of unknown age: the product has no data yet, and its SLO freshness promises at most 2s (on_stale = FAIL). Ask shop@shop.example (#shop).");
        products.insert("commits", "(1, 'a@mail.example')");
        products.insert("commits", "(2, 'b@mail.example')");
        awaitAge("commits", Duration.ofSeconds(3));
        mesh.producer("ALTER TABLE lake.shop.commits EXECUTE optimize");
        assertThat(column(OFFICER, "SELECT id FROM shop.commits ORDER BY id")).containsExactly(1L, 2L);
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

        Session careful = session("on_stale", "last_verified");
        assertThat(failure(careful, "SELECT id FROM shop.outermost")).startsWith("[MESH-TRINO-036] Product shop.inner serves only data that passed its contract");
        products.tested("inner", "curated", products.currentSnapshot("inner"), CheckStatus.PASSED);
        assertThat(rows(careful, "SELECT id FROM shop.outermost")).containsExactly(List.of(1L));
        mesh.producer("INSERT INTO lake.shop.\"inner\" VALUES (2, current_timestamp(6) - INTERVAL '50' MINUTE)");
        assertThat(rows(careful, "SELECT id FROM shop.\"inner\"")).containsExactly(List.of(1L));
        assertThat(failure(careful, "SELECT id FROM shop.outermost"))
                .isEqualTo("[MESH-TRINO-035] Product shop.inner is stale, and through a view its last verified snapshot cannot be read (on_stale = LAST_VERIFIED). Read it by its own name.");
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

    private void timed(String name)
    {
        products.apply(
                name,
                DESCRIPTION + "outputPorts: [{name: curated, type: iceberg, contract: ./v1.yaml}]\nsla: {freshness: {threshold: 15m, timestampField: at}}\n",
                Map.of("v1.yaml", contract(name, "1.0.0", "id: {type: long}\nat: {type: timestamp}")));
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
}
