package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestMeshEventListenerFactory
{
    private static final String CATALOG =
            """
            connector.name=mesh
            iceberg.catalog.type=rest
            iceberg.rest-catalog.uri=http://127.0.0.1:1/api
            """;

    @TempDir
    private Path folder;

    @Test
    void testAServerStartsWithoutTheCatalog()
            throws IOException
    {
        MeshEventListener listener = TestingListeners.create(properties(file(CATALOG)));
        listener.shutdown();
        assertThat(Files.list(folder.resolve("spool")).map(Path::toString)).as("the last heartbeat waits on the disk").anyMatch(name -> name.endsWith(".sealed"));
    }

    @Test
    void testWrongConfiguration()
            throws IOException
    {
        assertThatThrownBy(() -> TestingListeners.create(Map.of()))
                .hasMessageContaining("mesh.catalog-file: must not be null");
        assertThatThrownBy(() -> TestingListeners.create(ImmutableMap.<String, String>builder().putAll(properties(file(CATALOG))).put("mesh.usage.unknown", "x").buildOrThrow()))
                .hasMessageContaining("'mesh.usage.unknown' was not used");
        assertThatThrownBy(() -> TestingListeners.create(properties(folder.resolve("none.properties"))))
                .hasMessageStartingWith("[MESH-TRINO-040] mesh.catalog-file=%s cannot be read".formatted(folder.resolve("none.properties")));
        assertThatThrownBy(() -> TestingListeners.create(properties(file(CATALOG.replace("connector.name=mesh", "connector.name=iceberg")))))
                .hasMessageEndingWith("has connector.name=iceberg. Name the file of the catalog with the connector mesh.");
        assertThatThrownBy(() -> TestingListeners.create(properties(file(CATALOG + "mesh.registry-namespace=other\n"))))
                .hasMessageEndingWith("has mesh.registry-namespace=other, but usage is written to the namespace mesh only.");
        assertThatThrownBy(() -> TestingListeners.create(properties(file(CATALOG.replace("type=rest", "type=jdbc") + "iceberg.jdbc-catalog.driver-class=no.such.Driver\n"))))
                .hasMessage("[MESH-TRINO-040] The JDBC driver no.such.Driver of the catalog is not in the plugin's folder. Put its jar there.");
        assertThatThrownBy(() -> TestingListeners.create(properties(file(CATALOG.replace("127.0.0.1", "${ENV:MESHWRIGHT_NO_SUCH_VARIABLE}")))))
                .hasMessageEndingWith("Property iceberg.rest-catalog.uri of the catalog file refers to the variable MESHWRIGHT_NO_SUCH_VARIABLE, which is not set. Set the variable for Trino's process.");
        Files.writeString(folder.resolve("spool"), "a file");
        assertThatThrownBy(() -> TestingListeners.create(properties(file(CATALOG))))
                .hasMessageStartingWith("[MESH-TRINO-040] mesh.usage.spool-directory=%s cannot be used".formatted(folder.resolve("spool")));
    }

    private Path file(String text)
            throws IOException
    {
        return Files.writeString(folder.resolve("mesh.properties"), text);
    }

    private Map<String, String> properties(Path catalogFile)
    {
        return ImmutableMap.of(
                "mesh.catalog-file", catalogFile.toString(),
                "mesh.usage.shutdown-timeout", "5s",
                "mesh.usage.spool-directory", folder.resolve("spool").toString());
    }
}
