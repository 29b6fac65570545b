package io.meshwright.bridge.usage;

import com.google.common.base.Splitter;
import io.meshwright.bridge.table.RowSchema;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * That a listener watched for a while, as a row of {@code mesh.heartbeats}: every query that ended on its server between two
 * instants is in {@code mesh.reads} and {@code mesh.lineage}, but for {@code lost} of them. It is written after these rows.
 * Where no heartbeat is, nothing is known.
 *
 * @param node the listener's name, the same after a restart
 * @param start which start of the listener this is
 * @param nextDue until when the next heartbeat is to be there; before, its absence means nothing
 * @param queries queries that ended, whether or not they read a product
 * @param lost queries that could not be recorded
 * @param legacyWarehouses those whose catalog was watched, too, in lower case and with commas; empty where none was
 * @param stopped whether the server was shut down at the end, so that no query could follow
 */
public record HeartbeatRow(
        String batchId,
        String node,
        String start,
        Instant coversFrom,
        Instant coversTo,
        Instant nextDue,
        long queries,
        long reads,
        long lost,
        boolean stopped,
        Optional<String> reason,
        Optional<String> legacyWarehouses)
{
    public static final String TABLE = "heartbeats";

    public static final RowSchema<HeartbeatRow> SCHEMA = RowSchema.<HeartbeatRow>builder()
            .bounds("covers_to")
            .string("batch_id", "The batch that this row was written with; a batch is written once", HeartbeatRow::batchId)
            .string("node", "The listener's name, the same after a restart", HeartbeatRow::node)
            .string("start", "Which start of the listener this is", HeartbeatRow::start)
            .timestamp("covers_from", "Begin of the time that was watched, inclusive", HeartbeatRow::coversFrom)
            .timestamp("covers_to", "End of the time that was watched, exclusive", HeartbeatRow::coversTo)
            .timestamp("next_due", "Until when the next heartbeat is to be there", HeartbeatRow::nextDue)
            .bigint("queries", "Queries that ended in this time, whether or not they read a product", HeartbeatRow::queries)
            .bigint("reads", "Rows recorded for them in reads", HeartbeatRow::reads)
            .bigint("lost", "Queries that could not be recorded", HeartbeatRow::lost)
            .bool("stopped", "Whether the server was shut down at the end, so that no query could follow", HeartbeatRow::stopped)
            .optionalString("reason", "Why queries were lost", HeartbeatRow::reason)
            .optionalString("legacy_warehouses", "Legacy warehouses whose catalogs were watched, too, with commas; null where none was", HeartbeatRow::legacyWarehouses)
            .build(row -> new HeartbeatRow(
                    row.string("batch_id"),
                    row.string("node"),
                    row.string("start"),
                    row.timestamp("covers_from"),
                    row.timestamp("covers_to"),
                    row.timestamp("next_due"),
                    row.bigint("queries"),
                    row.bigint("reads"),
                    row.bigint("lost"),
                    row.bool("stopped"),
                    row.optionalString("reason"),
                    row.optionalString("legacy_warehouses")));

    public HeartbeatRow
    {
        requireNonNull(batchId, "batchId is null");
        requireNonNull(node, "node is null");
        requireNonNull(start, "start is null");
        checkArgument(!coversTo.isBefore(coversFrom), "A heartbeat ends before it begins");
        requireNonNull(nextDue, "nextDue is null");
        checkArgument(queries >= 0 && reads >= 0 && lost >= 0, "A count is negative");
        requireNonNull(reason, "reason is null");
        requireNonNull(legacyWarehouses, "legacyWarehouses is null");
    }

    public HeartbeatRow(String batchId, String node, String start, Instant coversFrom, Instant coversTo, Instant nextDue, long queries, long reads, long lost, boolean stopped, Optional<String> reason)
    {
        this(batchId, node, start, coversFrom, coversTo, nextDue, queries, reads, lost, stopped, reason, Optional.empty());
    }

    /**
     * Whether reads in the catalog of a legacy warehouse were recorded as well.
     */
    public boolean watches(String legacyWarehouse)
    {
        return legacyWarehouses.filter(names -> Splitter.on(',').splitToList(names).contains(legacyWarehouse.toLowerCase(Locale.ROOT))).isPresent();
    }

    public HeartbeatRow withReads(long reads)
    {
        return new HeartbeatRow(batchId, node, start, coversFrom, coversTo, nextDue, queries, reads, lost, stopped, reason, legacyWarehouses);
    }
}
