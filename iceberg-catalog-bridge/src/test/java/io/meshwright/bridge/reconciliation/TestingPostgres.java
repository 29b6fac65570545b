package io.meshwright.bridge.reconciliation;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

final class TestingPostgres
        implements TestingServer
{
    private final EmbeddedPostgres postgres;

    TestingPostgres()
            throws IOException
    {
        postgres = EmbeddedPostgres.start();
    }

    @Override
    public Connection connect()
            throws SQLException
    {
        return postgres.getPostgresDatabase().getConnection();
    }

    @Override
    public String url(String user)
    {
        return postgres.getJdbcUrl(user, "postgres");
    }

    @Override
    public String administrator()
    {
        return "postgres";
    }

    @Override
    public String schema()
    {
        return "public";
    }

    @Override
    public GeneratedTable.Dialect tables()
    {
        return GeneratedTable.Dialect.POSTGRESQL;
    }

    @Override
    public void close()
            throws IOException
    {
        postgres.close();
    }
}
