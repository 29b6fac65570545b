package io.meshwright.cli.demo;

import com.google.common.collect.ImmutableMap;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.command.BaseCommand;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import static io.meshwright.cli.demo.RetailData.GREATEST_SCALE;
import static io.meshwright.cli.demo.RetailData.SMALLEST_SCALE;
import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "demo",
        description = {
                "Tell the whole story on real engines: a retailer moves four domains off a legacy warehouse.",
                "Starts a PostgreSQL and a Trino, fills both, and runs the commands that a team would run; every figure is checked.",
                "Everything happens in the folder .mesh-demo below this one; a second run starts clean. Exit code 0: it went as told.",
        },
        footer = {"", "Example: mesh demo --keep"})
public final class DemoCommand
        extends BaseCommand
{
    @Option(names = "--scale", paramLabel = "F", defaultValue = "1", description = "How much data; 1 is about a million orders.")
    private BigDecimal scale;

    @Option(names = "--keep", description = "Leave Trino and the legacy warehouse running, and say how to connect.")
    private boolean keep;

    @Option(names = "--stop", description = "Do not tell the story; end what --keep has left running.")
    private boolean stop;

    public DemoCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected Set<OutputFormat> formats()
    {
        return Set.of(OutputFormat.TABLE);
    }

    @Override
    protected ExitCode run()
    {
        if (scale.compareTo(SMALLEST_SCALE) < 0 || scale.compareTo(GREATEST_SCALE) > 0) {
            throw new MeshException(DemoRule.SCALE, USER, "Scale " + scale.toPlainString() + " is out of range", "use a number from " + SMALLEST_SCALE + " to " + GREATEST_SCALE);
        }
        Path example = context().installation().examples().resolve("retail");
        try (DemoFolder folder = DemoFolder.open(context().resolve(DemoFolder.NAME))) {
            boolean stopped = folder.stopServers();
            if (stop) {
                console().data(stopped ? "The servers of the demonstration have ended" : "No servers were running here");
                return ExitCode.OK;
            }
            folder.fill(example);
            try (DemoServers servers = new DemoServers(folder, console())) {
                DemoStory story = new DemoStory(inside(folder), folder, servers, RetailData.of(scale, Instant.now()));
                ExitCode result = story.tell();
                if (keep) {
                    story.connect();
                    servers.keep();
                }
                return result;
            }
        }
    }

    /**
     * The commands of the story run in its folder, untouched by the configuration of whoever watches.
     */
    private CommandContext inside(DemoFolder folder)
    {
        ImmutableMap.Builder<String, String> environment = ImmutableMap.builder();
        for (Map.Entry<String, String> variable : context().environment().entrySet()) {
            if (!variable.getKey().startsWith("MESH_") && !variable.getKey().equals("HOME")) {
                environment.put(variable);
            }
        }
        environment.put("HOME", folder.root().toString());
        return new CommandContext(console(), environment.buildOrThrow(), folder.root(), context().installation());
    }
}
