package io.meshwright.bridge.result;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.table.RowSchema;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.EvidenceRung;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

class TestResultTables
{
    private static final Instant BEFORE = Instant.parse("2026-11-19T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    /**
     * The table as the first version made it.
     */
    private static final RowSchema<String> FIRST_VERSION = RowSchema.<String>builder()
            .string("run_id", "", run -> run)
            .string("product", "", unused -> "orders.order-events")
            .string("port", "", unused -> "curated")
            .string("contract", "", unused -> "order-events")
            .string("contract_version", "", unused -> "1.0.0")
            .optionalString("snapshot_id", "", unused -> Optional.of("1"))
            .string("check_name", "", unused -> "order_id.unique")
            .optionalString("field", "", unused -> Optional.of("order_id"))
            .string("metric", "", unused -> "duplicateValues")
            .optionalString("dimension", "", unused -> Optional.of("uniqueness"))
            .string("severity", "", unused -> "error")
            .string("status", "", unused -> "passed")
            .optionalDecimal("actual", 38, 6, "", unused -> Optional.of(BigDecimal.ZERO))
            .optionalString("threshold", "", unused -> Optional.of("mustBe 0"))
            .optionalString("rung", "", unused -> Optional.of("R5"))
            .optionalBigint("bytes_read", "", unused -> OptionalLong.of(10))
            .optionalString("message", "", unused -> Optional.empty())
            .timestamp("started_at", "", unused -> BEFORE)
            .timestamp("finished_at", "", unused -> BEFORE)
            .build(row -> row.string("run_id"));

    @Test
    void testATableOfTheFirstVersionTakesResultsOfThisOne(@TempDir Path folder)
    {
        try (MeshCatalog catalog = TestingCatalogs.openEmbedded(folder)) {
            new RowTable<>(catalog, CheckRow.TABLE, FIRST_VERSION).append(List.of("old"));
            ResultTables results = new ResultTables(catalog);
            assertThat(results.lastChecks("orders.order-events")).extracting(CheckRow::runId).containsExactly("old");

            assertThat(results.record(report("new"))).isTrue();
            assertThat(results.record(report("new"))).as("a run is written once").isFalse();

            CheckRow row = results.lastChecks("orders.order-events").get(0);
            assertThat(row.runId()).isEqualTo("new");
            assertThat(row.durationSeconds()).hasValue(new BigDecimal("1.250"));
            assertThat(row.validRatio()).hasValue(new BigDecimal("0.750000000"));
            assertThat(row.jobId()).hasValue("local-17");
            assertThat(row.productVersion()).hasValue("3.1.0");
            assertThat(row.productRevision()).hasValue(7);
            RowTable<CheckRow> table = new RowTable<>(catalog, CheckRow.TABLE, CheckRow.SCHEMA);
            assertThat(table.read().rows()).filteredOn(old -> old.runId().equals("old")).singleElement().satisfies(old -> {
                assertThat(old.actual()).hasValue(new BigDecimal("0.000000"));
                assertThat(old.durationSeconds()).isEmpty();
                assertThat(old.productRevision()).isEqualTo(OptionalInt.empty());
            });
        }
    }

    private static ContractTestReport report(String runId)
    {
        CheckResult check = new CheckResult(
                "order_id.unique",
                Optional.of("order_id"),
                "duplicateValues",
                Optional.of("uniqueness"),
                "error",
                CheckStatus.PASSED,
                Optional.of(BigDecimal.ZERO),
                Optional.of("mustBe 0"),
                Optional.of(EvidenceRung.R6),
                OptionalLong.of(20),
                Optional.empty());
        return new ContractTestReport("orders.order-events", "curated", "order-events", "1.0.0", "hash", Optional.of("2"), 1, List.of(check.lasting(Duration.ofMillis(1250)).violatedBy(1, 4)), List.of(), List.of(), runId, NOW, NOW)
                .from(Optional.of("3.1.0"), 7, Optional.of("local-17"));
    }
}
