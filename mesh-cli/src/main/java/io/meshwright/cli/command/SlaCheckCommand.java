package io.meshwright.cli.command;

import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.bridge.check.SlaCheck;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.registry.Caller;
import io.meshwright.cli.registry.MeshRegistry;
import io.meshwright.cli.spark.SparkJob;
import io.meshwright.model.sla.SlaReport;
import io.meshwright.model.sla.SloResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

@Command(
        name = "check",
        description = {
                "Measure a product's objectives and record the result. Spark is started only where metadata does not tell the newest timestamp.",
                "Exits with 1 when an objective is missed, 3 when one has no measurement, 2 when none is declared. Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh sla check orders.order-events --slo freshness"})
public final class SlaCheckCommand
        extends BaseCommand
{
    private static final String JOB = "io.meshwright.spark.job.SlaCheckJob";

    @Parameters(paramLabel = "PRODUCT", description = "Its address, SQL name, alias or mesh:// URL.")
    private String reference;

    @Option(names = "--slo", split = ",", paramLabel = "SLO", description = "Only these objectives: freshness, completeness, availability, accuracy.")
    private List<String> slos = new ArrayList<>();

    public SlaCheckCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        ProductRow product = MeshRegistry.find(MeshRegistry.look(configuration), reference, Caller.of(context(), configuration));
        SlaReport report = fromMetadata(configuration, product).orElseGet(() -> bySpark(product));
        TextTable table = TextTable.list("status", "slo", "actual", "threshold", "source");
        for (SloResult slo : report.slos()) {
            table.row(
                    slo.status().label().toUpperCase(Locale.ROOT),
                    slo.slo(),
                    slo.actual().map(actual -> Texts.figure(slo.slo(), actual)).orElse("-"),
                    slo.threshold().map(threshold -> Texts.figure(slo.slo(), threshold)).orElse("-"),
                    slo.message().or(slo::source).orElse(""));
        }
        print(report, table);
        if (report.slos().isEmpty()) {
            console().error(product.address() + " declares no objective, so nothing was checked; declare spec.sla and register it again");
        }
        else {
            console().next("mesh sla history " + product.address());
        }
        return Reports.exitCode(report.exitStatus());
    }

    private Optional<SlaReport> fromMetadata(MeshConfiguration configuration, ProductRow product)
    {
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            ResultTables results = new ResultTables(registry.catalog());
            ProductUnderTest tested = ProductUnderTest.resolve(registry.catalog(), product.address(), Optional.empty());
            Optional<SlaReport> report = new SlaCheck(tested, new LinkedHashSet<>(slos), results, Clock.systemUTC()).fromMetadata(UUID.randomUUID().toString());
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
