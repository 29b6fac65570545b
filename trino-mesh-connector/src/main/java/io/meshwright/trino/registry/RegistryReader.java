package io.meshwright.trino.registry;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.table.Row;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * Reads all registrations, unless nothing changed.
 */
public final class RegistryReader
{
    private final RegistryTables tables;

    public RegistryReader(RegistryTables tables)
    {
        this.tables = requireNonNull(tables, "tables is null");
    }

    /**
     * @param snapshotId of the state that was read; empty when nothing was ever registered
     * @param rows empty when the registry is still as it was
     */
    public record State(OptionalLong snapshotId, Optional<List<Row>> rows) {}

    /**
     * Reads the table, unless it still has the known snapshot.
     */
    public State read(Optional<OptionalLong> knownSnapshotId)
            throws IOException
    {
        try (RegistryScan scan = tables.open(ProductRow.TABLE)) {
            if (knownSnapshotId.isPresent() && knownSnapshotId.orElseThrow().equals(scan.snapshotId())) {
                return new State(scan.snapshotId(), Optional.empty());
            }
            ImmutableList.Builder<Row> all = ImmutableList.builder();
            try (RegistryRows rows = scan.rows(ProductRow.SCHEMA.columnNames())) {
                for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                    all.add(row.orElseThrow());
                }
            }
            return new State(scan.snapshotId(), Optional.of(all.build()));
        }
    }
}
