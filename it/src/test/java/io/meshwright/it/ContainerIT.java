package io.meshwright.it;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

import java.nio.file.Path;

/**
 * The scenario of {@link PostgresCatalogIT} with PostgreSQL in a container; skipped where no Docker engine runs.
 */
@Testcontainers(disabledWithoutDocker = true)
class ContainerIT
{
    @Container
    private final PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:17");

    @Test
    void testProductOnACatalogInAContainer(@TempDir Path folder)
            throws Exception
    {
        CatalogScenario.run(folder, postgres.getJdbcUrl().replaceFirst("\\?.*", ""), postgres.getUsername(), postgres.getPassword());
    }
}
