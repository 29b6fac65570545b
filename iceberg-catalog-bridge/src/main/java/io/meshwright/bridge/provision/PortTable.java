package io.meshwright.bridge.provision;

import io.meshwright.model.product.OutputPort;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * Where the table of an Iceberg port is, or is to be.
 *
 * @param identifier free in the catalog when there is no table
 * @param table empty when the catalog has none
 * @param metadataFile of a table that lies at the port's location, but is not in the catalog
 * @param former the table that the port had, when its declared location has moved away from it
 */
record PortTable(OutputPort port, TableIdentifier identifier, Optional<Table> table, Optional<String> metadataFile, Optional<Table> former)
{
    PortTable
    {
        requireNonNull(port, "port is null");
        requireNonNull(identifier, "identifier is null");
        requireNonNull(table, "table is null");
        requireNonNull(metadataFile, "metadataFile is null");
        requireNonNull(former, "former is null");
        checkArgument(table.isEmpty() || metadataFile.isEmpty(), "A table in the catalog needs no metadata file");
    }

    /**
     * The location without a trailing slash, as Iceberg keeps it.
     */
    static String normalize(String location)
    {
        String plain = location.replaceFirst("^file:/+", "file:///").replaceFirst("^s3[an]://", "s3://");
        while (plain.endsWith("/")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        return plain;
    }
}
