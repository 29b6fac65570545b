package io.meshwright.cli;

import com.google.common.collect.ImmutableMap;
import io.meshwright.cli.command.AuditCommand;
import io.meshwright.cli.command.CatalogCommand;
import io.meshwright.cli.command.CompletionCommand;
import io.meshwright.cli.command.ConfigCommand;
import io.meshwright.cli.command.ContractCommand;
import io.meshwright.cli.command.DoctorCommand;
import io.meshwright.cli.command.DownCommand;
import io.meshwright.cli.command.ExplainCommand;
import io.meshwright.cli.command.MetricsCommand;
import io.meshwright.cli.command.MigrateCommand;
import io.meshwright.cli.command.ProductCommand;
import io.meshwright.cli.command.QualityCommand;
import io.meshwright.cli.command.ReconcileCommand;
import io.meshwright.cli.command.RegistryCommand;
import io.meshwright.cli.command.SlaCommand;
import io.meshwright.cli.command.SqlCommand;
import io.meshwright.cli.command.StatusCommand;
import io.meshwright.cli.command.UpCommand;
import io.meshwright.cli.command.VersionCommand;
import io.meshwright.cli.demo.DemoCommand;
import picocli.CommandLine;

import java.util.Arrays;
import java.util.Map;

/**
 * The commands by name, in the order of the help. Only the one that is called is built, because building
 * all of them takes longer than most of them run.
 */
final class Subcommands
{
    private static final Map<String, Class<?>> COMMANDS = ImmutableMap.<String, Class<?>>builder()
            .put("product", ProductCommand.class)
            .put("catalog", CatalogCommand.class)
            .put("contract", ContractCommand.class)
            .put("quality", QualityCommand.class)
            .put("sla", SlaCommand.class)
            .put("reconcile", ReconcileCommand.class)
            .put("migrate", MigrateCommand.class)
            .put("audit", AuditCommand.class)
            .put("metrics", MetricsCommand.class)
            .put("demo", DemoCommand.class)
            .put("up", UpCommand.class)
            .put("down", DownCommand.class)
            .put("sql", SqlCommand.class)
            .put("status", StatusCommand.class)
            .put("doctor", DoctorCommand.class)
            .put("explain", ExplainCommand.class)
            .put("config", ConfigCommand.class)
            .put("registry", RegistryCommand.class)
            .put("completion", CompletionCommand.class)
            .put("version", VersionCommand.class)
            .buildOrThrow();

    private Subcommands() {}

    /**
     * A statement may begin with a comment, which looks like an option until something else stands before it.
     */
    static String[] protectStatements(String... arguments)
    {
        return Arrays.stream(arguments)
                .map(argument -> argument.matches("(?s)--\\s.*") ? " " + argument : argument)
                .toArray(String[]::new);
    }

    static CommandLine commandLine(CommandLine.IFactory factory, String... arguments)
    {
        CommandLine root = new CommandLine(MeshCommand.class, factory);
        Class<?> called = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        // a completion script names all commands, and so does the help
        if (called != null && called != CompletionCommand.class) {
            // a statement may begin with a comment, which looks like an option
            root.addSubcommand(arguments[0], new CommandLine(called, factory).setUnmatchedOptionsArePositionalParams(called == SqlCommand.class));
        }
        else {
            COMMANDS.forEach((name, command) -> root.addSubcommand(name, new CommandLine(command, factory)));
        }
        return root;
    }
}
