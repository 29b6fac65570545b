package io.meshwright.cli.sql;

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
import java.util.Properties;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * A session of one user on a Trino, by JDBC. The JVM's end cancels the statement that is running.
 */
public final class TrinoSession
        implements AutoCloseable
{
    private final Connection connection;
    private final String url;
    private final String user;

    private TrinoSession(Connection connection, String url, String user)
    {
        this.connection = requireNonNull(connection, "connection is null");
        this.url = requireNonNull(url, "url is null");
        this.user = requireNonNull(user, "user is null");
    }

    /**
     * @param jdbcUrl for example {@code jdbc:trino://127.0.0.1:8080/mesh}
     * @throws io.meshwright.model.finding.MeshException when the address is no Trino address
     */
    public static TrinoSession open(String jdbcUrl, String user)
    {
        return open(jdbcUrl, user, "mesh", Optional.empty());
    }

    /**
     * @param source as which program Trino knows the session
     * @param limit how long a statement, and an answer of the server, may take
     * @throws io.meshwright.model.finding.MeshException when the address is no Trino address
     */
    public static TrinoSession open(String jdbcUrl, String user, String source, Optional<Duration> limit)
    {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("source", source);
        properties.setProperty("timezone", "UTC");
        limit.ifPresent(time -> {
            properties.setProperty("timeout", time.toSeconds() + "s");
            properties.setProperty("sessionProperties", "query_max_run_time:" + time.toSeconds() + "s");
        });
        try {
            return new TrinoSession(DriverManager.getConnection(jdbcUrl, properties), jdbcUrl, user);
        }
        catch (SQLException e) {
            throw SqlProblem.of(e, jdbcUrl, user);
        }
    }

    /**
     * Runs a statement and reads all of its rows.
     */
    public SqlResult execute(String sql)
    {
        return execute(sql, Integer.MAX_VALUE);
    }

    /**
     * Runs a statement and reads at most {@code limit} rows of it.
     */
    public SqlResult execute(String sql, int limit)
    {
        List<SqlColumn> columns = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        boolean[] complete = {true};
        OptionalLong updated = stream(sql, columns::addAll, row -> {
            complete[0] = rows.size() < limit;
            if (complete[0]) {
                rows.add(row);
            }
            return complete[0];
        });
        return new SqlResult(columns, rows, updated, complete[0]);
    }

    /**
     * Runs a statement and hands its rows over one by one.
     *
     * @param header receives the columns before the first row
     * @param rows receives each row and tells whether it wants another one
     * @return the number of changed rows of a writing statement
     */
    public OptionalLong stream(String sql, Consumer<List<SqlColumn>> header, RowConsumer rows)
    {
        try (Statement statement = connection.createStatement()) {
            Thread cancel = new Thread(() -> cancel(statement));
            Runtime.getRuntime().addShutdownHook(cancel);
            try {
                if (statement.execute(StatementText.withoutEnd(sql))) {
                    read(statement, header, rows);
                    return OptionalLong.empty();
                }
                long updated = statement.getLargeUpdateCount();
                return updated < 0 ? OptionalLong.empty() : OptionalLong.of(updated);
            }
            finally {
                removeShutdownHook(cancel);
            }
        }
        catch (SQLException e) {
            throw SqlProblem.of(e, url, user);
        }
    }

    private static void read(Statement statement, Consumer<List<SqlColumn>> header, RowConsumer rows)
            throws SQLException
    {
        try (ResultSet results = statement.getResultSet()) {
            List<SqlColumn> columns = columns(results.getMetaData());
            header.accept(columns);
            while (results.next()) {
                List<Object> row = new ArrayList<>(columns.size());
                for (int index = 0; index < columns.size(); index++) {
                    row.add(SqlValues.read(results, index + 1, columns.get(index)));
                }
                if (!rows.accept(row)) {
                    statement.cancel();
                    return;
                }
            }
        }
    }

    private static List<SqlColumn> columns(ResultSetMetaData metadata)
            throws SQLException
    {
        List<SqlColumn> columns = new ArrayList<>();
        for (int index = 1; index <= metadata.getColumnCount(); index++) {
            columns.add(new SqlColumn(metadata.getColumnLabel(index), metadata.getColumnTypeName(index).toLowerCase(Locale.ROOT)));
        }
        return columns;
    }

    private static void cancel(Statement statement)
    {
        try {
            statement.cancel();
        }
        catch (SQLException e) {
            // the JVM ends, and the server drops a statement whose client is gone
        }
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

    @Override
    public void close()
    {
        try {
            connection.close();
        }
        catch (SQLException e) {
            // nothing is lost: the session holds no state on the server
        }
    }

    public interface RowConsumer
    {
        boolean accept(List<Object> row);
    }
}
