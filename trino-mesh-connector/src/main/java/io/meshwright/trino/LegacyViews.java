package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import io.meshwright.bridge.migration.LegacyColumns;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.trino.LegacyNames.LegacyTable;
import io.meshwright.trino.product.ContractTypes;
import io.meshwright.trino.product.Product;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.ConnectorViewDefinition.ViewColumn;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;

/**
 * The old name of a product that took over a legacy table: a view with the legacy table's column names, by which the reader reads the product with his own rights and masks.
 */
final class LegacyViews
{
    private final String catalogName;
    private final TypeOperators typeOperators;
    private final Function<Product, List<ColumnMetadata>> columns;

    /**
     * @param columns of a product that is a table
     */
    LegacyViews(String catalogName, TypeOperators typeOperators, Function<Product, List<ColumnMetadata>> columns)
    {
        this.catalogName = requireNonNull(catalogName, "catalogName is null");
        this.typeOperators = requireNonNull(typeOperators, "typeOperators is null");
        this.columns = requireNonNull(columns, "columns is null");
    }

    /**
     * Empty for a product that cannot be read at all.
     */
    Optional<ConnectorViewDefinition> of(LegacyTable legacy)
    {
        Product product = legacy.product();
        return switch (product.port()) {
            case Product.Table table -> Optional.of(view(legacy, table.model(), columns.apply(product).stream().collect(toImmutableMap(ColumnMetadata::getName, ColumnMetadata::getType))));
            case Product.View view -> Optional.of(view(legacy, view.model(), Maps.transformValues(
                    view.model().fields().stream().collect(toImmutableMap(field -> field.name().toLowerCase(Locale.ROOT), field -> field)),
                    (ContractField field) -> ContractTypes.type(field, typeOperators))));
            case Product.Unservable _ -> Optional.empty();
        };
    }

    private ConnectorViewDefinition view(LegacyTable legacy, ContractModel model, Map<String, Type> types)
    {
        Product product = legacy.product();
        ImmutableList.Builder<ViewColumn> shown = ImmutableList.builder();
        ImmutableList.Builder<String> selected = ImmutableList.builder();
        LegacyColumns.of(product.spec().orElseThrow().migration().orElseThrow(), model).byLegacyName().forEach((name, column) -> {
            if (types.containsKey(column)) {
                shown.add(new ViewColumn(name, types.get(column).getTypeId(), Optional.of(name.equals(column) ? "of " + product.address() : column + " of " + product.address())));
                selected.add(quoted(column) + " AS " + quoted(name));
            }
        });
        SchemaTableName source = product.name();
        return new ConnectorViewDefinition(
                "SELECT %s FROM %s.%s.%s".formatted(String.join(", ", selected.build()), quoted(catalogName), quoted(source.getSchemaName()), quoted(source.getTableName())),
                Optional.of(catalogName),
                Optional.of(source.getSchemaName()),
                shown.build(),
                Optional.of("Replaced by " + product.address()),
                Optional.empty(),
                // the reader's own rights, so that the product's masks hold
                true,
                ImmutableList.of());
    }

    private static String quoted(String name)
    {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
