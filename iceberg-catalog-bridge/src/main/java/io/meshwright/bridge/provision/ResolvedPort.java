package io.meshwright.bridge.provision;

import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.ProductRow;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

import static java.util.Objects.requireNonNull;

/**
 * A registered port with the table behind it as it is now.
 */
public record ResolvedPort(ProductRow product, PortRow port, TableIdentifier identifier, Table table)
{
    public ResolvedPort
    {
        requireNonNull(product, "product is null");
        requireNonNull(port, "port is null");
        requireNonNull(identifier, "identifier is null");
        requireNonNull(table, "table is null");
    }
}
