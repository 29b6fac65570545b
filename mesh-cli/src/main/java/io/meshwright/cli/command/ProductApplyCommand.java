package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.finding.FindingsPrinter;
import io.meshwright.cli.finding.ProductFile;
import io.meshwright.cli.registry.MeshRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Set;

@Command(
        name = "apply",
        description = {
                "Make the product's namespace and tables from its contracts, then register it. Repeating it changes nothing.",
                "Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh product apply orders/dataproduct.yaml --dry-run"})
public final class ProductApplyCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "FILE", description = "The dataproduct.yaml.")
    private String file;

    @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
    private boolean dryRun;

    public ProductApplyCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        ProductFile product = ProductFile.read(context(), file, Set.copyOf(configuration.domains()));
        if (product.product().isEmpty()) {
            FindingsOutput.print(context(), product.findings(), format(), "mesh product apply");
            return product.findings().exitCode();
        }
        try (MeshRegistry registry = dryRun ? MeshRegistry.openUnchanged(configuration) : MeshRegistry.open(configuration)) {
            AdmissionRun.Result result = new AdmissionRun(context(), registry).apply(product, dryRun);
            new FindingsPrinter(context()).print(result.findings());
            print(AdmissionRun.document(result), AdmissionRun.lines(result));
            result.registration().ifPresent(registration -> console().next("mesh catalog get " + registration.row().address()));
            return result.exitCode();
        }
    }
}
