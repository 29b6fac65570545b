package io.meshwright.bridge.check;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.evidence.FileFigure;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.bridge.result.ContractVerdicts;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * Holds the table of a product's port against its contract and records what was found, as cheaply as the evidence allows.
 */
public final class ContractTest
{
    private final ProductUnderTest product;
    private final DataContract contract;
    private final CheckPlan plan;
    private final KeptEvidence kept;
    private final ResultTables results;
    private final String runId;
    private final Clock clock;
    private final Consumer<String> progress;
    private final Instant started;

    /**
     * @throws MeshException where the port has no contract, or the contract no model of the table
     */
    public ContractTest(ProductUnderTest product, MeshCatalog catalog, String runId, Clock clock, Consumer<String> progress)
    {
        this.product = requireNonNull(product, "product is null");
        this.contract = product.contract().orElseThrow(() -> new MeshException(
                CheckRule.NO_CONTRACT, USER, "Port %s of %s has no contract".formatted(product.port().name(), product.address()), "name one with --contract FILE, or give the port a contract:"));
        this.plan = CheckPlanner.plan(contract, product.model(), product.tableNames());
        this.kept = new KeptEvidence(catalog);
        this.results = new ResultTables(catalog);
        this.runId = requireNonNull(runId, "runId is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.started = clock.instant();
        progress.accept("testing %s (port %s) against contract %s %s: %s checks".formatted(
                product.address(), product.port().name(), contract.id(), contract.version(), plan.checks().size()));
    }

    /**
     * The report, where no row has to be read for it.
     */
    public Optional<ContractTestReport> fromMetadata()
    {
        CheckRun run = run(product.table());
        return run.needsReader() ? Optional.empty() : Optional.of(report(product.table(), run.finish(), Optional.empty()));
    }

    /**
     * The report, reading what metadata leaves open, and keeping what was read.
     *
     * @param table at the snapshot that the reader reads
     */
    public ContractTestReport read(Table table, TableReader reader)
    {
        CheckRun run = run(table);
        CheckRun.Outcome outcome = run.finish(reader);
        keep(table, run.files().added());
        return report(table, outcome, reader.jobId());
    }

    /**
     * @return false when the run had been recorded before
     */
    public boolean record(ContractTestReport report)
    {
        return results.record(report);
    }

    private CheckRun run(Table table)
    {
        Optional<Snapshot> snapshot = Optional.ofNullable(table.currentSnapshot());
        return new CheckRun(plan, table, snapshot, former(snapshot), () -> kept.read(table.uuid().toString()), EnumSet.allOf(EvidenceRung.class), clock, progress);
    }

    private FormerResults former(Optional<Snapshot> snapshot)
    {
        return snapshot
                .map(found -> FormerResults.of(results.checks(
                        new ContractVerdicts.Subject(product.address().toString(), product.port().name(), product.contractHash().orElseThrow()), found.snapshotId())))
                .orElse(FormerResults.NONE);
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

    private ContractTestReport report(Table table, CheckRun.Outcome outcome, Optional<String> job)
    {
        return new ContractTestReport(
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
                .from(product.spec().version(), product.product().revision(), job);
    }
}
