package io.meshwright.bridge.reconciliation;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.MigrationSpec.Protection;
import io.meshwright.model.reconciliation.ReconciliationRule;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
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
    private static final int FETCH_ROWS = 5_000;

    private final LegacyAddress address;
    private final LegacyDatabase database;
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

    private LegacySession(LegacyAddress address, LegacyDatabase database, Connection connection, Protection protection, LegacyGuard guard, LegacyMeter meter)
            throws SQLException
    {
        this.address = address;
        this.database = database;
        this.connection = connection;
        this.guard = guard;
        this.meter = meter;
        this.timeoutSeconds = protection.statementTimeout().toSeconds();
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            for (String setting : database.begin(protection.statementTimeout().toMillis())) {
                statement.execute(setting);
            }
        }
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(database.timestamp())) {
            result.next();
            asOf = Instant.ofEpochMilli(result.getLong(1));
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
            Connection connection = driver(address).connect(address.url(), properties);
            if (connection == null) {
                throw new MeshException(ReconciliationRule.UNKNOWN_LEGACY, USER, "The URL of the legacy warehouse " + address.label() + " is not understood", "write jdbc:postgresql://host:5432/database");
            }
            try {
                return new LegacySession(address, address.database(), connection, protection, guard, meter);
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
    private static Driver driver(LegacyAddress address)
            throws SQLException
    {
        for (Driver driver : ServiceLoader.load(Driver.class, LegacySession.class.getClassLoader())) {
            if (driver.acceptsURL(address.url())) {
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

    LegacyDatabase database()
    {
        return database;
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
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet result = statement.executeQuery(sql)) {
                return reader.read(new LegacyRows(result, meter));
            }
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
