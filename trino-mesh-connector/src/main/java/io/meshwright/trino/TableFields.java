package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.mask.MaskKind;
import io.meshwright.trino.control.ProductStorage.Origin;
import io.meshwright.trino.control.ProductStorage.ShownField;
import io.meshwright.trino.mask.MaskedColumnHandle;
import io.meshwright.trino.mask.ValueMask;
import io.meshwright.trino.product.Product;
import io.trino.plugin.iceberg.ColumnIdentity;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.type.RowType;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The columns of a product's table as somebody sees them, by the handles that were made for him.
 */
final class TableFields
{
    private final Product product;
    private final Map<String, ColumnHandle> columns;
    private final ImmutableList.Builder<ShownField> fields = ImmutableList.builder();

    TableFields(Product product, Map<String, ColumnHandle> columns)
    {
        this.product = requireNonNull(product, "product is null");
        this.columns = requireNonNull(columns, "columns is null");
    }

    List<ShownField> fields()
    {
        columns.forEach(this::add);
        return fields.build();
    }

    private void add(String name, ColumnHandle column)
    {
        if (!(column instanceof MaskedColumnHandle masked)) {
            fields.add(new ShownField(name, ((IcebergColumnHandle) column).getType().getDisplayName(), Optional.of(false), Optional.empty(), Optional.empty(), Optional.of(new Origin(product, name))));
            return;
        }
        IcebergColumnHandle icebergColumn = masked.icebergColumn();
        fields.add(masked(name, icebergColumn.getType().getDisplayName(), masked.mask()));
        if (masked.mask().action() == ValueMask.Action.ROW) {
            addMasked(name, icebergColumn.getColumnIdentity(), (RowType) icebergColumn.getType(), masked.mask());
        }
    }

    private void addMasked(String path, ColumnIdentity row, RowType type, ValueMask mask)
    {
        for (int index = 0; index < mask.fields().size(); index++) {
            ValueMask field = mask.fields().get(index);
            if (field.isClear()) {
                continue;
            }
            ColumnIdentity child = row.getChildren().get(index);
            String childPath = path + "." + child.getName();
            fields.add(masked(childPath, type.getFields().get(index).getType().getDisplayName(), field));
            if (field.action() == ValueMask.Action.ROW) {
                addMasked(childPath, child, (RowType) type.getFields().get(index).getType(), field);
            }
        }
    }

    private ShownField masked(String path, String type, ValueMask mask)
    {
        return new ShownField(path, type, Optional.of(true), Optional.of(label(mask)), Optional.of(mask.tokenDomain()).filter(domain -> !domain.isEmpty()), Optional.of(new Origin(product, path)));
    }

    private static String label(ValueMask mask)
    {
        return mask.action() == ValueMask.Action.ROW ? mask.action().name().toLowerCase(Locale.ROOT) : MaskKind.valueOf(mask.action().name()).label();
    }
}
