package io.meshwright.spark.check;

import io.meshwright.bridge.check.CheckRun;
import io.meshwright.bridge.check.FormerResults;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckResult;
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

import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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
                      name: {type: string, required: true, minLength: 3}
                    quality:
                      - {type: library, metric: rowCount, mustBeGreaterThan: 5}
                """).value().orElseThrow();
        CheckPlan plan = CheckPlanner.plan(contract, contract.models().get(0), Set.of("shop.orders"));
        try (PinnedTable pinned = lake.pin("shop", table)) {
            CheckRun run = new CheckRun(
                    plan,
                    pinned.table(),
                    Optional.ofNullable(pinned.table().currentSnapshot()),
                    FormerResults.NONE,
                    KeptEvidence.OfTable::none,
                    EnumSet.complementOf(EnumSet.of(EvidenceRung.R3)),
                    Clock.systemUTC(),
                    unused -> {});
            return run.finish(new SparkTableReader(pinned)).checks().stream().collect(Collectors.toMap(CheckResult::name, Function.identity()));
        }
    }
}
