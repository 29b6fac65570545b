package io.meshwright.trino.usage;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.airlift.bootstrap.Bootstrap;
import io.airlift.log.Logger;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.config.TrinoCatalogProperties;
import io.meshwright.model.finding.MeshException;
import io.meshwright.trino.LegacyCatalogs;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.eventlistener.EventListenerFactory;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

import static com.google.common.collect.Maps.filterKeys;
import static com.google.common.collect.Maps.fromProperties;
import static io.airlift.configuration.ConfigBinder.configBinder;
import static io.meshwright.bridge.catalog.MeshCatalog.REGISTRY_NAMESPACE;
import static io.meshwright.trino.MeshErrorCode.MESH_LISTENER_UNUSABLE;

/**
 * The event listener {@code mesh}. It opens the Iceberg catalog by itself, since Trino starts listeners apart from catalogs, from
 * the catalog's own file, so that nothing is configured twice.
 */
public class MeshEventListenerFactory
        implements EventListenerFactory
{
    private static final Logger log = Logger.get(MeshEventListenerFactory.class);
    private static final String ICEBERG_PREFIX = "mesh.catalog.";
    private static final String NAMESPACE_PROPERTY = "mesh.registry-namespace";

    @Override
    public String getName()
    {
        return "mesh";
    }

    @Override
    public EventListener create(Map<String, String> properties, EventListenerContext context)
    {
        UsageConfig config = config(filterKeys(properties, key -> !key.startsWith(ICEBERG_PREFIX)));
        Path catalogFile = Path.of(config.getCatalogFile());
        Map<String, String> overrides = overrides(properties);
        String catalogOfProducts = catalogOfProducts(catalogFile);
        Map<String, String> meshProperties = meshProperties(catalogFile);
        TrinoCatalogProperties catalog = catalog(catalogFile, meshProperties, overrides);
        LegacyCatalogs legacyCatalogs = legacyCatalogs(catalogFile, meshProperties);
        if (!catalog.untranslated().isEmpty()) {
            log.warn("The event listener does not know these properties of %s in Iceberg's words; where access needs them, name them by %s*: %s", catalogFile, ICEBERG_PREFIX, catalog.untranslated());
        }

        String node = config.getNode().orElseGet(MeshEventListenerFactory::hostName);
        Supplier<MeshCatalog> opener = opener(catalog);
        UsageSpool spool = spool(config);
        UsageCommitter committer = new UsageCommitter(
                spool,
                opener,
                node,
                catalogOfProducts,
                config.getProducerCatalogs(),
                legacyCatalogs,
                config.getRegion(),
                new OpenLineageEvents(config.getOpenLineageNamespace()),
                new OpenLineageSink(config.getOpenLineageFile().map(Path::of), config.getOpenLineageUrl(), config.getOpenLineageApiKey()));
        UsageRecorder recorder = new UsageRecorder(
                spool,
                new NamedTables(catalogOfProducts),
                node,
                legacyCatalogs,
                config.getBatchInterval().toJavaTime(),
                config.getHeartbeatInterval().toJavaTime(),
                config.getMaxQueueSize().toBytes(),
                Clock.systemUTC(),
                committer::wake);
        QueryUsages usages = new QueryUsages(catalogOfProducts, config.getProducerCatalogs(), legacyCatalogs.catalogs(), config.isQueryTextRecorded());
        MeshEventListener listener = new MeshEventListener(usages, recorder, committer, spool, config.getShutdownTimeout().toJavaTime());
        listener.start();
        return listener;
    }

    private static UsageConfig config(Map<String, String> properties)
    {
        return new Bootstrap("io.meshwright.bootstrap.listener", binder -> configBinder(binder).bindConfig(UsageConfig.class))
                .doNotInitializeLogging()
                .disableSystemProperties()
                .setRequiredConfigurationProperties(properties)
                .initialize()
                .getInstance(UsageConfig.class);
    }

    private static Map<String, String> overrides(Map<String, String> properties)
    {
        ImmutableMap.Builder<String, String> overrides = ImmutableMap.builder();
        properties.forEach((key, value) -> {
            if (key.startsWith(ICEBERG_PREFIX)) {
                overrides.put(key.substring(ICEBERG_PREFIX.length()), value);
            }
        });
        return overrides.buildOrThrow();
    }

    private static String catalogOfProducts(Path catalogFile)
    {
        String name = catalogFile.getFileName().toString();
        if (!name.endsWith(".properties")) {
            throw MESH_LISTENER_UNUSABLE.exception("mesh.catalog-file=%s is not a catalog file: Trino names a catalog by its file NAME.properties".formatted(catalogFile));
        }
        return name.substring(0, name.length() - ".properties".length());
    }

    private static LegacyCatalogs legacyCatalogs(Path file, Map<String, String> catalog)
    {
        try {
            return LegacyCatalogs.of(Splitter.on(',').trimResults().omitEmptyStrings().splitToList(catalog.getOrDefault(LegacyCatalogs.PROPERTY, "")), ImmutableSet.of());
        }
        catch (IllegalArgumentException e) {
            throw MESH_LISTENER_UNUSABLE.exception("The event listener cannot use %s: %s.".formatted(file, e.getMessage()));
        }
    }

    private static Map<String, String> meshProperties(Path file)
    {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        catch (IOException e) {
            throw MESH_LISTENER_UNUSABLE.exception("mesh.catalog-file=%s cannot be read: %s. Name the file of the catalog with the connector mesh.".formatted(file, e));
        }
        return fromProperties(properties);
    }

    private static TrinoCatalogProperties catalog(Path file, Map<String, String> catalog, Map<String, String> overrides)
    {
        if (!"mesh".equals(catalog.get("connector.name"))) {
            throw MESH_LISTENER_UNUSABLE.exception("mesh.catalog-file=%s has connector.name=%s. Name the file of the catalog with the connector mesh.".formatted(file, catalog.get("connector.name")));
        }
        if (!catalog.getOrDefault(NAMESPACE_PROPERTY, REGISTRY_NAMESPACE.toString()).equals(REGISTRY_NAMESPACE.toString())) {
            throw MESH_LISTENER_UNUSABLE.exception("mesh.catalog-file=%s has %s=%s, but usage is written to the namespace %s only.".formatted(file, NAMESPACE_PROPERTY, catalog.get(NAMESPACE_PROPERTY), REGISTRY_NAMESPACE));
        }
        try {
            return TrinoCatalogProperties.of(catalog, overrides, System.getenv());
        }
        catch (MeshException e) {
            throw MESH_LISTENER_UNUSABLE.exception("The event listener cannot use %s: %s. %s.".formatted(file, e.getMessage(), e.fix()));
        }
    }

    private static UsageSpool spool(UsageConfig config)
    {
        try {
            return new UsageSpool(Path.of(config.getSpoolDirectory()), config.getMaxSpoolSize().toBytes());
        }
        catch (IOException e) {
            throw MESH_LISTENER_UNUSABLE.exception("mesh.usage.spool-directory=%s cannot be used: %s. Name a folder of this server alone that Trino's user may write to.".formatted(config.getSpoolDirectory(), e.getMessage()));
        }
    }

    /**
     * A catalog that does not answer now may answer later, so it is not asked before there is something to write.
     */
    private static Supplier<MeshCatalog> opener(TrinoCatalogProperties catalog)
    {
        catalog.driver().ifPresent(MeshEventListenerFactory::register);
        return () -> IcebergCatalogs.open(catalog.settings());
    }

    /**
     * A JDBC driver in a plugin is not found by itself.
     */
    private static void register(String driver)
    {
        try {
            Class.forName(driver, true, MeshEventListenerFactory.class.getClassLoader());
        }
        catch (ClassNotFoundException e) {
            throw MESH_LISTENER_UNUSABLE.exception("The JDBC driver %s of the catalog is not in the plugin's folder. Put its jar there.".formatted(driver));
        }
    }

    private static String hostName()
    {
        try {
            return InetAddress.getLocalHost().getHostName();
        }
        catch (UnknownHostException e) {
            throw MESH_LISTENER_UNUSABLE.exception("This host has no name: %s. Name the coordinator by mesh.usage.node.".formatted(e.getMessage()));
        }
    }
}
