package io.meshwright.spark.reconciliation;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.MigrationSpec.Protection;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.ReconciliationRule;
import io.meshwright.model.reconciliation.WindowResult;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * One connection to the legacy warehouse, in one read-only transaction, so that all statements see the same rows. Needs SELECT only
 * and leaves nothing behind.
 */
public final class LegacyWarehouse
        implements AutoCloseable
{
    private static final int CONNECT_SECONDS = 10;

    private final LegacyAddress address;
    private final Connection connection;
    private final Duration statementTimeout;
    private final Instant asOf;
    private long nanos;
    private int statements;

    private LegacyWarehouse(LegacyAddress address, Connection connection, Protection protection)
            throws SQLException
    {
        this.address = address;
        this.connection = connection;
        this.statementTimeout = protection.statementTimeout();
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = " + statementTimeout.toMillis());
            statement.execute("SET LOCAL TIME ZONE 'UTC'");
        }
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery("SELECT extract(epoch FROM transaction_timestamp())")) {
            result.next();
            asOf = Instant.ofEpochMilli(result.getBigDecimal(1).movePointRight(3).longValue());
        }
    }

    /**
     * @throws MeshException where the warehouse does not answer, with its host and port and without the password
     */
    public static LegacyWarehouse connect(LegacyAddress address, Protection protection)
    {
        requireNonNull(address, "address is null");
        Properties properties = new Properties();
        address.user().ifPresent(user -> properties.setProperty("user", user));
        address.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("loginTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", String.valueOf(protection.statementTimeout().toSeconds() + CONNECT_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("readOnly", "true");
        properties.setProperty("ApplicationName", "meshwright reconcile");
        try {
            Connection connection = driver(address).connect(address.url(), properties);
            if (connection == null) {
                throw new MeshException(ReconciliationRule.UNKNOWN_LEGACY, USER, "The URL of the legacy warehouse " + address.label() + " is not understood", "write jdbc:postgresql://host:5432/database");
            }
            try {
                return new LegacyWarehouse(address, connection, protection);
            }
            catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
        catch (SQLException e) {
            throw new MeshException(
                    ReconciliationRule.LEGACY_UNREACHABLE,
                    EXTERNAL,
                    "The legacy warehouse at " + address.place() + " does not answer: " + connectionProblem(e),
                    "check host, port, user and password file below legacy: in mesh.yaml",
                    e);
        }
    }

    /**
     * Under spark-submit the driver is in the application's own class loader, which DriverManager does not ask.
     */
    private static Driver driver(LegacyAddress address)
            throws SQLException
    {
        for (Driver driver : ServiceLoader.load(Driver.class, LegacyWarehouse.class.getClassLoader())) {
            if (driver.acceptsURL(address.url())) {
                return driver;
            }
        }
        throw new MeshException(ReconciliationRule.UNKNOWN_LEGACY, USER, "There is no JDBC driver for the legacy warehouse " + address.label(), "add the PostgreSQL driver to the class path of the job");
    }

    /**
     * When the transaction began that all counts are of.
     */
    public Instant asOf()
    {
        return asOf;
    }

    /**
     * Its name in reports.
     */
    public String label()
    {
        return address.label();
    }

    /**
     * The numbers of rows, or of distinct keys, by window.
     */
    public Map<String, Long> counts(CountPlan plan)
    {
        String counted = plan.key().isEmpty() ? "count(*)" : distinctKeys(plan);
        String filter = plan.legacyFilter().map(expression -> "(" + expression.ansiText() + ")").orElse("true");
        if (plan.window().isEmpty()) {
            return query("SELECT NULL::date, " + counted + " FROM " + plan.legacyTable() + " WHERE " + filter, WindowResult.WHOLE_TABLE);
        }
        String expression = "(" + plan.window().orElseThrow().legacy().ansiText() + ")";
        DayRange range = plan.range().orElseThrow();
        DayExpression day = DayExpression.of(typeOf(plan.legacyTable(), expression), expression, range);
        return query("SELECT " + day.day() + " AS mesh_day, " + counted + " FROM " + plan.legacyTable()
                + " WHERE " + filter + " AND (" + day.within() + " OR " + expression + " IS NULL) GROUP BY 1", WindowResult.NULL_WINDOW);
    }

    private static String distinctKeys(CountPlan plan)
    {
        String columns = plan.key().stream().map(column -> column.legacy().ansiText()).collect(Collectors.joining(", "));
        String present = plan.key().stream().map(column -> "(" + column.legacy().ansiText() + ") IS NOT NULL").collect(Collectors.joining(" AND "));
        return "count(DISTINCT " + (plan.key().size() == 1 ? columns : "ROW(" + columns + ")") + ") FILTER (WHERE " + present + ")";
    }

    private String typeOf(String table, String expression)
    {
        return run("SELECT " + expression + " FROM " + table + " LIMIT 0", result -> result.getMetaData().getColumnTypeName(1)).toLowerCase(Locale.ROOT);
    }

    private Map<String, Long> query(String sql, String withoutDay)
    {
        return run(sql, result -> {
            Map<String, Long> counts = new TreeMap<>();
            while (result.next()) {
                Date day = result.getDate(1);
                counts.put(day == null ? withoutDay : day.toLocalDate().toString(), result.getLong(2));
            }
            return counts;
        });
    }

    private interface Reader<T>
    {
        T read(ResultSet result)
                throws SQLException;
    }

    private <T> T run(String sql, Reader<T> reader)
    {
        long start = System.nanoTime();
        statements++;
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            return reader.read(result);
        }
        catch (SQLException e) {
            throw new MeshException(ReconciliationRule.LEGACY_FAILED, EXTERNAL, "The legacy warehouse at " + address.place() + " " + statementProblem(e), "check migration: in the specification, and the rights of the user", e);
        }
        finally {
            nanos += System.nanoTime() - start;
        }
    }

    /**
     * Time that statements took.
     */
    public BigDecimal seconds()
    {
        return BigDecimal.valueOf(nanos / 1_000_000, 3);
    }

    public int statements()
    {
        return statements;
    }

    private String statementProblem(SQLException exception)
    {
        String state = String.valueOf(exception.getSQLState());
        if (state.equals("57014")) {
            return "did not finish a statement within " + statementTimeout.toSeconds() + " s";
        }
        if (state.startsWith("08")) {
            return "broke the connection off";
        }
        // class 42 names tables, columns and rights; other messages quote values
        return "refused a statement: " + (state.startsWith("42") ? firstLine(exception) : "SQL state " + state);
    }

    private static String connectionProblem(SQLException exception)
    {
        String state = String.valueOf(exception.getSQLState());
        Throwable root = Stream.iterate((Throwable) exception, cause -> cause != null, Throwable::getCause).reduce((first, second) -> second).orElse(exception);
        return state.startsWith("08") && root != exception ? root.getClass().getSimpleName() + ": " + root.getMessage() : firstLine(exception);
    }

    private static String firstLine(SQLException exception)
    {
        return String.valueOf(exception.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void close()
    {
        try {
            connection.rollback();
            connection.close();
        }
        catch (SQLException e) {
            // nothing was changed, and the server ends the transaction with the connection
        }
    }
}
