package io.meshwright.bridge.result;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.result.ContractVerdicts.Subject;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static io.meshwright.model.check.CheckStatus.ERROR;
import static io.meshwright.model.check.CheckStatus.FAILED;
import static io.meshwright.model.check.CheckStatus.PASSED;
import static io.meshwright.model.check.CheckStatus.SKIPPED;
import static io.meshwright.model.check.CheckStatus.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

class TestContractVerdicts
{
    private static final Subject SUBJECT = new Subject("orders.order-events", "curated", "hash-1");

    @TempDir
    private Path folder;
    private MeshCatalog catalog;
    private ResultTables results;

    @BeforeEach
    void setUp()
    {
        catalog = TestingCatalogs.openEmbedded(folder);
        results = new ResultTables(catalog);
    }

    @AfterEach
    void tearDown()
    {
        catalog.close();
    }

    @Test
    void testOnlyWhatIsKnownToBeGoodPassed()
    {
        record("all-passed", "1", 2, PASSED, PASSED);
        record("warned", "2", 2, PASSED, WARNING);
        record("failed", "3", 2, PASSED, FAILED);
        record("in-error", "4", 2, PASSED, ERROR);
        record("skipped", "5", 2, PASSED, SKIPPED);
        record("incomplete", "6", 3, PASSED, PASSED);
        record("no snapshot number", "x", 1, PASSED);
        ContractVerdicts verdicts = results.verdicts();
        assertThat(List.of(1L, 2L, 3L, 4L, 5L, 6L)).filteredOn(snapshot -> verdicts.hasPassed(SUBJECT, snapshot)).containsExactly(1L, 2L);
        assertThat(verdicts.find(SUBJECT, 3)).isPresent();
        assertThat(verdicts.find(SUBJECT, 6)).as("a run without all its rows decides nothing").isEmpty();
        assertThat(verdicts.hasPassedEver(SUBJECT)).isTrue();
    }

    @Test
    void testTheLastRunOnASnapshotDecides()
    {
        record("second", "1", 1, "hash-1", 20, "schema", FAILED);
        record("first", "1", 1, "hash-1", 10, "schema", PASSED);
        record("third", "2", 1, "hash-1", 30, "schema", FAILED);
        record("fourth", "2", 1, "hash-1", 40, "schema", PASSED);
        ContractVerdicts verdicts = results.verdicts();
        assertThat(verdicts.hasPassed(SUBJECT, 1)).isFalse();
        assertThat(verdicts.hasPassed(SUBJECT, 2)).isTrue();
        assertThat(verdicts.find(SUBJECT, 2).orElseThrow().runId()).isEqualTo("fourth");

        // a later run that lost rows is not believed when it found nothing, and is when it found something
        record("fifth", "2", 2, "hash-1", 50, "schema", PASSED);
        assertThat(results.verdicts().find(SUBJECT, 2).orElseThrow().runId()).isEqualTo("fourth");
        record("sixth", "2", 2, "hash-1", 60, "schema", FAILED);
        assertThat(results.verdicts().hasPassed(SUBJECT, 2)).isFalse();
    }

    @Test
    void testOnlyTheNewestRunTellsAGate()
    {
        assertThat(results.verdicts().newest(SUBJECT)).as("never tested").isEmpty();
        record("first", "1", 1, "hash-1", 10, "schema", PASSED);
        assertThat(results.verdicts().newest(SUBJECT)).hasValueSatisfying(verdict -> assertThat(verdict.passed()).isTrue());
        assertThat(results.verdicts().newest(new Subject("orders.order-events", "curated", "hash-2"))).as("another contract").isEmpty();

        record("cut off", "2", 2, "hash-1", 20, "schema", PASSED);
        assertThat(results.verdicts().newest(SUBJECT)).as("what was good before says nothing about what came since").isEmpty();
        record("found something before it was cut off", "2", 3, "hash-1", 30, "schema", PASSED, FAILED);
        assertThat(results.verdicts().newest(SUBJECT)).hasValueSatisfying(verdict -> assertThat(verdict.passed()).isFalse());
        for (CheckStatus status : List.of(ERROR, SKIPPED)) {
            record("ended as " + status, "3", 1, "hash-1", 40 + status.ordinal(), "schema", status);
            assertThat(results.verdicts().newest(SUBJECT)).hasValueSatisfying(verdict -> assertThat(verdict.passed()).as("%s is not good", status).isFalse());
        }
        record("warned", "3", 1, "hash-1", 50, "schema", WARNING);
        record("failed at the same instant", "3", 1, "hash-1", 50, "schema", FAILED);
        assertThat(results.verdicts().newest(SUBJECT)).hasValueSatisfying(verdict -> assertThat(verdict.runId()).isEqualTo("failed at the same instant"));
        record("mended", "4", 1, "hash-1", 60, "schema", PASSED);
        assertThat(results.verdicts().newest(SUBJECT)).hasValueSatisfying(verdict -> assertThat(verdict.passed()).isTrue());
    }

    @Test
    void testAnotherContractAnotherPortAnotherProduct()
    {
        record("one", "1", 1, "hash-1", 10, "schema", PASSED);
        ContractVerdicts verdicts = results.verdicts();
        assertThat(verdicts.hasPassed(SUBJECT, 1)).isTrue();
        assertThat(verdicts.hasPassed(new Subject("orders.order-events", "curated", "hash-2"), 1)).isFalse();
        assertThat(verdicts.hasPassed(new Subject("orders.order-events", "other", "hash-1"), 1)).isFalse();
        assertThat(verdicts.hasPassed(new Subject("orders.returns", "curated", "hash-1"), 1)).isFalse();
    }

    @Test
    void testAgeOfTheDataIsNoPropertyOfASnapshot()
    {
        record("late", "1", 1, "hash-1", 10, "freshness", FAILED);
        assertThat(results.verdicts().hasPassed(SUBJECT, 1)).isTrue();
    }

    @Test
    void testOnlyTheLastRunsAreKept()
    {
        Map<Subject, ContractVerdicts.RecentRuns> runs = new HashMap<>();
        for (int number = 1; number <= 150; number++) {
            CheckRow.of(report("run-" + number, String.valueOf(number), 1, "hash-1", number, "schema", PASSED)).forEach(row -> ContractVerdicts.fold(runs, row));
        }
        ContractVerdicts verdicts = ContractVerdicts.of(runs);
        assertThat(verdicts.find(SUBJECT, 50)).isEmpty();
        assertThat(verdicts.hasPassed(SUBJECT, 51)).isTrue();
        assertThat(verdicts.hasPassed(SUBJECT, 150)).isTrue();
    }

    @Test
    void testRowsOfEarlierVersionsProveNothing()
    {
        CheckRow row = CheckRow.of(report("one", "1", 1, "hash-1", 10, "schema", PASSED)).get(0);
        CheckRow old = new CheckRow(
                row.runId(),
                row.product(),
                row.port(),
                row.contract(),
                row.contractVersion(),
                Optional.empty(),
                row.branch(),
                row.snapshotId(),
                row.checkName(),
                row.field(),
                row.metric(),
                row.dimension(),
                row.severity(),
                row.status(),
                row.actual(),
                row.threshold(),
                row.rung(),
                row.bytesRead(),
                row.message(),
                row.plannedChecks(),
                row.evaluation(),
                row.durationSeconds(),
                row.validRatio(),
                row.jobId(),
                row.productVersion(),
                row.productRevision(),
                row.startedAt(),
                row.finishedAt());
        Map<Subject, ContractVerdicts.RecentRuns> runs = new HashMap<>();
        ContractVerdicts.fold(runs, old);
        assertThat(runs).isEmpty();
    }

    @Test
    void testBranchesProveNothingAboutWhatIsServed()
    {
        ContractTestReport tested = report("one", "1", 1, "hash-1", 10, "schema", PASSED).ofBranch("audit");
        results.record(tested);
        assertThat(results.verdicts().find(SUBJECT, 1)).isEmpty();
        assertThat(results.verdicts().hasPassedEver(SUBJECT)).isFalse();
        assertThat(results.lastChecks("orders.order-events")).isEmpty();
        assertThat(results.checks(SUBJECT, Optional.empty(), 1)).isEmpty();
        assertThat(results.checks(SUBJECT, Optional.of("audit"), 1)).hasSize(1);

        results.record(tested.published());
        assertThat(results.verdicts().hasPassed(SUBJECT, 1)).isTrue();
        assertThat(results.lastChecks("orders.order-events")).extracting(CheckRow::runId).containsExactly("one-published");
    }

    private void record(String runId, String snapshot, int planned, CheckStatus... statuses)
    {
        record(runId, snapshot, planned, "hash-1", 10, "schema", statuses);
    }

    private void record(String runId, String snapshot, int planned, String hash, int second, String metric, CheckStatus... statuses)
    {
        assertThat(results.record(report(runId, snapshot, planned, hash, second, metric, statuses))).isTrue();
    }

    private static ContractTestReport report(String runId, String snapshot, int planned, String hash, int second, String metric, CheckStatus... statuses)
    {
        List<CheckResult> checks = Arrays.stream(statuses)
                .map(status -> new CheckResult("check", Optional.empty(), metric, Optional.empty(), "error", status, Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.of("why")))
                .toList();
        return new ContractTestReport("orders.order-events", "curated", "id", "1.0.0", hash, Optional.of(snapshot), planned, checks, List.of(), List.of(), runId, Instant.EPOCH, Instant.ofEpochSecond(second));
    }
}
