package io.meshwright.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running process of Spark and what it logs. Closing it kills it and what it started.
 */
final class SparkProcess
        implements AutoCloseable
{
    private static final Duration BOUND = Duration.ofMinutes(4);

    private final Process process;
    private final Path log;

    private SparkProcess(Process process, Path log)
    {
        this.process = requireNonNull(process, "process is null");
        this.log = requireNonNull(log, "log is null");
    }

    static SparkProcess start(StockSpark spark, Path folder, String name, List<String> command)
            throws IOException
    {
        Path log = folder.resolve(name + ".log");
        List<String> program = new ArrayList<>(command);
        program.set(0, spark.home().resolve("bin").resolve(command.getFirst()).toString());
        ProcessBuilder builder = new ProcessBuilder(program)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // what the machine says of another Spark is not for this one
        builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
        builder.environment().putAll(Map.copyOf(spark.environment()));
        return new SparkProcess(builder.start(), log);
    }

    Process process()
    {
        return process;
    }

    String log()
    {
        try {
            return Files.readString(log);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until it has logged what the expression finds, and fails where it ends before.
     */
    void await(String expression)
            throws InterruptedException
    {
        Pattern pattern = Pattern.compile(expression);
        long deadline = System.nanoTime() + BOUND.toNanos();
        boolean ended;
        do {
            ended = process.waitFor(10, TimeUnit.MILLISECONDS);
            if (pattern.matcher(log()).find()) {
                return;
            }
        }
        while (!ended && System.nanoTime() < deadline);
        throw new AssertionError("\"%s\" was not logged within %s:%n%s".formatted(expression, BOUND, log()));
    }

    int awaitEnd()
            throws InterruptedException
    {
        assertThat(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).describedAs("not done after %s:%n%s", BOUND, log()).isTrue();
        return process.exitValue();
    }

    @Override
    public void close()
    {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }
}
