package io.meshwright.bridge.catalog;

import com.google.common.base.Throwables;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.jdbc.JdbcCatalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * Opens catalogs by their settings, without Hadoop.
 */
public final class IcebergCatalogs
{
    private static final int INITIALIZATIONS = 5;
    private static final String SQLITE = "jdbc:sqlite:";
    private static final Set<String> TYPES = Set.of("jdbc", "rest", "glue", "hive", "nessie");

    private IcebergCatalogs() {}

    /**
     * Opens a catalog and asks it one question, so that a catalog that does not answer is found here.
     *
     * @throws MeshException when the settings do not suffice (USER), or the catalog does not answer (EXTERNAL)
     */
    public static MeshCatalog open(CatalogSettings settings)
    {
        CatalogFailures failures = new CatalogFailures(settings);
        Catalog catalog;
        try {
            catalog = settings.type().equals("jdbc") ? openJdbc(settings) : openOther(settings);
        }
        catch (MeshException e) {
            throw e;
        }
        catch (IllegalArgumentException e) {
            throw new MeshException(
                    CatalogRule.BAD_SETTINGS,
                    USER,
                    "Cannot open %s: %s".formatted(settings, CatalogSettings.withoutSecretsInText(String.valueOf(e.getMessage()))),
                    "Correct the settings below catalog: in mesh.yaml; types are " + String.join(", ", TYPES.stream().sorted().toList()) + " or a class name",
                    e);
        }
        catch (RuntimeException e) {
            throw failures.translate("open the catalog", e);
        }
        if (!(catalog instanceof SupportsNamespaces)) {
            throw new MeshException(CatalogRule.BAD_SETTINGS, USER, "%s has no namespaces".formatted(settings), "Use a catalog with namespaces");
        }
        MeshCatalog opened = new MeshCatalog(settings, catalog);
        opened.call("ask for namespace " + MeshCatalog.REGISTRY_NAMESPACE, () -> opened.namespaces().namespaceExists(MeshCatalog.REGISTRY_NAMESPACE));
        return opened;
    }

    private static Catalog openJdbc(CatalogSettings settings)
    {
        Map<String, String> properties = properties(settings);
        String uri = settings.uri().orElseThrow(() -> missing(settings, "uri"));
        if (settings.warehouse().isEmpty()) {
            throw missing(settings, "warehouse");
        }
        properties.putIfAbsent("jdbc.schema-version", "V1");
        if (uri.startsWith(SQLITE)) {
            // SQLite's own answer to a second writer is an error after three seconds
            properties.putIfAbsent("jdbc.busy_timeout", "30000");
            prepareSqlite(settings, uri);
        }
        else if (uri.startsWith("jdbc:postgresql:")) {
            properties.putIfAbsent("jdbc.connectTimeout", "5");
            properties.putIfAbsent("jdbc.loginTimeout", "10");
        }
        for (int attempt = 1; ; attempt++) {
            JdbcCatalog catalog = new JdbcCatalog(ioProperties -> fileIO(settings, ioProperties), null, true);
            try {
                catalog.initialize(settings.name(), properties);
                return catalog;
            }
            catch (RuntimeException e) {
                if (attempt == INITIALIZATIONS || !isMadeByAnother(e)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Iceberg looks for its tables and columns and then creates what is missing; another process may do so in between.
     */
    private static boolean isMadeByAnother(RuntimeException failure)
    {
        return Throwables.getCausalChain(failure).stream()
                .filter(SQLException.class::isInstance)
                .map(cause -> String.valueOf(cause.getMessage()))
                .anyMatch(message -> message.contains("duplicate column name") || message.contains("already exists"));
    }

    private static org.apache.iceberg.io.FileIO fileIO(CatalogSettings settings, Map<String, String> properties)
    {
        if (settings.properties().containsKey(CatalogProperties.FILE_IO_IMPL)) {
            return CatalogUtil.loadFileIO(settings.properties().get(CatalogProperties.FILE_IO_IMPL), properties, null);
        }
        SchemeFileIO io = new SchemeFileIO();
        io.initialize(properties);
        return io;
    }

    private static Catalog openOther(CatalogSettings settings)
    {
        Map<String, String> properties = properties(settings);
        if (isVisibleToIceberg(SchemeFileIO.class)) {
            properties.putIfAbsent(CatalogProperties.FILE_IO_IMPL, SchemeFileIO.class.getName());
        }
        if (settings.type().equals("rest")) {
            if (settings.uri().isEmpty()) {
                throw missing(settings, "uri");
            }
            properties.putIfAbsent("rest.client.connection-timeout-ms", "5000");
            properties.putIfAbsent("rest.client.socket-timeout-ms", "30000");
        }
        properties.put(TYPES.contains(settings.type()) ? CatalogUtil.ICEBERG_CATALOG_TYPE : CatalogProperties.CATALOG_IMPL, settings.type());
        return CatalogUtil.buildIcebergCatalog(settings.name(), properties, null);
    }

    private static Map<String, String> properties(CatalogSettings settings)
    {
        Map<String, String> properties = new HashMap<>(settings.properties());
        settings.uri().ifPresent(uri -> properties.put(CatalogProperties.URI, uri));
        settings.warehouse().ifPresent(warehouse -> properties.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse));
        return properties;
    }

    /**
     * Iceberg loads by name through its own class loader, which under spark-submit does not see the application's jar.
     */
    private static boolean isVisibleToIceberg(Class<?> type)
    {
        try {
            return Class.forName(type.getName(), false, CatalogUtil.class.getClassLoader()) == type;
        }
        catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void prepareSqlite(CatalogSettings settings, String uri)
    {
        String file = uri.substring(SQLITE.length());
        if (file.isEmpty() || file.startsWith(":memory:") || file.startsWith("file:")) {
            return;
        }
        Path path = Path.of(file.contains("?") ? file.substring(0, file.indexOf('?')) : file).toAbsolutePath();
        if (Files.exists(path)) {
            return;
        }
        if (!settings.createIfAbsent()) {
            throw new MeshException(
                    CatalogRule.NO_SUCH_CATALOG,
                    USER,
                    "There is no catalog database %s".formatted(path),
                    "Correct catalog.uri; for a new catalog at this place create an empty file:  touch " + path);
        }
        try {
            Files.createDirectories(path.getParent());
        }
        catch (IOException e) {
            throw new UncheckedIOException("Failed to create folder " + path.getParent(), e);
        }
    }

    private static MeshException missing(CatalogSettings settings, String key)
    {
        return new MeshException(
                CatalogRule.BAD_SETTINGS,
                USER,
                "%s has no %s".formatted(settings, key),
                "Set catalog.%s in mesh.yaml, or MESH_CATALOG_%s".formatted(key, key.toUpperCase(java.util.Locale.ROOT)));
    }
}
