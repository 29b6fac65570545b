package io.meshwright.spark.session;

import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.SchemeFileIO;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.SparkSession;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Spark and one catalog for all tests of this JVM. The producer writes through Spark's own Iceberg catalog, {@code lake}.
 */
public final class TestingLake
{
    private static TestingLake instance;

    private final Path folder;
    private final CatalogSettings settings;
    private final MeshCatalog catalog;
    private final SparkSession session;

    private TestingLake()
    {
        try {
            folder = Files.createTempDirectory("lake");
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings = new CatalogSettings(
                "mesh",
                "jdbc",
                Optional.of("jdbc:sqlite:" + folder.resolve("catalog.db")),
                Optional.of(LocalFileIO.toLocation(folder.resolve("warehouse"))),
                Map.of(),
                true);
        catalog = IcebergCatalogs.open(settings);
        // producers have them: without, Iceberg refuses writes to branches
        System.setProperty("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
        session = SparkSessions.start("test");
        Map<String, String> properties = Map.of(
                "", "org.apache.iceberg.spark.SparkCatalog",
                ".catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog",
                ".uri", settings.uri().orElseThrow(),
                ".warehouse", settings.warehouse().orElseThrow(),
                ".jdbc.schema-version", "V1",
                ".jdbc.busy_timeout", "30000",
                ".io-impl", SchemeFileIO.class.getName());
        // the name within a JDBC catalog is the name of Spark's catalog
        properties.forEach((key, value) -> session.conf().set("spark.sql.catalog.mesh" + key, value));
    }

    public static synchronized TestingLake get()
    {
        if (instance == null) {
            instance = new TestingLake();
        }
        return instance;
    }

    public SparkSession session()
    {
        return session;
    }

    public MeshCatalog catalog()
    {
        return catalog;
    }

    public CatalogSettings settings()
    {
        return settings;
    }

    public Path folder()
    {
        return folder;
    }

    /**
     * Runs statements of a producer; tables are {@code mesh.NAMESPACE.TABLE}.
     */
    public void sql(String... statements)
    {
        for (String statement : statements) {
            session.sql(statement);
        }
    }

    public Table table(String namespace, String name)
    {
        return catalog.catalog().loadTable(TableIdentifier.of(namespace, name));
    }

    public PinnedTable pin(String namespace, String name)
    {
        return PinnedTable.open(session, table(namespace, name));
    }

    public List<String> tables(String namespace)
    {
        return session.sql("SHOW TABLES IN mesh." + namespace).select("tableName").collectAsList().stream().map(row -> row.getString(0)).toList();
    }
}
