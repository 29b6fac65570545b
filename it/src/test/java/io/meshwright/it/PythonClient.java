package io.meshwright.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * PyIceberg in a virtual environment of its own: an Iceberg client that is not ours.
 */
public final class PythonClient
{
    private static final List<String> PACKAGES = List.of("pyiceberg[sql-sqlite,pyarrow]==0.12.0", "SQLAlchemy==2.1.9", "pyarrow==26.0.1");
    private static final Path ENVIRONMENT = Mesh.REPOSITORY.resolve("it/target/pyiceberg");
    private static final Duration BOUND = Duration.ofMinutes(5);

    private PythonClient() {}

    public static Execution run(Path directory, String program, String... arguments)
    {
        prepare();
        try {
            Path file = Files.createTempFile(directory, "client", ".py");
            Files.writeString(file, program);
            List<String> command = new ArrayList<>(List.of(ENVIRONMENT.resolve("bin/python").toString(), file.toString()));
            command.addAll(List.of(arguments));
            return Processes.run(directory, Map.of(), BOUND, command);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void prepare()
    {
        Path complete = ENVIRONMENT.resolve("complete");
        if (Files.exists(complete)) {
            return;
        }
        try {
            Files.createDirectories(ENVIRONMENT.getParent());
            if (Processes.run(ENVIRONMENT.getParent(), Map.of(), BOUND, "sh", "-c", "command -v python3").exitCode() != 0) {
                throw Requirements.missing("python3", "install Python 3.10 or newer with its venv module");
            }
            Execution created = Processes.run(ENVIRONMENT.getParent(), Map.of(), BOUND, "python3", "-m", "venv", "--clear", ENVIRONMENT.toString());
            if (created.exitCode() != 0) {
                throw Requirements.missing("Python's venv module", "install it (on Debian: python3-venv); it said: " + created.errors());
            }
            List<String> install = new ArrayList<>(List.of(ENVIRONMENT.resolve("bin/pip").toString(), "install", "--quiet", "--disable-pip-version-check"));
            install.addAll(PACKAGES);
            Execution installed = Processes.run(ENVIRONMENT.getParent(), Map.of(), BOUND, install);
            if (installed.exitCode() != 0) {
                throw Requirements.missing("PyIceberg", "pip could not install it: " + installed.errors());
            }
            Files.createFile(complete);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
