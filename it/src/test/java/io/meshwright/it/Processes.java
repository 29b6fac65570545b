package io.meshwright.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs to their end, with both streams captured and a bound on the time.
 */
public final class Processes
{
    private Processes() {}

    public static Execution run(Path directory, Map<String, String> environment, Duration bound, String... command)
    {
        return run(directory, environment, bound, List.of(command));
    }

    public static Execution run(Path directory, Map<String, String> environment, Duration bound, List<String> command)
    {
        try {
            Process process = start(directory, environment, command);
            process.getOutputStream().close();
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            if (!process.waitFor(bound.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new AssertionError("Not done after %s: %s%n--- stdout%n%s%n--- stderr%n%s".formatted(bound, String.join(" ", command), output.join(), errors.join()));
            }
            return new Execution(String.join(" ", command), process.exitValue(), output.join(), errors.join());
        }
        catch (IOException e) {
            throw new UncheckedIOException("Failed to run " + String.join(" ", command), e);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + String.join(" ", command), e);
        }
    }

    public static Process start(Path directory, Map<String, String> environment, List<String> command)
            throws IOException
    {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /**
     * A port that was free a moment ago.
     */
    static int freePort()
            throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /**
     * Waits until a server answers on its port.
     */
    static void awaitConnection(Process process, int port, Duration bound, Path log)
            throws IOException
    {
        long deadline = System.nanoTime() + bound.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
                return;
            }
            catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new AssertionError("A server did not start: " + Files.readString(log), e);
                }
            }
        }
    }

    static void end(Process process)
    {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static String text(InputStream stream)
    {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
