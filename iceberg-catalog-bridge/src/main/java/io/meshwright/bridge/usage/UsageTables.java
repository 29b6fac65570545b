package io.meshwright.bridge.usage;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.finding.MeshException;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The tables of who read what, and what became of it. Every method throws {@link MeshException} where the catalog does not answer.
 * Thread-safe.
 */
public final class UsageTables
{
    private final RowTable<ReadRow> reads;
    private final RowTable<LineageRow> lineage;
    private final RowTable<HeartbeatRow> heartbeats;

    public UsageTables(MeshCatalog catalog)
    {
        this.reads = new RowTable<>(catalog, ReadRow.TABLE, ReadRow.SCHEMA);
        this.lineage = new RowTable<>(catalog, LineageRow.TABLE, LineageRow.SCHEMA);
        this.heartbeats = new RowTable<>(catalog, HeartbeatRow.TABLE, HeartbeatRow.SCHEMA);
    }

    /**
     * Writes a batch, unless it is there. What was written of it before an interruption is not written again. The heartbeat comes
     * last, so that where it is, everything that it covers is.
     */
    public void write(UsageBatch batch)
    {
        if (!batch.reads().isEmpty()) {
            reads.appendBatch(batch.batchId(), batch.made(), row -> row.batchId().equals(batch.batchId()), batch.reads());
        }
        if (!batch.lineage().isEmpty()) {
            lineage.appendBatch(batch.batchId(), batch.made(), row -> row.batchId().equals(batch.batchId()), batch.lineage());
        }
        batch.heartbeat().ifPresent(heartbeat ->
                heartbeats.appendBatch(batch.batchId(), batch.made(), row -> row.batchId().equals(batch.batchId()), List.of(heartbeat)));
    }

    public List<ReadRow> reads(Predicate<ReadRow> filter)
    {
        return rows(reads, filter);
    }

    /**
     * Hands over all reads, one after the other, without keeping them.
     */
    public void forEachRead(Consumer<ReadRow> action)
    {
        reads.forEach(action);
    }

    public List<LineageRow> lineage(Predicate<LineageRow> filter)
    {
        return rows(lineage, filter);
    }

    public List<HeartbeatRow> heartbeats(Predicate<HeartbeatRow> filter)
    {
        return rows(heartbeats, filter);
    }

    private static <T> List<T> rows(RowTable<T> table, Predicate<T> filter)
    {
        ImmutableList.Builder<T> rows = ImmutableList.builder();
        table.forEach(row -> {
            if (filter.test(row)) {
                rows.add(row);
            }
        });
        return rows.build();
    }
}
