package io.meshwright.spark.job;

import io.meshwright.bridge.check.CheckRun;
import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.ExitStatus;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Parsed;
import io.meshwright.spark.check.SparkTableReader;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.SparkSessions;
import org.apache.spark.sql.SparkSession;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * Holds the table of an output port against its contract.
 */
public final class ContractTestJob
{
    private ContractTestJob() {}

    public static void main(String[] arguments)
    {
        System.exit(JobRunner.run(arguments, Set.of("contract"), System.err, Clock.systemUTC(), ContractTestJob::run));
    }

    static ExitStatus run(JobContext context)
    {
        Instant started = context.clock().instant();
        Optional<Path> file = context.arguments().path("contract");
        ProductUnderTest product = file.isPresent() ? withContract(context.product(), file.orElseThrow(), context.console()) : context.product();
        DataContract contract = product.contract().orElseThrow(() -> new MeshException(
                CheckRule.NO_CONTRACT, USER, "Port %s of %s has no contract".formatted(product.port().name(), product.address()), "name one with --contract FILE, or give the port a contract:"));
        CheckPlan plan = CheckPlanner.plan(contract, product.model(), product.tableNames());
        context.console().progress("testing %s (port %s) against contract %s %s: %s checks".formatted(
                product.address(), product.port().name(), contract.id(), contract.version(), plan.checks().size()));
        SparkSession session = SparkSessions.start("meshwright contract test " + product.address());
        ContractTestReport report;
        try (PinnedTable table = PinnedTable.open(session, product.table())) {
            CheckRun.Outcome outcome = new CheckRun(plan, table.table(), Optional.ofNullable(table.table().currentSnapshot()), KeptEvidence.OfTable::none, EnumSet.allOf(EvidenceRung.class), context.clock(), context.console()::progress)
                    .finish(new SparkTableReader(table));
            report = new ContractTestReport(
                    product.address().toString(),
                    product.port().name(),
                    contract.id(),
                    contract.version(),
                    product.contractHash().orElseThrow(),
                    table.snapshotId(),
                    plan.checks().size(),
                    outcome.checks(),
                    outcome.notChecked(),
                    outcome.completeness(),
                    context.arguments().runId(),
                    started,
                    context.clock().instant());
        }
        if (context.arguments().record() && !context.results().record(report)) {
            context.console().progress("run %s had been recorded before".formatted(report.runId()));
        }
        JobRunner.publish(context.arguments(), report);
        return report.exitStatus();
    }

    private static ProductUnderTest withContract(ProductUnderTest product, Path file, JobConsole console)
    {
        String text;
        try {
            text = Files.readString(file);
        }
        catch (CharacterCodingException e) {
            throw JobArguments.wrong("%s is not UTF-8 text".formatted(file.toAbsolutePath()), "name a contract file");
        }
        catch (IOException e) {
            throw JobArguments.wrong("There is no readable file %s".formatted(file.toAbsolutePath()), "correct --contract");
        }
        Parsed<DataContract> parsed = DataContractParser.parse(file.toString(), text);
        parsed.findings().forEach(console::finding);
        DataContract contract = parsed.value().orElseThrow(() -> JobArguments.wrong("Contract %s cannot be used".formatted(file), "correct what is listed above"));
        return product.withContract(contract, text);
    }
}
