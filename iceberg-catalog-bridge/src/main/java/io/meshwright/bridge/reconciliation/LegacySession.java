package io.meshwright.bridge.reconciliation;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.fingerprint.LegacyDialect;
import io.meshwright.model.product.MigrationSpec.Protection;
import io.meshwright.model.reconciliation.ReconciliationRule;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * One connection to the legacy warehouse, in one read-only transaction, so that all statements see the same rows. Needs SELECT only
 * and leaves nothing behind. Not safe for use by several threads: a run has one.
 */
public final class LegacySession
        implements AutoCloseable
{
    private static final int CONNECT_SECONDS = 10;

    private final LegacyAddress address;
    private final LegacyDialect dialect;
    private final Connection connection;
    private final LegacyGuard guard;
    private final LegacyMeter meter;
    private final long timeoutSeconds;
    private final Instant asOf;

    /**
     * Reads all rows of a statement.
     */
    public interface Reader<T>
    {
        T read(LegacyRows rows)
                throws SQLException;
    }

    private LegacySession(LegacyAddress address, Connection connection, Protection protection, LegacyGuard guard, LegacyMeter meter)
            throws SQLException
    {
        this.address = address;
        this.dialect = address.database().dialect(connection.getMetaData().getDatabaseProductName());
        this.connection = connection;
        this.guard = guard;
        this.meter = meter;
        this.timeoutSeconds = protection.statementTimeout().toSeconds();
        execute(dialect.session(protection.statementTimeout()));
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        execute(dialect.begin());
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(dialect.now())) {
            result.next();
            asOf = Instant.EPOCH.plus(result.getLong(1), ChronoUnit.MICROS);
        }
    }

    private void execute(List<String> settings)
            throws SQLException
    {
        try (Statement statement = connection.createStatement()) {
            for (String setting : settings) {
                statement.execute(setting);
            }
        }
    }

    /**
     * @throws MeshException where the warehouse is to be left alone, or does not answer, with its host and port and without the password
     */
    public static LegacySession open(LegacyAddress address, Protection protection, LegacyGuard guard, LegacyMeter meter)
    {
        requireNonNull(meter, "meter is null");
        guard.check();
        Properties properties = new Properties();
        address.user().ifPresent(user -> properties.setProperty("user", user));
        address.password().ifPresent(password -> properties.setProperty("password", password));
        address.database().properties(protection.statementTimeout(), CONNECT_SECONDS).forEach(properties::setProperty);
        try {
            String url = address.database().driverUrl(address.url());
            Connection connection = driver(address, url).connect(url, properties);
            if (connection == null) {
                throw new MeshException(ReconciliationRule.UNKNOWN_LEGACY, USER, "The URL of the legacy warehouse " + address.label() + " is not understood", "write a URL like jdbc:postgresql://host:5432/database");
            }
            try {
                return new LegacySession(address, connection, protection, guard, meter);
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
                    "The legacy warehouse at " + address.place() + " does not answer: " + LegacyFailure.describeConnection(e),
                    "check host, port, user and password file below legacy: in mesh.yaml",
                    e);
        }
    }

    /**
     * Under spark-submit the driver is in the application's own class loader, which DriverManager does not ask.
     */
    private static Driver driver(LegacyAddress address, String url)
            throws SQLException
    {
        for (Driver driver : ServiceLoader.load(Driver.class, LegacySession.class.getClassLoader())) {
            if (driver.acceptsURL(url)) {
                return driver;
            }
        }
        throw new MeshException(
                ReconciliationRule.UNKNOWN_LEGACY,
                USER,
                "There is no JDBC driver for the legacy warehouse " + address.label(),
                "add the " + address.database().label() + " driver to the class path of the job");
    }

    /**
     * When the transaction began that all statements see the rows of.
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

    LegacyDialect dialect()
    {
        return dialect;
    }

    int majorVersion()
    {
        try {
            return connection.getMetaData().getDatabaseMajorVersion();
        }
        catch (SQLException e) {
            throw new LegacyException(address.place(), e, timeoutSeconds);
        }
    }

    /**
     * Sends one SELECT. A statement that fails leaves the transaction as it was, so that others can follow.
     *
     * @throws LegacyException where it is refused, takes too long or the connection is lost
     * @throws MeshException where the legacy database is to be left alone now
     */
    public <T> T query(String sql, Reader<T> reader)
    {
        guard.check();
        long start = System.nanoTime();
        meter.statement();
        Savepoint before = null;
        try {
            before = connection.setSavepoint();
            T value = read(sql, reader);
            connection.releaseSavepoint(before);
            return value;
        }
        catch (SQLException e) {
            LegacyException failure = new LegacyException(address.place(), e, timeoutSeconds);
            undo(before, failure);
            throw failure;
        }
        finally {
            meter.time(System.nanoTime() - start);
        }
    }

    private <T> T read(String sql, Reader<T> reader)
            throws SQLException
    {
        try (Statement statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(dialect.fetchSize());
            try (ResultSet result = statement.executeQuery(sql)) {
                return reader.read(new LegacyRows(result, meter));
            }
        }
    }

    /**
     * Sends one SELECT whose rows are read as they are asked for. No other statement may be sent before it is closed.
     */
    LegacyCursor open(String sql)
    {
        guard.check();
        meter.statement();
        return timed(() -> {
            Statement statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
            statement.setFetchSize(dialect.fetchSize());
            return new Cursor(statement, statement.executeQuery(sql));
        });
    }

    private final class Cursor
            implements LegacyCursor
    {
        private final Statement statement;
        private final ResultSet result;
        private final LegacyRows rows;

        private Cursor(Statement statement, ResultSet result)
        {
            this.statement = statement;
            this.result = result;
            this.rows = new LegacyRows(result, meter);
        }

        @Override
        public boolean next()
        {
            return timed(result::next);
        }

        @Override
        public <T> T read(Reader<T> reader)
        {
            return timed(() -> reader.read(rows));
        }

        @Override
        public void close()
        {
            timed(() -> {
                result.close();
                statement.close();
                return true;
            });
        }
    }

    private <T> T timed(LegacyCursor.Call<T> call)
    {
        long start = System.nanoTime();
        try {
            return call.run();
        }
        catch (SQLException e) {
            throw new LegacyException(address.place(), e, timeoutSeconds);
        }
        finally {
            meter.time(System.nanoTime() - start);
        }
    }

    private void undo(Savepoint before, LegacyException failure)
    {
        if (before == null || failure.failure() == LegacyFailure.CONNECTION) {
            return;
        }
        try {
            connection.rollback(before);
        }
        catch (SQLException e) {
            failure.addSuppressed(e);
        }
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
