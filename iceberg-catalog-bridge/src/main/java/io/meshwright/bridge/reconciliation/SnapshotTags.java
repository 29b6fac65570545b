package io.meshwright.bridge.reconciliation;

import org.apache.iceberg.Table;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * Keeps the snapshot that a run reads from being expired. Whoever may not tag the product reads it without.
 */
public final class SnapshotTags
        implements AutoCloseable
{
    private final Table table;
    private final String runId;
    private final Clock clock;
    private final Consumer<String> progress;
    private Optional<SnapshotTag> tag = Optional.empty();

    public SnapshotTags(Table table, String runId, Clock clock, Consumer<String> progress)
    {
        this.table = requireNonNull(table, "table is null");
        this.runId = requireNonNull(runId, "runId is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /**
     * The table, whose current snapshot is tagged now.
     */
    public Table pin()
    {
        table.refresh();
        try {
            tag = SnapshotTag.create(table, runId, clock.instant());
        }
        catch (RuntimeException e) {
            // catalogs refuse in many ways; the run only is less safe against an expiry meanwhile
            progress.accept("the snapshot of %s is not kept by a tag: %s".formatted(table.name(), e.getClass().getSimpleName()));
        }
        return table;
    }

    @Override
    public void close()
    {
        try {
            tag.ifPresent(SnapshotTag::close);
        }
        catch (RuntimeException e) {
            // a later run removes it
            progress.accept("the tag of run %s could not be removed: %s".formatted(runId, e.getClass().getSimpleName()));
        }
    }
}
