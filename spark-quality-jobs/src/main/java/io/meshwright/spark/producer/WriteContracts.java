package io.meshwright.spark.producer;

import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.bridge.config.ConfigurationSources;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Parsed;
import org.apache.iceberg.Table;
import org.apache.spark.sql.classic.SparkSession;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * The contracts of registered tables, read from the registry for each write. One catalog for each configuration stays open as long as the JVM.
 */
final class WriteContracts
{
    private static final Map<String, MeshCatalog> CATALOGS = new ConcurrentHashMap<>();

    private WriteContracts() {}

    /**
     * The product whose port is this table; empty where there is none, or its port has no contract.
     *
     * @throws MeshException where the registry cannot be read, or the contract not be understood: then nobody knows what may be written
     */
    static Optional<ProductUnderTest> find(Table table)
    {
        MeshCatalog catalog = catalog();
        Optional<String> uuid = Optional.of(table.uuid().toString());
        for (ProductRow product : new IcebergProductRegistry(catalog).current().products()) {
            for (PortRow port : product.ports()) {
                // by its identity, whatever the session calls it
                if (port.isTable() && port.tableUuid().equals(uuid) && product.contract(port.name()).isPresent()) {
                    return Optional.of(ProductUnderTest.resolve(catalog, product.address(), Optional.of(port.name())));
                }
            }
        }
        return Optional.empty();
    }

    private static MeshCatalog catalog()
    {
        Optional<String> file = Optional.ofNullable(SparkSession.active().conf().get(ContractExtension.CONFIG, null));
        return CATALOGS.computeIfAbsent(file.orElse(""), unused -> IcebergCatalogs.open(configuration(file).catalog()));
    }

    private static MeshConfiguration configuration(Optional<String> file)
    {
        ConfigurationSources process = ConfigurationSources.ofProcess(Map.of());
        Map<String, String> environment = new HashMap<>(process.environment());
        file.ifPresent(path -> environment.put("MESH_CONFIG", Path.of(path).toAbsolutePath().toString()));
        Parsed<MeshConfiguration> parsed = MeshConfiguration.load(new ConfigurationSources(process.workingDirectory(), process.home(), environment, Map.of()));
        return parsed.value().orElseThrow(() -> new MeshException(
                CheckRule.JOB_ARGUMENT,
                USER,
                "The mesh's configuration%s cannot be used, so nothing is written: %s".formatted(
                        file.map(path -> " " + path).orElse(""), parsed.findings().stream().filter(Finding::isError).findFirst().map(Finding::message).orElse("")),
                "correct the file that %s names".formatted(ContractExtension.CONFIG)));
    }
}
