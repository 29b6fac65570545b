package io.meshwright.cli.command;

import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.trino.LocalTrino;
import picocli.CommandLine.Command;

import java.util.List;
import java.util.Map;
import java.util.Optional;

@Command(name = "down", description = "End the local Trino of this folder. Fine when there is none.")
public final class DownCommand
        extends BaseCommand
{
    public DownCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected ExitCode run()
    {
        Optional<LocalTrino> stopped = LocalTrino.stop(LocalTrinos.folder(context()));
        Map<String, Object> document = Json.document("LocalTrino");
        document.put("state", "stopped");
        document.put("stopped", stopped.map(LocalTrino::uri));
        print(document, List.of(stopped.map(trino -> "Trino at " + trino.uri() + " has ended").orElse("No local Trino was running here")));
        return ExitCode.OK;
    }
}
