package io.meshwright.trino.mask;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.trino.plugin.iceberg.ColumnIdentity;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.trino.MeshErrorCode.MESH_MASK_BYPASS;
import static io.trino.plugin.iceberg.ColumnIdentity.TypeCategory.ARRAY;
import static io.trino.plugin.iceberg.ColumnIdentity.TypeCategory.MAP;

/**
 * What a table handle's reader sees of each Iceberg field. Rules go by field id, so that neither a rename nor an older
 * snapshot changes them, and a field that the contract does not declare is never shown.
 *
 * @param masks the masks of the contract by field id; what lies below a masked field is masked with it
 * @param declared the ids of all fields that the contract declares
 * @param masked whether the masks apply to this reader
 */
public record FieldRules(Map<Integer, FieldMask> masks, Set<Integer> declared, boolean masked)
{
    public FieldRules
    {
        masks = ImmutableMap.copyOf(masks);
        declared = ImmutableSet.copyOf(declared);
    }

    /**
     * The handle that the engine may hold.
     */
    public ColumnHandle wrap(ColumnHandle column)
    {
        IcebergColumnHandle icebergColumn = icebergColumn(column);
        ValueMask mask = mask(icebergColumn);
        if (mask.isClear()) {
            return icebergColumn;
        }
        return new MaskedColumnHandle(icebergColumn, mask);
    }

    /**
     * The handle that Iceberg understands. A clear handle of a masked field is refused: it was not made by {@link #wrap}.
     */
    public IcebergColumnHandle unwrap(ColumnHandle column)
    {
        if (column instanceof MaskedColumnHandle masked) {
            return masked.icebergColumn();
        }
        return clear(column);
    }

    /**
     * The handle itself, which must be one that the reader sees in clear.
     */
    public IcebergColumnHandle clear(ColumnHandle column)
    {
        IcebergColumnHandle icebergColumn = icebergColumn(column);
        if (!mask(icebergColumn).isClear()) {
            throw MESH_MASK_BYPASS.exception("A masked column was to be read without its mask");
        }
        return icebergColumn;
    }

    /**
     * What somebody without clearance sees of the same table.
     */
    public FieldRules forMaskedReader()
    {
        return masked ? this : new FieldRules(masks, declared, true);
    }

    /**
     * Whether the column holds or contains a value that some reader must not see.
     */
    public boolean touchesMask(IcebergColumnHandle column)
    {
        return !forMaskedReader().mask(column).isClear();
    }

    private ValueMask mask(IcebergColumnHandle column)
    {
        ColumnIdentity identity = column.getBaseColumnIdentity();
        for (int fieldId : column.getPath()) {
            if (!isShown(identity)) {
                return ValueMask.NULL;
            }
            identity = identity.getChildByFieldId(fieldId);
        }
        return mask(identity, column.getType());
    }

    private ValueMask mask(ColumnIdentity identity, Type type)
    {
        if (!declared.contains(identity.getId())) {
            return ValueMask.NULL;
        }
        FieldMask mask = masks.get(identity.getId());
        if (masked && mask != null) {
            return ValueMask.of(mask, type);
        }
        return switch (identity.getTypeCategory()) {
            case PRIMITIVE -> ValueMask.CLEAR;
            case STRUCT -> rowMask(identity, (RowType) type);
            case ARRAY, MAP -> containsMask(identity) ? ValueMask.NULL : ValueMask.CLEAR;
        };
    }

    private ValueMask rowMask(ColumnIdentity identity, RowType type)
    {
        List<ColumnIdentity> children = identity.getChildren();
        return ValueMask.row(IntStream.range(0, children.size())
                .mapToObj(index -> mask(children.get(index), type.getFields().get(index).getType()))
                .collect(toImmutableList()));
    }

    private boolean containsMask(ColumnIdentity collection)
    {
        return collection.getChildren().stream().anyMatch(child -> hides(child, true));
    }

    /**
     * @param inherits whether the field is an element, a key or a value, which needs no declaration of its own
     */
    private boolean hides(ColumnIdentity identity, boolean inherits)
    {
        if (masked && masks.containsKey(identity.getId())) {
            return true;
        }
        if (!inherits && !declared.contains(identity.getId())) {
            return true;
        }
        boolean collection = identity.getTypeCategory() == ARRAY || identity.getTypeCategory() == MAP;
        return identity.getChildren().stream().anyMatch(child -> hides(child, collection));
    }

    private boolean isShown(ColumnIdentity identity)
    {
        return declared.contains(identity.getId()) && !(masked && masks.containsKey(identity.getId()));
    }

    private static IcebergColumnHandle icebergColumn(ColumnHandle column)
    {
        if (column instanceof IcebergColumnHandle icebergColumn) {
            return icebergColumn;
        }
        throw MESH_MASK_BYPASS.exception("A column of another connector was to be read");
    }
}
