package io.meshwright.bridge.reconciliation;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why a statement or a connection failed, in words without the values of rows.
 */
enum LegacyFailure
{
    TIMEOUT,
    CONNECTION,
    PERMISSION,
    STATEMENT;

    // PostgreSQL's driver gives no error codes, so these are of MariaDB and MySQL only

    private static final Set<Integer> TIMEOUTS = Set.of(
            // MariaDB's max_statement_time, MySQL's max_execution_time
            1969, 3024);
    private static final Set<Integer> ENDS = Set.of(
            // shutdown, KILL QUERY, an aborted connection, KILL, too long without a statement
            1053, 1317, 1152, 1927, 4031);
    private static final Set<Integer> MISSING_RIGHTS = Set.of(
            // on a database, a table, a column, a function
            1044, 1142, 1143, 1370);

    static LegacyFailure of(SQLException exception)
    {
        String state = String.valueOf(exception.getSQLState());
        if (state.equals("57014") || TIMEOUTS.contains(exception.getErrorCode())) {
            return TIMEOUT;
        }
        // 57P is an operator's intervention: a server that shuts down, a backend that is ended
        if (state.startsWith("08") || state.startsWith("57P") || ENDS.contains(exception.getErrorCode())) {
            return CONNECTION;
        }
        return state.equals("42501") || MISSING_RIGHTS.contains(exception.getErrorCode()) ? PERMISSION : STATEMENT;
    }

    static String describe(SQLException exception, long timeoutSeconds)
    {
        return switch (of(exception)) {
            case TIMEOUT -> "did not finish a statement within " + timeoutSeconds + " s";
            case CONNECTION -> "broke the connection off";
            case PERMISSION, STATEMENT -> "refused a statement: " + objects(exception);
        };
    }

    /**
     * Class 42 names tables, columns and rights; other messages quote values.
     */
    private static String objects(SQLException exception)
    {
        String state = String.valueOf(exception.getSQLState());
        return state.startsWith("42") ? firstLine(exception) : "SQL state " + state;
    }

    static String describeConnection(SQLException exception)
    {
        String state = String.valueOf(exception.getSQLState());
        Throwable root = Stream.iterate((Throwable) exception, cause -> cause != null, Throwable::getCause).reduce((first, second) -> second).orElse(exception);
        return state.startsWith("08") && root != exception ? root.getClass().getSimpleName() + ": " + root.getMessage() : firstLine(exception);
    }

    private static String firstLine(SQLException exception)
    {
        // MariaDB's driver begins with the number of the connection
        return String.valueOf(exception.getMessage()).lines().findFirst().orElse("").replaceFirst("^\\(conn=\\d+\\) ", "");
    }
}
