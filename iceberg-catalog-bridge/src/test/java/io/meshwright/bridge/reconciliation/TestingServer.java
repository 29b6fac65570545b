package io.meshwright.bridge.reconciliation;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A real server of a database that legacy tables can be in.
 */
interface TestingServer
        extends AutoCloseable
{
    /**
     * Of its administrator.
     */
    Connection connect()
            throws SQLException;

    String url(String user);

    String administrator();

    /**
     * Where tables are made.
     */
    String schema();

    GeneratedTable.Dialect tables();

    @Override
    void close()
            throws IOException;
}
