package io.meshwright.bridge.usage;

import io.meshwright.bridge.catalog.CatalogSettings;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

class TestUsageTables
        extends BaseUsageTablesTest
{
    @TempDir
    private Path folder;

    @Override
    protected CatalogSettings settings(String warehouse)
    {
        return new CatalogSettings("mesh", "jdbc", Optional.of("jdbc:sqlite:" + folder.resolve("catalog.db")), Optional.of(warehouse), Map.of(), true);
    }
}
