package io.meshwright.trino.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.registry.ColumnRow;
import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.mask.ColumnMask;
import io.meshwright.model.mask.MaskPlan;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.DataProductSpecParser;
import io.meshwright.model.product.Deprecation;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.PortType;
import io.meshwright.model.product.PortVersions;
import io.meshwright.model.product.ProductAddress;
import io.meshwright.model.sla.ServiceLevels;
import io.meshwright.model.view.ViewQuery;
import io.trino.spi.connector.SchemaTableName;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.trino.MeshErrorCode.MESH_NOT_QUERYABLE;
import static io.meshwright.trino.MeshErrorCode.MESH_PRODUCT_UNREADABLE;
import static io.meshwright.trino.MeshErrorCode.MESH_VIEW_UNREADABLE;

/**
 * Makes a {@link Product} of a registration. Whatever cannot be understood makes the product unservable, never clear.
 */
final class ProductAssembly
{
    private ProductAssembly() {}

    /**
     * The product under its own name first, then its versions under theirs.
     */
    static List<Product> assemble(ProductRow row)
    {
        return declared(row).stream().map(product -> product.registeredAs(row)).collect(toImmutableList());
    }

    private static List<Product> declared(ProductRow row)
    {
        SchemaTableName name = new SchemaTableName(row.sqlSchema(), row.sqlTable());
        Parsed<DataProductSpec> parsed = DataProductSpecParser.parseRegistered(row.specPath(), row.specBody());
        if (parsed.value().isEmpty()) {
            return ImmutableList.of(new Product(name, row.address(), Optional.empty(), new Product.Unservable(
                    MESH_PRODUCT_UNREADABLE,
                    "its specification cannot be understood: " + firstError(parsed.findings()))));
        }
        DataProductSpec spec = parsed.value().orElseThrow();
        List<PortVersions.Version> versions = row.versions();
        if (versions.isEmpty()) {
            return ImmutableList.of(new Product(name, row.address(), Optional.of(spec), new Product.Unservable(MESH_NOT_QUERYABLE, "it has no output port of type iceberg or view")));
        }
        Map<String, Optional<DataContract>> contracts = new HashMap<>();
        for (ContractRow contract : row.contracts()) {
            contracts.put(contract.port(), DataContractParser.parse(contract.path(), contract.body()).value());
        }
        Map<String, SchemaTableName> names = names(row, versions);
        ImmutableList.Builder<Product> products = ImmutableList.builder();
        for (PortVersions.Version version : versions) {
            OutputPort port = spec.outputPort(version.port()).orElseThrow(() -> new IllegalArgumentException("The registered port %s is not in the specification".formatted(version.port())));
            Product product = new Product(names.getOrDefault(port.name(), name), row.address(), Optional.of(spec), port(row, spec, port, contracts), version(row, spec, port, version.current(), contracts, names));
            if (version.current()) {
                products.add(product);
                version.tableName().ifPresent(pinned -> products.add(product.named(new SchemaTableName(row.sqlSchema(), pinned))));
            }
            else if (version.tableName().isPresent()) {
                products.add(product);
            }
        }
        return products.build();
    }

    /**
     * The name by which each port is told of: the product's own for the current one.
     */
    private static Map<String, SchemaTableName> names(ProductRow row, List<PortVersions.Version> versions)
    {
        ImmutableMap.Builder<String, SchemaTableName> names = ImmutableMap.builder();
        for (PortVersions.Version version : versions) {
            if (version.current()) {
                names.put(version.port(), new SchemaTableName(row.sqlSchema(), row.sqlTable()));
            }
            else {
                version.tableName().ifPresent(table -> names.put(version.port(), new SchemaTableName(row.sqlSchema(), table)));
            }
        }
        return names.buildKeepingLast();
    }

    private static Optional<ProductVersion> version(ProductRow row, DataProductSpec spec, OutputPort port, boolean current, Map<String, Optional<DataContract>> contracts, Map<String, SchemaTableName> names)
    {
        Optional<DataContract> contract = contracts.getOrDefault(port.name(), Optional.empty());
        return row.contract(port.name()).map(registered -> new ProductVersion(
                port,
                current,
                registered.version(),
                registered.hash(),
                port.serve(),
                port.deprecated().flatMap(Deprecation::successor).map(successor -> Optional.ofNullable(names.get(successor)).map(SchemaTableName::toString)
                        .or(() -> ProductAddress.parse(successor).map(ProductAddress::sqlName))
                        .orElse(successor)),
                spec.serviceLevels().completedBy(contract.map(DataContract::serviceLevels).orElse(ServiceLevels.NONE))));
    }

    private static Product.Port port(ProductRow row, DataProductSpec spec, OutputPort port, Map<String, Optional<DataContract>> contracts)
    {
        Optional<ContractRow> contract = row.contract(port.name());
        if (contract.isEmpty()) {
            return unreadable("port '%s' was registered without a contract, which says what may be shown".formatted(port.name()));
        }
        Optional<DataContract> parsed = contracts.get(port.name());
        if (parsed.isEmpty()) {
            return unreadable("its contract cannot be understood: " + firstError(DataContractParser.parse(contract.orElseThrow().path(), contract.orElseThrow().body()).findings()));
        }
        Optional<ContractModel> model = parsed.orElseThrow().modelOf(spec.address());
        if (model.isEmpty()) {
            return unreadable("none of the %s models of its contract is named %s".formatted(parsed.orElseThrow().models().size(), row.sqlTable()));
        }
        MaskPlan masks;
        try {
            masks = MaskPlan.of(spec, model.orElseThrow(), fieldsOfOtherVersions(spec, port, contracts));
        }
        catch (MeshException e) {
            return unreadable(e.getMessage());
        }
        if (port.type() == PortType.VIEW) {
            return view(port, spec, model.orElseThrow());
        }
        return table(row, port, model.orElseThrow(), masks, contract.orElseThrow().version());
    }

    private static Product.Port view(OutputPort port, DataProductSpec spec, ContractModel model)
    {
        if (port.query().isEmpty()) {
            return unreadable("the view port '%s' has no query".formatted(port.name()));
        }
        try {
            ViewQuery query = ViewQuery.parse(port.query().orElseThrow(), spec.address().schemaName());
            List<String> declared = model.fields().stream().map(field -> field.name().toLowerCase(Locale.ROOT)).collect(toImmutableList());
            List<String> given = query.columns().<List<String>>map(columns -> columns.stream().map(column -> column.name().orElse("(no name)")).collect(toImmutableList())).orElse(declared);
            if (!given.equals(declared)) {
                return new Product.Unservable(
                        MESH_VIEW_UNREADABLE,
                        "the query of its view gives the columns %s, its contract has %s".formatted(String.join(", ", given), String.join(", ", declared)));
            }
            return new Product.View(query, query.inputs().stream().map(input -> new SchemaTableName(input.schema(), input.table())).collect(toImmutableSet()), model);
        }
        catch (MeshException e) {
            // what it names may be a table of a catalog, which is nobody's business
            return new Product.Unservable(MESH_VIEW_UNREADABLE, "the query of its view is not one SELECT over products");
        }
    }

    /**
     * As registration allows it: versions may name their personal fields differently.
     */
    private static Set<String> fieldsOfOtherVersions(DataProductSpec spec, OutputPort port, Map<String, Optional<DataContract>> contracts)
    {
        OptionalInt major = major(contracts, port);
        return spec.outputPorts().stream()
                .filter(other -> other.type().isQueryable() && major.isPresent() && major(contracts, other).isPresent() && !major(contracts, other).equals(major))
                .flatMap(other -> contracts.get(other.name()).flatMap(contract -> contract.modelOf(spec.address())).stream())
                .flatMap(model -> model.fieldPaths().keySet().stream())
                .collect(toImmutableSet());
    }

    private static OptionalInt major(Map<String, Optional<DataContract>> contracts, OutputPort port)
    {
        return contracts.getOrDefault(port.name(), Optional.empty()).map(contract -> PortVersions.major(contract.version())).orElse(OptionalInt.empty());
    }

    private static Product.Port table(ProductRow row, OutputPort port, ContractModel model, MaskPlan masks, String contractVersion)
    {
        Optional<PortRow> table = row.port(port.name()).filter(PortRow::isTable);
        if (table.isEmpty() || table.orElseThrow().tableNamespace().isEmpty()) {
            return unreadable("port '%s' was registered without a table".formatted(port.name()));
        }
        Map<String, Integer> fieldIds = row.columns().stream()
                .filter(column -> column.port().equals(port.name()))
                .collect(toImmutableMap(ColumnRow::path, ColumnRow::fieldId, (first, _) -> first));
        for (ColumnMask mask : masks.masks().values()) {
            if (!fieldIds.containsKey(mask.path())) {
                return unreadable("the personal field '%s' was registered without the Iceberg field that it means".formatted(mask.path()));
            }
        }
        return new Product.Table(
                new SchemaTableName(table.orElseThrow().tableNamespace().orElseThrow(), table.orElseThrow().tableName().orElseThrow()),
                model,
                masks,
                ImmutableMap.copyOf(fieldIds),
                table.orElseThrow().tableSchema(),
                new Product.Registered(port.name(), row.revision(), contractVersion));
    }

    private static Product.Unservable unreadable(String reason)
    {
        return new Product.Unservable(MESH_PRODUCT_UNREADABLE, reason);
    }

    private static String firstError(List<Finding> findings)
    {
        return findings.stream()
                .filter(Finding::isError)
                .findFirst()
                .map(finding -> "[%s] %s: %s".formatted(finding.rule().id(), finding.location(), finding.message()))
                .orElse("no reason was given");
    }
}
