package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.trino.MeshTableHandle;
import io.meshwright.trino.product.Product;
import io.trino.plugin.iceberg.IcebergTableHandle;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What a scan reads of a product. Trino shows it in the details of a query and gives it to event listeners, so it holds what
 * readers may know: the declaration, and no name of a table, no path and no value.
 *
 * @param masked whether the personal columns are masked in this scan
 * @param personalColumns the paths of all personal columns of the contract
 * @param filterColumns columns that storage filters by, which the scan itself need not read
 */
public record ProductRead(
        String product,
        String port,
        int revision,
        String contractVersion,
        Optional<String> snapshotId,
        boolean masked,
        List<String> personalColumns,
        List<String> filterColumns,
        Optional<String> residency)
{
    public ProductRead
    {
        requireNonNull(product, "product is null");
        requireNonNull(port, "port is null");
        requireNonNull(contractVersion, "contractVersion is null");
        requireNonNull(snapshotId, "snapshotId is null");
        personalColumns = ImmutableList.copyOf(personalColumns);
        filterColumns = ImmutableList.copyOf(filterColumns);
        requireNonNull(residency, "residency is null");
    }

    public static Optional<ProductRead> of(Product product, MeshTableHandle handle)
    {
        if (!(product.port() instanceof Product.Table table)) {
            return Optional.empty();
        }
        IcebergTableHandle iceberg = (IcebergTableHandle) handle.delegate();
        return Optional.of(new ProductRead(
                product.address(),
                table.registered().port(),
                table.registered().revision(),
                table.registered().contractVersion(),
                iceberg.getSnapshotId().stream().mapToObj(Long::toString).findFirst(),
                handle.rules().masked(),
                ImmutableList.copyOf(table.masks().masks().keySet()),
                filterColumns(handle, iceberg),
                product.spec().map(DataProductSpec::classification).flatMap(classification -> classification.residency())));
    }

    private static List<String> filterColumns(MeshTableHandle handle, IcebergTableHandle iceberg)
    {
        return Stream.of(iceberg.getEnforcedPredicate(), iceberg.getUnenforcedPredicate())
                .flatMap(predicate -> predicate.getDomains().stream())
                .flatMap(domains -> domains.keySet().stream())
                .map(handle::columnName)
                .distinct()
                .sorted()
                .collect(toImmutableList());
    }

    /**
     * Whether a column that was read held something masked.
     */
    public boolean isMasked(String column)
    {
        return masked && isPersonal(column);
    }

    /**
     * Whether a column is personal, or is a part of such a one, or holds such a one.
     */
    public boolean isPersonal(String column)
    {
        return personalColumns.stream().anyMatch(personal -> personal.equals(column) ||
                personal.startsWith(column + ".") ||
                column.startsWith(personal + "."));
    }
}
