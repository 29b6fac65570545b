package io.meshwright.spark.check;

import io.meshwright.bridge.check.Surroundings;
import io.meshwright.bridge.evidence.PartitionSlice;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.TestingLake;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

import static io.meshwright.spark.check.TestingChecks.byName;
import static io.meshwright.spark.check.TestingChecks.create;
import static io.meshwright.spark.check.TestingChecks.plan;
import static io.meshwright.spark.check.TestingChecks.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestPartitionChecks
{
    private final TestingLake lake = TestingLake.get();

    @Test
    void testOnePartition()
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.sliced",
                "CREATE TABLE mesh.shop.sliced (id bigint, at timestamp) USING iceberg PARTITIONED BY (days(at))",
                "INSERT INTO mesh.shop.sliced VALUES (1, timestamp'2026-11-18 01:00:00Z'), (NULL, timestamp'2026-11-18 02:00:00Z'), (2, timestamp'2026-11-19 01:00:00Z'), (2, timestamp'2026-11-20 01:00:00Z'), (3, timestamp'2026-11-20 23:59:59Z')");
        CheckPlan plan = plan(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields: {id: {type: long, required: true, unique: true, maximum: 2}, at: {type: timestamp}}
                    quality:
                      - {type: library, metric: rowCount, mustBe: 2}
                      - {type: sql, query: "SELECT count(*) FROM {model} WHERE id IS NULL", mustBe: 0}
                      - {type: custom, engine: meshwright, implementation: {metric: anomaly}}
                """);
        try (PinnedTable table = lake.pin("shop", "sliced")) {
            PartitionSlice latest = slice(table, "latest");
            assertThat(latest.label()).isEqualTo("at_day=2026-11-20");
            Map<String, CheckResult> newest = byName(run(plan, table, Optional.of(latest), Surroundings.NONE));
            assertThat(newest.values()).filteredOn(result -> result.status() != CheckStatus.PASSED).extracting(CheckResult::name).containsExactlyInAnyOrder("id.maximum", "anomaly");
            assertThat(newest.get("rowCount").actual().orElseThrow()).isEqualByComparingTo("2");
            assertThat(newest.get("anomaly").status()).isEqualTo(CheckStatus.SKIPPED);
            Map<String, CheckResult> older = byName(run(plan, table, Optional.of(slice(table, "day=2026-11-18")), Surroundings.NONE));
            assertThat(older.values()).filteredOn(result -> result.status() == CheckStatus.FAILED).extracting(CheckResult::name).containsExactlyInAnyOrder("id.required", "sql");
            assertThatThrownBy(() -> slice(table, "day=2026-11-21")).hasMessage("No data file is in the partition at_day=2026-11-21");
            assertThatThrownBy(() -> slice(table, "at_dya=2026-11-20")).hasMessage("The table is not partitioned by one at_dya, did you mean at_day?");
        }
        lake.table("shop", "sliced").updateSpec().removeField("at_day").addField(Expressions.hour("at")).commit();
        try (PinnedTable table = lake.pin("shop", "sliced")) {
            assertThatThrownBy(() -> slice(table, "latest")).hasMessageStartingWith("Some data files are not partitioned by at_hour");
        }
        create("whole", new RandomOrders(25, 0).rows(3), 2);
        try (PinnedTable table = lake.pin("shop", "whole")) {
            assertThatThrownBy(() -> slice(table, "latest")).hasMessage("The table is not partitioned");
        }
    }

    private static PartitionSlice slice(PinnedTable table, String wanted)
    {
        return PartitionSlice.resolve(table.table(), Optional.of(table.table().currentSnapshot()), wanted);
    }
}
