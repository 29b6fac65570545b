package io.meshwright.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The catalog in a real PostgreSQL: the command and Trino share it, and the password stays out of sight.
 */
class PostgresCatalogIT
{
    @Test
    void testProductOnACatalogInPostgres(@TempDir Path folder)
            throws Exception
    {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            CatalogScenario.run(folder, postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", ""), "postgres", "sesame");
        }
    }

    @Test
    void testUnreachableCatalog(@TempDir Path folder)
            throws Exception
    {
        Mesh mesh = new Mesh(folder, Map.of("CATALOG_PASSWORD", "sesame"));
        Files.writeString(folder.resolve("mesh.yaml"), CatalogScenario.configuration("jdbc:postgresql://127.0.0.1:1/postgres", "postgres", folder.resolve("warehouse")));
        Execution list = mesh.run("catalog", "list").expectExit(3);
        assertThat(list.output()).isEmpty();
        assertThat(list.errors())
                .contains("127.0.0.1:1")
                .containsPattern("MESH-[A-Z]+-\\d{3}")
                .doesNotContain("sesame", "\tat ");
    }
}
