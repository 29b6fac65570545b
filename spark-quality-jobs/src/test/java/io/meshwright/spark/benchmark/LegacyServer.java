package io.meshwright.spark.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

/**
 * A PostgreSQL over a folder that stays: the installed one where there is one, otherwise the one of tests.
 */
final class LegacyServer
        implements AutoCloseable
{
    // as a warehouse has them; the rest is the default. Loading needs no durability
    private static final Map<String, String> SETTINGS = Map.of(
            "shared_buffers", "4GB",
            "max_parallel_workers_per_gather", "2",
            "max_wal_size", "8GB",
            "fsync", "off",
            "autovacuum", "off");
    private static final List<Path> INSTALLATIONS = List.of(Path.of("/usr/lib/postgresql"), Path.of("/opt/homebrew/opt"), Path.of("/usr"));
    private static final int PATIENCE_SECONDS = 60;

    private final int port;
    private final long pid;
    private final AutoCloseable stop;
    private final AtomicBoolean isStopped = new AtomicBoolean();

    private LegacyServer(int port, long pid, AutoCloseable stop)
    {
        this.port = port;
        this.pid = pid;
        this.stop = requireNonNull(stop, "stop is null");
        // also where the benchmark is interrupted, since its folder is used again
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    static LegacyServer start(Path folder)
            throws IOException, InterruptedException
    {
        Optional<Path> installed = installed();
        if (installed.isEmpty()) {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(folder).setCleanDataDirectory(false);
            SETTINGS.forEach(builder::setServerConfig);
            EmbeddedPostgres server = builder.start();
            return new LegacyServer(server.getPort(), pid(folder), server);
        }
        return start(folder, installed.orElseThrow());
    }

    private static Optional<Path> installed()
            throws IOException
    {
        for (Path installation : INSTALLATIONS) {
            if (Files.isDirectory(installation)) {
                try (Stream<Path> versions = Files.list(installation)) {
                    Optional<Path> newest = versions.map(version -> version.resolve("bin")).filter(bin -> Files.isExecutable(bin.resolve("initdb"))).max(Comparator.naturalOrder());
                    if (newest.isPresent()) {
                        return newest;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static LegacyServer start(Path folder, Path bin)
            throws IOException, InterruptedException
    {
        Path log = folder.resolveSibling("postgresql.log");
        if (!Files.exists(folder.resolve("PG_VERSION"))) {
            Files.createDirectories(folder);
            if (isRoot()) {
                run(log, List.of("chown", "postgres", folder.toString()));
            }
            // the order of text is that of its bytes, which is what peers that split ranges of text need
            run(log, as(List.of(bin.resolve("initdb").toString(), "-D", folder.toString(), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")));
        }
        int port = freePort();
        List<String> command = new ArrayList<>(as(List.of(bin.resolve("postgres").toString(), "-D", folder.toString(), "-p", String.valueOf(port), "-k", folder.toString())));
        SETTINGS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        AutoCloseable stop = () -> run(log, as(List.of(bin.resolve("pg_ctl").toString(), "stop", "-D", folder.toString(), "-m", "fast", "-w")));
        LegacyServer server = new LegacyServer(port, process.pid(), stop);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!server.answers()) {
            checkState(process.isAlive() && System.nanoTime() < end, "PostgreSQL does not start, see %s", log);
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        checkState(pid(folder) == process.pid(), "another PostgreSQL runs on %s", folder);
        return server;
    }

    private boolean answers()
    {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        }
        catch (SQLException e) {
            return false;
        }
    }

    private static boolean isRoot()
    {
        return System.getProperty("user.name").equals("root");
    }

    /**
     * PostgreSQL does not run as root.
     */
    private static List<String> as(List<String> command)
    {
        if (!isRoot()) {
            return command;
        }
        List<String> other = new ArrayList<>(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        other.addAll(command);
        return other;
    }

    private static void run(Path log, List<String> command)
            throws IOException, InterruptedException
    {
        int exitCode = new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start().waitFor();
        checkState(exitCode == 0, "%s ended with %s, see %s", command, exitCode, log);
    }

    private static long pid(Path folder)
            throws IOException
    {
        return Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).get(0).trim());
    }

    private static int freePort()
            throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port()
    {
        return port;
    }

    /**
     * Of the process whose children serve connections.
     */
    long pid()
    {
        return pid;
    }

    String url()
    {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    Connection connect()
            throws SQLException
    {
        return DriverManager.getConnection(url() + "?user=postgres");
    }

    void execute(String... statements)
    {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused " + String.join("; ", statements), e);
        }
    }

    String value(String sql)
    {
        try (Connection connection = connect(); Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            checkState(result.next(), "no row: %s", sql);
            return result.getString(1);
        }
        catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused " + sql, e);
        }
    }

    private void stop()
    {
        if (isStopped.getAndSet(true)) {
            return;
        }
        try {
            stop.close();
        }
        catch (Exception e) {
            throw new IllegalStateException("PostgreSQL does not stop", e);
        }
    }

    @Override
    public void close()
    {
        stop();
    }
}
