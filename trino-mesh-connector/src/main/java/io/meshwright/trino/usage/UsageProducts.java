package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.migration.LegacyName;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.PortVersions;
import io.meshwright.model.product.Residency;
import io.meshwright.trino.LegacyCatalogs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Which product a name of a query stands for, at one state of the registry.
 */
final class UsageProducts
{
    /**
     * @param port the one that can be queried
     * @param region where the port is stored, if that is known
     * @param personal the paths of the personal columns; empty where the registration cannot be read
     */
    record Known(
            String address,
            int revision,
            Optional<String> port,
            Optional<String> contractVersion,
            Optional<String> residency,
            Optional<String> region,
            Optional<Set<String>> personal)
    {
        Known
        {
            requireNonNull(address, "address is null");
            requireNonNull(port, "port is null");
            requireNonNull(contractVersion, "contractVersion is null");
            requireNonNull(residency, "residency is null");
            requireNonNull(region, "region is null");
            requireNonNull(personal, "personal is null");
        }
    }

    private static final List<String> DATA_SUFFIXES = ImmutableList.of("$sample", "$latest");

    private final String catalogOfProducts;
    private final Set<String> producerCatalogs;
    private final LegacyCatalogs legacyCatalogs;

    /**
     * What a name or a table stands for.
     *
     * @param port empty where none can be queried
     */
    private record Named(ProductRow row, Optional<String> port) {}

    private final Map<String, Named> bySqlName = new HashMap<>();
    private final Map<String, Named> byTable = new HashMap<>();
    private final Map<Named, Known> known = new HashMap<>();

    UsageProducts(RegistryView registry, String catalogOfProducts, Set<String> producerCatalogs, LegacyCatalogs legacyCatalogs)
    {
        this.legacyCatalogs = requireNonNull(legacyCatalogs, "legacyCatalogs is null");
        this.catalogOfProducts = requireNonNull(catalogOfProducts, "catalogOfProducts is null");
        this.producerCatalogs = ImmutableSet.copyOf(producerCatalogs);
        for (ProductRow row : registry.products()) {
            Optional<String> current = row.versions().stream().filter(PortVersions.Version::current).map(PortVersions.Version::port).findFirst();
            bySqlName.put(row.sqlName(), new Named(row, current));
            row.ports().stream()
                    .filter(PortRow::isTable)
                    .forEach(port -> port.tableNamespace().ifPresent(namespace -> byTable.put(namespace + "." + port.tableName().orElseThrow(), new Named(row, Optional.of(port.name())))));
        }
        for (ProductRow row : registry.products()) {
            row.versions().forEach(version -> version.tableName()
                    .ifPresent(name -> bySqlName.putIfAbsent(row.sqlSchema() + "." + name, new Named(row, Optional.of(version.port())))));
        }
    }

    Optional<Known> find(TableName name)
    {
        String schemaTable = name.schema() + "." + name.table();
        if (name.catalog().equals(catalogOfProducts)) {
            return Optional.ofNullable(bySqlName.get(withoutSuffix(schemaTable))).map(this::known);
        }
        if (producerCatalogs.contains(name.catalog())) {
            return Optional.ofNullable(byTable.get(schemaTable)).map(this::known);
        }
        return Optional.empty();
    }

    /**
     * As whose reads those of a table in the catalog of a legacy warehouse are recorded.
     */
    Optional<String> legacyName(TableName name)
    {
        return legacyCatalogs.reference(name.catalog()).map(reference -> LegacyName.usageName(reference, name.schema(), name.table()));
    }

    boolean isProducerCatalog(String catalog)
    {
        return producerCatalogs.contains(catalog);
    }

    /**
     * The address, where the name stands for a product.
     */
    String address(TableName name)
    {
        return find(name).map(Known::address).orElseGet(name::toString);
    }

    /**
     * What shows data of a product is that product; what only describes it is not.
     */
    private static String withoutSuffix(String name)
    {
        return DATA_SUFFIXES.stream()
                .filter(name::endsWith)
                .findFirst()
                .map(suffix -> name.substring(0, name.length() - suffix.length()))
                .orElse(name);
    }

    private Known known(Named named)
    {
        return known.computeIfAbsent(named, _ -> read(named.row(), named.port()));
    }

    private static Known read(ProductRow row, Optional<String> portName)
    {
        Optional<RegisteredProduct> product = RegisteredProduct.parse(row).value();
        Optional<OutputPort> port = product.flatMap(registered -> portName.flatMap(registered.spec()::outputPort));
        Optional<DataContract> contract = product.flatMap(registered -> port.flatMap(queryable -> Optional.ofNullable(registered.contracts().get(queryable.name()))));
        return new Known(
                row.address(),
                row.revision(),
                port.map(OutputPort::name),
                contract.map(DataContract::version),
                product.flatMap(registered -> registered.spec().classification().residency()),
                port.flatMap(OutputPort::region).or(() -> port
                        .flatMap(queryable -> row.port(queryable.name()))
                        .flatMap(PortRow::location)
                        .flatMap(Residency::regionOf)),
                product.flatMap(registered -> port.flatMap(queryable -> personal(registered, queryable))));
    }

    private static Optional<Set<String>> personal(RegisteredProduct product, OutputPort port)
    {
        try {
            return product.masks(port.name()).map(masks -> masks.masks().keySet());
        }
        catch (MeshException e) {
            return Optional.empty();
        }
    }
}
