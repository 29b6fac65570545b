package io.meshwright.bridge.migration;

import io.meshwright.bridge.config.LegacySettings;
import io.meshwright.model.finding.MeshException;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Properties;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.REFUSED;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Takes a table of a PostgreSQL database away, as the user who has that right. It is the very table of which the proof is: one of the same name that was made since is left alone.
 */
public final class LegacyRemoval
{
    private static final int LONGEST_NAME = 63;
    private static final int CONNECT_SECONDS = 10;
    private static final String LOCK_TIMEOUT = "10s";

    private final LegacySettings settings;
    private final LegacySampleRow sample;
    private final String table;

    /**
     * @param sample the one that the proof ends with
     */
    public LegacyRemoval(LegacySettings settings, LegacySampleRow sample, LegacyName legacy)
    {
        this.settings = requireNonNull(settings, "settings is null");
        this.sample = requireNonNull(sample, "sample is null");
        // what a statement names without quotes is in lower case there
        this.table = legacy.sqlTable();
    }

    /**
     * The statement that puts the table aside under a name of its own; its rows stay.
     */
    public String renaming(LocalDate day)
    {
        String suffix = "_decommissioned_" + day.toString().replace("-", "");
        String kept = table;
        // a longer name would be cut silently
        while ((kept + suffix).getBytes(UTF_8).length > LONGEST_NAME) {
            kept = kept.substring(0, kept.length() - 1);
        }
        return "ALTER TABLE %s RENAME TO %s".formatted(name(), quoted(kept + suffix));
    }

    /**
     * The statement that removes the table with its rows; refused by the database while anything depends on it.
     */
    public String dropping()
    {
        return "DROP TABLE " + name();
    }

    private String name()
    {
        return quoted(sample.schemaName()) + "." + quoted(table);
    }

    /**
     * @throws MeshException where nobody is named who may take tables away
     */
    public String user()
    {
        String user = settings.decommissionUser().orElseThrow(() -> new MeshException(
                MigrationRule.NO_DROPPER,
                USER,
                "mesh.yaml names no user who may take tables of %s away".formatted(settings.name()),
                "add legacy.%s.decommission-user and decommission-password-file, or let an administrator run the statement".formatted(settings.name())));
        if (settings.user().filter(user::equals).isPresent()) {
            throw new MeshException(
                    MigrationRule.NO_DROPPER,
                    USER,
                    "legacy.%s.decommission-user is the user who compares tables".formatted(settings.name()),
                    "give the rights to change tables to a user of its own");
        }
        return user;
    }

    /**
     * Runs a statement of this class.
     *
     * @throws MeshException with cause REFUSED where the database refused and nothing was changed, EXTERNAL where that cannot be told
     */
    public void execute(String statement)
    {
        Properties properties = new Properties();
        properties.setProperty("user", user());
        settings.resolveDecommissionPassword().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("ApplicationName", "meshwright decommission");
        try (Connection connection = DriverManager.getConnection(settings.url(), properties)) {
            connection.setAutoCommit(false);
            remove(connection, statement);
            commit(connection);
        }
        catch (SQLException e) {
            throw refused(e);
        }
    }

    private void remove(Connection connection, String removal)
            throws SQLException
    {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '" + LOCK_TIMEOUT + "'");
            statement.execute("LOCK TABLE " + name() + " IN ACCESS EXCLUSIVE MODE");
            try (ResultSet result = statement.executeQuery("SELECT (SELECT oid FROM pg_database WHERE datname = current_database()) || '/' || '" + name().replace("'", "''") + "'::regclass::oid")) {
                result.next();
                if (!result.getString(1).equals(sample.relation())) {
                    throw new MeshException(MigrationRule.EXECUTION_FAILED, REFUSED, name() + " is not the table of which the proof is; nothing was changed", "look who made it anew, and begin again");
                }
            }
            statement.execute(removal);
        }
    }

    private static void commit(Connection connection)
    {
        try {
            connection.commit();
        }
        catch (SQLException e) {
            throw new MeshException(MigrationRule.EXECUTION_FAILED, EXTERNAL, "The legacy database did not confirm the statement, which may have been executed: " + firstLine(e), "run the command again: it looks whether the table is still there", e);
        }
    }

    private MeshException refused(SQLException e)
    {
        return new MeshException(
                MigrationRule.EXECUTION_FAILED,
                REFUSED,
                "The legacy database refused, and nothing was changed: " + firstLine(e),
                "check that legacy.%s.decommission-user owns the table, and that nobody holds it; then run the command again".formatted(settings.name()),
                e);
    }

    private static String firstLine(SQLException e)
    {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String quoted(String name)
    {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
