package io.meshwright.trino;

import io.meshwright.trino.mask.FieldRules;
import io.meshwright.trino.mask.MaskedColumnHandle;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.plugin.iceberg.IcebergTablePartitioning;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.Streams.concat;
import static io.meshwright.trino.MeshErrorCode.MESH_MASK_BYPASS;

/**
 * The last look at a handle before it reads: whatever was pushed into it must not compare clear values of a masked
 * column, or the rows that come back would tell them.
 */
final class PushedDown
{
    private PushedDown() {}

    static void checkHoldsNoMaskedValue(MeshTableHandle handle)
    {
        IcebergTableHandle table = handle.icebergTable();
        checkDomains(handle.rules(), table.getEnforcedPredicate());
        checkDomains(handle.rules(), table.getUnenforcedPredicate());
        checkColumns(handle.rules(), table.getConstraintColumns());
        table.getTablePartitioning()
                .filter(IcebergTablePartitioning::active)
                .ifPresent(partitioning -> checkColumns(handle.rules(), partitioning.partitioningColumns()));
    }

    /**
     * Whether the domain says nothing but whether a value is there.
     */
    static boolean isNullCheck(Domain domain)
    {
        return domain.isOnlyNull() || domain.equals(Domain.notNull(domain.getType()));
    }

    /**
     * All columns that the handle names in what it filters by.
     */
    static Stream<IcebergColumnHandle> filterColumns(IcebergTableHandle table)
    {
        return concat(
                table.getConstraintColumns().stream(),
                columns(table.getEnforcedPredicate()),
                columns(table.getUnenforcedPredicate()));
    }

    private static Stream<IcebergColumnHandle> columns(TupleDomain<IcebergColumnHandle> predicate)
    {
        return predicate.getDomains().stream().flatMap(domains -> domains.keySet().stream());
    }

    private static void checkDomains(FieldRules rules, TupleDomain<IcebergColumnHandle> predicate)
    {
        Optional.of(predicate).flatMap(TupleDomain::getDomains).ifPresent(domains -> domains.forEach((column, domain) -> {
            if (!isNullCheck(domain) || hidesNulls(rules, column)) {
                checkColumn(rules, column);
            }
        }));
    }

    private static boolean hidesNulls(FieldRules rules, IcebergColumnHandle column)
    {
        return rules.wrap(column) instanceof MaskedColumnHandle masked && !masked.mask().keepsNulls();
    }

    private static void checkColumns(FieldRules rules, Collection<IcebergColumnHandle> columns)
    {
        columns.forEach(column -> checkColumn(rules, column));
    }

    private static void checkColumn(FieldRules rules, IcebergColumnHandle column)
    {
        if (rules.wrap(column) instanceof MaskedColumnHandle) {
            throw MESH_MASK_BYPASS.exception("A condition on a masked column was to be evaluated on clear values");
        }
    }
}
