package io.meshwright.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static java.util.Objects.requireNonNull;

/**
 * One run of {@code ./mesh demo} of the checkout, small, and in a process group of its own as a terminal starts it.
 */
final class DemoRun
{
    private static final Duration BOUND = Duration.ofMinutes(6);
    private static final String SCALE = "0.05";
    // the first line is the process group; what follows is both streams of the command
    private static final String IN_A_GROUP = "set -m; \"$0\" \"$@\" </dev/null 2>&1 & echo $!; wait $!";

    private static Told told;

    private final Path folder;
    private final Process shell;
    private final Leftovers leftovers;
    private final CompletableFuture<String> group = new CompletableFuture<>();
    private final List<String> lines = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    private DemoRun(Path folder, Process shell)
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.shell = requireNonNull(shell, "shell is null");
        this.leftovers = new Leftovers(folder);
    }

    /**
     * The whole story, told once for all tests that look at it.
     */
    static synchronized Told told()
            throws Exception
    {
        if (told == null) {
            Path folder = Files.createTempDirectory("mesh demo").toRealPath();
            DemoRun run = start(folder);
            Execution execution = run.await();
            told = new Told(folder, execution, run.leftovers.running());
        }
        return told;
    }

    static DemoRun start(Path folder, String... options)
            throws IOException
    {
        List<String> command = new ArrayList<>(List.of("bash", "-c", IN_A_GROUP, Mesh.REPOSITORY.resolve("mesh").toString(), "demo", "--scale", SCALE));
        command.addAll(List.of(options));
        DemoRun run = new DemoRun(folder, Processes.start(folder, Map.of("HOME", folder.toString(), "NO_COLOR", "1"), command));
        run.leftovers.watch(run.shell);
        Thread.ofVirtual().start(run::read);
        return run;
    }

    private void read()
    {
        try (BufferedReader reader = shell.inputReader(StandardCharsets.UTF_8)) {
            group.complete(reader.readLine());
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        finally {
            end.countDown();
            synchronized (lines) {
                lines.notifyAll();
            }
        }
    }

    /**
     * Waits until a line is printed that begins so.
     */
    void awaitLine(String beginning)
            throws InterruptedException
    {
        long deadline = System.nanoTime() + BOUND.toNanos();
        synchronized (lines) {
            while (lines.stream().noneMatch(line -> line.startsWith(beginning))) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (end.getCount() == 0 || left <= 0) {
                    throw new AssertionError("The demonstration did not come to '%s':%n%s".formatted(beginning, String.join("\n", lines)));
                }
                lines.wait(left);
            }
        }
    }

    /**
     * What Ctrl-C does in a terminal: every process of the group gets the signal.
     */
    void interrupt()
            throws InterruptedException, ExecutionException, TimeoutException
    {
        Processes.run(folder, Map.of(), BOUND, "kill", "-INT", "--", "-" + group.get(1, TimeUnit.MINUTES)).expectExit(0);
    }

    Execution await()
            throws InterruptedException
    {
        if (!shell.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS) || !end.await(1, TimeUnit.MINUTES)) {
            shell.descendants().forEach(ProcessHandle::destroy);
            shell.destroy();
            throw new AssertionError("The demonstration has not ended after %s:%n%s".formatted(BOUND, String.join("\n", lines)));
        }
        synchronized (lines) {
            return new Execution("mesh demo", shell.exitValue(), String.join("\n", lines), "");
        }
    }

    Leftovers leftovers()
    {
        return leftovers;
    }

    /**
     * How the story went, and what ran on after it.
     */
    record Told(Path folder, Execution execution, List<String> leftovers) {}
}
