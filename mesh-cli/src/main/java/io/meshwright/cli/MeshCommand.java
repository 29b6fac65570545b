package io.meshwright.cli;

import io.meshwright.cli.command.Failures;
import io.meshwright.cli.command.VersionCommand;
import io.meshwright.cli.output.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import static java.util.Objects.requireNonNull;

/**
 * The command {@code mesh}.
 */
@Command(
        name = "mesh",
        description = "Declare, register, verify and query data products.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
                "",
                "Each command explains itself by --help. Exit codes: 0 fine, 1 a finding, 2 usage or nothing checked, 3 cannot tell, 130 interrupted.",
        })
public final class MeshCommand
        implements Callable<Integer>
{
    private static final String TYPICAL =
            """
            mesh product validate dataproduct.yaml     check a specification and its contracts, offline
            mesh product apply dataproduct.yaml        make the table from the contract and register the product
            mesh catalog search WORDS                  find a product; then: mesh catalog get DOMAIN.PRODUCT
            mesh up --detach                           start a local Trino on the catalog; mesh down ends it
            mesh sql "SELECT * FROM domain.product"    ask it
            mesh contract test DOMAIN.PRODUCT          hold the data against its contract
            """;

    private final CommandContext context;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show all commands.")
    private boolean help;

    @Option(names = {"-V", "--version"}, description = "Show the version.")
    private boolean version;

    public MeshCommand(CommandContext context)
    {
        this.context = requireNonNull(context, "context is null");
    }

    public static void main(String[] arguments)
    {
        CommandContext context = new CommandContext(
                new Console(utf8(FileDescriptor.out), utf8(FileDescriptor.err), isTerminal("mesh.stdout.terminal"), isTerminal("mesh.stderr.terminal")),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Installation.ofSystemProperties());
        System.exit(run(context, arguments));
    }

    /**
     * Runs one command line and gives its exit code.
     */
    public static int run(CommandContext context, String... arguments)
    {
        CommandLine commandLine = Subcommands.commandLine(new ContextFactory(context), arguments);
        Failures failures = new Failures(context);
        commandLine.setParameterExceptionHandler(failures);
        commandLine.setExecutionExceptionHandler(failures);
        commandLine.setExpandAtFiles(false);
        commandLine.setOut(new PrintWriter(context.console().out(), true));
        commandLine.setErr(new PrintWriter(context.console().err(), true));
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        commandLine.setUsageHelpAutoWidth(false);
        commandLine.setUsageHelpWidth(110);
        try {
            return commandLine.execute(Subcommands.protectStatements(arguments));
        }
        catch (Error e) {
            return failures.handle(e, List.of(arguments));
        }
    }

    @Override
    public Integer call()
    {
        if (version) {
            context.console().data(VersionCommand.line());
            return ExitCode.OK.code();
        }
        context.console().raw(TYPICAL);
        context.console().info("All commands: mesh --help");
        return ExitCode.OK.code();
    }

    private static PrintStream utf8(FileDescriptor descriptor)
    {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /**
     * The launcher asks the shell, which knows each stream; without it the JVM tells only about both together.
     */
    private static boolean isTerminal(String property)
    {
        String answer = System.getProperty(property);
        return answer == null ? System.console() != null && System.console().isTerminal() : answer.equals("1");
    }
}
