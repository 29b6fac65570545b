package io.meshwright.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real S3 endpoint over a folder: versitygw, built from the Go module proxy into the build folder.
 */
public final class ObjectStore
        implements AutoCloseable
{
    public static final String ACCESS_KEY = "meshwright-test";
    public static final String SECRET_KEY = "only-for-this-test";

    private static final String MODULE = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";

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
        Path binary = GoProgram.build("versitygw", MODULE);
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
}
