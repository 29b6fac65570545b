package io.meshwright.trino;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.config.EngineProperties;
import io.meshwright.bridge.registry.ColumnRow;
import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductDraft;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.mask.KeyRing;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.DataProductSpecParser;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.PortType;
import io.trino.Session;
import io.trino.plugin.iceberg.IcebergPlugin;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.security.Identity;
import io.trino.spi.security.SystemAccessControl;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.TestingGroupProvider;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A Trino with the catalogs {@code mesh} and {@code lake} on one embedded Iceberg catalog in a temporary folder.
 */
public final class TestingMesh
        implements Closeable
{
    public static final String KEY_RING = "meshwright-key-ring 1\ncurrent 1\nkey 1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";
    public static final KeyRing KEYS = KeyRing.parse("keys", KEY_RING.getBytes(UTF_8));

    /**
     * In no group.
     */
    public static final String ANALYST = "ann";
    /**
     * Cleared by name.
     */
    public static final String CLEARED = "carl";
    /**
     * In the group privacy.
     */
    public static final String OFFICER = "olga";
    /**
     * In the group marketing.
     */
    public static final String MARKETER = "mark";
    /**
     * In the group platform.
     */
    static final String OPERATOR = "oscar";

    private final Path folder;
    private final CatalogSettings settings;
    private final MeshCatalog catalog;
    private final DistributedQueryRunner runner;

    public TestingMesh(int workers, Map<String, String> meshProperties)
            throws Exception
    {
        this(testSessionBuilder().setCatalog("mesh").setSchema("orders").build(), workers, meshProperties);
    }

    TestingMesh(Session defaultSession, int workers, Map<String, String> meshProperties)
            throws Exception
    {
        this(defaultSession, workers, meshProperties, _ -> ImmutableList.of(), builder -> builder);
    }

    /**
     * @param listeners event listeners, made from the folder, in which {@code mesh.properties} is the file of the catalog
     */
    public TestingMesh(int workers, Map<String, String> meshProperties, Function<Path, List<EventListener>> listeners)
            throws Exception
    {
        this(testSessionBuilder().setCatalog("mesh").setSchema("orders").build(), workers, meshProperties, listeners, builder -> builder);
    }

    TestingMesh(SystemAccessControl systemAccessControl)
            throws Exception
    {
        this(testSessionBuilder().setCatalog("mesh").setSchema("orders").build(),
                0,
                Map.of(),
                _ -> ImmutableList.of(),
                builder -> builder.setSystemAccessControl(systemAccessControl));
    }

    private TestingMesh(
            Session defaultSession,
            int workers,
            Map<String, String> meshProperties,
            Function<Path, List<EventListener>> listeners,
            UnaryOperator<DistributedQueryRunner.Builder<?>> server)
            throws Exception
    {
        folder = Files.createTempDirectory("mesh-connector");
        settings = new CatalogSettings(
                "mesh",
                "jdbc",
                Optional.of("jdbc:sqlite:" + folder.resolve("catalog.db")),
                Optional.of(folder.resolve("warehouse").toUri().toString()),
                ImmutableMap.of(),
                true);
        Files.createDirectories(folder.resolve("warehouse"));
        catalog = IcebergCatalogs.open(settings);
        Path keyFile = folder.resolve("keys");
        Files.write(keyFile, KEY_RING.getBytes(UTF_8));
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));

        Files.writeString(folder.resolve("mesh.properties"), "connector.name=mesh\n" + Joiner.on('\n').withKeyValueSeparator('=').join(EngineProperties.trinoIcebergProperties(settings)));
        runner = server.apply(DistributedQueryRunner.builder(defaultSession)
                        .setWorkerCount(workers)
                        .setEventListeners(listeners.apply(folder)))
                .build();
        try {
            TestingGroupProvider groups = new TestingGroupProvider();
            groups.setUserGroups(Map.of(OFFICER, Set.of("privacy"), MARKETER, Set.of("marketing"), "producer", Set.of("producers"), OPERATOR, Set.of("platform")));
            runner.getGroupProvider().setConfiguredGroupProvider(groups);
            runner.installPlugin(new IcebergPlugin());
            runner.installPlugin(new TestingMeshPlugin());
            createIcebergCatalog("lake", ImmutableMap.of());
            createMeshCatalog("mesh", meshProperties);
        }
        catch (Throwable e) {
            close();
            throw e;
        }
    }

    void createMeshCatalog(String name, Map<String, String> properties)
    {
        createCatalog(name, "mesh", properties);
    }

    /**
     * The raw tables once more, under another name.
     */
    public void createIcebergCatalog(String name, Map<String, String> properties)
    {
        runner.createCatalog(name, "iceberg", ImmutableMap.<String, String>builder()
                .putAll(EngineProperties.trinoIcebergProperties(settings))
                .putAll(properties)
                .buildOrThrow());
    }

    public void createCatalog(String name, String connector, Map<String, String> properties)
    {
        runner.createCatalog(name, connector, ImmutableMap.<String, String>builder()
                .putAll(EngineProperties.trinoIcebergProperties(settings))
                .put("mesh.token.key-file", folder.resolve("keys").toString())
                .put("mesh.registry.refresh-interval", "0s")
                .put("mesh.environment", "production")
                .putAll(properties)
                .buildKeepingLast());
    }

    public DistributedQueryRunner runner()
    {
        return runner;
    }

    public Path folder()
    {
        return folder;
    }

    public Session session(String user)
    {
        return testSessionBuilder()
                .setIdentity(Identity.ofUser(user))
                .setCatalog("mesh")
                .setSchema("orders")
                .build();
    }

    public MaterializedResult query(String user, String sql)
    {
        return runner.execute(session(user), sql);
    }

    /**
     * Runs as somebody who may write to the raw catalog.
     */
    public void producer(String sql)
    {
        runner.execute(session("producer"), sql);
    }

    /**
     * Registers a product, with the table of the same name (or of the given one) in the raw catalog behind each Iceberg port.
     */
    public ProductRow register(String spec, String contract, Optional<String> tableName)
    {
        DataProductSpec product = DataProductSpecParser.parse("dataproduct.yaml", spec).value()
                .orElseThrow(() -> new IllegalArgumentException(DataProductSpecParser.parse("dataproduct.yaml", spec).findings().toString()));
        ImmutableList.Builder<PortRow> ports = ImmutableList.builder();
        ImmutableList.Builder<ContractRow> contracts = ImmutableList.builder();
        ImmutableList.Builder<ColumnRow> columns = ImmutableList.builder();
        for (OutputPort port : product.outputPorts()) {
            contracts.add(new ContractRow(port.name(), "contract.yaml", "id", "1.0.0", ProductDraft.hashOf(contract), contract));
            if (port.type() != PortType.ICEBERG) {
                ports.add(new PortRow(port.name(), port.type().label(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
                continue;
            }
            TableIdentifier identifier = TableIdentifier.of(product.address().schemaName(), tableName.orElse(product.address().tableName()));
            Table table = catalog.catalog().loadTable(identifier);
            ports.add(new PortRow(
                    port.name(),
                    port.type().label(),
                    Optional.of(identifier.namespace().toString()),
                    Optional.of(identifier.name()),
                    Optional.of(table.uuid().toString()),
                    Optional.of(table.location()),
                    Optional.of(SchemaParser.toJson(table.schema()))));
            DataContractParser.parse("contract.yaml", contract).value().orElseThrow().models().getFirst().fieldPaths().keySet()
                    .forEach(path -> columns.add(new ColumnRow(port.name(), path, table.schema().findField(path).fieldId())));
        }
        return register(product, spec, ports.build(), contracts.build(), columns.build());
    }

    ProductRow register(DataProductSpec product, String spec, List<PortRow> ports, List<ContractRow> contracts, List<ColumnRow> columns)
    {
        IcebergProductRegistry registry = new IcebergProductRegistry(catalog);
        int revision = registry.current().find(product.address()).map(ProductRow::revision).orElse(0);
        return registry.register(
                new ProductDraft(product.address(), Optional.empty(), "dataproduct.yaml", spec, Optional.empty(), "test", ports, contracts, columns),
                revision).row();
    }

    public MeshCatalog catalog()
    {
        return catalog;
    }

    @Override
    public void close()
            throws IOException
    {
        if (runner != null) {
            runner.close();
        }
        catalog.close();
        deleteRecursively(folder, ALLOW_INSECURE);
    }
}
