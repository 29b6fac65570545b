package io.meshwright.spark.check;

import io.meshwright.bridge.check.CheckRun;
import io.meshwright.bridge.check.FormerResults;
import io.meshwright.bridge.check.Surroundings;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.bridge.evidence.PartitionSlice;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.finding.Parsed;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.TestingLake;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tables of orders, and plans that are run on them with all rungs.
 */
final class TestingChecks
{
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-02T00:00:00Z"), ZoneOffset.UTC);

    private static final TestingLake LAKE = TestingLake.get();

    private TestingChecks() {}

    static List<Map<String, Object>> create(String table, List<Map<String, Object>> rows, int version)
    {
        LAKE.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop." + table,
                "CREATE TABLE mesh.shop." + table + " (" + RandomOrders.COLUMNS + ") USING iceberg TBLPROPERTIES ('format-version'='" + version
                        + "', 'write.delete.mode'='merge-on-read')");
        int half = rows.size() / 2;
        for (List<Map<String, Object>> part : List.of(rows.subList(0, half), rows.subList(half, rows.size()))) {
            if (!part.isEmpty()) {
                try {
                    LAKE.session().createDataFrame(RandomOrders.toSpark(part), RandomOrders.schema()).coalesce(1).writeTo("mesh.shop." + table).append();
                }
                catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return rows;
    }

    static CheckPlan plan(String yaml)
    {
        Parsed<DataContract> contract = DataContractParser.parse("contract.yaml", yaml);
        assertThat(contract.value()).as("%s", contract.findings()).isPresent();
        return CheckPlanner.plan(contract.value().orElseThrow(), contract.value().orElseThrow().models().get(0), Set.of("shop.orders"));
    }

    static CheckRun.Outcome run(CheckPlan plan, PinnedTable pinned)
    {
        return run(plan, pinned, Surroundings.NONE);
    }

    static CheckRun.Outcome run(CheckPlan plan, PinnedTable pinned, Surroundings surroundings)
    {
        return run(plan, pinned, Optional.empty(), surroundings);
    }

    static CheckRun.Outcome run(CheckPlan plan, PinnedTable pinned, Optional<PartitionSlice> slice, Surroundings surroundings)
    {
        return new CheckRun(plan, pinned.table(), Optional.ofNullable(pinned.table().currentSnapshot()), slice, FormerResults.NONE, KeptEvidence.OfTable::none, EnumSet.allOf(EvidenceRung.class), surroundings, CLOCK, message -> {})
                .finish(new SparkTableReader(pinned));
    }

    static CheckRun.Outcome run(CheckPlan plan, String table)
    {
        try (PinnedTable pinned = LAKE.pin("shop", table)) {
            return run(plan, pinned);
        }
    }

    static Map<String, CheckResult> byName(CheckRun.Outcome outcome)
    {
        return outcome.checks().stream().collect(Collectors.toMap(CheckResult::name, Function.identity()));
    }
}
