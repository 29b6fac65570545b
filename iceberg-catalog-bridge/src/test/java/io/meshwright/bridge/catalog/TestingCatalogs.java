package io.meshwright.bridge.catalog;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The embedded catalog, in a folder of a test.
 */
public final class TestingCatalogs
{
    private TestingCatalogs() {}

    public static CatalogSettings embedded(Path folder)
    {
        return new CatalogSettings(
                "mesh",
                "jdbc",
                Optional.of("jdbc:sqlite:" + folder.resolve("catalog.db")),
                Optional.of(LocalFileIO.toLocation(folder.resolve("warehouse"))),
                Map.of(),
                true);
    }

    public static MeshCatalog openEmbedded(Path folder)
    {
        return IcebergCatalogs.open(embedded(folder));
    }
}
