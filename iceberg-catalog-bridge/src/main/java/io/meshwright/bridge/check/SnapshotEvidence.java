package io.meshwright.bridge.check;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.SnapshotUtil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What the metadata of a table's snapshot proves without reading data. A figure is given only where it is exact.
 */
public final class SnapshotEvidence
{
    private final Table table;
    private final Optional<Snapshot> snapshot;

    /**
     * Of the current snapshot.
     */
    public SnapshotEvidence(Table table)
    {
        this(table, Optional.ofNullable(table.currentSnapshot()));
    }

    /**
     * @param snapshot of the table; empty for one without data
     */
    public SnapshotEvidence(Table table, Optional<Snapshot> snapshot)
    {
        this.table = requireNonNull(table, "table is null");
        this.snapshot = requireNonNull(snapshot, "snapshot is null");
    }

    public Optional<Snapshot> snapshot()
    {
        return snapshot;
    }

    /**
     * The number of rows by the manifest list alone; empty where row-level deletes or an old writer leave it open.
     */
    public OptionalLong rowCount()
    {
        if (snapshot.isEmpty()) {
            return OptionalLong.of(0);
        }
        if (!snapshot.orElseThrow().deleteManifests(table.io()).isEmpty()) {
            return OptionalLong.empty();
        }
        long rows = 0;
        for (ManifestFile manifest : snapshot.orElseThrow().dataManifests(table.io())) {
            if (manifest.addedRowsCount() == null || manifest.existingRowsCount() == null) {
                return OptionalLong.empty();
            }
            rows += manifest.addedRowsCount() + manifest.existingRowsCount();
        }
        return OptionalLong.of(rows);
    }

    /**
     * When data last came or changed: the newest snapshot in the current one's history that added data files. Compaction and
     * commits that only delete are passed over. Empty where there is none that is still kept.
     */
    public Optional<Instant> lastDataCommit()
    {
        Snapshot candidate = snapshot.orElse(null);
        while (candidate != null) {
            if (!candidate.operation().equals(DataOperations.REPLACE) && addsRows(candidate)) {
                return Optional.of(Instant.ofEpochMilli(candidate.timestampMillis()));
            }
            candidate = candidate.parentId() == null ? null : table.snapshot(candidate.parentId());
        }
        return Optional.empty();
    }

    private boolean addsRows(Snapshot candidate)
    {
        for (ManifestFile manifest : candidate.dataManifests(table.io())) {
            boolean own = manifest.snapshotId() != null && manifest.snapshotId() == candidate.snapshotId();
            if (own && (manifest.addedFilesCount() == null || manifest.addedFilesCount() > 0)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether {@link #newest} can be told exactly for a column; reads manifests.
     */
    public record Newest(boolean exact, Optional<Instant> time)
    {
        public Newest
        {
            requireNonNull(time, "time is null");
        }
    }

    /**
     * The greatest time in a date or timestamp column of the table by the bounds in the manifests. Exact unless a file has row-level deletes or no
     * bounds. Exact without a time means that no row has a value. A date counts from its first instant, a timestamp without a zone as UTC.
     */
    public Newest newest(String column)
    {
        NestedField field = table.schema().findField(column);
        if (field == null || !isTime(field.type())) {
            return new Newest(false, Optional.empty());
        }
        if (snapshot.isEmpty()) {
            return new Newest(true, Optional.empty());
        }
        // the column may have had another name then
        Optional<String> name = Optional.ofNullable(SnapshotUtil.schemaFor(table, snapshot.orElseThrow().snapshotId()).findColumnName(field.fieldId()));
        if (name.isEmpty()) {
            return new Newest(false, Optional.empty());
        }
        Optional<Instant> newest = Optional.empty();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().useSnapshot(snapshot.orElseThrow().snapshotId()).includeColumnStats(List.of(name.orElseThrow())).planFiles()) {
            for (FileScanTask task : tasks) {
                if (!task.deletes().isEmpty()) {
                    return new Newest(false, Optional.empty());
                }
                Optional<ByteBuffer> bound = value(task.file().upperBounds(), field.fieldId());
                if (bound.isEmpty()) {
                    if (isAllNull(task.file(), field.fieldId())) {
                        continue;
                    }
                    return new Newest(false, Optional.empty());
                }
                Instant time = instant(field.type(), bound.orElseThrow());
                newest = Optional.of(newest.filter(other -> other.isAfter(time)).orElse(time));
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Newest(true, newest);
    }

    private static boolean isAllNull(DataFile file, int fieldId)
    {
        return value(file.nullValueCounts(), fieldId).map(nulls -> nulls == file.recordCount()).orElse(false);
    }

    private static <V> Optional<V> value(Map<Integer, V> values, int fieldId)
    {
        return values == null ? Optional.empty() : Optional.ofNullable(values.get(fieldId));
    }

    private static boolean isTime(Type type)
    {
        return type.typeId() == TypeID.TIMESTAMP || type.typeId() == TypeID.DATE;
    }

    private static Instant instant(Type type, ByteBuffer bound)
    {
        if (type.typeId() == TypeID.DATE) {
            int day = Conversions.<Integer>fromByteBuffer(type, bound);
            return LocalDate.ofEpochDay(day).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return ofMicros(Conversions.<Long>fromByteBuffer(type, bound));
    }

    static Instant ofMicros(long micros)
    {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }
}
