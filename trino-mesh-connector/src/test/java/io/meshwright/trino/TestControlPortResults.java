package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import static io.meshwright.trino.ShopProducts.CONTRACT;
import static io.meshwright.trino.ShopProducts.create;
import static io.meshwright.trino.ShopProducts.spec;
import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.MARKETER;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What SQL tells of promises and of contract tests, and to whom.
 */
class TestControlPortResults
        extends BaseControlPortTest
{
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

    @Test
    void testPromises()
    {
        create(mesh, "promises", "access: {read: [privacy]}");
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
    void testPromisesOfTheContract()
    {
        mesh.producer("CREATE TABLE lake.shop.pledged (id bigint, email varchar)");
        mesh.register(spec("pledged", ""), CONTRACT + "servicelevels:\n  availability: {percentage: 99.9%}\n", Optional.empty());
        assertThat(column(ANALYST, "SELECT slo FROM shop.\"pledged$sla\"")).containsExactlyInAnyOrder("freshness", "availability");
        assertThat(rows(ANALYST, "SELECT objective, status FROM meta.sla WHERE product = 'shop.pledged' AND slo = 'availability'")).containsExactly(row("≥ 99.9%", "unknown"));
    }

    @Test
    void testAMeasurementThatIsTooOldIsUnknown()
    {
        create(mesh, "long_ago", "");
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
        create(mesh, "tested", "access: {read: [privacy, marketing], clear: [{group: privacy}]}");
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

    private Object comment(String table)
    {
        return column(ANALYST, "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'shop' AND table_name = '%s'".formatted(table)).getFirst();
    }
}
