package io.meshwright.spark.job;

import io.meshwright.bridge.branch.PinnedBranch;
import io.meshwright.bridge.check.ContractTest;
import io.meshwright.bridge.check.FailingRowSampler;
import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.bridge.openlineage.EventSink;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.ExitStatus;
import io.meshwright.model.check.FailOn;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.mask.KeyRing;
import io.meshwright.model.mask.KeyRingReader;
import io.meshwright.spark.check.SparkTableReader;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.SparkSessions;
import org.apache.spark.sql.SparkSession;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the table of an output port, or a branch of it, against its contract, and publishes the branch where that is asked for.
 */
public final class ContractTestJob
{
    static final Set<String> ARGUMENTS = Set.of("contract", "fail-on", "branch", "publish", "allow-warnings", "partition", "failing-rows", "mask-key-file");

    private ContractTestJob() {}

    public static void main(String[] arguments)
    {
        System.exit(JobRunner.run(arguments, ARGUMENTS, System.err, Clock.systemUTC(), ContractTestJob::run));
    }

    static ExitStatus run(JobContext context)
    {
        JobArguments arguments = context.arguments();
        refuseContradictions(arguments);
        Optional<Path> file = arguments.path("contract");
        FailOn failOn = arguments.text("fail-on").map(ContractTestJob::failOn).orElse(FailOn.ERROR);
        ProductUnderTest product = file.isPresent() ? withContract(context.product(), file.orElseThrow(), context.console()) : context.product();
        Optional<PinnedBranch> branch = arguments.text("branch").map(product::branch);
        ContractTest test = new ContractTest(product, branch, arguments.text("partition"), context.catalog(), arguments.runId(), context.clock(), context.console()::progress);
        sampler(arguments).ifPresent(test::withFailingRows);
        ContractTestReport report = test.fromMetadata().orElseGet(() -> read(test, product, context.console()));
        if (arguments.has("publish")) {
            report = test.publish(report, arguments.has("allow-warnings") ? Set.of(CheckStatus.PASSED, CheckStatus.WARNING) : Set.of(CheckStatus.PASSED));
        }
        else if (arguments.record() && !test.record(report)) {
            context.console().progress("run %s had been recorded before".formatted(report.runId()));
        }
        if (arguments.record()) {
            EventSink.tell(System.getenv(), report).ifPresent(reason -> context.console().progress("the OpenLineage event was not sent: " + reason));
        }
        JobRunner.publish(arguments, report);
        return report.exitStatus(failOn);
    }

    private static Optional<FailingRowSampler> sampler(JobArguments arguments)
    {
        return arguments.text("failing-rows").map(text -> {
            if (!text.matches("[1-9]\\d{0,2}") || Integer.parseInt(text) > FailingRowSampler.MOST_ROWS) {
                throw JobArguments.wrong("--failing-rows is not between 1 and %s: %s".formatted(FailingRowSampler.MOST_ROWS, text), "write for example --failing-rows 5");
            }
            return new FailingRowSampler(Integer.parseInt(text), arguments.path("mask-key-file").map(ContractTestJob::keyRing));
        });
    }

    private static KeyRing keyRing(Path file)
    {
        return KeyRingReader.read(file, problem -> JobArguments.wrong("The key ring %s %s".formatted(file, problem), "name the file of mesh.token.key-file, readable for whoever runs the test and closed to others"));
    }

    private static FailOn failOn(String label)
    {
        return FailOn.ofLabel(label).orElseThrow(() -> JobArguments.wrong("Unknown value %s of --fail-on".formatted(label), "use one of: warning, error, never"));
    }

    private static void refuseContradictions(JobArguments arguments)
    {
        if (arguments.has("allow-warnings") && !arguments.has("publish")) {
            throw JobArguments.wrong("--allow-warnings goes with --publish only", "leave it out, or add --publish");
        }
        if (arguments.has("publish") && arguments.text("branch").isEmpty()) {
            throw JobArguments.wrong("--publish needs a branch to publish", "name it with --branch");
        }
        if (arguments.has("publish") && arguments.text("contract").isPresent()) {
            throw JobArguments.wrong("A branch is published by the registered contract, not by a file", "leave --contract out, or --publish");
        }
        if (arguments.has("publish") && arguments.text("partition").isPresent()) {
            throw JobArguments.wrong("A branch is published by a test of all of it, not of one partition", "leave --partition out, or --publish");
        }
        if (arguments.has("publish") && !arguments.record()) {
            throw JobArguments.wrong("What is published is recorded", "leave --no-record out");
        }
    }

    private static ContractTestReport read(ContractTest test, ProductUnderTest product, JobConsole console)
    {
        SparkSession session = SparkSessions.start("meshwright contract test " + product.address());
        try (PinnedTable table = PinnedTable.open(session, test.table())) {
            return test.read(table.table(), new SparkTableReader(table, console::progress));
        }
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
