package io.meshwright.spark.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * A process that does its work each time a line is written to it, and then answers with a line. Measured from outside, by what Linux tells of processes, so that
 * all tools are measured alike.
 */
final class MeasuredProcess
        implements AutoCloseable
{
    static final String REPLY = "@@done ";

    private final Process process;
    private final long serverPid;
    private final long started = System.nanoTime();
    private final double serverBefore;
    private final Writer commands;
    private final BufferedReader replies;
    private boolean hasRun;

    /**
     * @param reply what the process answered, empty where it took too long or broke
     * @param wall seconds; those of the first run since the process was started
     * @param clientCpu seconds of the process on processors
     * @param serverCpu seconds of the database server's processes on processors
     * @param peakMegabytes of the process, until now
     */
    record Run(Optional<String> reply, double wall, double clientCpu, double serverCpu, double peakMegabytes) {}

    MeasuredProcess(List<String> command, Map<String, String> environment, Path log, long serverPid)
            throws IOException
    {
        this.serverPid = serverPid;
        serverBefore = serverSeconds(serverPid);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(requireNonNull(log, "log is null").toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        // where the benchmark is interrupted
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        commands = process.outputWriter();
        replies = process.inputReader();
    }

    Run run(int timeoutSeconds)
    {
        long start = hasRun ? System.nanoTime() : started;
        double client = hasRun ? seconds(process.pid()) : 0;
        double server = hasRun ? serverSeconds(serverPid) : serverBefore;
        hasRun = true;
        Optional<String> reply = ask("run", timeoutSeconds);
        double wall = (System.nanoTime() - start) / 1e9;
        return new Run(reply, wall, seconds(process.pid()) - client, serverSeconds(serverPid) - server, peakMegabytes());
    }

    /**
     * @return what the process answers, empty where it takes too long or breaks
     */
    Optional<String> ask(String command, int timeoutSeconds)
    {
        CompletableFuture<Optional<String>> reply = CompletableFuture.supplyAsync(() -> {
            try {
                commands.write(command + "\n");
                commands.flush();
                for (String line = replies.readLine(); line != null; line = replies.readLine()) {
                    if (line.startsWith(REPLY)) {
                        return Optional.of(line.substring(REPLY.length()));
                    }
                }
                return Optional.empty();
            }
            catch (IOException e) {
                // it has ended
                return Optional.empty();
            }
        });
        try {
            return reply.get(timeoutSeconds, TimeUnit.SECONDS);
        }
        catch (TimeoutException e) {
            return Optional.empty();
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
        catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Of the server itself, of its processes, and of those that it had and that ended.
     */
    static double serverSeconds(long serverPid)
    {
        double seconds = 0;
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path other : processes.filter(path -> path.getFileName().toString().chars().allMatch(Character::isDigit)).toList()) {
                long pid = Long.parseLong(other.getFileName().toString());
                String[] fields = stat(pid);
                if (fields.length > 0 && (pid == serverPid || Long.parseLong(fields[1]) == serverPid)) {
                    seconds += ticks(fields, 11) + ticks(fields, 12);
                    if (pid == serverPid) {
                        seconds += ticks(fields, 13) + ticks(fields, 14);
                    }
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seconds;
    }

    private static double seconds(long pid)
    {
        String[] fields = stat(pid);
        return fields.length == 0 ? Double.NaN : ticks(fields, 11) + ticks(fields, 12);
    }

    private static double ticks(String[] fields, int index)
    {
        // Linux tells hundredths of a second on all architectures
        return Long.parseLong(fields[index]) / 100.0;
    }

    /**
     * The fields behind the name, of which the first is the state; none where the process has ended.
     */
    private static String[] stat(long pid)
    {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        }
        catch (IOException e) {
            // ended between opening and reading
            return new String[0];
        }
    }

    private double peakMegabytes()
    {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        }
        catch (IOException e) {
            return Double.NaN;
        }
    }

    @Override
    public void close()
    {
        try {
            commands.close();
        }
        catch (IOException e) {
            // it has ended
        }
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
