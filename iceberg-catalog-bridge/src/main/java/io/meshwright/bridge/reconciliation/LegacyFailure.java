package io.meshwright.bridge.reconciliation;

import java.sql.SQLException;
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

    static LegacyFailure of(SQLException exception)
    {
        String state = String.valueOf(exception.getSQLState());
        // 1969 is MariaDB's max_statement_time
        if (state.equals("57014") || exception.getErrorCode() == 1969) {
            return TIMEOUT;
        }
        // 57P is an operator's intervention: a server that shuts down, a backend that is ended
        if (state.startsWith("08") || state.startsWith("57P")) {
            return CONNECTION;
        }
        // 1142 and 1143 are MariaDB's missing rights on a table and on a column
        return state.equals("42501") || exception.getErrorCode() == 1142 || exception.getErrorCode() == 1143 ? PERMISSION : STATEMENT;
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
        return String.valueOf(exception.getMessage()).lines().findFirst().orElse("");
    }
}
