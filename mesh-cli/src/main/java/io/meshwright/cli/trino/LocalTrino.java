package io.meshwright.cli.trino;

import io.meshwright.cli.CliRule;
import io.meshwright.cli.Installation;
import io.meshwright.cli.output.Console;
import io.meshwright.model.finding.MeshException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * A Trino server on this machine, reachable by the loopback address only, without authentication.
 * At most one lives in a folder; the folder's state file finds it again after the command that started it has ended.
 */
public final class LocalTrino
        implements AutoCloseable
{
    private static final int PREFERRED_PORT = 8080;
    private static final Duration STARTUP = Duration.ofMinutes(3);
    private static final Duration SHUTDOWN = Duration.ofSeconds(20);

    private final TrinoFolder folder;
    private final TrinoState state;

    private LocalTrino(TrinoFolder folder, TrinoState state)
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.state = requireNonNull(state, "state is null");
    }

    /**
     * The server that lives in the folder, if any.
     */
    public static Optional<LocalTrino> find(TrinoFolder folder)
    {
        return TrinoState.read(folder.state())
                .filter(state -> state.process().isPresent())
                .map(state -> new LocalTrino(folder, state));
    }

    /**
     * Starts a server and waits until it answers. A server that does not get ready is stopped again; so is one whose start is interrupted.
     *
     * @throws MeshException when one runs already, when another command starts or stops one, when the port is taken, when it does not become ready
     */
    public static LocalTrino start(LocalTrinoSettings settings, Installation installation, Console console)
    {
        TrinoFolder folder = settings.folder();
        folder.create();
        try (FolderLock _ = FolderLock.acquire(folder)) {
            find(folder).ifPresent(running -> {
                throw new MeshException(
                        CliRule.TRINO_RUNNING,
                        USER,
                        "A local Trino is already running at " + running.uri() + " (process " + running.state.pid() + ")",
                        "use it, for example by: mesh sql \"SHOW SCHEMAS\"; or end it by: mesh down");
            });
            TrinoState.delete(folder.state());
            int port = choosePort(settings.port());
            try {
                return start(settings, port, installation, console);
            }
            catch (MeshException e) {
                if (settings.port().isPresent() || isFree(port)) {
                    throw e;
                }
                // somebody else took the port in between
                return start(settings, freePort(), installation, console);
            }
        }
    }

    private static LocalTrino start(LocalTrinoSettings settings, int port, Installation installation, Console console)
    {
        TrinoFolder folder = settings.folder();
        TrinoConfiguration configuration = TrinoConfiguration.create(settings, port, installation.trinoPlugins());
        Process process = launch(folder, installation, configuration.environment());
        Thread stopOnInterrupt = new Thread(() -> {
            stop(process.toHandle());
            TrinoState.delete(folder.state());
        });
        try {
            Runtime.getRuntime().addShutdownHook(stopOnInterrupt);
            TrinoState state = TrinoState.of(process.toHandle(), port);
            state.write(folder.state());
            awaitReady(process, state, configuration.serverName(), folder, console);
            return new LocalTrino(folder, state);
        }
        catch (RuntimeException e) {
            stop(process.toHandle());
            TrinoState.delete(folder.state());
            throw e;
        }
        finally {
            removeShutdownHook(stopOnInterrupt);
        }
    }

    private static Process launch(TrinoFolder folder, Installation installation, Map<String, String> secrets)
    {
        ProcessBuilder builder = new ProcessBuilder(
                Installation.java().toString(),
                "-Xmx" + heapMegabytes() + "m",
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-OmitStackTraceInFastThrow",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=UTC",
                "-Djdk.attach.allowAttachSelf=true",
                "@" + installation.trinoOptions(),
                "-Dconfig=" + folder.etc().resolve("config.properties"),
                "-Dlog.levels-file=" + folder.etc().resolve("log.properties"),
                "io.meshwright.runtime.TrinoServer");
        builder.environment().put("CLASSPATH", installation.trinoClassPath());
        builder.environment().putAll(secrets);
        builder.directory(folder.root().toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(folder.log().toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        try {
            return builder.start();
        }
        catch (IOException e) {
            throw new MeshException(CliRule.PROCESS_FAILED, USER, "Trino's process cannot be started: " + e.getMessage(), "check the Java installation: mesh doctor", e);
        }
    }

    private static long heapMegabytes()
    {
        long machine = ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize() >> 20;
        return Math.clamp(machine / 6, 1024, 4096);
    }

    private static int choosePort(OptionalInt wanted)
    {
        if (wanted.isPresent()) {
            if (!isFree(wanted.orElseThrow())) {
                throw new MeshException(
                        CliRule.PORT_TAKEN,
                        USER,
                        "Port " + wanted.orElseThrow() + " is taken by another process",
                        "choose another one by --port, or leave the option out to get a free one");
            }
            return wanted.orElseThrow();
        }
        return isFree(PREFERRED_PORT) ? PREFERRED_PORT : freePort();
    }

    private static int freePort()
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
        catch (IOException e) {
            throw new UncheckedIOException("No port is free", e);
        }
    }

    private static boolean isFree(int port)
    {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        }
        catch (IOException e) {
            return false;
        }
    }

    private static void awaitReady(Process process, TrinoState state, String serverName, TrinoFolder folder, Console console)
    {
        long start = System.nanoTime();
        // an upgrade of a plain connection to HTTP/2 sometimes fails with a protocol error
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(state.uri() + "/v1/info")).timeout(Duration.ofSeconds(5)).build();
            while (!isReady(client, request, serverName)) {
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
                if (process.waitFor(250, TimeUnit.MILLISECONDS)) {
                    throw startFailed("Trino ended while it started (exit code " + process.exitValue() + ")", folder);
                }
                if (seconds > STARTUP.toSeconds()) {
                    throw startFailed("Trino was not ready after " + seconds + " s", folder);
                }
                if (seconds % 5 == 0) {
                    console.progress("starting Trino at " + state.uri() + " ... " + seconds + " s");
                }
            }
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw startFailed("The start of Trino was interrupted", folder);
        }
        finally {
            console.clearProgress();
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest request, String serverName)
            throws InterruptedException
    {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().contains("\"starting\":false") && response.body().contains("\"" + serverName + "\"");
        }
        catch (IOException e) {
            return false;
        }
    }

    private static MeshException startFailed(String message, TrinoFolder folder)
    {
        return new MeshException(
                CliRule.TRINO_START_FAILED,
                EXTERNAL,
                message + TrinoLog.reason(folder.log()).map(reason -> ": " + reason).orElse(""),
                "the log is in " + folder.log());
    }

    public String uri()
    {
        return state.uri();
    }

    public String jdbcUrl()
    {
        return "jdbc:trino://127.0.0.1:" + state.port() + "/" + LocalTrinoSettings.MESH_CATALOG;
    }

    public long pid()
    {
        return state.pid();
    }

    public Path log()
    {
        return folder.log();
    }

    /**
     * Whether a server is remembered in the folder: it is so after a crash, and no longer once {@link #close} has begun.
     */
    public static boolean isRemembered(TrinoFolder folder)
    {
        return TrinoState.read(folder.state()).filter(state -> !state.stopping()).isPresent();
    }

    /**
     * Blocks until the server has ended, by itself or by another command.
     */
    public void awaitEnd()
            throws InterruptedException
    {
        Optional<ProcessHandle> process = state.process();
        if (process.isPresent()) {
            try {
                process.orElseThrow().onExit().get();
            }
            catch (ExecutionException e) {
                throw new IllegalStateException("Cannot wait for process " + state.pid(), e);
            }
        }
    }

    /**
     * Ends the server; nothing of it is left when this returns.
     */
    @Override
    public void close()
    {
        state.process().ifPresent(process -> {
            state.stop().write(folder.state());
            stop(process);
        });
        TrinoState.delete(folder.state());
    }

    /**
     * Ends the server of the folder. Empty when there was none; a state file left behind by a crash is removed.
     */
    public static Optional<LocalTrino> stop(TrinoFolder folder)
    {
        if (!Files.isDirectory(folder.root())) {
            return Optional.empty();
        }
        try (FolderLock _ = FolderLock.acquire(folder)) {
            Optional<LocalTrino> running = find(folder);
            running.ifPresent(LocalTrino::close);
            TrinoState.delete(folder.state());
            return running;
        }
    }

    private static void stop(ProcessHandle process)
    {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            process.onExit().get(SHUTDOWN.toSeconds(), TimeUnit.SECONDS);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    private static void removeShutdownHook(Thread hook)
    {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (IllegalStateException e) {
            // the JVM is shutting down, so the hook does its work
        }
    }

    /**
     * Held while a command starts or stops the server of a folder; the system frees it when the command dies.
     */
    private record FolderLock(FileChannel channel, FileLock lock)
            implements AutoCloseable
    {
        static FolderLock acquire(TrinoFolder folder)
        {
            try {
                FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel);
                if (lock == null) {
                    channel.close();
                    throw new MeshException(
                            CliRule.TRINO_STARTING,
                            USER,
                            "Another command is starting or stopping the local Trino in " + folder.root(),
                            "wait until it is done, then look with: mesh status");
                }
                return new FolderLock(channel, lock);
            }
            catch (IOException e) {
                throw new UncheckedIOException("Cannot lock " + folder.lock(), e);
            }
        }

        private static FileLock tryLock(FileChannel channel)
                throws IOException
        {
            try {
                return channel.tryLock();
            }
            catch (OverlappingFileLockException e) {
                return null;
            }
        }

        @Override
        public void close()
        {
            try {
                channel.close();
            }
            catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
