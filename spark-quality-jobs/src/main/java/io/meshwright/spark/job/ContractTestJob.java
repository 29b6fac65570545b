package io.meshwright.spark.job;

import io.meshwright.bridge.check.ContractTest;
import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.ExitStatus;
import io.meshwright.model.check.FailOn;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
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
import java.util.Optional;
import java.util.Set;

/**
 * Holds the table of an output port against its contract.
 */
public final class ContractTestJob
{
    private ContractTestJob() {}

    public static void main(String[] arguments)
    {
        System.exit(JobRunner.run(arguments, Set.of("contract", "fail-on"), System.err, Clock.systemUTC(), ContractTestJob::run));
    }

    static ExitStatus run(JobContext context)
    {
        FailOn failOn = context.arguments().text("fail-on").map(ContractTestJob::failOn).orElse(FailOn.ERROR);
        Optional<Path> file = context.arguments().path("contract");
        ProductUnderTest product = file.isPresent() ? withContract(context.product(), file.orElseThrow(), context.console()) : context.product();
        ContractTest test = new ContractTest(product, context.catalog(), context.arguments().runId(), context.clock(), context.console()::progress);
        ContractTestReport report = test.fromMetadata().orElseGet(() -> read(test, product));
        if (context.arguments().record() && !test.record(report)) {
            context.console().progress("run %s had been recorded before".formatted(report.runId()));
        }
        JobRunner.publish(context.arguments(), report);
        return report.exitStatus(failOn);
    }

    private static FailOn failOn(String label)
    {
        return FailOn.ofLabel(label).orElseThrow(() -> JobArguments.wrong("Unknown value %s of --fail-on".formatted(label), "use one of: warning, error, never"));
    }

    private static ContractTestReport read(ContractTest test, ProductUnderTest product)
    {
        SparkSession session = SparkSessions.start("meshwright contract test " + product.address());
        try (PinnedTable table = PinnedTable.open(session, product.table())) {
            return test.read(table.table(), new SparkTableReader(table));
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
