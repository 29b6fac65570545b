package io.meshwright.trino;

import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ReaderAccess;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.security.ConnectorIdentity;

import java.util.Set;

import static com.google.common.collect.Streams.concat;
import static io.meshwright.trino.MeshErrorCode.MESH_CLEAR_VALUES_DENIED;
import static io.meshwright.trino.MeshErrorCode.MESH_READ_DENIED;

/**
 * Holds a handle against the user who reads with it. They differ in a view that runs with its owner's rights: the
 * handle was made for the owner.
 */
final class CallerCheck
{
    private CallerCheck() {}

    static void check(Product product, MeshTableHandle handle, ReaderAccess access, ConnectorIdentity caller)
    {
        if (!access.mayRead(product, caller)) {
            throw MESH_READ_DENIED.exception(readDenied(product));
        }
        if (handle.rules().masked() || access.seesClearValues(product, caller)) {
            return;
        }
        IcebergTableHandle table = handle.icebergTable();
        Set<IcebergColumnHandle> projected = table.getProjectedColumns();
        // no projection may mean all columns
        boolean unknown = projected.isEmpty() && !handle.rules().masks().isEmpty();
        if (unknown || concat(projected.stream(), PushedDown.filterColumns(table)).anyMatch(handle.rules()::touchesMask)) {
            throw MESH_CLEAR_VALUES_DENIED.exception("A view of somebody with clearance shows values of product %s that are masked for you. Ask for a view with SECURITY INVOKER."
                    .formatted(product.address()));
        }
    }

    static String readDenied(Product product)
    {
        String groups = product.spec()
                .flatMap(spec -> spec.access().readGroups())
                .filter(names -> !names.isEmpty())
                .map(names -> "the groups " + String.join(", ", names))
                .orElse("whom its owner cleared");
        return "Product %s may be read by %s. Ask %s for access.".formatted(product.address(), groups, product.owner());
    }
}
