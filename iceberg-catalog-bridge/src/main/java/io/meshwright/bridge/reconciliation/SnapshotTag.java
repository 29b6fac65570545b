package io.meshwright.bridge.reconciliation;

import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Keeps a snapshot of the product from being expired while it is read, by a tag of the run.
 */
public final class SnapshotTag
        implements AutoCloseable
{
    static final String PREFIX = "mesh-reconcile-";
    // longer than any run: the tag of a run that died is removed by a later one
    private static final Duration LONGEST_RUN = Duration.ofDays(1);

    private final Table table;
    private final String name;

    private SnapshotTag(Table table, String name)
    {
        this.table = requireNonNull(table, "table is null");
        this.name = requireNonNull(name, "name is null");
    }

    /**
     * Tags the current snapshot, and removes the tags that runs left behind.
     *
     * @return empty for a table that never had data
     */
    public static Optional<SnapshotTag> create(Table table, String runId, Instant now)
    {
        Snapshot current = table.currentSnapshot();
        if (current == null) {
            return Optional.empty();
        }
        String name = PREFIX + runId;
        ManageSnapshots change = table.manageSnapshots();
        abandoned(table, name, now).forEach(change::removeTag);
        if (table.refs().containsKey(name)) {
            change.replaceTag(name, current.snapshotId());
        }
        else {
            change.createTag(name, current.snapshotId());
        }
        change.commit();
        return Optional.of(new SnapshotTag(table, name));
    }

    /**
     * A tag has no time of its own. One of an old snapshot that is not the current one was made before the table changed.
     */
    private static List<String> abandoned(Table table, String own, Instant now)
    {
        return table.refs().entrySet().stream()
                .filter(ref -> ref.getValue().isTag() && ref.getKey().startsWith(PREFIX) && !ref.getKey().equals(own))
                .filter(ref -> isOld(table, ref.getValue(), now))
                .map(Map.Entry::getKey)
                .collect(toImmutableList());
    }

    private static boolean isOld(Table table, SnapshotRef ref, Instant now)
    {
        Snapshot snapshot = table.snapshot(ref.snapshotId());
        return snapshot == null || Instant.ofEpochMilli(snapshot.timestampMillis()).plus(LONGEST_RUN).isBefore(now);
    }

    @Override
    public void close()
    {
        table.refresh();
        if (table.refs().containsKey(name)) {
            table.manageSnapshots().removeTag(name).commit();
        }
    }
}
