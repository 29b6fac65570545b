package io.meshwright.cli.command;

import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Console;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.output.Yaml;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Mixin;

import java.util.Set;
import java.util.concurrent.Callable;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * What all commands share. Iceberg and JDBC types stay out of the signatures of subclasses, because picocli reads all of them at start.
 */
public abstract class BaseCommand
        implements Callable<Integer>
{
    @Mixin
    private OutputOptions output;

    private final CommandContext context;

    protected BaseCommand(CommandContext context)
    {
        this.context = requireNonNull(context, "context is null");
    }

    protected abstract ExitCode run();

    /**
     * The formats that the command offers.
     */
    protected Set<OutputFormat> formats()
    {
        return OutputFormat.DOCUMENTS;
    }

    @Override
    public final Integer call()
    {
        Console console = context.console();
        console.setQuiet(output.isQuiet());
        console.setColor(isColor());
        format();
        try {
            return run().code();
        }
        finally {
            console.clearProgress();
        }
    }

    protected final CommandContext context()
    {
        return context;
    }

    protected final Console console()
    {
        return context.console();
    }

    protected final boolean isDebug()
    {
        return output.isDebug();
    }

    protected final OutputFormat format()
    {
        if (output.format().isEmpty()) {
            return OutputFormat.TABLE;
        }
        return OutputFormat.of(output.format().orElseThrow())
                .filter(formats()::contains)
                .orElseThrow(() -> new MeshException(
                        CliRule.OUTPUT_FORMAT,
                        USER,
                        "Unknown output format \"" + output.format().orElseThrow() + "\"",
                        "use one of: " + formats().stream().map(OutputFormat::label).collect(joining(", "))));
    }

    /**
     * Prints a result in the format that was asked for.
     */
    protected final void print(Object document, Iterable<String> lines)
    {
        switch (format()) {
            case JSON -> console().data(Json.write(document));
            case YAML -> console().raw(Yaml.write(document));
            default -> lines.forEach(console()::data);
        }
    }

    protected final void print(Object document, TextTable table)
    {
        print(document, table.lines());
    }

    protected final boolean isTable()
    {
        return format() == OutputFormat.TABLE;
    }

    private boolean isColor()
    {
        String when = output.color().orElse("auto");
        return switch (when) {
            case "always" -> true;
            case "never" -> false;
            case "auto" -> context.console().isErrorTerminal()
                    && context.environment().getOrDefault("NO_COLOR", "").isEmpty()
                    && !"dumb".equals(context.environment().get("TERM"));
            default -> throw new MeshException(CliRule.USAGE, USER, "Unknown value \"" + when + "\" of --color", "use one of: auto, always, never");
        };
    }
}
