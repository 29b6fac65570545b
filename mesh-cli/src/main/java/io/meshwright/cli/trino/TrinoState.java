package io.meshwright.cli.trino;

import io.meshwright.cli.output.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A local Trino that was started, as remembered in its folder. The start time tells it from a later process with the same id.
 *
 * @param stopping whether a command has begun to end it
 */
public record TrinoState(long pid, Instant startedAt, int port, boolean stopping)
{
    public TrinoState
    {
        requireNonNull(startedAt, "startedAt is null");
    }

    public static TrinoState of(ProcessHandle process, int port)
    {
        return new TrinoState(process.pid(), startOf(process), port, false);
    }

    /**
     * The remembered Trino; empty when there is none, or when the file is unreadable after a crash.
     */
    public static Optional<TrinoState> read(Path file)
    {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Map<?, ?> tree = (Map<?, ?>) Json.read(Files.readString(file));
            return Optional.of(new TrinoState((Long) tree.get("pid"), Instant.parse((String) tree.get("startedAt")), ((Long) tree.get("port")).intValue(), (Boolean) tree.get("stopping")));
        }
        catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    public void write(Path file)
    {
        TrinoFolder.write(file, Json.write(Json.object("pid", pid, "startedAt", startedAt.toString(), "port", port, "stopping", stopping)));
    }

    public static void delete(Path file)
    {
        try {
            Files.deleteIfExists(file);
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }

    /**
     * The process, when it is the same one and still lives.
     */
    public Optional<ProcessHandle> process()
    {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process).equals(startedAt));
    }

    private static Instant startOf(ProcessHandle process)
    {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    TrinoState stop()
    {
        return new TrinoState(pid, startedAt, port, true);
    }

    public String uri()
    {
        return "http://127.0.0.1:" + port;
    }
}
