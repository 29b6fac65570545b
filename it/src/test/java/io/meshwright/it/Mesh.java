package io.meshwright.it;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * The packaged {@code mesh} command in a working folder of its own.
 */
public final class Mesh
{
    /**
     * The folder that the build assembled.
     */
    public static final Path HOME = Path.of(System.getProperty("meshwright.home"));
    /**
     * The checkout.
     */
    public static final Path REPOSITORY = Path.of(System.getProperty("meshwright.repository"));

    static final Duration BOUND = Duration.ofMinutes(5);

    private final Path directory;
    private final Map<String, String> environment;

    public Mesh(Path directory)
    {
        this(directory, Map.of());
    }

    public Mesh(Path directory, Map<String, String> environment)
    {
        this.directory = requireNonNull(directory, "directory is null");
        Map<String, String> variables = new HashMap<>(environment);
        // so that what the developer configured for himself cannot change a test
        variables.put("HOME", directory.toString());
        variables.put("NO_COLOR", "1");
        this.environment = Map.copyOf(variables);
    }

    public Path directory()
    {
        return directory;
    }

    /**
     * The variables with which it runs.
     */
    public Map<String, String> environment()
    {
        return environment;
    }

    public Execution run(String... arguments)
    {
        return Processes.run(directory, environment, BOUND, command(arguments));
    }

    public Execution run(Duration bound, String... arguments)
    {
        return Processes.run(directory, environment, bound, command(arguments));
    }

    public Process start(String... arguments)
            throws IOException
    {
        return Processes.start(directory, environment, command(arguments));
    }

    private static List<String> command(String... arguments)
    {
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve("bin/mesh").toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
