package io.meshwright.cli.demo;

import io.meshwright.cli.sql.SqlColumn;
import io.meshwright.cli.sql.SqlResult;
import io.meshwright.model.finding.MeshException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static java.util.Objects.requireNonNull;

/**
 * The warehouse that the domains replace: a PostgreSQL of this machine, in a folder of its own, reachable by the loopback address only.
 */
final class LegacyWarehouse
        implements AutoCloseable
{
    private static final String DATABASE = "warehouse";
    private static final String OWNER = "postgres";
    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final Duration SHUTDOWN = Duration.ofSeconds(15);

    private final Path folder;
    private final int port;

    private LegacyWarehouse(Path folder, int port)
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.port = port;
    }

    /**
     * Starts an empty warehouse.
     *
     * @param folder for the server's programs, data and log; its data must not be there yet
     * @throws MeshException when PostgreSQL does not start on this machine
     */
    static LegacyWarehouse start(Path folder)
    {
        try {
            Files.createDirectories(folder);
            Path log = folder.resolve("postgresql.log");
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data(folder))
                    .setOverrideWorkingDirectory(folder.resolve("program").toFile())
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(STARTUP)
                    .setServerConfig("listen_addresses", "localhost")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("wal_level", "minimal")
                    .setServerConfig("max_wal_senders", "0")
                    .setServerConfig("max_wal_size", "4GB")
                    .setServerConfig("autovacuum", "off")
                    .setLocaleConfig("encoding", "UTF8")
                    .setLocaleConfig("locale", "C")
                    .setOutputRedirector(Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(Redirect.appendTo(log.toFile()))
                    .start();
            LegacyWarehouse warehouse = new LegacyWarehouse(folder, server.getPort());
            warehouse.execute("postgres", "CREATE DATABASE " + DATABASE);
            return warehouse;
        }
        catch (IOException | IllegalStateException e) {
            stop(folder);
            throw new MeshException(
                    DemoRule.WAREHOUSE,
                    EXTERNAL,
                    "PostgreSQL does not start: " + e.getMessage(),
                    "its log is in " + folder.resolve("postgresql.log"),
                    e);
        }
    }

    /**
     * The warehouse that runs in the folder, if one does.
     */
    static Optional<LegacyWarehouse> find(Path folder)
    {
        if (process(folder).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new LegacyWarehouse(folder, Integer.parseInt(readProcessFile(folder).get(3).strip())));
    }

    /**
     * Runs the statements of a script, as the owner.
     */
    void execute(String script)
    {
        execute(DATABASE, script);
    }

    private void execute(String database, String script)
    {
        try (Connection connection = DriverManager.getConnection(url(database), OWNER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
        catch (SQLException e) {
            throw failed(e);
        }
    }

    SqlResult query(String sql)
    {
        try (Connection connection = DriverManager.getConnection(jdbcUrl(), "recon", "");
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            ResultSetMetaData metadata = results.getMetaData();
            List<SqlColumn> columns = new ArrayList<>();
            for (int column = 1; column <= metadata.getColumnCount(); column++) {
                columns.add(new SqlColumn(metadata.getColumnLabel(column), metadata.getColumnTypeName(column).toLowerCase(Locale.ROOT)));
            }
            List<List<Object>> rows = new ArrayList<>();
            while (results.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= columns.size(); column++) {
                    row.add(results.getString(column));
                }
                rows.add(row);
            }
            return new SqlResult(columns, rows, OptionalLong.empty(), true);
        }
        catch (SQLException e) {
            throw failed(e);
        }
    }

    private static MeshException failed(SQLException e)
    {
        return new MeshException(DemoRule.WAREHOUSE, EXTERNAL, "The legacy warehouse does not answer: " + e.getMessage(), "run the demonstration again", e);
    }

    String jdbcUrl()
    {
        return url(DATABASE);
    }

    private String url(String database)
    {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    @Override
    public void close()
    {
        stop(folder);
    }

    /**
     * Ends the server of the folder, if one runs.
     */
    static boolean stop(Path folder)
    {
        Optional<ProcessHandle> process = process(folder);
        process.ifPresent(LegacyWarehouse::stop);
        return process.isPresent();
    }

    private static void stop(ProcessHandle process)
    {
        // an interrupt is PostgreSQL's fast shutdown, which does not wait for clients; Java itself can only send TERM
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid()).start().waitFor();
            process.onExit().get(SHUTDOWN.toSeconds(), TimeUnit.SECONDS);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        catch (IOException | ExecutionException | TimeoutException e) {
            process.destroyForcibly();
        }
    }

    private static Optional<ProcessHandle> process(Path folder)
    {
        List<String> lines = readProcessFile(folder);
        if (lines.size() < 4) {
            return Optional.empty();
        }
        // the id may belong to another process by now
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().arguments().map(arguments -> List.of(arguments).contains(data(folder).toString())).orElse(false));
    }

    /**
     * PostgreSQL's own note: process id, data folder, start time, port; empty when no server runs.
     */
    private static List<String> readProcessFile(Path folder)
    {
        Path file = data(folder).resolve("postmaster.pid");
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static Path data(Path folder)
    {
        return folder.resolve("data");
    }
}
