package io.meshwright.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real S3 endpoint over a folder: versitygw, built from the Go module proxy into the build folder.
 */
public final class ObjectStore
        implements AutoCloseable
{
    public static final String ACCESS_KEY = "meshwright-test";
    public static final String SECRET_KEY = "only-for-this-test";

    private static final String MODULE = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";
    private static final Path BINARIES = Mesh.REPOSITORY.resolve("it/target/go");
    private static final Duration BOUND = Duration.ofMinutes(9);

    private final Process process;
    private final int port;

    private ObjectStore(Process process, int port)
    {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts an endpoint whose buckets are the folders below {@code directory}.
     */
    public static ObjectStore start(Path directory, String... buckets)
    {
        Path binary = build();
        try {
            for (String bucket : buckets) {
                Files.createDirectories(directory.resolve(bucket));
            }
            int port = Processes.freePort();
            Process process = new ProcessBuilder(binary.toString(), "--access", ACCESS_KEY, "--secret", SECRET_KEY, "--region", "us-east-1", "--port", "127.0.0.1:" + port, "posix", directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolveSibling("versitygw.log").toFile())
                    .start();
            Processes.awaitConnection(process, port, Duration.ofSeconds(30), directory.resolveSibling("versitygw.log"));
            return new ObjectStore(process, port);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint()
    {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close()
    {
        Processes.end(process);
    }

    private static synchronized Path build()
    {
        Path binary = BINARIES.resolve("versitygw");
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
            throw Requirements.missing("go", "install Go 1.25 or newer, with which the tests build an S3 endpoint");
        }
        Execution installed = Processes.run(BINARIES, Map.of("GOBIN", BINARIES.toString()), BOUND, List.of("go", "install", MODULE));
        if (installed.exitCode() != 0) {
            throw Requirements.missing("versitygw", "go could not build it: " + installed.errors());
        }
        return binary;
    }
}
