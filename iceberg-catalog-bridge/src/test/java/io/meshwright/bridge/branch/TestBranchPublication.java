package io.meshwright.bridge.branch;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.check.ContractTest;
import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.Publication;
import io.meshwright.model.check.Publication.Outcome;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.UpdateRequirements;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestBranchPublication
{
    private static final Set<CheckStatus> STRICT = Set.of(CheckStatus.PASSED);
    private static final Set<CheckStatus> LENIENT = Set.of(CheckStatus.PASSED, CheckStatus.WARNING);

    @TempDir
    private Path folder;
    private BranchedProduct product;
    private MeshCatalog catalog;
    private ResultTables results;

    @BeforeEach
    void setUp()
    {
        product = new BranchedProduct(folder);
        catalog = product.catalog();
        results = new ResultTables(catalog);
    }

    @AfterEach
    void tearDown()
    {
        catalog.close();
    }

    @Test
    void testWhatPassedIsServedAndRecordedForBoth()
    {
        long before = product.write("main", 10, 0);
        product.branch();
        long audited = product.write("audit", 5, 0);
        ContractTestReport report = publish("run-1", STRICT);
        assertThat(report.status()).isEqualTo(CheckStatus.PASSED);
        assertThat(report.branch()).contains("audit");
        assertThat(report.snapshotId()).contains(String.valueOf(audited));
        assertThat(report.publication()).contains(new Publication(Outcome.PUBLISHED, Optional.of(String.valueOf(before)), "branch audit was published: snapshot %s is served".formatted(audited)));
        assertThat(report.exitStatus().code()).isZero();
        assertThat(product.main()).isEqualTo(audited);
        assertThat(product.table().refs().get("audit").snapshotId()).as("the branch stays as it is").isEqualTo(audited);
        assertThat(product.table().refs().get("audit").maxRefAgeMs()).isNull();
        assertThat(results.checks(product.subject(), Optional.of("audit"), audited)).extracting(CheckRow::runId).hasSize(report.plannedChecks()).containsOnly("run-1");
        assertThat(results.lastChecks(BranchedProduct.ADDRESS)).extracting(CheckRow::runId).hasSize(report.plannedChecks()).containsOnly("run-1-published");
        assertThat(results.verdicts().hasPassed(product.subject(), audited)).isTrue();
    }

    @Test
    void testFirstDataIsPublished()
    {
        long first = product.write("audit", 5, 0);
        assertThat(product.table().currentSnapshot()).isNull();
        assertThat(publish("run-1", STRICT).publication().orElseThrow().outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(product.main()).isEqualTo(first);
    }

    @Test
    void testOnlyAGoodVerdictPublishes()
    {
        long before = product.write("main", 10, 0);
        product.branch();
        long bad = product.write("audit", 5, -1);
        ContractTestReport failed = publish("failed", LENIENT);
        assertThat(failed.exitStatus().code()).isEqualTo(1);
        assertRefused(failed, "not published: the verdict is failed");
        assertThat(product.main()).isEqualTo(before);
        assertThat(results.checks(product.subject(), Optional.of("audit"), bad)).extracting(CheckRow::status).contains("failed");
        assertThat(results.verdicts().find(product.subject(), bad)).as("the branch's verdict is not the table's").isEmpty();

        product.register("      - {type: sql, query: \"SELECT COUNT(*) FROM other_table\", mustBe: 0}\n");
        product.table().manageSnapshots().replaceBranch("audit", before).commit();
        ContractTestReport error = publish("error", LENIENT);
        assertThat(error.status()).isEqualTo(CheckStatus.ERROR);
        assertThat(error.exitStatus().code()).isEqualTo(3);
        assertRefused(error, "not published: the verdict is error");
        assertThat(product.main()).isEqualTo(before);
    }

    @Test
    void testWarningsPublishOnlyWhereAllowed()
    {
        long before = product.write("main", 10, 0);
        product.branch();
        long large = product.write("audit", 2000, 0);
        ContractTestReport strict = publish("strict", STRICT);
        assertThat(strict.status()).isEqualTo(CheckStatus.WARNING);
        assertThat(strict.exitStatus().code()).as("what should be published and was not is a finding").isEqualTo(1);
        assertRefused(strict, "not published: the verdict is warning, and warnings were not allowed");
        assertThat(product.main()).isEqualTo(before);
        ContractTestReport lenient = publish("lenient", LENIENT);
        assertThat(lenient.exitStatus().code()).isZero();
        assertThat(product.main()).isEqualTo(large);
    }

    @Test
    void testWhoCommitsAfterTheTestKeepsItFromBeingPublished()
    {
        long before = product.write("main", 10, 0);
        for (String when : List.of("between", "within")) {
            assertOvertaken(when, before, () -> product.write("main", 1, 0), "the main branch was changed since the test began");
            assertOvertaken(when, before, () -> product.write("audit", 1, -7), "branch audit has moved on to snapshot");
            assertOvertaken(when, before, () -> product.table().manageSnapshots().removeBranch("audit").commit(), "branch audit is gone");
            assertOvertaken(when, before, () -> product.table().manageSnapshots().replaceBranch("audit", before).commit(), "branch audit has moved on to snapshot " + before);
            assertOvertaken(when, before, () -> product.table().updateSchema().addColumn("note", Types.StringType.get()).commit(), "the table's schema was changed since the test began");
        }
    }

    @Test
    void testRolledBackMainIsNotRolledForward()
    {
        long first = product.write("main", 10, 0);
        product.write("main", 10, 0);
        product.branch();
        product.write("audit", 1, 0);
        Tested tested = test("run-1");
        product.table().manageSnapshots().rollbackTo(first).commit();
        assertRefused(tested.publish(STRICT), "the main branch was changed since the test began");
        assertThat(product.main()).isEqualTo(first);
    }

    @Test
    void testBranchThatDoesNotBuildOnWhatIsServed()
    {
        product.write("main", 10, 0);
        product.branch();
        product.write("audit", 5, 0);
        long newer = product.write("main", 1, 0);
        assertRefused(publish("run-1", STRICT), "branch audit does not build on snapshot %s, which is served".formatted(newer));
        assertThat(product.main()).isEqualTo(newer);
    }

    @Test
    void testChangesOfOthersThatTouchNeitherDoNotMatter()
    {
        product.write("main", 10, 0);
        product.branch();
        long audited = product.write("audit", 5, 0);
        Tested tested = test("run-1");
        InterruptedCatalog.beforeNextCommit(() -> product.table().updateProperties().set("note", "by another writer").commit());
        assertThat(tested.publish(STRICT).publication().orElseThrow().outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(product.main()).isEqualTo(audited);
        assertThat(product.table().properties()).containsEntry("note", "by another writer");
    }

    @Test
    void testAnotherContractSinceTheTest()
    {
        long before = product.write("main", 10, 0);
        product.branch();
        product.write("audit", 5, 0);
        Tested tested = test("run-1");
        product.register("      - {metric: rowCount, mustBeGreaterThan: 1000}\n");
        assertRefused(tested.publish(STRICT), "not published: another contract was registered since the test began");
        assertThat(product.main()).isEqualTo(before);
    }

    @Test
    void testRepeatedRunCompletesWhatWasCutOff()
    {
        product.write("main", 10, 0);
        product.branch();
        long audited = product.write("audit", 5, 0);
        // a driver that dies right after the commit has published and not recorded that
        Tested tested = test("run-1");
        results.record(tested.report);
        assertThat(new BranchPublication(catalog, BranchedProduct.TABLE, tested.branch).publish().outcome()).isEqualTo(Outcome.PUBLISHED);
        assertThat(results.lastChecks(BranchedProduct.ADDRESS)).isEmpty();

        ContractTestReport again = publish("run-1", STRICT);
        assertThat(again.publication().orElseThrow().message()).isEqualTo("snapshot %s was published before".formatted(audited));
        assertThat(again.exitStatus().code()).isZero();
        publish("run-1", STRICT);
        assertThat(results.checks(product.subject(), Optional.of("audit"), audited)).hasSize(again.plannedChecks());
        assertThat(results.checks(product.subject(), Optional.empty(), audited)).hasSize(again.plannedChecks());
    }

    @Test
    void testRunThatIsRecordedForOtherDataPublishesNothing()
    {
        long before = product.write("main", 10, 0);
        product.branch();
        product.write("audit", 5, -1);
        publish("run-1", STRICT);
        product.table().manageSnapshots().replaceBranch("audit", before).commit();
        product.write("audit", 5, 0);
        assertRefused(publish("run-1", STRICT), "not published: run run-1 was recorded before with another outcome; test again as another run");
        assertThat(product.main()).isEqualTo(before);
    }

    @Test
    void testConnectionThatBreaksDuringTheCommit()
    {
        long before = product.write("main", 10, 0);
        product.branch();
        long audited = product.write("audit", 5, 0);
        InterruptedCatalog.beforeNextCommit(() -> {
            throw new CommitStateUnknownException(new IllegalStateException("connection reset"));
        });
        ContractTestReport unknown = publish("run-1", STRICT);
        assertThat(unknown.publication().orElseThrow().outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(unknown.publication().orElseThrow().message()).contains("it cannot be told whether snapshot %s was published".formatted(audited), "connection reset");
        assertThat(unknown.exitStatus().code()).isEqualTo(3);
        assertThat(product.main()).isEqualTo(before);
        assertThat(results.lastChecks(BranchedProduct.ADDRESS)).isEmpty();

        InterruptedCatalog.afterNextCommit(() -> {
            throw new CommitStateUnknownException(new IllegalStateException("connection reset"));
        });
        ContractTestReport arrived = publish("run-2", STRICT);
        assertThat(arrived.publication().orElseThrow().outcome()).as("a second look tells that the commit arrived").isEqualTo(Outcome.PUBLISHED);
        assertThat(product.main()).isEqualTo(audited);
    }

    /**
     * A REST server compares only what a commit names, so the commit has to name both branches.
     */
    @Test
    void testRestCatalogHoldsBothBranchesAgainstTheirState()
    {
        long before = product.write("main", 10, 0);
        product.branch();
        long audited = product.write("audit", 5, 0);
        TableMetadata base = ((HasTableOperations) product.table()).operations().current();
        TableMetadata changed = BranchPublication.change(base, PinnedBranch.of(product.table(), "audit"));
        assertThat(UpdateRequirements.forUpdateTable(base, changed.changes()))
                .filteredOn(UpdateRequirement.AssertRefSnapshotID.class::isInstance)
                .extracting(requirement -> (UpdateRequirement.AssertRefSnapshotID) requirement)
                .extracting(requirement -> requirement.refName() + " " + requirement.snapshotId())
                .containsExactlyInAnyOrder("main " + before, "audit " + audited);
        assertThat(changed.ref("audit")).isEqualTo(base.ref("audit"));
    }

    @Test
    void testUnknownBranch()
    {
        product.write("main", 10, 0);
        assertThatThrownBy(() -> test("run-1")).isInstanceOf(MeshException.class).hasMessage("audit is not a branch of the table");
        product.table().manageSnapshots().createBranch("audits").commit();
        assertThatThrownBy(() -> test("run-1")).isInstanceOf(MeshException.class).hasMessage("audit is not a branch of the table, did you mean audits?");
        product.table().manageSnapshots().createTag("audit", product.main()).commit();
        assertThatThrownBy(() -> test("run-1")).isInstanceOf(MeshException.class).hasMessage("audit is a tag, not a branch, did you mean audits?");
        assertThatThrownBy(() -> PinnedBranch.of(product.table(), "main")).isInstanceOf(MeshException.class).hasMessage("Branch main is the one that is served");
    }

    /**
     * Several publish while others write to both branches: what is served is always what was served before, what was written to it, or what one of
     * the publishers tested and published; and nobody's commit to the main branch is lost.
     */
    @Test
    void testConcurrentCommitters()
            throws Exception
    {
        Random random = new Random(7);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        int published = 0;
        try {
            product.write("main", 10, 0);
            for (int round = 0; round < 12; round++) {
                long base = product.main();
                if (product.table().refs().containsKey("audit")) {
                    product.table().manageSnapshots().replaceBranch("audit", base).commit();
                }
                else {
                    product.branch();
                }
                product.write("audit", 3, 0);
                String name = "round-" + round;
                List<Future<ContractTestReport>> publishers = new ArrayList<>();
                for (int publisher = 0; publisher < 2; publisher++) {
                    String run = name + "-" + publisher;
                    publishers.add(executor.submit(() -> publish(run, STRICT)));
                }
                List<Future<Long>> writers = new ArrayList<>();
                if (random.nextBoolean()) {
                    writers.add(executor.submit(() -> product.write("main", 1, 0)));
                }
                boolean writesBadRows = random.nextBoolean();
                Future<Long> bad = writesBadRows ? executor.submit(() -> product.write("audit", 1, -1)) : null;
                Set<Long> history = new HashSet<>();
                List<ContractTestReport> reports = new ArrayList<>();
                for (Future<ContractTestReport> publisher : publishers) {
                    reports.add(publisher.get());
                }
                List<Long> written = new ArrayList<>();
                for (Future<Long> writer : writers) {
                    written.add(writer.get());
                }
                SnapshotUtil.currentAncestorIds(product.table()).forEach(history::add);
                assertThat(history).as("round %s: commits to the main branch stay", round).contains(base).containsAll(written);
                for (ContractTestReport report : reports) {
                    boolean served = report.publication().orElseThrow().outcome() == Outcome.PUBLISHED;
                    published += served ? 1 : 0;
                    assertThat(report.publication().orElseThrow().outcome()).isIn(Outcome.PUBLISHED, Outcome.REFUSED);
                    if (served) {
                        assertThat(report.status()).isEqualTo(CheckStatus.PASSED);
                        assertThat(history).as("round %s: %s", round, report.publication()).contains(Long.valueOf(report.snapshotId().orElseThrow()));
                    }
                }
                if (bad != null) {
                    assertThat(history).as("round %s: rows that break the contract are not served", round).doesNotContain(bad.get());
                }
            }
        }
        finally {
            executor.shutdownNow();
        }
        assertThat(published).as("some rounds publish").isPositive();
    }

    private void assertOvertaken(String when, long before, Runnable other, String reason)
    {
        Table table = product.table();
        if (table.schema().findField("note") != null) {
            table.updateSchema().deleteColumn("note").commit();
        }
        if (table.refs().containsKey("audit")) {
            table.manageSnapshots().removeBranch("audit").commit();
        }
        table.manageSnapshots().setCurrentSnapshot(before).commit();
        product.branch();
        long audited = product.write("audit", 5, 0);
        Tested tested = test(UUID.randomUUID().toString());
        if (when.equals("between")) {
            other.run();
        }
        else {
            InterruptedCatalog.beforeNextCommit(other);
        }
        ContractTestReport report = tested.publish(STRICT);
        assertThat(report.exitStatus().code()).as(when + ": " + reason).isEqualTo(1);
        assertRefused(report, reason);
        assertThat(SnapshotUtil.currentAncestorIds(product.table())).as(when + ": " + reason).doesNotContain(audited);
        assertThat(results.checks(product.subject(), Optional.empty(), audited)).as(when + ": " + reason).isEmpty();
    }

    private static void assertRefused(ContractTestReport report, String reason)
    {
        assertThat(report.publication().orElseThrow().message()).contains(reason);
        assertThat(report.publication().orElseThrow().outcome()).isEqualTo(Outcome.REFUSED);
    }

    private record Tested(ContractTest test, PinnedBranch branch, ContractTestReport report)
    {
        private ContractTestReport publish(Set<CheckStatus> publishable)
        {
            return test.publish(report, publishable);
        }
    }

    private Tested test(String runId)
    {
        ProductUnderTest tested = product.underTest();
        PinnedBranch branch = PinnedBranch.of(tested.table(), "audit");
        ContractTest test = new ContractTest(tested, Optional.of(branch), catalog, runId, Clock.systemUTC(), unused -> {});
        return new Tested(test, branch, test.fromMetadata().orElseThrow());
    }

    private ContractTestReport publish(String runId, Set<CheckStatus> publishable)
    {
        return test(runId).publish(publishable);
    }
}
