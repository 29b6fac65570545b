package io.meshwright.bridge.usage;

import io.meshwright.bridge.catalog.CatalogSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The same where writers meet in a database server, as those of several clusters do.
 */
class TestUsageTablesOnPostgres
        extends BaseUsageTablesTest
{
    private static final AtomicInteger NEXT = new AtomicInteger();

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start()
            throws IOException
    {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop()
            throws IOException
    {
        postgres.close();
    }

    @Override
    protected CatalogSettings settings(String warehouse)
    {
        String database = "usage" + NEXT.incrementAndGet();
        try (Connection connection = postgres.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
        catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new CatalogSettings("mesh", "jdbc", Optional.of(postgres.getJdbcUrl("postgres", database)), Optional.of(warehouse), Map.of(), true);
    }
}
