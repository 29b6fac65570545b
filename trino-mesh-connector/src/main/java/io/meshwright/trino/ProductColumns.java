package io.meshwright.trino;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.trino.mask.FieldRules;
import io.meshwright.trino.mask.MaskedColumnHandle;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ProductDescriptions;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.type.TypeManager;
import org.apache.iceberg.SchemaParser;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.trino.plugin.iceberg.IcebergUtil.getTopLevelColumns;
import static java.util.Objects.requireNonNull;

/**
 * The columns of a product as they are shown.
 */
final class ProductColumns
{
    private final ProductDescriptions descriptions;
    private final TypeManager typeManager;

    ProductColumns(ProductDescriptions descriptions, TypeManager typeManager)
    {
        this.descriptions = requireNonNull(descriptions, "descriptions is null");
        this.typeManager = requireNonNull(typeManager, "typeManager is null");
    }

    /**
     * The contract's columns in the contract's order, masked for the handle's user; those that an older snapshot does not have yet
     * are left out.
     */
    static Map<String, ColumnHandle> visible(MeshTableHandle handle, Map<String, ColumnHandle> actual)
    {
        Map<Integer, ColumnHandle> byFieldId = actual.values().stream()
                .collect(toImmutableMap(column -> ((IcebergColumnHandle) column).getId(), column -> column));
        ImmutableMap.Builder<String, ColumnHandle> visible = ImmutableMap.builder();
        handle.names().forEach((fieldId, name) -> {
            ColumnHandle column = byFieldId.get(fieldId);
            if (column != null) {
                visible.put(name, handle.rules().wrap(column));
            }
        });
        return visible.buildOrThrow();
    }

    /**
     * All columns as they were registered, for listings of many products: the table is not opened. Empty for a product that was
     * registered before its columns were kept.
     */
    Optional<List<ColumnMetadata>> listed(Product product, Product.Table table, FieldRules rules)
    {
        return table.declaredSchema().map(json -> {
            Map<Integer, IcebergColumnHandle> registered = getTopLevelColumns(SchemaParser.fromJson(json), typeManager).stream()
                    .collect(toImmutableMap(IcebergColumnHandle::getId, column -> column));
            return table.model().fields().stream()
                    .map(ContractField::name)
                    .filter(name -> registered.containsKey(table.fieldIds().get(name)))
                    .map(name -> {
                        IcebergColumnHandle column = registered.get(table.fieldIds().get(name));
                        return column(product, Optional.of(table.model()), name.toLowerCase(Locale.ROOT), column, rules.wrap(column));
                    })
                    .collect(toImmutableList());
        });
    }

    /**
     * One column.
     *
     * @param shown the column's handle with the mask for this reader
     */
    ColumnMetadata column(Product product, Optional<ContractModel> model, String name, IcebergColumnHandle column, ColumnHandle shown)
    {
        return ColumnMetadata.builder()
                .setName(name)
                .setType(column.getType())
                .setNullable(column.isNullable() || shown instanceof MaskedColumnHandle)
                .setComment(descriptions.columnComment(product, model, name, shown))
                .build();
    }
}
