package io.meshwright.trino.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that keeps and commits usage until it is killed. It prints the id of each query that is safe on the disk.
 */
final class UsageWriter
{
    private static final int QUERIES_IN_SEGMENT = 3;
    private static final int MOST_QUERIES = 100_000;
    private static final int MOST_SEGMENTS = 20;
    private static final long SPOOL_BYTES = 1 << 24;

    private UsageWriter() {}

    public static void main(String[] arguments)
            throws IOException
    {
        Path folder = Path.of(arguments[0]);
        String prefix = arguments[1];
        UsageSpool spool = new UsageSpool(folder.resolve("spool"), SPOOL_BYTES);
        UsageCommitter committer = TestingUsage.committer(spool, () -> TestingUsage.open(folder));
        committer.start();
        System.out.println("ready");
        // a test that is itself killed must not leave a writer behind
        for (int number = 0; ProcessHandle.current().parent().isPresent() && number < MOST_QUERIES; number++) {
            String id = "q-" + prefix + "-" + number;
            spool.append(List.of(SpoolLine.of(TestingUsage.usage(id))));
            System.out.println(id);
            if (number % QUERIES_IN_SEGMENT == QUERIES_IN_SEGMENT - 1) {
                spool.seal(TestingUsage.heartbeat(spool.openId()));
                committer.wake();
                // a disk may be faster than the catalog, and a full spool would end the writer
                while (spool.sealed().size() > MOST_SEGMENTS) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            }
        }
    }

    /**
     * @param output a file, since a killed process takes its pipes with it
     * @param errors the same for what it says when it fails
     */
    static Process start(Path folder, String prefix, Path output, Path errors)
    {
        try {
            return new ProcessBuilder(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    UsageWriter.class.getName(),
                    folder.toString(),
                    prefix))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Commits what an earlier process left, and ends.
     */
    static void finish(Path folder)
            throws Exception
    {
        try (UsageSpool spool = new UsageSpool(folder.resolve("spool"), SPOOL_BYTES)) {
            UsageCommitter committer = TestingUsage.committer(spool, () -> TestingUsage.open(folder));
            committer.start();
            committer.stop(Duration.ofMinutes(1));
        }
    }
}
