package io.meshwright.cli.command;

import com.google.common.collect.ImmutableList;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.finding.FindingsException;
import io.meshwright.cli.finding.FindingsPrinter;
import io.meshwright.cli.output.Console;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.output.Style;
import io.meshwright.cli.output.Yaml;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Rule;
import io.meshwright.model.yaml.DidYouMean;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Turns what goes wrong into one message with its rule and its remedy, on standard error and as the one document that {@code -o json} promises.
 */
public final class Failures
        implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler
{
    private final CommandContext context;

    public Failures(CommandContext context)
    {
        this.context = requireNonNull(context, "context is null");
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments)
    {
        CommandSpec command = exception.getCommandLine().getCommandSpec();
        String message = firstLine(exception.getMessage());
        String fix = "see: " + command.qualifiedName() + " --help";
        if (exception instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().getFirst();
            boolean isCommand = !argument.startsWith("-") && !command.subcommands().isEmpty();
            message = "Unknown " + (isCommand ? "command" : argument.startsWith("-") ? "option" : "argument") + " \"" + argument + "\"" + (command.parent() == null ? "" : " of " + command.qualifiedName());
            Set<String> names = isCommand ? command.subcommands().keySet() : command.optionsMap().keySet();
            Optional<String> meant = DidYouMean.suggest(argument, names);
            if (meant.isPresent()) {
                fix = "did you mean " + meant.orElseThrow() + "? " + fix;
            }
        }
        report(CliRule.USAGE, message, fix, OutputRequest.of(List.of(arguments)));
        return ExitCode.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine commandLine, ParseResult parsed)
    {
        return handle(exception, arguments(commandLine));
    }

    /**
     * @return the exit code
     */
    public int handle(Throwable exception, List<String> arguments)
    {
        OutputFormat format = OutputRequest.of(arguments);
        if (arguments.contains("--debug")) {
            exception.printStackTrace(context.console().err());
        }
        if (exception instanceof FindingsException found) {
            new FindingsPrinter(context).print(found.findings());
            document(found.findings().document(), format);
            return ExitCode.USAGE.code();
        }
        if (exception instanceof MeshException problem) {
            report(problem.rule(), problem.getMessage(), problem.fix(), format);
            return ExitCode.of(problem.kind()).code();
        }
        report(CliRule.INTERNAL,
                "The command failed: " + exception.getClass().getSimpleName() + (exception.getMessage() == null ? "" : ": " + firstLine(exception.getMessage())),
                "run it again with --debug and report the output",
                format);
        return ExitCode.USAGE.code();
    }

    private void report(Rule rule, String message, String fix, OutputFormat format)
    {
        Console console = context.console();
        console.error(Style.RED.paint("error[" + rule.id() + "]", console.isColor()) + " " + message);
        console.error("  fix: " + fix);
        console.error("  more: mesh explain " + rule.id());
        Map<String, Object> document = Json.document("Findings");
        document.put("findings", List.of(Json.object(
                "id",
                rule.id(),
                "severity",
                "error",
                "file",
                null,
                "line",
                null,
                "column",
                null,
                "path",
                "",
                "message",
                message,
                "fix",
                fix)));
        document.put("summary", Json.object("errors", 1, "warnings", 0, "files", 0));
        document(document, format);
    }

    private void document(Map<String, Object> document, OutputFormat format)
    {
        if (format == OutputFormat.JSON) {
            context.console().data(Json.write(document));
        }
        else if (format == OutputFormat.YAML) {
            context.console().raw(Yaml.write(document));
        }
    }

    private static List<String> arguments(CommandLine commandLine)
    {
        CommandLine root = commandLine;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getParseResult() == null ? ImmutableList.of() : root.getParseResult().originalArgs();
    }

    private static String firstLine(String text)
    {
        return text.lines().findFirst().orElse("");
    }
}
