package io.meshwright.bridge.table;

import static java.util.Objects.requireNonNull;

/**
 * What became of one table.
 *
 * @param snapshots those to which one can still travel in time
 * @param orphansRemoved files that nothing refers to, left by writers that were interrupted
 */
public record MaintenanceReport(String table, Extent before, Extent after, int orphansRemoved)
{
    public record Extent(int dataFiles, int manifests, int snapshots) {}

    public MaintenanceReport
    {
        requireNonNull(table, "table is null");
        requireNonNull(before, "before is null");
        requireNonNull(after, "after is null");
    }
}
