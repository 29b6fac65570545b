package io.meshwright.trino;

import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.MARKETER;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * What was recorded of the age of data: the newest value of a column, for those who may see that column.
 */
@TestInstance(PER_CLASS)
class TestAgeOfPersonalColumns
{
    private static final Instant CHECKED = Instant.parse("2026-11-20T10:00:00Z");
    private static final List<String> METRICS = List.of("min", "max", "mean", "percentile", "sql", "latency", "nullValues");
    private static final String CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: visits
            info: {title: Visits, version: 1.0.0, owner: shop@shop.example}
            models:
              visits:
                type: table
                fields:
                  id: {type: long}
                  seen: {type: timestamp, pii: true}
                  loaded: {type: timestamp}
            """;

    private TestingMesh mesh;

    @BeforeAll
    void setUp()
            throws Exception
    {
        mesh = new TestingMesh(0, Map.of());
        mesh.producer("CREATE SCHEMA IF NOT EXISTS lake.shop");
        // by a personal column, by another one, and by another one for some groups only
        register("figures", "loaded", "clear: [{group: privacy}]");
        register("by_seen", "seen", "clear: [{group: privacy}]");
        register("by_load", "loaded", "clear: [{group: privacy}]");
        register("closed", "loaded", "read: [marketing], clear: [{group: privacy}]");
        for (String product : List.of("by-seen", "by-load", "closed")) {
            String column = product.equals("by-seen") ? "seen" : "loaded";
            record("sla-" + product, product, column + " (declared)");
            test("test-" + product, product, column);
        }
        // under an earlier contract the age came from the personal column
        record("sla-earlier", "by-load", "seen (declared)");
    }

    @AfterAll
    void tearDown()
            throws Exception
    {
        mesh.close();
    }

    @Test
    void testMeasurements()
    {
        String figures = "SELECT run_id, actual, message FROM meta.sla_measurements WHERE product LIKE 'shop.%' ORDER BY run_id";
        BigDecimal age = new BigDecimal("4711.000000000");
        assertThat(rows(ANALYST, figures)).containsExactly(row("sla-by-load", age, "late"), row("sla-by-seen", null, null), row("sla-closed", null, null), row("sla-earlier", null, null));
        assertThat(rows(MARKETER, figures)).containsExactly(row("sla-by-load", age, "late"), row("sla-by-seen", null, null), row("sla-closed", age, "late"), row("sla-earlier", null, null));
        assertThat(rows(OFFICER, figures)).containsExactly(row("sla-by-load", age, "late"), row("sla-by-seen", age, "late"), row("sla-closed", age, "late"), row("sla-earlier", age, "late"));
        assertThat(rows(ANALYST, "SELECT DISTINCT status FROM meta.sla_measurements WHERE product LIKE 'shop.%'")).containsExactly(row("missed"));
    }

    @Test
    void testPromises()
    {
        String figures = "SELECT product, actual IS NULL, message IS NULL FROM meta.sla WHERE product IN ('shop.by-seen', 'shop.closed') ORDER BY product";
        assertThat(rows(ANALYST, figures)).containsExactly(row("shop.by-seen", true, true), row("shop.closed", true, true));
        assertThat(rows(MARKETER, figures)).containsExactly(row("shop.by-seen", true, true), row("shop.closed", false, false));
        assertThat(rows(OFFICER, figures)).containsExactly(row("shop.by-seen", false, false), row("shop.closed", false, false));
        for (String product : List.of("by_seen", "by_load")) {
            assertThat(rows(ANALYST, "SELECT status, actual IS NULL FROM shop.\"%s$sla\"".formatted(product))).as(product).containsExactly(row("missed", product.equals("by_seen")));
            assertThat(rows(OFFICER, "SELECT status, actual IS NULL FROM shop.\"%s$sla\"".formatted(product))).as(product).containsExactly(row("missed", false));
        }
    }

    @Test
    void testChecks()
    {
        String figures = "SELECT product, status, actual, message FROM meta.quality_results WHERE metric = 'freshness' ORDER BY product";
        BigDecimal age = new BigDecimal("4711.000000");
        assertThat(rows(ANALYST, figures)).containsExactly(row("shop.by-load", "failed", age, "late"), row("shop.by-seen", "failed", null, null), row("shop.closed", "failed", null, null));
        assertThat(rows(OFFICER, figures)).containsExactly(row("shop.by-load", "failed", age, "late"), row("shop.by-seen", "failed", age, "late"), row("shop.closed", "failed", age, "late"));
        assertThat(rows(ANALYST, "SELECT actual FROM shop.\"by_seen$quality\"")).containsExactly(row((Object) null));
    }

    @Test
    void testFiguresThatMayBeValues()
    {
        List<CheckResult> checks = new ArrayList<>();
        for (String metric : METRICS) {
            checks.add(check(metric + " of seen", "seen", metric));
            checks.add(check(metric + " of loaded", "loaded", metric));
        }
        new ResultTables(mesh.catalog()).record(report("shop.figures", "curated", checks, "figures"));
        new ResultTables(mesh.catalog()).record(report("shop.figures", "before", List.of(check("max", "loaded", "max")), "figures-before"));
        @Language("SQL") String figures = "SELECT check_name FROM meta.quality_results WHERE product = 'shop.figures' AND (actual IS NOT NULL OR message IS NOT NULL) ORDER BY check_name";
        // a statement and a delay may be of other columns than the one that they are written at, and the masks of another port are not known
        assertThat(rows(ANALYST, figures)).containsExactly(row("max of loaded"), row("mean of loaded"), row("min of loaded"), row("nullValues of loaded"), row("nullValues of seen"), row("percentile of loaded"));
        assertThat(rows(OFFICER, figures)).hasSize(2 * METRICS.size() + 1);
        assertThat(rows(ANALYST, "SELECT count(*) FROM meta.quality_results WHERE product = 'shop.figures'")).as("verdicts are for everybody").containsExactly(row(2L * METRICS.size() + 1));
    }

    private void register(String table, String timestamp, String access)
    {
        mesh.producer("CREATE TABLE lake.shop.%s AS SELECT BIGINT '1' AS id, TIMESTAMP '2020-01-01 00:00:00.000000 UTC' AS seen, TIMESTAMP '2020-01-01 00:00:00.000000 UTC' AS loaded".formatted(table));
        mesh.register(
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata: {name: %s, domain: shop, owner: shop@shop.example}
                spec:
                  description: "Visits."
                  outputPorts: [{name: curated, type: iceberg, contract: contract.yaml}]
                  sla: {freshness: {threshold: "<= 1h", timestampField: %s}}
                  access: {%s}
                """.formatted(table.replace('_', '-'), timestamp, access),
                CONTRACT.replace("visits:", table + ":"),
                Optional.empty());
    }

    private void record(String run, String product, String source)
    {
        new ResultTables(mesh.catalog()).record(new SlaReport(
                "shop." + product,
                Optional.of("17"),
                List.of(new SloResult(
                        "freshness",
                        SloStatus.MISSED,
                        Optional.of(new BigDecimal("4711")),
                        Optional.of(new BigDecimal("3600")),
                        Optional.of(CHECKED),
                        Optional.of(source),
                        Optional.of("late"))),
                run,
                CHECKED));
    }

    private void test(String run, String product, String column)
    {
        new ResultTables(mesh.catalog()).record(report("shop." + product, "curated", List.of(check("freshness", column, "freshness")), run));
    }

    private static CheckResult check(String name, String column, String metric)
    {
        return new CheckResult(
                name,
                Optional.of(column),
                metric,
                Optional.of("timeliness"),
                "error",
                CheckStatus.FAILED,
                Optional.of(new BigDecimal("4711")),
                Optional.of("at most 3600 s"),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of("late"));
    }

    private static ContractTestReport report(String product, String port, List<CheckResult> checks, String run)
    {
        return new ContractTestReport(product, port, "id", "1.0.0", "hash", Optional.of("17"), checks.size(), checks, List.of(), List.of(), run, CHECKED, CHECKED);
    }

    private List<List<Object>> rows(String user, String sql)
    {
        return mesh.query(user, sql).getMaterializedRows().stream()
                .map(row -> row.getFields())
                .toList();
    }

    private static List<Object> row(Object... values)
    {
        return Arrays.asList(values);
    }
}
