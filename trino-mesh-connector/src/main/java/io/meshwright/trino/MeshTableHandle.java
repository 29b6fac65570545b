package io.meshwright.trino;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.mask.KeyVersion;
import io.meshwright.trino.mask.FieldRules;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.TupleDomain;

import java.util.Map;

import static io.meshwright.trino.MeshErrorCode.MESH_MASK_BYPASS;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * A product as one reader sees it. Who sees what is decided once, when the handle is made, from the identity of the
 * session at that time: for a view with its owner's rights, planning and execution use another.
 *
 * @param names the contract's column names by field id
 * @param pinned whether the reader named the version himself
 * @param keyVersion with which every node masks, whatever its own key ring calls the current one
 */
public record MeshTableHandle(SchemaTableName product, ConnectorTableHandle delegate, Map<Integer, String> names, FieldRules rules, boolean pinned, KeyVersion keyVersion)
        implements ConnectorTableHandle
{
    public MeshTableHandle
    {
        requireNonNull(product, "product is null");
        requireNonNull(delegate, "delegate is null");
        names = ImmutableMap.copyOf(names);
        requireNonNull(rules, "rules is null");
        requireNonNull(keyVersion, "keyVersion is null");
    }

    static MeshTableHandle of(ConnectorTableHandle handle)
    {
        if (handle instanceof MeshTableHandle table) {
            return table;
        }
        throw MESH_MASK_BYPASS.exception("A table handle that is not of a product was to be read");
    }

    IcebergTableHandle icebergTable()
    {
        return (IcebergTableHandle) delegate;
    }

    MeshTableHandle withDelegate(ConnectorTableHandle delegate)
    {
        return new MeshTableHandle(product, delegate, names, rules, pinned, keyVersion);
    }

    MeshTableHandle withRules(FieldRules rules)
    {
        return new MeshTableHandle(product, delegate, names, rules, pinned, keyVersion);
    }

    /**
     * The name in the contract, with the path to a field of a row.
     */
    public String columnName(IcebergColumnHandle column)
    {
        String base = column.getBaseColumnIdentity().getName();
        String path = column.getQualifiedName().substring(base.length());
        return names.getOrDefault(column.getBaseColumnIdentity().getId(), base) + path;
    }

    /**
     * Shown by EXPLAIN, hence without the name, the location and the snapshot behind the address.
     */
    @Override
    public String toString()
    {
        StringBuilder text = new StringBuilder(product.toString());
        TupleDomain<IcebergColumnHandle> enforced = icebergTable().getEnforcedPredicate();
        if (enforced.isNone()) {
            text.append(" constraint=FALSE");
        }
        else if (!enforced.isAll()) {
            text.append(enforced.getDomains().orElseThrow().keySet().stream()
                    .map(IcebergColumnHandle::getQualifiedName)
                    .collect(joining(", ", " constraint on [", "]")));
        }
        icebergTable().getLimit().ifPresent(limit -> text.append(" LIMIT ").append(limit));
        return text.toString();
    }
}
