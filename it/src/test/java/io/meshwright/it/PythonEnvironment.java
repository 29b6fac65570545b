package io.meshwright.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * A virtual environment of Python with packages of PyPI, made when it is first asked for and kept below {@code target}.
 */
final class PythonEnvironment
{
    static final Duration BOUND = Duration.ofMinutes(8);

    private final Path folder;
    private final List<String> packages;

    PythonEnvironment(String name, List<String> packages)
    {
        this.folder = Mesh.REPOSITORY.resolve("it/target").resolve(requireNonNull(name, "name is null"));
        this.packages = List.copyOf(packages);
    }

    /**
     * The folder of the environment, with its packages installed.
     */
    synchronized Path prepare()
    {
        Path complete = folder.resolve("complete");
        if (Files.exists(complete)) {
            return folder;
        }
        try {
            Files.createDirectories(folder.getParent());
            if (Processes.run(folder.getParent(), Map.of(), BOUND, "sh", "-c", "command -v python3").exitCode() != 0) {
                throw Requirements.missing("python3", "install Python 3.10 or newer with its venv module");
            }
            Execution created = Processes.run(folder.getParent(), Map.of(), BOUND, "python3", "-m", "venv", "--clear", folder.toString());
            if (created.exitCode() != 0) {
                throw Requirements.missing("Python's venv module", "install it (on Debian: python3-venv); it said: " + created.errors());
            }
            List<String> install = new ArrayList<>(List.of(folder.resolve("bin/pip").toString(), "install", "--quiet", "--disable-pip-version-check"));
            install.addAll(packages);
            Execution installed = Processes.run(folder.getParent(), Map.of(), BOUND, install);
            if (installed.exitCode() != 0) {
                throw Requirements.missing(String.join(", ", packages), "pip could not install it: " + installed.errors());
            }
            Files.createFile(complete);
            return folder;
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
