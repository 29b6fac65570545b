package io.meshwright.spark.check;

import com.google.common.collect.ImmutableList;
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
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.meshwright.spark.check.TestingChecks.byName;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another job replaces all rows and expires what a run is looking at, files and all.
 */
final class TestExpiredSnapshot
{
    private final TestingLake lake = TestingLake.get();

    @Test
    void testWhatCannotBeReadIsInError()
            throws IOException
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.expiring",
                "CREATE TABLE mesh.shop.expiring (id bigint, name string) USING iceberg",
                "INSERT INTO mesh.shop.expiring SELECT id, CONCAT('name', id) FROM range(10)",
                "INSERT INTO mesh.shop.expiring SELECT id, CONCAT('name', id) FROM range(5, 20)");
        KeptEvidence kept = new KeptEvidence(lake.catalog());
        try (PinnedTable pinned = lake.pin("shop", "expiring")) {
            CheckRun run = new CheckRun(
                    plan(),
                    pinned.table(),
                    Optional.ofNullable(pinned.table().currentSnapshot()),
                    FormerResults.NONE,
                    () -> kept.read(pinned.table().uuid().toString()),
                    EnumSet.allOf(EvidenceRung.class),
                    Clock.systemUTC(),
                    unused -> {});
            lake.sql("INSERT OVERWRITE mesh.shop.expiring SELECT id, CONCAT('name', id) FROM range(100)");
            List<String> replaced = files(pinned.table());
            lake.table("shop", "expiring").expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).cleanExpiredFiles(false).commit();
            replaced.forEach(lake.table("shop", "expiring").io()::deleteFile);

            Map<String, CheckResult> results = byName(run.finish(new SparkTableReader(pinned)));
            for (String name : List.of("id.unique", "name.minLength", "sql")) {
                CheckResult result = results.entrySet().stream().filter(entry -> entry.getKey().startsWith(name)).findFirst().orElseThrow(() -> new AssertionError(results.keySet())).getValue();
                assertThat(result.status()).as("%s", result).isEqualTo(CheckStatus.ERROR);
                assertThat(result.actual()).isEmpty();
                assertThat(result.message().orElseThrow()).isNotBlank();
            }
            assertThat(results.get("id.required").status()).as("known before").isEqualTo(CheckStatus.PASSED);
            assertThat(run.files().added()).as("nothing is kept of what could not be read").isEmpty();
        }
    }

    private static List<String> files(Table table)
            throws IOException
    {
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            return ImmutableList.copyOf(CloseableIterable.transform(tasks, task -> task.file().location()));
        }
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
                      id: {type: long, required: true, unique: true}
                      name: {type: string, minLength: 6}
                    quality:
                      - {type: sql, query: "SELECT COUNT(*) FROM orders WHERE name = 'name1'", mustBe: 1}
                """).value().orElseThrow();
        return CheckPlanner.plan(contract, contract.models().get(0), Set.of("shop.orders"));
    }
}
