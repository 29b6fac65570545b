package io.meshwright.trino.usage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The catalog is in a process of its own, which sees a killed server go in the middle of a statement.
 */
class TestUsageProcessesOnPostgres
        extends BaseUsageProcessesTest
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
    protected String database(Path folder)
            throws SQLException
    {
        String name = "usage" + NEXT.incrementAndGet();
        try (Connection connection = postgres.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return postgres.getJdbcUrl("postgres", name);
    }
}
