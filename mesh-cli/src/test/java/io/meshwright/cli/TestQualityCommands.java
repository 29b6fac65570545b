package io.meshwright.cli;

import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.registry.ProductDraft;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an empty table: metadata answers for it, so no engine is started.
 */
class TestQualityCommands
{
    private static final String PRODUCT = "orders.order-events";
    private static final String FAILING = rule("error");
    private static final String WARNING = rule("warning");
    private static final String IN_ERROR = ProductFixtures.CONTRACT.replace("order_id:\n        type: string", "order_id:\n        type: string\n        pattern: \"(\"");

    @TempDir
    private Path folder;

    private MeshCommandTester mesh;

    @BeforeEach
    void setUp()
    {
        mesh = new MeshCommandTester(folder)
                .file("orders/dataproduct.yaml", ProductFixtures.SPEC)
                .file("orders/contracts/v1.yaml", ProductFixtures.CONTRACT)
                .file("failing.yaml", FAILING)
                .file("warning.yaml", WARNING)
                .file("in-error.yaml", IN_ERROR);
        mesh.run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
    }

    @Test
    void testFailOn()
    {
        mesh.run("contract", "test", "failing.yaml").exits(ExitCode.FINDING);
        mesh.run("contract", "test", "failing.yaml", "--fail-on", "never").exits(ExitCode.OK);
        mesh.output().contains("FAILED");
        mesh.errors().contains("1 failed; no finding, since --fail-on is never");
        mesh.run("contract", "test", "warning.yaml").exits(ExitCode.OK);
        mesh.run("contract", "test", "warning.yaml", "--fail-on", "warning").exits(ExitCode.FINDING);
        mesh.run("contract", "test", "in-error.yaml", "--fail-on", "never").exits(ExitCode.UNKNOWN);
        mesh.run("contract", "test", "failing.yaml", "--fail-on", "nothing").exits(ExitCode.USAGE);
        mesh.errors().contains("Unknown value \"nothing\" of --fail-on").contains("use one of: warning, error, never");
    }

    @Test
    void testOutputsOfGatesAgreeWithTheExitCode()
    {
        mesh.run("contract", "test", "warning.yaml", "-o", "junit").exits(ExitCode.OK);
        mesh.output().contains("failures=\"0\"").contains("<system-out>").contains("found 0, mustBeGreaterThan 0");
        mesh.run("contract", "test", "warning.yaml", "-o", "junit", "--fail-on", "warning").exits(ExitCode.FINDING);
        mesh.output().contains("failures=\"1\"");
        mesh.run("contract", "test", "warning.yaml", "-o", "github").exits(ExitCode.OK);
        mesh.output().startsWith("::warning file=warning.yaml,");
        mesh.run("contract", "test", "failing.yaml", "-o", "sarif").exits(ExitCode.FINDING);
        assertThat(mesh.json()).extracting("runs").asList().first().extracting("results").asList().extracting("level").containsExactly("error");
        mesh.run("contract", "test", "in-error.yaml", "-o", "junit").exits(ExitCode.UNKNOWN);
        mesh.output().contains("errors=\"1\"");
    }

    @Test
    void testResultSaysWhereItComesFrom()
    {
        mesh.run("contract", "test", "orders.order-events", "-o", "json").exits(ExitCode.OK);
        assertThat(mesh.json().get("productRevision")).isEqualTo(1L);
        assertThat(mesh.json().get("jobId")).as("no engine was started").isNull();
        assertThat(((Map<?, ?>) ((List<?>) mesh.json().get("checks")).getFirst()).containsKey("durationSeconds")).isTrue();
    }

    @Test
    void testWhatTheProductDeclares()
    {
        mesh.file("orders/dataproduct.yaml", ProductFixtures.SPEC +
                """
                  quality:
                    completeness: {order_id: 1.0}
                    checks:
                      - {name: row_count, threshold: "< 1"}
                      - {metric: no_nulls_in_order_id}
                """).run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
        mesh.run("contract", "test", PRODUCT).exits(ExitCode.OK);
        mesh.output().containsPattern("PASSED +quality.completeness.order_id +1 +mustBeGreaterOrEqualTo 1").contains("quality.row_count").contains("quality.no_nulls_in_order_id");

        mesh.file("orders/dataproduct.yaml", ProductFixtures.SPEC +
                """
                  quality:
                    - {metric: row_count_vs_source, threshold: 99.9%}
                """).run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
        mesh.run("contract", "test", PRODUCT).exits(ExitCode.UNKNOWN);
        mesh.output().contains("no measurement: the product was never reconciled");

        mesh.file("orders/dataproduct.yaml", ProductFixtures.SPEC + "  quality: [{metric: no_nulls_in_oder_id}]\n").run("product", "validate", "orders/dataproduct.yaml").exits(ExitCode.FINDING);
        mesh.errors().contains("MESH-SPEC-012").contains("which is not in the contract of output port").contains("did you mean order_id?");
    }

    @Test
    void testPartitionOfTableWithout()
    {
        mesh.run("contract", "test", PRODUCT, "--partition", "latest").exits(ExitCode.USAGE);
        mesh.errors().contains("The table is not partitioned").contains("leave --partition out");
    }

    @Test
    void testUsualRowCountNeedsHistory()
    {
        mesh.file("usual.yaml", ProductFixtures.CONTRACT + "    quality:\n      - {type: custom, engine: meshwright, implementation: {metric: anomaly}}\n");
        mesh.run("contract", "test", "usual.yaml").exits(ExitCode.OK);
        mesh.output().containsPattern("SKIPPED +anomaly +0 +-").contains("0 former snapshots were counted, 7 are needed to tell what is usual");
    }

    @Test
    void testFailingRowsNeedNoEngineWhereNoRowFails()
    {
        mesh.run("contract", "test", "failing.yaml", "--failing-rows", "5", "-o", "json").exits(ExitCode.FINDING);
        assertThat(mesh.json()).extracting("failingRows").asList().isEmpty();
        mesh.run("contract", "test", "failing.yaml", "--failing-rows", "0").exits(ExitCode.USAGE);
        mesh.errors().contains("--failing-rows is not between 1 and 100: 0");
    }

    @Test
    void testEventIsSentAlsoWithoutAnEngine()
    {
        mesh.with("MESH_OPENLINEAGE_FILE", folder.resolve("events.ndjson").toString()).run("contract", "test", PRODUCT).exits(ExitCode.OK);
        assertThat(folder.resolve("events.ndjson")).content().contains("\"name\":\"orders.order-events\"", "dataQualityAssertions").hasLineCount(1);
        mesh.with("MESH_OPENLINEAGE_FILE", folder.toString()).run("contract", "test", PRODUCT).exits(ExitCode.OK);
        mesh.errors().contains("the OpenLineage event was not sent: the file of MESH_OPENLINEAGE_FILE cannot be written");
    }

    @Test
    void testReportOfOneProduct()
    {
        mesh.run("quality", "report", PRODUCT).exits(ExitCode.UNKNOWN);
        mesh.output().contains("not tested: orders.order-events (port table): never tested");
        mesh.run("contract", "test", "failing.yaml").exits(ExitCode.FINDING);
        mesh.run("quality", "report", PRODUCT).exits(ExitCode.UNKNOWN);
        mesh.output().as("a contract that is merely proposed says nothing about the product").contains("never tested");

        mesh.run("contract", "test", PRODUCT).exits(ExitCode.OK);
        mesh.run("quality", "report", PRODUCT).exits(ExitCode.OK);
        mesh.output().contains("orders.order-events (port table): PASSED").containsPattern("completeness +100 % +100 % +100 % +2").contains("without Spark");
        mesh.run("quality", "report", PRODUCT, "-o", "json").exits(ExitCode.OK);
        assertThat(mesh.json().get("kind")).isEqualTo("QualityReport");
        assertThat(mesh.json()).extracting("products").asList().singleElement().satisfies(product -> {
            assertThat(product).extracting("status", "contractCurrent", "domain", "tests").containsExactly("passed", true, "orders", 1L);
            assertThat(product).extracting("scores").asList().extracting("dimension").contains("completeness", "conformity");
        });
        mesh.run("catalog", "get", PRODUCT, "--show", "quality", "-o", "json").exits(ExitCode.OK);
        assertThat(mesh.json()).extracting("quality").asList().singleElement().extracting("scores").asList().first().extracting("trend").asList().hasSize(1);

        mesh.file("orders/contracts/v1.yaml", FAILING).run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
        mesh.run("quality", "report", PRODUCT).exits(ExitCode.UNKNOWN);
        mesh.output().contains("PASSED, OF AN EARLIER CONTRACT");
        mesh.run("contract", "test", PRODUCT).exits(ExitCode.FINDING);
        mesh.run("quality", "report", "--all").exits(ExitCode.FINDING);
        mesh.output().contains("FAILED: 0 keep their contracts, 1 do not, of 0 it is not known").containsPattern("orders.order-events +rowCount +failed +0 +mustBeGreaterThan 0");
    }

    @Test
    void testReportOfAll()
    {
        mesh.run("contract", "test", PRODUCT).exits(ExitCode.OK);
        mesh.run("quality", "report", "--all", "-o", "html", "--file", "quality.html").exits(ExitCode.OK);
        mesh.output().isEmpty();
        assertThat(folder.resolve("quality.html")).content().startsWith("<!doctype html>").contains("All contracts are kept.");
        assertThat(folder.resolve("quality.html.part")).doesNotExist();
        mesh.run("quality", "report", "--all", "-o", "openmetrics").exits(ExitCode.OK);
        mesh.output().contains("mesh_quality_product_status{domain=\"orders\",port=\"table\",product=\"orders.order-events\",status=\"passed\"} 1.0").endsWith("# EOF\n");

        mesh.file("orders/dataproduct.yaml", ProductFixtures.SPEC + "  access: {discovery: private, read: [finance]}\n").run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
        mesh.with("MESH_USER", "stranger").run("quality", "report", "--all").exits(ExitCode.UNKNOWN);
        mesh.output().doesNotContain("order-events");
        mesh.run("quality", "report", PRODUCT).exits(ExitCode.USAGE);
        mesh.errors().contains("No product \"orders.order-events\" is registered");
    }

    @Test
    void testReportThatIsPassedOnHoldsNoValueOfAPersonalColumn()
    {
        mesh.file("orders/dataproduct.yaml", ProductFixtures.SPEC.replace("[customer_id]", "[customer_id, occurred_at]")).run("product", "apply", "orders/dataproduct.yaml").exits(ExitCode.OK);
        List<CheckResult> checks = new ArrayList<>();
        for (String metric : List.of("min", "max", "mean", "percentile", "retention", "freshness", "sql", "latency")) {
            checks.add(check("occurred_at." + metric, "occurred_at", metric, "20260119"));
        }
        checks.add(check("order_id.sql", "order_id", "sql", "20260119"));
        checks.add(check("order_id.max", "order_id", "max", "4711"));
        record(checks);
        for (String format : List.of("html", "json", "openmetrics", "table")) {
            mesh.run("quality", "report", "--all", "-o", format).exitCode().isIn(ExitCode.FINDING.code(), ExitCode.UNKNOWN.code());
            mesh.output().as(format).doesNotContain("20260119", "20,260,119", "2.0260119E7", "20 260 119").contains("occurred_at.max");
        }
        mesh.run("quality", "report", "--all", "-o", "json");
        mesh.output().as("of a column that everybody sees").contains("4711");
        mesh.with("MESH_USER", "orders-data@example.com").run("quality", "report", PRODUCT, "-o", "json");
        mesh.output().as("for the owner").contains("20260119");
    }

    private static CheckResult check(String name, String field, String metric, String actual)
    {
        return new CheckResult(
                name,
                Optional.of(field),
                metric,
                Optional.of("conformity"),
                "error",
                CheckStatus.FAILED,
                Optional.of(new BigDecimal(actual)),
                Optional.of("mustBe 0"),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of("found " + actual));
    }

    private void record(List<CheckResult> checks)
    {
        CatalogSettings settings = new CatalogSettings(
                "mesh",
                "jdbc",
                Optional.of("jdbc:sqlite:" + folder.resolve(".mesh/catalog.db")),
                Optional.of(LocalFileIO.toLocation(folder.resolve(".mesh/warehouse"))),
                Map.of(),
                true);
        Instant now = Instant.now();
        try (MeshCatalog catalog = IcebergCatalogs.open(settings)) {
            new ResultTables(catalog).record(new ContractTestReport(
                    PRODUCT,
                    "table",
                    "orders.order-events",
                    "1.0.0",
                    ProductDraft.hashOf(ProductFixtures.CONTRACT),
                    Optional.of("17"),
                    checks.size(),
                    checks,
                    List.of(),
                    List.of(),
                    "values",
                    now,
                    now));
        }
    }

    @Test
    void testWrongUsageOfReport()
    {
        mesh.run("quality", "report").exits(ExitCode.USAGE);
        mesh.errors().contains("Neither a product nor --all is given");
        mesh.run("quality", "report", PRODUCT, "--all").exits(ExitCode.USAGE);
        mesh.run("quality", "report", "--all", "--since", "soon").exits(ExitCode.USAGE);
        mesh.errors().contains("--since is no duration: soon");
        mesh.run("quality", "report", "--all", "-o", "junit").exits(ExitCode.USAGE);
        mesh.run("quality", "report", "--all", "--file", "nowhere/quality.html").exits(ExitCode.USAGE);
        mesh.errors().contains("cannot be written to nowhere/quality.html");
    }

    private static String rule(String severity)
    {
        return ProductFixtures.CONTRACT +
                """
                    quality:
                      - {type: library, metric: rowCount, mustBeGreaterThan: 0, severity: %s}
                """.formatted(severity);
    }
}
