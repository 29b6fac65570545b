package io.meshwright.trino.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.table.Row;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Reads the registrations that came since the last reading.
 */
public final class RegistryReader
{
    private final RegistryTables tables;

    public RegistryReader(RegistryTables tables)
    {
        this.tables = requireNonNull(tables, "tables is null");
    }

    /**
     * What was read of the registry.
     *
     * @param snapshotId empty when nothing was ever registered
     * @param parts of which the snapshot is made
     */
    public record Seen(OptionalLong snapshotId, Set<String> parts)
    {
        public static final Seen NOTHING = new Seen(OptionalLong.empty(), ImmutableSet.of());

        public Seen
        {
            requireNonNull(snapshotId, "snapshotId is null");
            parts = ImmutableSet.copyOf(parts);
        }
    }

    /**
     * @param rows what has to be added to what was seen before, or takes its place
     * @param complete whether the rows are all there are
     */
    public record Change(Seen seen, List<Row> rows, boolean complete)
    {
        public Change
        {
            requireNonNull(seen, "seen is null");
            rows = ImmutableList.copyOf(rows);
        }
    }

    /**
     * Reads what the registry holds now and did not hold when it was seen; empty when it is still the same.
     *
     * @throws IOException where the catalog or the storage does not answer, or a file is damaged
     */
    public Optional<Change> read(Optional<Seen> before)
            throws IOException
    {
        try (RegistryScan scan = tables.open(ProductRow.TABLE)) {
            if (before.map(Seen::snapshotId).equals(Optional.of(scan.snapshotId()))) {
                return Optional.empty();
            }
            Set<String> seen = before.map(Seen::parts).orElse(ImmutableSet.of());
            Change change = read(scan, seen);
            if (!change.seen().parts().containsAll(seen)) {
                // maintenance put rows together, or somebody rolled the table back: what is gone cannot be told from what is left
                change = read(scan, ImmutableSet.of());
            }
            return Optional.of(change);
        }
    }

    private static Change read(RegistryScan scan, Set<String> except)
            throws IOException
    {
        ImmutableList.Builder<Row> added = ImmutableList.builder();
        try (RegistryRows rows = scan.rowsExcept(ProductRow.SCHEMA.columnNames(), except)) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                added.add(row.orElseThrow());
            }
            return new Change(new Seen(scan.snapshotId(), rows.parts()), added.build(), except.isEmpty());
        }
    }
}
