package io.meshwright.spark.job;

import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.check.CheckMetric;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.FailingRows;
import io.meshwright.model.json.RecordJson;
import io.meshwright.model.mask.KeyRing;
import io.meshwright.model.mask.TokenFunction;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.model.sla.SloStatus;
import io.meshwright.spark.job.TestingProduct.Run;
import io.meshwright.spark.session.TestingLake;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ObjectArrays.concat;
import static org.assertj.core.api.Assertions.assertThat;

final class TestContractTestJob
{
    private static final Set<String> CONTRACT = ContractTestJob.ARGUMENTS;
    private static final Set<String> SLO = Set.of("slo");

    private final TestingLake lake = TestingLake.get();

    @TempDir
    private Path folder;

    private TestingProduct product;

    @BeforeEach
    void setUp()
    {
        product = new TestingProduct(folder);
        product.config("");
    }

    private static String spec(String name)
    {
        return """
               apiVersion: dataproduct.kloudvin.io/v1
               kind: DataProduct
               metadata:
                 name: %s
                 domain: quality
                 owner: quality@retailer.example
               spec:
                 description: "Orders of the shop."
                 outputPorts:
                   - name: curated
                     type: iceberg
                     contract: ./contract.yaml
                 sla:
                   freshness: "<= 365d"
                   completeness: ">= 99.9%%"
               """.formatted(name);
    }

    private static String contract(String pattern)
    {
        return """
               dataContractSpecification: 1.2.1
               id: quality.orders
               info: {title: Orders, version: 1.0.0}
               models:
                 orders:
                   type: table
                   fields:
                     order_id: {type: string, required: true, primaryKey: true, pattern: '%s'}
                     total: {type: long, required: true, minimum: 0}
                     occurred_at: {type: timestamp, required: true}
                   quality:
                     - {type: library, metric: rowCount, mustBeGreaterThan: 0}
                     - {type: sql, query: "SELECT COUNT(*) FROM orders WHERE total < 0", mustBe: 0}
               """.formatted(pattern);
    }

    private void insert(String table, String... rows)
    {
        lake.sql("INSERT INTO mesh.quality." + table + " VALUES " + String.join(", ", rows));
    }

    @Test
    void testPassesAndIsRecordedOnce()
    {
        product.apply(spec("clean-orders"), contract("^ORD-"));
        insert("clean_orders", "('ORD-1', 5, current_timestamp())", "('ORD-2', 0, current_timestamp())");

        Run run = product.run(CONTRACT, ContractTestJob::run, "--product", "quality.clean-orders", "--run-id", "clean-1");
        assertThat(run.exitCode()).as(run.messages()).isZero();
        ContractTestReport report = RecordJson.read(run.result(), ContractTestReport.class);
        assertThat(report.status()).isEqualTo(CheckStatus.PASSED);
        assertThat(report.product()).isEqualTo("quality.clean-orders");
        assertThat(report.port()).isEqualTo("curated");
        assertThat(report.snapshotId()).contains(String.valueOf(lake.table("quality", "clean_orders").currentSnapshot().snapshotId()));
        assertThat(report.completeness()).hasSize(3);

        Run again = product.run(CONTRACT, ContractTestJob::run, "--product", "quality.clean_orders", "--run-id", "clean-1");
        assertThat(again.exitCode()).isZero();
        assertThat(again.messages()).contains("run clean-1 had been recorded before");
        List<CheckRow> rows = new ResultTables(lake.catalog()).lastChecks("quality.clean-orders");
        assertThat(rows).hasSameSizeAs(report.checks());
        assertThat(rows).extracting(CheckRow::status).containsOnly("passed");
    }

    @Test
    void testFindingIsOneAndNamesNoValue()
    {
        product.apply(spec("dirty-orders"), contract("^ORD-"));
        insert("dirty_orders", "('secret-value', 5, current_timestamp())", "('secret-value', -1, current_timestamp())");

        Run run = product.run(CONTRACT, ContractTestJob::run, "--product", "quality.dirty-orders", "--no-record");
        assertThat(run.exitCode()).isEqualTo(1);
        ContractTestReport report = RecordJson.read(run.result(), ContractTestReport.class);
        assertThat(report.checks()).filteredOn(check -> check.status() == CheckStatus.FAILED)
                .extracting(check -> check.name() + " " + check.actual().orElseThrow())
                .containsExactly("order_id.pattern 2", "total.minimum 1", "order_id.primaryKey 1", "sql 1");
        assertThat(run.result()).doesNotContain("secret-value");
        assertThat(run.messages()).doesNotContain("secret-value");
        assertThat(new ResultTables(lake.catalog()).lastChecks("quality.dirty-orders")).isEmpty();
    }

    /**
     * The steps of docs/write-audit-publish.md, with Spark as the writer.
     */
    @Test
    void testBranchIsAuditedAndPublished()
    {
        product.apply(spec("audited-orders"), contract("^ORD-"));
        insert("audited_orders", "('ORD-1', 5, current_timestamp())");
        long before = lake.table("quality", "audited_orders").currentSnapshot().snapshotId();
        lake.sql("ALTER TABLE mesh.quality.audited_orders SET TBLPROPERTIES ('write.wap.enabled'='true')");
        lake.session().conf().set("spark.wap.branch", "audit");
        insert("audited_orders", "('ORD-2', 5, current_timestamp())", "('bad', 5, current_timestamp())");
        lake.session().conf().unset("spark.wap.branch");

        Run refused = product.run(CONTRACT, ContractTestJob::run, "--product", "quality.audited-orders", "--branch", "audit", "--publish", "--run-id", "audited-1");
        assertThat(refused.exitCode()).as(refused.messages()).isEqualTo(1);
        ContractTestReport bad = RecordJson.read(refused.result(), ContractTestReport.class);
        assertThat(bad.branch()).contains("audit");
        assertThat(bad.publication().orElseThrow().message()).isEqualTo("not published: the verdict is failed");
        assertThat(bad.checks()).filteredOn(check -> check.status() == CheckStatus.FAILED).extracting(CheckResult::name).containsExactly("order_id.pattern");
        Run served = product.run(CONTRACT, ContractTestJob::run, "--product", "quality.audited-orders", "--no-record");
        assertThat(served.exitCode()).as("the branch's verdict is not the table's: %s", served.messages()).isZero();

        // begun anew, from what is served
        lake.sql("ALTER TABLE mesh.quality.audited_orders REPLACE BRANCH audit", "INSERT INTO mesh.quality.audited_orders.branch_audit VALUES ('ORD-2', 5, current_timestamp()), ('bad', 5, current_timestamp())");
        lake.sql("DELETE FROM mesh.quality.audited_orders.branch_audit WHERE order_id = 'bad'");
        Run published = product.run(CONTRACT, ContractTestJob::run, "--product", "quality.audited-orders", "--branch", "audit", "--publish", "--run-id", "audited-2");
        assertThat(published.exitCode()).as(published.messages()).isZero();
        ContractTestReport good = RecordJson.read(published.result(), ContractTestReport.class);
        assertThat(good.publication().orElseThrow().previousSnapshotId()).contains(String.valueOf(before));
        assertThat(String.valueOf(lake.table("quality", "audited_orders").currentSnapshot().snapshotId())).isEqualTo(good.snapshotId().orElseThrow());
        // a session keeps the tables that it has seen for a while
        lake.sql("REFRESH TABLE mesh.quality.audited_orders");
        assertThat(lake.session().sql("SELECT order_id FROM mesh.quality.audited_orders ORDER BY 1").collectAsList()).extracting(row -> row.getString(0)).containsExactly("ORD-1", "ORD-2");
        assertThat(new ResultTables(lake.catalog()).lastChecks("quality.audited-orders")).extracting(CheckRow::runId).containsOnly("audited-2-published");
    }

    @Test
    void testFailingRowsAreMaskedAsInTrino()
            throws IOException
    {
        String personal = contract("^ORD-").replace("total: {type: long,", "email: {type: string, pattern: '@', pii: true, polyseme: email}\n      total: {type: long,");
        product.apply(spec("failing-rows"), personal);
        // two files, one without a violation
        insert("failing_rows", "('ORD-1', 'a@example.com', 5, current_timestamp())");
        insert("failing_rows", "('ORD-2', 'secret-value', -7, current_timestamp())", "('ORD-3', NULL, -8, current_timestamp())");
        Path keys = Files.write(folder.resolve("keys"), KeyRing.generate(new SecureRandom()).format());
        String token = TokenFunction.create(KeyRing.parse("keys", Files.readAllBytes(keys)), "email").token("secret-value");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        String[] arguments = {"--product", "quality.failing-rows", "--failing-rows", "5"};

        Run run = product.run(CONTRACT, ContractTestJob::run, concat(arguments, new String[] {"--mask-key-file", keys.toString()}, String.class));
        assertThat(run.exitCode()).as(run.messages()).isEqualTo(1);
        assertThat(RecordJson.read(run.result(), ContractTestReport.class).failingRows()).containsExactlyInAnyOrder(
                new FailingRows("email.pattern", List.of("order_id", "email"), List.of(List.of(Optional.of("ORD-2"), Optional.of(token))), Optional.empty()),
                new FailingRows(
                        "total.minimum",
                        List.of("order_id", "total"),
                        List.of(List.of(Optional.of("ORD-2"), Optional.of("-7")), List.of(Optional.of("ORD-3"), Optional.of("-8"))),
                        Optional.empty()),
                FailingRows.withheld("sql", "the rule is not about single rows"));
        assertThat(run.result() + run.messages()).doesNotContain("secret-value");

        Run without = product.run(CONTRACT, ContractTestJob::run, arguments);
        assertThat(RecordJson.read(without.result(), ContractTestReport.class).failingRows()).filteredOn(rows -> rows.check().equals("email.pattern")).containsExactly(
                FailingRows.withheld("email.pattern", "personal columns (email) are shown as tokens only, and no key ring of the masks was given"));
        assertThat(RecordJson.read(without.result(), ContractTestReport.class).checks())
                .filteredOn(check -> check.field().isPresent() && !check.metric().equals(CheckMetric.DUPLICATE_VALUES.label()))
                .as("figures come from metadata and from what was kept")
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.rung().orElse(EvidenceRung.R1)).as(check.name()).isLessThanOrEqualTo(EvidenceRung.R2));
        assertThat(without.result() + without.messages()).doesNotContain("secret-value");

        Path proposed = product.write("proposed.yaml", personal.replace(", pii: true", ""));
        Run other = product.run(CONTRACT, ContractTestJob::run, concat(arguments, new String[] {"--contract", proposed.toString(), "--no-record"}, String.class));
        assertThat(other.result()).as("a proposed contract unmasks nothing").doesNotContain("secret-value").contains("no key ring of the masks was given");

        lake.sql("ALTER TABLE mesh.quality.failing_rows RENAME COLUMN order_id TO old_id");
        lake.sql("ALTER TABLE mesh.quality.failing_rows RENAME COLUMN email TO order_id");
        Run renamed = product.run(CONTRACT, ContractTestJob::run, concat(arguments, new String[] {"--mask-key-file", keys.toString(), "--no-record"}, String.class));
        assertThat(renamed.result() + renamed.messages()).as("a column is the one that was registered, whatever it is called").doesNotContain("secret-value");

        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
        assertUsage("can be read by every user of this machine. Run: chmod 600", "--product", "quality.failing-rows", "--failing-rows", "5", "--mask-key-file", keys.toString());
        assertUsage("--failing-rows is not between 1 and 100: 1000", "--product", "quality.failing-rows", "--failing-rows", "1000");
    }

    @Test
    void testOtherContractAgainstTheLivePort()
    {
        product.apply(spec("proposed-orders"), contract("^ORD-"));
        insert("proposed_orders", "('ORD-1', 5, current_timestamp())");
        Path other = product.write("proposed.yaml", contract("^NEW-"));
        Run run = product.run(CONTRACT, ContractTestJob::run, "--product", "quality.proposed-orders", "--contract", other.toString(), "--server", "curated", "--no-record");
        assertThat(run.exitCode()).as(run.messages()).isEqualTo(1);
    }

    @Test
    void testCheckInErrorIsThree()
    {
        product.apply(spec("broken-orders"), contract("^ORD-"));
        insert("broken_orders", "('ORD-1', 5, current_timestamp())");
        Path other = product.write("other.yaml", contract("^ORD-").replace("WHERE total < 0", "WHERE no_such < 0"));
        Run run = product.run(CONTRACT, ContractTestJob::run, "--product", "quality.broken-orders", "--contract", other.toString(), "--no-record");
        assertThat(run.exitCode()).as(run.messages()).isEqualTo(3);
        assertThat(RecordJson.read(run.result(), ContractTestReport.class).status()).isEqualTo(CheckStatus.ERROR);
    }

    @Test
    void testWrongUsageIsTwoAndSaysWhatToDo()
    {
        product.apply(spec("usage-orders"), contract("^ORD-"));
        assertUsage("[MESH-CHECK-015] Product quality.usage-order is not registered, did you mean quality.usage-orders?", "--product", "quality.usage-order");
        assertUsage("[MESH-CHECK-011] Port curate of quality.usage-orders is not known, did you mean curated?", "--product", "quality.usage-orders", "--server", "curate");
        assertUsage("[MESH-CHECK-010] Unknown argument --prodct, did you mean --product?", "--prodct", "x");
        assertUsage("[MESH-CHECK-010] --product is missing");
        assertUsage("[MESH-CHECK-010] --product has no value", "--product");
        assertUsage("[MESH-CHECK-010] --publish needs a branch to publish", "--product", "quality.usage-orders", "--publish");
        assertUsage("[MESH-CHECK-010] A branch is published by the registered contract, not by a file", "--product", "quality.usage-orders", "--branch", "b", "--publish", "--contract", "c.yaml");
        assertUsage("[MESH-CHECK-010] What is published is recorded", "--product", "quality.usage-orders", "--branch", "b", "--publish", "--no-record");
        assertUsage("[MESH-CHECK-010] --allow-warnings goes with --publish only", "--product", "quality.usage-orders", "--branch", "b", "--allow-warnings");
        assertUsage("[MESH-CHECK-016] b is not a branch of the table", "--product", "quality.usage-orders", "--branch", "b");
        assertUsage("[MESH-CHECK-010] There is no readable file /no/such/file", "--product", "quality.usage-orders", "--contract", "/no/such/file");
    }

    private void assertUsage(String message, String... arguments)
    {
        Run run = product.run(CONTRACT, ContractTestJob::run, arguments);
        assertThat(run.messages()).contains(message).contains("fix: ").doesNotContain("\tat ");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(Files.exists(run.resultFile())).isFalse();
    }

    @Test
    void testTableThatIsGoneIsThree()
    {
        product.apply(spec("gone-orders"), contract("^ORD-"));
        lake.sql("DROP TABLE mesh.quality.gone_orders");
        Run run = product.run(CONTRACT, ContractTestJob::run, "--product", "quality.gone-orders");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.messages()).contains("quality.gone-orders is registered, but the table of its port curated is gone");
    }

    @Test
    void testJobThatBreaksIsThreeAndNoFinding()
    {
        product.apply(spec("breaking-orders"), contract("^ORD-"));
        for (Throwable failure : List.of(new NoClassDefFoundError("gone/Away"), new SparkException("gone away"), new IllegalStateException("gone away"))) {
            JobRunner.Job job = context -> {
                throw TestContractTestJob.<RuntimeException>undeclared(failure);
            };
            Run run = product.run(CONTRACT, job, "--product", "quality.breaking-orders");
            assertThat(run.exitCode()).isEqualTo(3);
            // what an engine says may quote a value
            assertThat(run.messages()).isEqualTo("error: the job failed: " + (failure instanceof SparkException ? SparkException.class.getName() : failure) + System.lineSeparator());
            assertThat(run.resultFile()).doesNotExist();
        }
    }

    /**
     * Spark throws checked exceptions that no signature tells of.
     */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Throwable failure)
            throws E
    {
        throw (E) failure;
    }

    @Test
    void testServiceLevels()
    {
        product.apply(spec("sla-orders"), contract("^ORD-"));
        Run empty = product.run(SLO, SlaCheckJob::run, "--product", "quality.sla-orders", "--slo", "freshness");
        assertThat(empty.exitCode()).as(empty.messages()).isEqualTo(3);
        assertThat(RecordJson.read(empty.result(), SlaReport.class).slos().get(0).message()).contains("no row has a value in occurred_at");

        insert("sla_orders", "('ORD-1', 5, current_timestamp())", "('ORD-2', 5, timestamp'2020-01-01 00:00:00Z')");
        Run fresh = product.run(SLO, SlaCheckJob::run, "--product", "quality.sla-orders", "--slo", "freshness");
        assertThat(fresh.exitCode()).as(fresh.messages()).isZero();
        assertThat(fresh.messages()).doesNotContain("reading column");

        Run all = product.run(SLO, SlaCheckJob::run, "--product", "quality.sla-orders");
        assertThat(all.exitCode()).isEqualTo(3);
        SlaReport report = RecordJson.read(all.result(), SlaReport.class);
        assertThat(report.slos()).extracting(slo -> slo.slo() + " " + slo.status().label()).containsExactly("freshness met", "completeness unknown");
        assertThat(report.slos().get(0).source()).contains("occurred_at (the only required timestamp)");

        lake.sql("ALTER TABLE mesh.quality.sla_orders SET TBLPROPERTIES ('write.delete.mode'='merge-on-read')", "DELETE FROM mesh.quality.sla_orders WHERE order_id = 'ORD-1'");
        Run stale = product.run(SLO, SlaCheckJob::run, "--product", "quality.sla-orders", "--slo", "freshness");
        assertThat(stale.exitCode()).as(stale.messages() + stale.result()).isEqualTo(1);
        assertThat(RecordJson.read(stale.result(), SlaReport.class).slos().get(0).status()).isEqualTo(SloStatus.MISSED);
        assertThat(new ResultTables(lake.catalog()).slaHistory("quality.sla-orders")).extracting(row -> row.slo() + " " + row.status())
                .containsExactly("freshness unknown", "freshness met", "freshness met", "completeness unknown", "freshness missed");

        Run unknown = product.run(SLO, SlaCheckJob::run, "--product", "quality.sla-orders", "--slo", "freshnes");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.messages()).contains("declares no objective freshnes, did you mean freshness?");
    }
}
