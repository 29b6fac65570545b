package io.meshwright.cli.finding;

import io.meshwright.cli.CommandContext;
import io.meshwright.cli.output.Console;
import io.meshwright.cli.output.Style;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Severity;

import static java.util.Objects.requireNonNull;

/**
 * Shows findings to people: on standard error, so that a result on standard output stays clean.
 */
public final class FindingsPrinter
{
    private final Console console;

    public FindingsPrinter(CommandContext context)
    {
        this.console = requireNonNull(context, "context is null").console();
    }

    public void print(FileFindings findings)
    {
        for (Finding finding : findings.findings()) {
            Style style = finding.severity() == Severity.ERROR ? Style.RED : Style.YELLOW;
            console.error(style.paint(finding.severity().label() + "[" + finding.rule().id() + "]", console.isColor()) + " " + finding.message());
            console.error("  --> " + finding.location() + (finding.path().isEmpty() ? "" : "   " + finding.path()));
            console.error("  fix: " + finding.fix());
        }
    }
}
