package io.meshwright.spark.check;

import io.meshwright.bridge.check.CheckRun;
import io.meshwright.bridge.check.FormerResults;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.TestingLake;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import static io.meshwright.spark.check.TestingChecks.byName;
import static org.assertj.core.api.Assertions.assertThat;

final class TestMetadataAudit
{
    private final TestingLake lake = TestingLake.get();

    @Test
    void testWrongMetricsAreNotUsed()
    {
        appendWithNulls("audited", 0);
        Map<String, CheckResult> results = run("audited");
        assertThat(results.get("name.required").actual().orElseThrow()).isEqualByComparingTo("3");
        assertThat(results.get("name.required").status()).isEqualTo(CheckStatus.FAILED);
        assertThat(results.get("name.required").message().orElseThrow()).contains("3 of 10 rows", "metadata of the table is wrong about column name, so it was not used");
        assertThat(results.get("id.required").rung()).contains(EvidenceRung.R5);
        assertThat(results.get("rowCount").rung()).contains(EvidenceRung.R5);
    }

    @Test
    void testFormerResultsThatMayRestOnWrongMetricsAreNotUsed()
    {
        appendWithNulls("rested", 0);
        FormerResults former = FormerResults.of(List.of(passed("name.required"), passed("name.unique")));
        Map<String, CheckResult> results = run("rested", former);
        assertThat(results.get("name.required").actual().orElseThrow()).isEqualByComparingTo("3");
        assertThat(results.get("name.required").status()).isEqualTo(CheckStatus.FAILED);
        assertThat(results.get("name.required").rung()).contains(EvidenceRung.R5);
        assertThat(results.get("name.unique").rung()).as("%s", results.get("name.unique").message()).contains(EvidenceRung.R6);
        assertThat(results.get("name.unique").status()).isEqualTo(CheckStatus.PASSED);
    }

    @Test
    void testFormerResultsBesideRightMetricsAre()
    {
        appendWithNulls("kept", 3);
        Map<String, CheckResult> results = run("kept", FormerResults.of(List.of(passed("name.unique"))));
        assertThat(results.get("name.unique").rung()).contains(EvidenceRung.R0);
    }

    /**
     * What another run found of the same snapshot.
     */
    private static CheckRow passed(String check)
    {
        CheckSpec spec = plan().checks().stream().filter(planned -> planned.name().equals(check)).findFirst().orElseThrow();
        Instant then = Instant.parse("2026-11-20T10:00:00Z");
        return new CheckRow(
                "earlier",
                "shop.orders",
                "table",
                "orders",
                "1.0.0",
                Optional.of("hash"),
                Optional.of("17"),
                Optional.empty(),
                check,
                spec.field(),
                spec.metric().label(),
                Optional.of(spec.dimension()),
                spec.severity(),
                CheckStatus.PASSED.label(),
                Optional.of(BigDecimal.ZERO),
                spec.thresholdText(),
                Optional.of(EvidenceRung.R2.name()),
                OptionalLong.of(0),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.of(CheckRow.EVALUATION),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                then,
                then);
    }

    @Test
    void testRightMetricsAre()
    {
        appendWithNulls("right", 3);
        Map<String, CheckResult> results = run("right");
        assertThat(results.get("name.required").message()).contains("3 of 10 rows");
        assertThat(results.get("name.required").rung()).contains(EvidenceRung.R2);
        assertThat(results.get("rowCount").rung()).contains(EvidenceRung.R1);
    }

    /**
     * Ten rows, three of them without a name, and a manifest that tells of some number.
     */
    private void appendWithNulls(String name, long told)
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.written",
                "CREATE TABLE mesh.shop.written (id bigint, name string) USING iceberg",
                "DROP TABLE IF EXISTS mesh.shop." + name,
                "CREATE TABLE mesh.shop." + name + " (id bigint, name string) USING iceberg",
                "INSERT INTO mesh.shop.written SELECT /*+ COALESCE(1) */ id, IF(id < 3, NULL, CONCAT('name', id)) FROM range(10)");
        DataFile written = lake.table("shop", "written").currentSnapshot().addedDataFiles(lake.table("shop", "written").io()).iterator().next();
        Table table = lake.table("shop", name);
        Map<Integer, Long> nulls = new HashMap<>(written.nullValueCounts());
        nulls.put(table.schema().findField("name").fieldId(), told);
        Metrics metrics = new Metrics(written.recordCount(), written.columnSizes(), written.valueCounts(), nulls, written.nanValueCounts(), written.lowerBounds(), written.upperBounds());
        table.newAppend().appendFile(DataFiles.builder(table.spec()).copy(written).withMetrics(metrics).build()).commit();
    }

    private Map<String, CheckResult> run(String table)
    {
        return run(table, FormerResults.NONE);
    }

    private static CheckPlan plan()
    {
        DataContract contract = DataContractParser.parse(
                "contract.yaml",
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      id: {type: long, required: true}
                      name: {type: string, required: true, unique: true, minLength: 3}
                    quality:
                      - {type: library, metric: rowCount, mustBeGreaterThan: 5}
                """).value().orElseThrow();
        return CheckPlanner.plan(contract, contract.models().get(0), Set.of("shop.orders"));
    }

    private Map<String, CheckResult> run(String table, FormerResults former)
    {
        try (PinnedTable pinned = lake.pin("shop", table)) {
            CheckRun run = new CheckRun(
                    plan(),
                    pinned.table(),
                    Optional.ofNullable(pinned.table().currentSnapshot()),
                    former,
                    KeptEvidence.OfTable::none,
                    EnumSet.complementOf(EnumSet.of(EvidenceRung.R3)),
                    Clock.systemUTC(),
                    unused -> {});
            return byName(run.finish(new SparkTableReader(pinned)));
        }
    }
}
