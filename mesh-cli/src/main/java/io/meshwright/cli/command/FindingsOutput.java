package io.meshwright.cli.command;

import io.meshwright.cli.CommandContext;
import io.meshwright.cli.finding.FileFindings;
import io.meshwright.cli.finding.FindingFormats;
import io.meshwright.cli.finding.FindingsPrinter;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.output.Yaml;

/**
 * Prints findings in any of the formats of a gate.
 */
final class FindingsOutput
{
    private FindingsOutput() {}

    static void print(CommandContext context, FileFindings findings, OutputFormat format, String suite)
    {
        switch (format) {
            case JSON -> context.console().data(Json.write(findings.document()));
            case YAML -> context.console().raw(Yaml.write(findings.document()));
            case JUNIT -> context.console().raw(FindingFormats.junit(findings, suite));
            case SARIF -> context.console().data(FindingFormats.sarif(findings, VersionCommand.version()));
            case GITHUB -> FindingFormats.github(findings).forEach(context.console()::data);
            default -> {
                new FindingsPrinter(context).print(findings);
                context.console().data(findings.summary());
            }
        }
    }
}
