package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A MariaDB server of its own in a folder of its own, where Debian's package mariadb-server is installed.
 */
final class TestingMariaDb
        implements TestingServer
{
    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final Path INSTALLER = Path.of("/usr/bin/mariadb-install-db");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path folder;
    private final int port;
    private final Process process;

    private TestingMariaDb(Path folder, int port, Process process)
    {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /**
     * Skips the test where there is no server; in continuous integration it fails.
     */
    static TestingMariaDb start()
            throws IOException
    {
        boolean installed = Files.isExecutable(SERVER) && Files.isExecutable(INSTALLER);
        if (System.getenv("CI") != null) {
            assertThat(installed).as("%s, of the package mariadb-server", SERVER).isTrue();
        }
        assumeTrue(installed, "MariaDB is not installed: " + SERVER + " of the package mariadb-server");
        Path folder = Files.createTempDirectory("mariadb");
        int port = freePort();
        String user = "--user=" + System.getProperty("user.name");
        Process install = process(folder.resolve("install.log"), List.of(INSTALLER.toString(), "--no-defaults", "--datadir=" + folder.resolve("data"), "--auth-root-authentication-method=normal", "--skip-test-db", user));
        await(install, folder.resolve("install.log"));
        Process server = process(folder.resolve("server.log"), ImmutableList.of(
                SERVER.toString(),
                "--no-defaults",
                "--datadir=" + folder.resolve("data"),
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--character-set-server=utf8mb4",
                // whoever forgets to say UTC is wrong
                "--default-time-zone=+03:00",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=64M",
                user));
        TestingMariaDb database = new TestingMariaDb(folder, port, server);
        try {
            database.awaitConnection();
            return database;
        }
        catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    @Override
    public String url(String user)
    {
        return "jdbc:mariadb://127.0.0.1:%s/%s?user=%s".formatted(port, schema(), user);
    }

    @Override
    public String administrator()
    {
        return "root";
    }

    @Override
    public String schema()
    {
        return "legacy";
    }

    @Override
    public GeneratedTable.Dialect tables()
    {
        return GeneratedTable.Dialect.MARIADB;
    }

    /**
     * With clocks in UTC.
     */
    @Override
    public Connection connect()
            throws SQLException
    {
        Connection connection = connectToServer();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
            statement.execute("CREATE DATABASE IF NOT EXISTS " + schema() + " CHARACTER SET utf8mb4");
            statement.execute("USE " + schema());
        }
        return connection;
    }

    private Connection connectToServer()
            throws SQLException
    {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:%s/?user=%s".formatted(port, administrator()));
    }

    private void awaitConnection()
    {
        Instant end = Instant.now().plus(PATIENCE);
        Optional<SQLException> last = Optional.empty();
        while (Instant.now().isBefore(end) && process.isAlive()) {
            try (Connection connection = connectToServer()) {
                return;
            }
            catch (SQLException e) {
                last = Optional.of(e);
                try {
                    // ends at once where the server does
                    process.waitFor(100, TimeUnit.MILLISECONDS);
                }
                catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("Interrupted while MariaDB started", interrupted);
                }
            }
        }
        throw new IllegalStateException("MariaDB did not start: " + log(folder.resolve("server.log")), last.orElse(null));
    }

    private static Process process(Path log, List<String> command)
            throws IOException
    {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private static void await(Process process, Path log)
    {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("MariaDB could not be installed: " + log(log));
            }
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while MariaDB was installed", e);
        }
    }

    private static String log(Path log)
    {
        try {
            return Files.readString(log);
        }
        catch (IOException e) {
            return "no log";
        }
    }

    private static int freePort()
            throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close()
    {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException("Failed to remove " + folder, e);
        }
    }
}
