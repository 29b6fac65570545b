package io.meshwright.bridge.result;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.Acceptance;
import io.meshwright.model.reconciliation.ColumnResult;
import io.meshwright.model.reconciliation.ReconciliationHistory;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.Cost;
import io.meshwright.model.reconciliation.ReconciliationReport.Difference;
import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;
import io.meshwright.model.reconciliation.WindowComparison;
import io.meshwright.model.reconciliation.WindowResult;
import io.meshwright.model.reconciliation.WindowResult.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestReconciliations
{
    private static final String PRODUCT = "orders.order-events";
    private static final Instant BEGIN = Instant.parse("2026-11-20T04:00:00Z");
    private static final Acceptance ACCEPTANCE = new Acceptance(LocalDate.parse("2026-11-30"), "lead@retailer.example", "test orders");

    @TempDir
    private Path folder;

    private MeshCatalog catalog;

    @BeforeEach
    void open()
    {
        catalog = TestingCatalogs.openEmbedded(folder);
    }

    @AfterEach
    void close()
    {
        catalog.close();
    }

    @Test
    void testSamplesAreRecordedOnceWithTheirRun()
    {
        ReconciliationReport report = withSample(report("run-1", 0, Map.of("2026-11-18", 95L)));
        assertThat(new ResultTables(catalog).record(report)).isTrue();
        assertThat(new ResultTables(catalog).record(report)).as("a run is written once").isFalse();

        Reconciliations reconciliations = new Reconciliations(catalog);
        assertThat(reconciliations.differences("run-1")).containsExactly(
                new DifferenceRow("run-1", PRODUCT, "warehouse.orders", "2026-11-18", "missing", "4711", List.of(), report.finishedAt()),
                new DifferenceRow("run-1", PRODUCT, "warehouse.orders", "null", "changed", "email=0123456789abcdef", List.of("amount"), report.finishedAt()));
        assertThat(reconciliations.columns("run-1")).containsExactly(
                new ColumnDifferenceRow("run-1", PRODUCT, "warehouse.orders", "amount", 3, 2, 1, Optional.of("digits after the point were cut or rounded"), report.finishedAt()));
        assertThat(reconciliations.differences("run-2")).isEmpty();

        WindowRow row = new ResultTables(catalog).windows(PRODUCT).get(0);
        assertThat(row.cost()).hasValue(new Cost(new BigDecimal("1.500"), 2, OptionalLong.of(300)));
        assertThat(row.acceptance()).isEmpty();
    }

    @Test
    void testAnAcceptedWindowIsNoBreachUntilItGrowsOrRunsOut()
    {
        Reconciliations reconciliations = new Reconciliations(catalog);
        record("run-1", 0, Map.of("2026-11-18", 95L, "2026-11-19", 100L));
        AcceptedWindowRow accepted = reconciliations.accept(PRODUCT, "2026-11-18", ACCEPTANCE, clock(1));
        assertThat(accepted.difference().net()).isEqualTo(-5);
        assertThat(accepted.runId()).isEqualTo("run-1");
        assertThat(reconciliations.accepted(PRODUCT)).containsExactly(accepted);

        ReconciliationReport same = reconciliations.applyAcceptances(report("run-2", 1, Map.of("2026-11-18", 95L, "2026-11-19", 100L)), clock(1));
        assertThat(same.verdict()).isEqualTo(Verdict.OK);
        assertThat(same.reasons()).isEmpty();
        assertThat(same.windows()).extracting(WindowResult::state).containsExactly(State.ACCEPTED, State.OK);
        new ResultTables(catalog).record(same);
        assertThat(new ResultTables(catalog).windows(PRODUCT)).filteredOn(row -> row.state().equals("accepted")).singleElement()
                .satisfies(row -> assertThat(row.acceptance()).hasValue(ACCEPTANCE));

        ReconciliationReport larger = reconciliations.applyAcceptances(report("run-3", 2, Map.of("2026-11-18", 94L, "2026-11-19", 100L)), clock(2));
        assertThat(larger.verdict()).isEqualTo(Verdict.BREACH);
        assertThat(larger.windows()).extracting(WindowResult::state).containsExactly(State.CONFIRMED, State.OK);

        ReconciliationReport elsewhere = reconciliations.applyAcceptances(report("run-4", 2, Map.of("2026-11-18", 95L, "2026-11-19", 99L)), clock(2));
        assertThat(elsewhere.verdict()).isEqualTo(Verdict.BREACH);
        assertThat(elsewhere.windows()).extracting(WindowResult::state).containsExactly(State.ACCEPTED, State.CONFIRMED);
        assertThat(elsewhere.reasons()).singleElement().asString().startsWith("2026-11-19: ");

        ReconciliationReport over = reconciliations.applyAcceptances(report("run-5", 24 * 11, Map.of("2026-11-18", 95L)), clock(24 * 11));
        assertThat(over.verdict()).as("on 1 December").isEqualTo(Verdict.BREACH);
    }

    @Test
    void testWhatElseKeepsAVerdictOpenStillDoes()
    {
        record("run-1", 0, Map.of("2026-11-18", 95L));
        Reconciliations reconciliations = new Reconciliations(catalog);
        reconciliations.accept(PRODUCT, "2026-11-18", ACCEPTANCE, clock(1));
        ReconciliationReport report = report("run-2", 1, Map.of("2026-11-18", 95L));
        ReconciliationReport other = new ReconciliationReport(
                report.apiVersion(),
                report.kind(),
                report.product(),
                report.legacy(),
                report.snapshotId(),
                report.legacyAsOf(),
                report.profile(),
                report.zone(),
                report.verdict(),
                report.completeness(),
                report.completenessIsUpperBound(),
                report.threshold(),
                report.totals(),
                report.windows(),
                report.differences(),
                report.notCompared(),
                List.of(report.reasons().get(0), "column amount could not be read"),
                report.cost(),
                report.runId(),
                report.startedAt(),
                report.finishedAt(),
                report.rules(),
                report.columns(),
                report.history());
        ReconciliationReport accepted = reconciliations.applyAcceptances(other, clock(1));
        assertThat(accepted.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(accepted.reasons()).containsExactly("column amount could not be read");
    }

    @Test
    void testOnlyWhatWasFoundCanBeAccepted()
    {
        Reconciliations reconciliations = new Reconciliations(catalog);
        record("run-1", 0, Map.of("2026-11-18", 100L));
        assertThatThrownBy(() -> reconciliations.accept(PRODUCT, "2026-11-18", ACCEPTANCE, clock(1)))
                .isInstanceOf(MeshException.class)
                .hasMessage("Window 2026-11-18 of orders.order-events has no confirmed difference that could be accepted: it is ok");
        assertThatThrownBy(() -> reconciliations.accept(PRODUCT, "2026-11-8", ACCEPTANCE, clock(1)))
                .hasMessage("Window 2026-11-8 of orders.order-events was never reconciled, did you mean 2026-11-18?");
        assertThatThrownBy(() -> reconciliations.accept(PRODUCT, "2026-11-18", new Acceptance(LocalDate.parse("2026-11-19"), "me", "old"), clock(1)))
                .hasMessage("--until 2026-11-19 is over");
    }

    @Test
    void testHistory()
    {
        record("run-1", 0, Map.of("2026-11-18", 95L, "2026-11-19", 100L));
        record("run-2", 6, Map.of("2026-11-18", 95L, "2026-11-19", 90L));
        record("run-3", 24, Map.of("2026-11-18", 100L, "2026-11-19", 90L));
        ReconciliationHistory history = WindowHistory.of(new ResultTables(catalog).windows(PRODUCT), BEGIN.plus(Duration.ofHours(30)));
        assertThat(history.runs()).isEqualTo(3);
        assertThat(history.firstMismatch()).hasValue(BEGIN);
        assertThat(history.lastMismatch()).hasValue(BEGIN.plus(Duration.ofHours(24)));
        assertThat(history.oldestOpenSeconds()).as("2026-11-19, found by the second run").hasValue(24 * 3600);
        assertThat(history.meanSettleSeconds()).as("2026-11-18, from the first to the third run").hasValue(24 * 3600);
        assertThat(history.cost()).isEqualTo(new Cost(new BigDecimal("4.500"), 6, OptionalLong.of(900)));
        assertThat(history.windows()).extracting(window -> window.window() + " " + window.state().label() + " " + window.net() + " " + window.firstMismatch().isPresent())
                .containsExactly("2026-11-18 ok 0 false", "2026-11-19 confirmed -10 true");
        assertThat(history.trend()).extracting(run -> run.at() + " " + run.verdict() + " " + run.completeness().orElseThrow().stripTrailingZeros() + " " + run.differing())
                .containsExactly("2026-11-20T10:00:00Z BREACH 0.9 2", "2026-11-21T04:00:00Z BREACH 0.9 1");
    }

    @Test
    void testNoHistory()
    {
        ReconciliationHistory history = WindowHistory.of(List.of(), BEGIN);
        assertThat(history.runs()).isZero();
        assertThat(history.oldestOpenSeconds()).isEmpty();
        assertThat(history.meanSettleSeconds()).isEmpty();
        assertThat(history.windows()).isEmpty();
    }

    private void record(String runId, int hours, Map<String, Long> mesh)
    {
        new ResultTables(catalog).record(report(runId, hours, mesh));
    }

    private static Clock clock(int hours)
    {
        return Clock.fixed(BEGIN.plus(Duration.ofHours(hours)), ZoneOffset.UTC);
    }

    private static ReconciliationReport withSample(ReconciliationReport report)
    {
        return new ReconciliationReport(
                report.apiVersion(),
                report.kind(),
                report.product(),
                report.legacy(),
                report.snapshotId(),
                report.legacyAsOf(),
                report.profile(),
                report.zone(),
                report.verdict(),
                report.completeness(),
                report.completenessIsUpperBound(),
                report.threshold(),
                report.totals(),
                report.windows(),
                List.of(new Difference("2026-11-18", "missing", "4711", List.of()), new Difference("null", "changed", "email=0123456789abcdef", List.of("amount"))),
                report.notCompared(),
                report.reasons(),
                report.cost(),
                report.runId(),
                report.startedAt(),
                report.finishedAt(),
                report.rules(),
                List.of(new ColumnResult("amount", 3, 2, 1, Optional.of("digits after the point were cut or rounded"), List.of("4712"))),
                report.history());
    }

    private static ReconciliationReport report(String runId, int hours, Map<String, Long> mesh)
    {
        Map<String, Long> legacy = mesh.keySet().stream().collect(toMap(window -> window, window -> 100L));
        Instant time = BEGIN.plus(Duration.ofHours(hours));
        return new ReconciliationReport(
                PRODUCT,
                "warehouse.orders",
                Optional.of("1"),
                Optional.of(time),
                "counts",
                "UTC",
                WindowComparison.ofCounts(Set.of(), legacy, mesh, window -> true, new BigDecimal("0.999")),
                List.of(),
                new Cost(new BigDecimal("1.5"), 2, OptionalLong.of(300)),
                runId,
                time,
                time);
    }
}
