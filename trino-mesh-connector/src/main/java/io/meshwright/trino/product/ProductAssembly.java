package io.meshwright.trino.product;

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
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.PortType;
import io.trino.spi.connector.SchemaTableName;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.meshwright.trino.MeshErrorCode.MESH_NOT_QUERYABLE;
import static io.meshwright.trino.MeshErrorCode.MESH_PRODUCT_UNREADABLE;

/**
 * Makes a {@link Product} of a registration. Whatever cannot be understood makes the product unservable, never clear.
 */
final class ProductAssembly
{
    private ProductAssembly() {}

    static Product assemble(ProductRow row)
    {
        return declared(row).registeredAs(row);
    }

    private static Product declared(ProductRow row)
    {
        SchemaTableName name = new SchemaTableName(row.sqlSchema(), row.sqlTable());
        Parsed<DataProductSpec> parsed = DataProductSpecParser.parseRegistered(row.specPath(), row.specBody());
        if (parsed.value().isEmpty()) {
            return new Product(name, row.address(), Optional.empty(), new Product.Unservable(
                    MESH_PRODUCT_UNREADABLE,
                    "its specification cannot be understood: " + firstError(parsed.findings())));
        }
        DataProductSpec spec = parsed.value().orElseThrow();
        return new Product(name, row.address(), Optional.of(spec), port(row, spec));
    }

    private static Product.Port port(ProductRow row, DataProductSpec spec)
    {
        Optional<OutputPort> queryable = spec.queryablePort();
        if (queryable.isEmpty()) {
            return new Product.Unservable(MESH_NOT_QUERYABLE, "it has no output port of type iceberg or view");
        }
        OutputPort port = queryable.orElseThrow();
        Optional<ContractRow> contract = row.contract(port.name());
        if (contract.isEmpty()) {
            return unreadable("port '%s' was registered without a contract, which says what may be shown".formatted(port.name()));
        }
        Parsed<DataContract> parsed = DataContractParser.parse(contract.orElseThrow().path(), contract.orElseThrow().body());
        if (parsed.value().isEmpty()) {
            return unreadable("its contract cannot be understood: " + firstError(parsed.findings()));
        }
        Optional<ContractModel> model = parsed.value().orElseThrow().modelOf(spec.address());
        if (model.isEmpty()) {
            return unreadable("none of the %s models of its contract is named %s".formatted(parsed.value().orElseThrow().models().size(), row.sqlTable()));
        }
        MaskPlan masks;
        try {
            masks = MaskPlan.of(spec, model.orElseThrow());
        }
        catch (MeshException e) {
            return unreadable(e.getMessage());
        }
        if (port.type() == PortType.VIEW) {
            return port.query()
                    .<Product.Port>map(query -> new Product.View(query, model.orElseThrow()))
                    .orElseGet(() -> unreadable("the view port '%s' has no query".formatted(port.name())));
        }
        return table(row, port, model.orElseThrow(), masks, contract.orElseThrow().version());
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
