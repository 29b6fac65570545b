package io.meshwright.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * PyIceberg in a virtual environment of its own: an Iceberg client that is not ours.
 */
public final class PythonClient
{
    private static final PythonEnvironment ENVIRONMENT = new PythonEnvironment("pyiceberg", List.of("pyiceberg[sql-sqlite,pyarrow]==0.12.0", "SQLAlchemy==2.1.9", "pyarrow==26.0.1"));

    private PythonClient() {}

    public static Execution run(Path directory, String program, String... arguments)
    {
        Path environment = ENVIRONMENT.prepare();
        try {
            Path file = Files.createTempFile(directory, "client", ".py");
            Files.writeString(file, program);
            List<String> command = new ArrayList<>(List.of(environment.resolve("bin/python").toString(), file.toString()));
            command.addAll(List.of(arguments));
            return Processes.run(directory, Map.of(), PythonEnvironment.BOUND, command);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
