package io.meshwright.cli;

import com.google.common.collect.ImmutableMap;
import io.meshwright.cli.output.Console;

import java.nio.file.Path;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * What a command knows about the world, handed in so that tests can run commands in one process.
 *
 * @param workingDirectory the folder against which paths on the command line are resolved
 */
public record CommandContext(Console console, Map<String, String> environment, Path workingDirectory, Installation installation)
{
    public CommandContext
    {
        requireNonNull(console, "console is null");
        environment = ImmutableMap.copyOf(environment);
        requireNonNull(workingDirectory, "workingDirectory is null");
        requireNonNull(installation, "installation is null");
    }

    /**
     * A path of the command line as an absolute one.
     */
    public Path resolve(String path)
    {
        return workingDirectory.resolve(path).normalize();
    }
}
