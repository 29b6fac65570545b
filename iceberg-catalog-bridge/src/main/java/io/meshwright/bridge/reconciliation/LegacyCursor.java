package io.meshwright.bridge.reconciliation;

import java.sql.SQLException;

/**
 * The rows of one statement, one after the other.
 *
 * @see LegacySession#open
 */
interface LegacyCursor
        extends AutoCloseable
{
    boolean next();

    <T> T read(LegacySession.Reader<T> reader);

    @Override
    void close();

    /**
     * What a failing call of the driver becomes.
     */
    interface Call<T>
    {
        T run()
                throws SQLException;
    }
}
