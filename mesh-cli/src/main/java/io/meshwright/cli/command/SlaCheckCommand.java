package io.meshwright.cli.command;

import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.bridge.check.SlaCheck;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.bridge.registry.UnreadableProduct;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.cli.spark.SparkJob;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.model.sla.SloResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "check",
        description = {
                "Measure a product's objectives, record the result, and tell the hooks of mesh.yaml what is missed and what is kept again.",
                "Spark is started only where metadata does not tell the newest timestamp.",
                "Exits with 1 when an objective is missed, 3 when one has no measurement, 2 when none is declared. Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh sla check orders.order-events --slo freshness"})
public final class SlaCheckCommand
        extends BaseCommand
{
    private static final String JOB = "io.meshwright.spark.job.SlaCheckJob";

    @Parameters(arity = "0..1", paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    @Option(names = "--all", description = "Every product that promises something, instead of one.")
    private boolean all;

    @Option(names = "--slo", split = ",", paramLabel = "SLO", description = "Only these objectives: freshness, completeness, availability, accuracy, latency.")
    private List<String> slos = new ArrayList<>();

    public SlaCheckCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        if (all == (reference != null)) {
            throw new MeshException(CliRule.USAGE, USER, all ? "--all and a product are both given" : "No product is given", "name one product, or give --all");
        }
        MeshConfiguration configuration = Configurations.load(context());
        Caller caller = Caller.of(context(), configuration);
        return all ? checkAll(configuration, caller) : checkOne(configuration, MeshRegistry.find(MeshRegistry.look(configuration), reference, caller));
    }

    private ExitCode checkOne(MeshConfiguration configuration, ProductRow product)
    {
        SlaReport report = measure(configuration, product);
        TextTable table = TextTable.list("status", "slo", "actual", "threshold", "source");
        report.slos().forEach(slo -> table.row(cells(slo).toArray()));
        print(report, table);
        if (report.slos().isEmpty()) {
            console().error(product.address() + " declares no objective, so nothing was checked; declare spec.sla and register it again");
        }
        else {
            console().next("mesh sla history " + product.address());
        }
        return new AlertRun(console(), configuration).tell(product, Reports.exitCode(report.exitStatus()));
    }

    /**
     * One product that cannot be measured does not keep the others from it.
     */
    private ExitCode checkAll(MeshConfiguration configuration, Caller caller)
    {
        RegistryView view = MeshRegistry.look(configuration);
        TextTable table = TextTable.list("product", "status", "slo", "actual", "threshold", "source");
        AlertRun alerts = new AlertRun(console(), configuration);
        List<SlaReport> reports = new ArrayList<>();
        Set<ExitCode> verdicts = EnumSet.noneOf(ExitCode.class);
        for (UnreadableProduct product : view.unreadable()) {
            console().error(product.row().address() + " cannot be checked: its declaration cannot be read by this version");
            verdicts.add(ExitCode.UNKNOWN);
        }
        for (RegisteredProduct product : view.readable().stream().filter(caller::mayFind).filter(found -> found.queryablePort().isPresent()).toList()) {
            try {
                SlaReport report = measure(configuration, product.row());
                if (!report.slos().isEmpty()) {
                    reports.add(report);
                    report.slos().forEach(slo -> table.row(Stream.concat(Stream.of(report.product()), cells(slo).stream()).toArray()));
                    verdicts.add(Reports.exitCode(report.exitStatus()));
                }
                verdicts.add(alerts.tell(product.row(), ExitCode.OK));
            }
            catch (MeshException e) {
                console().error(product.address() + " cannot be checked: " + e.getMessage());
                verdicts.add(ExitCode.UNKNOWN);
            }
        }
        Map<String, Object> document = Json.document("SlaReports");
        document.put("items", reports);
        print(document, table);
        return verdicts.stream().reduce(reports.isEmpty() ? ExitCode.USAGE : ExitCode.OK, ExitCode::and);
    }

    private SlaReport measure(MeshConfiguration configuration, ProductRow product)
    {
        return fromMetadata(configuration, product).orElseGet(() -> bySpark(product));
    }

    private static List<Object> cells(SloResult slo)
    {
        return List.of(
                slo.status().label().toUpperCase(Locale.ROOT),
                slo.slo(),
                slo.actual().map(actual -> Texts.figure(slo.slo(), actual)).orElse("-"),
                slo.threshold().map(threshold -> Texts.figure(slo.slo(), threshold)).orElse("-"),
                slo.message().or(slo::source).orElse(""));
    }

    private Optional<SlaReport> fromMetadata(MeshConfiguration configuration, ProductRow product)
    {
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            ResultTables results = new ResultTables(registry.catalog());
            ProductUnderTest tested = ProductUnderTest.resolve(registry.catalog(), product.address(), Optional.empty());
            Optional<SlaReport> report = new SlaCheck(tested, new LinkedHashSet<>(slos), registry.catalog(), Clock.systemUTC()).fromMetadata(UUID.randomUUID().toString());
            report.filter(measured -> !measured.slos().isEmpty()).ifPresent(results::record);
            return report;
        }
    }

    private SlaReport bySpark(ProductRow product)
    {
        List<String> arguments = new ArrayList<>(List.of("--product", product.address()));
        slos.forEach(slo -> arguments.addAll(List.of("--slo", slo)));
        return Reports.read(new SparkJob(context(), JOB, arguments).run().report(), SlaReport.class);
    }
}
