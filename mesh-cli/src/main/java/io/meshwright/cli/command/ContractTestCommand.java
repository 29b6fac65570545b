package io.meshwright.cli.command;

import io.meshwright.bridge.branch.PinnedBranch;
import io.meshwright.bridge.check.ContractTest;
import io.meshwright.bridge.check.FailingRowSampler;
import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.openlineage.EventSink;
import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.finding.FileFindings;
import io.meshwright.cli.finding.FindingsException;
import io.meshwright.cli.finding.InputFile;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.cli.registry.TestTarget;
import io.meshwright.cli.spark.SparkJob;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.check.FailOn;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Parsed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "test",
        description = {
                "Hold a product's data against its contract, or against the contract in a file, at one pinned snapshot.",
                "Spark is started only where metadata and former runs do not tell.",
                "The result is recorded in the registry's tables. Exits with 1 when a check fails, 3 when one could not be run.",
                "Output formats: table, json, yaml, junit, sarif, github.",
        },
        footer = {"", "Example: mesh contract test orders.order-events"})
public final class ContractTestCommand
        extends BaseCommand
{
    private static final String JOB = "io.meshwright.spark.job.ContractTestJob";

    @Parameters(paramLabel = "PRODUCT|FILE", description = "A registered product, or a contract's file.")
    private String subject;

    @Option(names = "--server", paramLabel = "NAME", description = "A server of the contract, or an output port of the product.")
    private String server;

    @Option(names = "--product", paramLabel = "PRODUCT", description = "The product whose data a contract's file is held against; by default the one that the contract's id names.")
    private String productName;

    @Option(names = "--partition", paramLabel = "latest|NAME=VALUE", description = {
            "Test one partition only: the newest by time, or the one that is named, for example day=2026-11-20.",
            "The result says so, is not recorded, and says nothing of the table.",
    })
    private String partition;

    @Option(names = "--fail-on", paramLabel = "VERDICT", defaultValue = "error", description = {
            "warning, error or never: from which verdict on to exit with 1 (default: ${DEFAULT-VALUE}).",
            "With never, checks that could not be run still exit with 3, and a test that checked nothing with 2.",
    })
    private String failOn;

    @Option(names = "--branch", paramLabel = "NAME", description = "Test this branch of the table in place of what is served. Its verdict is none about the product.")
    private String branch;

    @Option(names = "--publish", description = "Serve the tested snapshot of the branch where every check passed and nobody committed meanwhile. Exits with 1 when it was not published.")
    private boolean publish;

    @Option(names = "--allow-warnings", description = "Publish also where checks that are only warnings found something.")
    private boolean allowWarnings;

    @Option(names = "--run-id", paramLabel = "ID", description = "Name of the run in the result tables, where a run is recorded once; by default a new one.")
    private String runId = UUID.randomUUID().toString();

    @Option(names = "--failing-rows", paramLabel = "N", description = {
            "Show up to N rows for each rule that rows break: their keys and the column of the rule, personal columns masked as in Trino (1 to 100).",
            "They are printed, and never recorded.",
    })
    private Integer failingRows;

    @Option(names = "--mask-key-file", paramLabel = "FILE", description = "The key ring of the masks (mesh.token.key-file of Trino); by default the one of mesh up. Without it, rows that need it are withheld.")
    private String maskKeyFile;

    public ContractTestCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected Set<OutputFormat> formats()
    {
        return OutputFormat.GATES;
    }

    @Override
    protected ExitCode run()
    {
        FailOn threshold = FailOn.ofLabel(failOn).orElseThrow(() -> new MeshException(CliRule.USAGE, USER, "Unknown value \"" + failOn + "\" of --fail-on", "use one of: warning, error, never"));
        if (failingRows != null && (failingRows < 1 || failingRows > FailingRowSampler.MOST_ROWS)) {
            throw new MeshException(CliRule.USAGE, USER, "--failing-rows is not between 1 and " + FailingRowSampler.MOST_ROWS + ": " + failingRows, "write for example --failing-rows 5");
        }
        MeshConfiguration configuration = Configurations.load(context());
        boolean isFile = Files.isRegularFile(context().resolve(subject)) || subject.endsWith(".yaml") || subject.endsWith(".yml");
        refuseContradictions(isFile);
        Optional<ContractFile> contract = isFile ? Optional.of(readContract()) : Optional.empty();
        RegistryView view = MeshRegistry.look(configuration);
        Caller caller = Caller.of(context(), configuration);
        ProductRow product = contract.isPresent()
                ? TestTarget.find(view, contract.orElseThrow().contract(), Optional.ofNullable(productName), caller)
                : MeshRegistry.find(view, subject, caller);
        Optional<String> port = Optional.ofNullable(server).flatMap(name -> TestTarget.port(product, contract.map(ContractFile::contract), name));
        ContractTestReport report = fromMetadata(configuration, product, port, contract).orElseGet(() -> bySpark(product, port, isFile));
        String contractPath = isFile ? subject : product.contract(report.port()).map(ContractRow::path).orElse(report.contract());
        new ContractTestOutput(context(), report, threshold, contractPath).print(format());
        ExitCode verdict = Reports.exitCode(report.exitStatus(threshold));
        return isFile || partition != null ? verdict : new AlertRun(console(), configuration).tell(product, verdict);
    }

    private void refuseContradictions(boolean isFile)
    {
        if (allowWarnings && !publish) {
            throw usage("--allow-warnings goes with --publish only", "leave it out, or add --publish");
        }
        if (publish && branch == null) {
            throw usage("--publish needs a branch to publish", "name it with --branch");
        }
        if (publish && partition != null) {
            throw usage("A branch is published by a test of all of it, not of one partition", "leave --partition out");
        }
        if (publish && isFile) {
            throw usage("A branch is published by the registered contract, not by a file", "name the product, or leave --publish out");
        }
    }

    private static MeshException usage(String message, String fix)
    {
        return new MeshException(CliRule.USAGE, USER, message, fix);
    }

    private Optional<ContractTestReport> fromMetadata(MeshConfiguration configuration, ProductRow product, Optional<String> port, Optional<ContractFile> file)
    {
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            ProductUnderTest registered = ProductUnderTest.resolve(registry.catalog(), product.address(), port);
            ProductUnderTest tested = file.map(proposed -> registered.withContract(proposed.contract(), proposed.text())).orElse(registered);
            Optional<PinnedBranch> pinned = Optional.ofNullable(branch).map(tested::branch);
            ContractTest test = new ContractTest(tested, pinned, Optional.ofNullable(partition), registry.catalog(), runId, Clock.systemUTC(), context().console()::progress);
            if (failingRows != null) {
                test.withFailingRows(new FailingRowSampler(failingRows, Optional.empty()));
            }
            Optional<ContractTestReport> report = test.fromMetadata();
            if (publish) {
                return report.map(found -> test.publish(found, allowWarnings ? Set.of(CheckStatus.PASSED, CheckStatus.WARNING) : Set.of(CheckStatus.PASSED)));
            }
            report.ifPresent(found -> {
                test.record(found);
                EventSink.tell(context().environment(), found).ifPresent(reason -> console().info("the OpenLineage event was not sent: " + reason));
            });
            return report;
        }
        finally {
            context().console().clearProgress();
        }
    }

    private ContractTestReport bySpark(ProductRow product, Optional<String> port, boolean isFile)
    {
        List<String> arguments = new ArrayList<>(List.of("--product", product.address(), "--run-id", runId));
        port.ifPresent(name -> arguments.addAll(List.of("--server", name)));
        if (partition != null) {
            arguments.addAll(List.of("--partition", partition));
        }
        if (isFile) {
            arguments.addAll(List.of("--contract", context().resolve(subject).toString()));
        }
        Optional.ofNullable(branch).ifPresent(name -> arguments.addAll(List.of("--branch", name)));
        if (publish) {
            arguments.add("--publish");
        }
        if (allowWarnings) {
            arguments.add("--allow-warnings");
        }
        if (failingRows != null) {
            arguments.addAll(List.of("--failing-rows", failingRows.toString()));
            Optional.ofNullable(maskKeyFile).map(context()::resolve).or(() -> LocalTrinos.keyRing(context())).ifPresent(file -> arguments.addAll(List.of("--mask-key-file", file.toString())));
        }
        return Reports.read(new SparkJob(context(), JOB, arguments).run().report(), ContractTestReport.class);
    }

    private record ContractFile(DataContract contract, String text) {}

    private ContractFile readContract()
    {
        Parsed<String> text = InputFile.read(context(), subject);
        if (text.value().isEmpty()) {
            throw new FindingsException(new FileFindings(text.findings(), 1));
        }
        Parsed<DataContract> contract = DataContractParser.parse(subject, text.value().orElseThrow());
        return contract.value()
                .map(parsed -> new ContractFile(parsed, text.value().orElseThrow()))
                .orElseThrow(() -> new FindingsException(new FileFindings(contract.findings(), 1)));
    }
}
