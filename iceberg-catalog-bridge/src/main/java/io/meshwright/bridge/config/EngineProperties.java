package io.meshwright.bridge.config;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.CatalogRule;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.model.finding.MeshException;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * The configured catalog in the words of other engines. The values hold secrets: who writes them to a file protects it.
 */
public final class EngineProperties
{
    private static final String SQLITE_DRIVER = "org.sqlite.JDBC";
    private static final String POSTGRES_DRIVER = "org.postgresql.Driver";

    private EngineProperties() {}

    /**
     * What a catalog file of Trino's connector {@code iceberg} says, without {@code connector.name}. The mesh connector takes the same.
     *
     * @throws MeshException when Trino cannot open such a catalog
     */
    public static Map<String, String> trinoIcebergProperties(CatalogSettings catalog)
    {
        Map<String, String> trino = new TreeMap<>();
        switch (catalog.type()) {
            case "jdbc" -> putTrinoJdbc(catalog, trino);
            case "rest" -> putTrinoRest(catalog, trino);
            case "nessie" -> putTrinoNessie(catalog, trino);
            case "glue" -> putTrinoGlue(catalog, trino);
            case "hive" -> {
                trino.put("iceberg.catalog.type", "hive_metastore");
                trino.put("hive.metastore.uri", required(catalog.uri(), "uri"));
            }
            default -> throw new MeshException(
                    CatalogRule.BAD_SETTINGS,
                    USER,
                    "Trino cannot open a catalog of type %s".formatted(catalog.type()),
                    "Use one of jdbc, rest, glue, hive, nessie");
        }
        putTrinoStorage(catalog, trino);
        return ImmutableMap.copyOf(trino);
    }

    /**
     * What Spark is told after {@code spark.sql.catalog.NAME.}; the catalog's own class is the value of the key {@code ""}.
     */
    public static Map<String, String> sparkCatalogProperties(CatalogSettings catalog)
    {
        Map<String, String> spark = new TreeMap<>(catalog.properties());
        spark.put("", "org.apache.iceberg.spark.SparkCatalog");
        spark.put(isClassName(catalog.type()) ? "catalog-impl" : "type", catalog.type());
        catalog.uri().ifPresent(uri -> spark.put("uri", uri));
        catalog.warehouse().ifPresent(warehouse -> spark.put("warehouse", warehouse));
        if (catalog.type().equals("jdbc")) {
            spark.putIfAbsent("jdbc.schema-version", "V1");
            if (isSqlite(catalog)) {
                spark.putIfAbsent("jdbc.busy_timeout", "30000");
            }
        }
        boolean objectStore = catalog.warehouse().filter(EngineProperties::isS3).isPresent();
        if (objectStore) {
            spark.putIfAbsent("io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
        }
        return ImmutableMap.copyOf(spark);
    }

    private static void putTrinoJdbc(CatalogSettings catalog, Map<String, String> trino)
    {
        String uri = required(catalog.uri(), "uri");
        trino.put("iceberg.catalog.type", "jdbc");
        trino.put("iceberg.jdbc-catalog.catalog-name", catalog.name());
        trino.put("iceberg.jdbc-catalog.default-warehouse-dir", required(catalog.warehouse(), "warehouse"));
        trino.put("iceberg.jdbc-catalog.schema-version", catalog.properties().getOrDefault("jdbc.schema-version", "V1"));
        copy(catalog, "jdbc.user", trino, "iceberg.jdbc-catalog.connection-user");
        copy(catalog, "jdbc.password", trino, "iceberg.jdbc-catalog.connection-password");
        if (isSqlite(catalog)) {
            trino.put("iceberg.jdbc-catalog.driver-class", SQLITE_DRIVER);
            // Trino hands no properties to the driver, so the time to wait for another writer goes with the address
            trino.put("iceberg.jdbc-catalog.connection-url", uri + (uri.contains("?") ? "&" : "?") + "busy_timeout=30000");
            return;
        }
        trino.put("iceberg.jdbc-catalog.driver-class", uri.startsWith("jdbc:postgresql:") ? POSTGRES_DRIVER : catalog.properties().getOrDefault("driver-class", POSTGRES_DRIVER));
        trino.put("iceberg.jdbc-catalog.connection-url", uri);
    }

    private static void putTrinoRest(CatalogSettings catalog, Map<String, String> trino)
    {
        trino.put("iceberg.catalog.type", "rest");
        trino.put("iceberg.rest-catalog.uri", required(catalog.uri(), "uri"));
        catalog.warehouse().ifPresent(warehouse -> trino.put("iceberg.rest-catalog.warehouse", warehouse));
        copy(catalog, "prefix", trino, "iceberg.rest-catalog.prefix");
        if (catalog.properties().containsKey("credential") || catalog.properties().containsKey("token")) {
            trino.put("iceberg.rest-catalog.security", "OAUTH2");
            copy(catalog, "credential", trino, "iceberg.rest-catalog.oauth2.credential");
            copy(catalog, "token", trino, "iceberg.rest-catalog.oauth2.token");
            copy(catalog, "scope", trino, "iceberg.rest-catalog.oauth2.scope");
            copy(catalog, "oauth2-server-uri", trino, "iceberg.rest-catalog.oauth2.server-uri");
        }
        if (catalog.properties().getOrDefault("header.X-Iceberg-Access-Delegation", "").contains("vended-credentials")) {
            trino.put("iceberg.rest-catalog.vended-credentials-enabled", "true");
        }
    }

    private static void putTrinoNessie(CatalogSettings catalog, Map<String, String> trino)
    {
        trino.put("iceberg.catalog.type", "nessie");
        trino.put("iceberg.nessie-catalog.uri", required(catalog.uri(), "uri"));
        trino.put("iceberg.nessie-catalog.default-warehouse-dir", required(catalog.warehouse(), "warehouse"));
        copy(catalog, "ref", trino, "iceberg.nessie-catalog.ref");
        copy(catalog, "authentication.token", trino, "iceberg.nessie-catalog.authentication.token");
        if (catalog.properties().containsKey("authentication.token")) {
            trino.put("iceberg.nessie-catalog.authentication.type", "BEARER");
        }
    }

    private static void putTrinoGlue(CatalogSettings catalog, Map<String, String> trino)
    {
        trino.put("iceberg.catalog.type", "glue");
        catalog.warehouse().ifPresent(warehouse -> trino.put("hive.metastore.glue.default-warehouse-dir", warehouse));
        copy(catalog, "client.region", trino, "hive.metastore.glue.region");
        copy(catalog, "glue.endpoint", trino, "hive.metastore.glue.endpoint-url");
        copy(catalog, "glue.id", trino, "hive.metastore.glue.catalogid");
    }

    private static void putTrinoStorage(CatalogSettings catalog, Map<String, String> trino)
    {
        boolean local = catalog.warehouse().filter(warehouse -> warehouse.startsWith("file:")).isPresent();
        boolean s3 = catalog.warehouse().filter(EngineProperties::isS3).isPresent() ||
                catalog.type().equals("glue") ||
                catalog.properties().keySet().stream().anyMatch(name -> name.startsWith("s3.") || name.equals("client.region"));
        // a warehouse may be a mere name, and a server need not tell where its storage is
        if (local || (!s3 && catalog.warehouse().filter(EngineProperties::hasScheme).isEmpty())) {
            trino.put("fs.local.enabled", "true");
            // Trino's default takes every location for one below the temporary folder
            trino.put("local.location", "/");
            return;
        }
        if (s3) {
            trino.put("fs.s3.enabled", "true");
            copy(catalog, "s3.endpoint", trino, "s3.endpoint");
            copy(catalog, "s3.access-key-id", trino, "s3.aws-access-key");
            copy(catalog, "s3.secret-access-key", trino, "s3.aws-secret-key");
            copy(catalog, "s3.path-style-access", trino, "s3.path-style-access");
            copy(catalog, "client.region", trino, "s3.region");
        }
    }

    private static void copy(CatalogSettings catalog, String property, Map<String, String> target, String name)
    {
        Optional.ofNullable(catalog.properties().get(property)).ifPresent(value -> target.put(name, value));
    }

    private static boolean isSqlite(CatalogSettings catalog)
    {
        return catalog.uri().filter(uri -> uri.startsWith("jdbc:sqlite:")).isPresent();
    }

    private static boolean isS3(String warehouse)
    {
        return warehouse.startsWith("s3://") || warehouse.startsWith("s3a://") || warehouse.startsWith("s3n://");
    }

    private static boolean hasScheme(String warehouse)
    {
        return warehouse.contains("://");
    }

    private static boolean isClassName(String type)
    {
        return type.contains(".");
    }

    private static String required(Optional<String> value, String key)
    {
        return value.orElseThrow(() -> new MeshException(CatalogRule.BAD_SETTINGS, USER, "The catalog has no %s".formatted(key), "Set catalog.%s in mesh.yaml".formatted(key)));
    }
}
