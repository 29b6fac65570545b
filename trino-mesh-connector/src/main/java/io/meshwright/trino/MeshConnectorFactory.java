package io.meshwright.trino;

import com.google.common.base.Ticker;
import com.google.inject.Injector;
import io.airlift.bootstrap.Bootstrap;
import io.meshwright.trino.control.ControlPort;
import io.meshwright.trino.mask.BlockMask;
import io.meshwright.trino.mask.BlockMasks;
import io.meshwright.trino.mask.RotatingKeyRing;
import io.meshwright.trino.product.ProductDirectory;
import io.meshwright.trino.product.ReaderAccess;
import io.meshwright.trino.registry.RegistryAwareContext;
import io.meshwright.trino.registry.RegistryReader;
import io.meshwright.trino.registry.RegistryTables;
import io.meshwright.trino.snapshot.DataFreshness;
import io.meshwright.trino.snapshot.IcebergTables;
import io.meshwright.trino.snapshot.ResultDigests;
import io.meshwright.trino.snapshot.SnapshotChoice;
import io.trino.plugin.iceberg.IcebergConnectorFactory;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;

import java.time.Clock;
import java.util.Map;

import static com.google.common.collect.Maps.filterKeys;
import static io.airlift.configuration.ConfigBinder.configBinder;
import static io.meshwright.trino.MeshErrorCode.MESH_ENVIRONMENT_UNKNOWN;
import static java.util.Objects.requireNonNull;

public class MeshConnectorFactory
        implements ConnectorFactory
{
    private static final String OWN_PREFIX = "mesh.";

    private final BlockMasks masks;

    public MeshConnectorFactory()
    {
        this(BlockMask::create);
    }

    MeshConnectorFactory(BlockMasks masks)
    {
        this.masks = requireNonNull(masks, "masks is null");
    }

    @Override
    public String getName()
    {
        return "mesh";
    }

    @Override
    public Connector create(String catalogName, Map<String, String> properties, ConnectorContext context)
    {
        MeshConfig config = config(catalogName, filterKeys(properties, key -> key.startsWith(OWN_PREFIX)));
        String environment = config.getEnvironment().filter(name -> !name.isBlank()).orElseThrow(() -> MESH_ENVIRONMENT_UNKNOWN.exception(
                "The catalog property mesh.environment is missing. With mesh.environment=production readers see clear values where a product clears them; with any other name, for example test, nobody does."));
        // before anything else starts, since without keys there is no catalog
        RotatingKeyRing keys = RotatingKeyRing.open(config.getTokenKeyFile());
        Connector iceberg = new IcebergConnectorFactory().create(catalogName, filterKeys(properties, key -> !key.startsWith(OWN_PREFIX)), new RegistryAwareContext(context));
        RegistryTables tables = new RegistryTables(iceberg, config.getRegistryNamespace());
        RegistryReader registry = new RegistryReader(tables);
        ResultDigests results = new ResultDigests(tables, config.getRegistryRefreshInterval(), config.getRegistryMaxAge(), Ticker.systemTicker());
        ProductDirectory directory = new ProductDirectory(
                registry::read,
                config.getRegistryRefreshInterval(),
                config.getRegistryMaxAge(),
                Ticker.systemTicker());
        IcebergTables icebergTables = new IcebergTables(iceberg);
        ReaderAccess access = new ReaderAccess(environment, Clock.systemUTC());
        DataFreshness freshness = new DataFreshness(icebergTables, results::freshness, access, Clock.systemUTC());
        return new MeshConnector(
                catalogName,
                iceberg,
                directory,
                keys,
                masks,
                access,
                results,
                new SnapshotChoice(icebergTables, freshness),
                freshness,
                products -> new ControlPort(tables, access, config.getAuditGroups(), config.getRegistryRefreshInterval(), Clock.systemUTC(), products),
                LegacyCatalogs.of(config.getLegacyCatalogs(), config.getLegacyReaderGroups()),
                context.getTypeManager());
    }

    private static MeshConfig config(String catalogName, Map<String, String> properties)
    {
        Injector injector = new Bootstrap("io.meshwright.bootstrap.catalog." + catalogName, binder -> configBinder(binder).bindConfig(MeshConfig.class))
                .doNotInitializeLogging()
                .disableSystemProperties()
                .setRequiredConfigurationProperties(properties)
                .initialize();
        return injector.getInstance(MeshConfig.class);
    }
}
