package io.meshwright.cli.command;

import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.finding.FileFindings;
import io.meshwright.cli.finding.InputFile;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.model.contract.ContractLint;
import io.meshwright.model.finding.Parsed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Set;

@Command(
        name = "lint",
        description = {
                "Check contracts (Data Contract Specification or Open Data Contract Standard) offline.",
                "Output formats: table, json, yaml, junit, sarif, github.",
        },
        footer = {"", "Example: mesh contract lint contracts/order-events.v2.yaml"})
public final class ContractLintCommand
        extends BaseCommand
{
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "One contract or several.")
    private List<String> files;

    public ContractLintCommand(CommandContext context)
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
        FileFindings findings = FileFindings.combine(files.stream().map(this::lint).toList());
        FindingsOutput.print(context(), findings, format(), "mesh contract lint");
        return findings.exitCode();
    }

    private FileFindings lint(String file)
    {
        Parsed<String> text = InputFile.read(context(), file);
        return new FileFindings(text.value().map(content -> ContractLint.lint(file, content).findings()).orElse(text.findings()), 1);
    }
}
