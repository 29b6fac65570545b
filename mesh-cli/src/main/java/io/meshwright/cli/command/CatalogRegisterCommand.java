package io.meshwright.cli.command;

import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.finding.FindingsPrinter;
import io.meshwright.cli.finding.ProductFile;
import io.meshwright.cli.registry.MeshRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.Set;

@Command(
        name = "register",
        description = {
                "Register a product whose tables exist, in one atomic commit. An identical registration is left unchanged.",
                "Output formats: table, json, yaml.",
        },
        footer = {"", "Example: mesh catalog register orders/dataproduct.yaml"})
public final class CatalogRegisterCommand
        extends BaseCommand
{
    @Parameters(paramLabel = "FILE", description = "The dataproduct.yaml.")
    private String file;

    public CatalogRegisterCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        MeshConfiguration configuration = Configurations.load(context());
        ProductFile product = ProductFile.read(context(), file, Set.copyOf(configuration.domains()));
        if (product.product().isEmpty()) {
            FindingsOutput.print(context(), product.findings(), format(), "mesh catalog register");
            return product.findings().exitCode();
        }
        try (MeshRegistry registry = MeshRegistry.open(configuration)) {
            AdmissionRun.Result result = new AdmissionRun(context(), registry).register(product);
            new FindingsPrinter(context()).print(result.findings());
            print(AdmissionRun.document(result), AdmissionRun.lines(result));
            result.registration().ifPresent(registration -> console().next("mesh catalog get " + registration.row().address()));
            return result.exitCode();
        }
    }
}
