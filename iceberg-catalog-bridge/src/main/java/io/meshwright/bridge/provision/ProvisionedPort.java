package io.meshwright.bridge.provision;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.registry.ColumnRow;
import io.meshwright.bridge.registry.PortRow;
import org.apache.iceberg.catalog.TableIdentifier;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A port whose table is there, ready to be registered.
 *
 * @param origin how the table came to be in the catalog, so that it can be taken out again
 */
public record ProvisionedPort(PortRow row, List<ColumnRow> columns, TableIdentifier identifier, Origin origin)
{
    public enum Origin
    {
        THERE_BEFORE,
        ENTERED,
        CREATED,
    }

    public ProvisionedPort
    {
        requireNonNull(row, "row is null");
        columns = ImmutableList.copyOf(columns);
        requireNonNull(identifier, "identifier is null");
        requireNonNull(origin, "origin is null");
    }
}
