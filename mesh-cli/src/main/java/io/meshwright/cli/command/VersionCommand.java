package io.meshwright.cli.command;

import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import picocli.CommandLine.Command;

import java.util.List;
import java.util.Map;

@Command(name = "version", description = "Show the version of the command and of the engines that it starts.")
public final class VersionCommand
        extends BaseCommand
{
    public VersionCommand(CommandContext context)
    {
        super(context);
    }

    public static String line()
    {
        return "mesh " + version();
    }

    static String version()
    {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    protected ExitCode run()
    {
        Map<String, Object> document = Json.document("Version");
        document.put("version", version());
        document.put("java", Runtime.version().toString());
        print(document, List.of(line(), "java " + Runtime.version()));
        return ExitCode.OK;
    }
}
