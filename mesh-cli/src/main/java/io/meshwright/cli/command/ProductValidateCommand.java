package io.meshwright.cli.command;

import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.finding.FileFindings;
import io.meshwright.cli.finding.ProductFile;
import io.meshwright.cli.output.OutputFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Set;

@Command(
        name = "validate",
        description = {
                "Check specifications and their contracts without looking at any system; registration applies the same rules.",
                "Output formats: table, json, yaml, junit, sarif, github.",
        },
        footer = {"", "Example: mesh product validate orders/dataproduct.yaml"})
public final class ProductValidateCommand
        extends BaseCommand
{
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "One dataproduct.yaml or several.")
    private List<String> files;

    public ProductValidateCommand(CommandContext context)
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
        Set<String> domains = Set.copyOf(Configurations.load(context()).domains());
        FileFindings findings = FileFindings.combine(files.stream()
                .map(file -> ProductFile.read(context(), file, domains).findings())
                .toList());
        FindingsOutput.print(context(), findings, format(), "mesh product validate");
        if (findings.exitCode() == ExitCode.OK) {
            console().next("mesh product apply " + files.getFirst());
        }
        return findings.exitCode();
    }
}
