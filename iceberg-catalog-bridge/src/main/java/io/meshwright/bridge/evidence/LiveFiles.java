package io.meshwright.bridge.evidence;

import com.google.common.collect.ImmutableList;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.SnapshotUtil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * Lists the data files of a snapshot. Reads manifests, and no data.
 */
final class LiveFiles
{
    private LiveFiles() {}

    /**
     * @param columns by their current names; metrics are kept of these only
     */
    static List<LiveFile> list(Table table, Optional<Snapshot> snapshot, Collection<String> columns)
    {
        if (snapshot.isEmpty()) {
            return List.of();
        }
        long snapshotId = snapshot.orElseThrow().snapshotId();
        TableScan scan = table.newScan().useSnapshot(snapshotId);
        Set<String> names = namesAt(table, snapshotId, columns);
        ImmutableList.Builder<LiveFile> files = ImmutableList.builder();
        try (CloseableIterable<FileScanTask> tasks = (names.isEmpty() ? scan : scan.includeColumnStats(names)).planFiles()) {
            tasks.forEach(task -> files.add(LiveFile.of(task)));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.build();
    }

    /**
     * A column may have had another name, or none, when the snapshot was made.
     */
    private static Set<String> namesAt(Table table, long snapshotId, Collection<String> columns)
    {
        return columns.stream()
                .map(column -> table.schema().findField(column))
                .filter(Objects::nonNull)
                .map(NestedField::fieldId)
                .map(id -> SnapshotUtil.schemaFor(table, snapshotId).findColumnName(id))
                .filter(Objects::nonNull)
                .collect(toImmutableSet());
    }
}
