package io.meshwright.cli.finding;

import io.meshwright.cli.CommandContext;
import io.meshwright.model.finding.FindingsText;

import java.nio.file.Files;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Shows findings to people: on standard error, so that a result on standard output stays clean.
 */
public final class FindingsPrinter
{
    private final CommandContext context;

    public FindingsPrinter(CommandContext context)
    {
        this.context = requireNonNull(context, "context is null");
    }

    public void print(FileFindings findings)
    {
        String text = new FindingsText(context.console().isColor()).render(
                findings.findings(),
                file -> Files.isRegularFile(context.resolve(file)) ? InputFile.read(context, file).value() : Optional.empty());
        text.lines().forEach(context.console()::error);
    }
}
