package io.meshwright.bridge.check;

import com.google.common.collect.Sets;
import io.meshwright.bridge.branch.BranchPublication;
import io.meshwright.bridge.branch.PinnedBranch;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.bridge.evidence.FileFigure;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.bridge.evidence.PartitionSlice;
import io.meshwright.bridge.provision.PortResolver;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.ContractVerdicts;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.Publication;
import io.meshwright.model.check.Publication.Outcome;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * Holds the table of a product's port against its contract and records what was found, as cheaply as the evidence allows.
 */
public final class ContractTest
{
    private final MeshCatalog catalog;
    private final ProductUnderTest product;
    private final Optional<PinnedBranch> branch;
    private final Table table;
    private final DataContract contract;
    private final CheckPlan plan;
    private final Optional<String> partition;
    private final KeptEvidence kept;
    private final ResultTables results;
    private final String runId;
    private final Clock clock;
    private final Consumer<String> progress;
    private final Instant started;
    private Optional<CheckRun> begun = Optional.empty();
    private Optional<FailingRowSampler> sampler = Optional.empty();

    /**
     * A test of what is served.
     *
     * @throws MeshException where the port has no contract, or the contract no model of the table
     */
    public ContractTest(ProductUnderTest product, MeshCatalog catalog, String runId, Clock clock, Consumer<String> progress)
    {
        this(product, Optional.empty(), catalog, runId, clock, progress);
    }

    /**
     * @param branch of the product's table to test in place of what is served
     * @throws MeshException where the port has no contract, or the contract no model of the table
     */
    public ContractTest(ProductUnderTest product, Optional<PinnedBranch> branch, MeshCatalog catalog, String runId, Clock clock, Consumer<String> progress)
    {
        this(product, branch, Optional.empty(), catalog, runId, clock, progress);
    }

    /**
     * @param branch of the product's table to test in place of what is served
     * @param partition {@code latest}, or {@code day=2026-11-20}; empty for the whole table
     * @throws MeshException where the port has no contract, or the contract no model of the table
     */
    public ContractTest(ProductUnderTest product, Optional<PinnedBranch> branch, Optional<String> partition, MeshCatalog catalog, String runId, Clock clock, Consumer<String> progress)
    {
        this.partition = requireNonNull(partition, "partition is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.product = requireNonNull(product, "product is null");
        this.branch = requireNonNull(branch, "branch is null");
        this.table = branch.map(PinnedBranch::asServed).orElseGet(product::table);
        this.contract = product.contract().orElseThrow(() -> new MeshException(
                CheckRule.NO_CONTRACT, USER, "Port %s of %s has no contract".formatted(product.port().name(), product.address()), "name one with --contract FILE, or give the port a contract:"));
        this.plan = CheckPlanner.plan(contract, product.model(), product.tableNames(), product.spec().quality());
        this.kept = new KeptEvidence(catalog);
        this.results = new ResultTables(catalog);
        this.runId = requireNonNull(runId, "runId is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.started = clock.instant();
        progress.accept("testing %s (port %s%s) against contract %s %s: %s checks".formatted(
                product.address(), product.port().name(), branch.map(found -> ", branch " + found.name()).orElse(""), contract.id(), contract.version(), plan.checks().size()));
    }

    /**
     * The table to read, whose current snapshot is the one to test.
     */
    public Table table()
    {
        return table;
    }

    /**
     * Lets the report tell of rows that break rules, too.
     */
    public ContractTest withFailingRows(FailingRowSampler rows)
    {
        this.sampler = Optional.of(rows);
        return this;
    }

    /**
     * The report, where no row has to be read for it.
     */
    public Optional<ContractTestReport> fromMetadata()
    {
        CheckRun run = run(table);
        begun = Optional.of(run);
        if (run.needsReader()) {
            return Optional.empty();
        }
        ContractTestReport report = report(table, run, run.finish(), Optional.empty());
        return sampler.isPresent() && FailingRowSampler.isWorthwhile(report) ? Optional.empty() : Optional.of(report);
    }

    /**
     * The report, reading what metadata leaves open, and keeping what was read.
     *
     * @param table at the snapshot that the reader reads
     */
    public ContractTestReport read(Table table, TableReader reader)
    {
        // manifests are listed once
        CheckRun run = begun.filter(former -> former.snapshot().equals(Optional.ofNullable(table.currentSnapshot()))).orElseGet(() -> run(table));
        begun = Optional.empty();
        CheckRun.Outcome outcome = run.finish(reader);
        keep(table, run.files().added());
        ContractTestReport report = report(table, run, outcome, reader.jobId());
        return sampler.map(rows -> report.withFailingRows(rows.sample(product, table.schema(), plan, outcome.checks(), run.files(), reader))).orElse(report);
    }

    /**
     * A test of one partition is not recorded: whoever reads the results takes them for those of the table.
     *
     * @return false when the run had been recorded before
     */
    public boolean record(ContractTestReport report)
    {
        if (report.partition().isPresent()) {
            progress.accept("a test of the partition %s says nothing of the table, so it is not recorded".formatted(report.partition().orElseThrow()));
            return true;
        }
        return results.record(report);
    }

    /**
     * Records the report and publishes the tested snapshot of the branch where every check came out well enough, and what was tested is still what would
     * be published. Once it is served, its figures are recorded for the product as well.
     *
     * @param publishable the overall statuses that are good enough
     */
    public ContractTestReport publish(ContractTestReport report, Set<CheckStatus> publishable)
    {
        checkState(branch.isPresent(), "Nothing to publish: no branch was tested");
        checkState(partition.isEmpty(), "Nothing to publish: a partition says nothing of the branch");
        Set<CheckStatus> good = Sets.intersection(publishable, Set.of(CheckStatus.PASSED, CheckStatus.WARNING));
        boolean recorded = record(report);
        Optional<String> obstacle = obstacle(report, good).or(() -> recorded ? Optional.empty() : formerObstacle(report, good));
        if (obstacle.isPresent()) {
            return report.withPublication(new Publication(Outcome.REFUSED, branch.orElseThrow().main().map(String::valueOf), "not published: " + obstacle.orElseThrow()));
        }
        progress.accept("publishing branch " + branch.orElseThrow().name());
        TableIdentifier identifier = new PortResolver(catalog).resolve(product.product(), product.port().name()).identifier();
        Publication publication = new BranchPublication(catalog, identifier, branch.orElseThrow()).publish();
        if (publication.outcome() == Outcome.PUBLISHED) {
            recordPublished(report);
        }
        return report.withPublication(publication);
    }

    private void recordPublished(ContractTestReport report)
    {
        try {
            results.record(report.published());
        }
        catch (MeshException e) {
            throw new MeshException(
                    e.rule(),
                    e.kind(),
                    "Snapshot %s was published, and that could not be recorded: %s".formatted(report.snapshotId().orElseThrow(), e.getMessage()),
                    "run it again as run %s, which records what is missing".formatted(runId),
                    e);
        }
    }

    private Optional<String> obstacle(ContractTestReport report, Set<CheckStatus> good)
    {
        if (!good.contains(report.status())) {
            return Optional.of("the verdict is %s%s".formatted(report.status().label(), report.status() == CheckStatus.WARNING ? ", and warnings were not allowed" : ""));
        }
        if (report.checks().size() != report.plannedChecks()) {
            return Optional.of("%s of %s checks were run".formatted(report.checks().size(), report.plannedChecks()));
        }
        ProductUnderTest now = ProductUnderTest.resolve(catalog, product.address().toString(), Optional.of(product.port().name()));
        if (!now.contractHash().equals(product.contractHash())) {
            return Optional.of("another contract was registered since the test began");
        }
        return Optional.empty();
    }

    /**
     * A run is recorded once, so what is published has to be what the record of this run speaks well of.
     */
    private Optional<String> formerObstacle(ContractTestReport report, Set<CheckStatus> good)
    {
        List<CheckRow> rows = results.checks(subject(), report.branch(), branch.orElseThrow().snapshotId()).stream().filter(row -> row.runId().equals(runId)).collect(toImmutableList());
        boolean same = rows.size() == report.plannedChecks() && rows.stream().map(row -> CheckStatus.ofLabel(row.status())).allMatch(good::contains);
        return same ? Optional.empty() : Optional.of("run %s was recorded before with another outcome; test again as another run".formatted(runId));
    }

    private ContractVerdicts.Subject subject()
    {
        return new ContractVerdicts.Subject(product.address().toString(), product.port().name(), product.contractHash().orElseThrow());
    }

    private CheckRun run(Table table)
    {
        Optional<Snapshot> snapshot = Optional.ofNullable(table.currentSnapshot());
        Optional<PartitionSlice> slice = partition.map(wanted -> PartitionSlice.resolve(table, snapshot, wanted));
        FormerResults former = slice.isPresent() ? FormerResults.NONE : former(snapshot);
        return new CheckRun(plan, table, snapshot, slice, former, () -> kept.read(table.uuid().toString()), EnumSet.allOf(EvidenceRung.class), surroundings(snapshot), clock, progress);
    }

    private Surroundings surroundings(Optional<Snapshot> snapshot)
    {
        return new RegistrySurroundings(catalog, results, product.address().toString(), product.port().name(), snapshot.map(Snapshot::snapshotId).map(String::valueOf));
    }

    private FormerResults former(Optional<Snapshot> snapshot)
    {
        // a former result does not tell in which files the rows are, nor whether it rests on metrics of columns
        return snapshot.filter(unused -> sampler.isEmpty() && FileEvidence.trustsMetrics(table))
                .map(found -> results.checks(subject(), branch.map(PinnedBranch::name), found.snapshotId()))
                .map(rows -> FormerResults.of(rows.stream().filter(this::isOfThisRegistration).collect(toImmutableList())))
                .orElse(FormerResults.NONE);
    }

    /**
     * The specification has checks of its own, which the contract's hash does not cover.
     */
    private boolean isOfThisRegistration(CheckRow row)
    {
        return row.productRevision().equals(OptionalInt.of(product.product().revision()));
    }

    /**
     * What was read is a cache: without it the next run reads again, and this run's verdict stands.
     */
    private void keep(Table table, Map<LiveFile, Map<String, FileFigure>> read)
    {
        try {
            kept.write(table.uuid().toString(), read, runId, clock.instant());
        }
        catch (MeshException e) {
            progress.accept("the figures of data files were not kept: " + e.getMessage());
        }
    }

    private ContractTestReport report(Table table, CheckRun run, CheckRun.Outcome outcome, Optional<String> job)
    {
        ContractTestReport report = new ContractTestReport(
                product.address().toString(),
                product.port().name(),
                contract.id(),
                contract.version(),
                product.contractHash().orElseThrow(),
                Optional.ofNullable(table.currentSnapshot()).map(Snapshot::snapshotId).map(String::valueOf),
                plan.checks().size(),
                outcome.checks(),
                outcome.notChecked(),
                outcome.completeness(),
                runId,
                started,
                clock.instant())
                .ofPartition(run.slice().map(PartitionSlice::label))
                .from(product.spec().version(), product.product().revision(), job);
        return branch.map(found -> report.ofBranch(found.name())).orElse(report);
    }
}
