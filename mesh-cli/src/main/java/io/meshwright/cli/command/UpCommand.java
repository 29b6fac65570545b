package io.meshwright.cli.command;

import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.trino.LocalTrino;
import io.meshwright.cli.trino.LocalTrinoSettings;
import io.meshwright.cli.trino.TrinoUser;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "up",
        description = {
                "Start a local Trino on the configured catalog: catalog mesh for readers, catalog lake (raw Iceberg) for the group producers.",
                "It listens on the loopback address only and asks for no password: whoever is on this machine may take any name.",
                "Ctrl-C ends it; with --detach it goes on until mesh down.",
        },
        footer = {"", "Example: mesh up --detach && mesh sql \"SHOW SCHEMAS\""})
public final class UpCommand
        extends BaseCommand
{
    @Option(names = "--port", paramLabel = "N", description = "The port; by default 8080 or, where that is taken, a free one.")
    private Integer port;

    @Option(names = "--detach", description = "Leave it running and return when it is ready.")
    private boolean detach;

    public UpCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        if (port != null && (port < 1 || port > 65535)) {
            throw new MeshException(CliRule.USAGE, USER, "Invalid port " + port, "use a number between 1 and 65535");
        }
        LocalTrinoSettings settings = LocalTrinos.settings(context(), port == null ? OptionalInt.empty() : OptionalInt.of(port));
        LocalTrino trino = LocalTrino.start(settings, context().installation(), console());
        if (detach) {
            describe(trino, settings);
            return ExitCode.OK;
        }
        Thread stopOnInterrupt = new Thread(trino::close);
        Runtime.getRuntime().addShutdownHook(stopOnInterrupt);
        describe(trino, settings);
        console().info("Ctrl-C ends it.");
        return awaitEnd(trino);
    }

    private ExitCode awaitEnd(LocalTrino trino)
    {
        try {
            trino.awaitEnd();
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
        if (LocalTrino.isRemembered(LocalTrinos.folder(context()))) {
            throw new MeshException(CliRule.PROCESS_FAILED, USER, "Trino has ended by itself", "the log is in " + trino.log());
        }
        console().info("Trino has ended");
        return ExitCode.OK;
    }

    private void describe(LocalTrino trino, LocalTrinoSettings settings)
    {
        Map<String, Object> document = Json.document("LocalTrino");
        document.put("state", "running");
        document.put("uri", trino.uri());
        document.put("jdbcUrl", trino.jdbcUrl());
        document.put("pid", trino.pid());
        document.put("log", trino.log());
        document.put("authentication", "none");
        document.put("users", settings.users());

        List<String> lines = new ArrayList<>();
        lines.add("Trino is ready at " + trino.uri() + " (this machine only, no authentication)");
        lines.add("  JDBC   " + trino.jdbcUrl());
        for (TrinoUser user : settings.users()) {
            String groups = user.groups().isEmpty() ? "no group" : String.join(", ", user.groups());
            lines.add("  user   " + user.name() + " (" + groups + ")" + (user.groups().contains(TrinoUser.PRODUCERS) ? ", writes in catalog lake" : ""));
        }
        lines.add("  any other name is a reader without a group");
        print(document, lines);
        String reader = settings.users().stream()
                .filter(user -> !user.groups().contains(TrinoUser.PRODUCERS))
                .findFirst()
                .map(TrinoUser::name)
                .orElse("reader");
        console().next("mesh sql --user " + reader + " \"SHOW SCHEMAS\"");
    }
}
