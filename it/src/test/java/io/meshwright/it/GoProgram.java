package io.meshwright.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Servers that the tests talk to, built from the Go module proxy into the build folder.
 */
final class GoProgram
{
    private static final Path BINARIES = Mesh.REPOSITORY.resolve("it/target/go");
    private static final Duration BOUND = Duration.ofMinutes(9);

    private GoProgram() {}

    /**
     * @param module of the program's main package, with its version
     */
    static synchronized Path build(String name, String module)
    {
        Path binary = BINARIES.resolve(name);
        if (Files.isExecutable(binary)) {
            return binary;
        }
        try {
            Files.createDirectories(BINARIES);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (Processes.run(BINARIES, Map.of(), BOUND, "sh", "-c", "command -v go").exitCode() != 0) {
            throw Requirements.missing("go", "install Go 1.25 or newer, with which the tests build " + name);
        }
        Execution installed = Processes.run(BINARIES, Map.of("GOBIN", BINARIES.toString()), BOUND, List.of("go", "install", module));
        if (installed.exitCode() != 0) {
            throw Requirements.missing(name, "go could not build it: " + installed.errors());
        }
        return binary;
    }
}
