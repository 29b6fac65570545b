package io.meshwright.bridge.usage;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.table.RowRemoval;
import io.meshwright.model.finding.MeshException;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.Comparators.min;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * Forgets who read what long ago. A time of which reads were forgotten is one that nobody vouches for any more: its heartbeats go
 * before its reads.
 */
public final class UsageRetention
{
    private final MeshCatalog catalog;

    /**
     * How many rows were removed.
     */
    public record Removed(long reads, long lineage, long heartbeats) {}

    public UsageRetention(MeshCatalog catalog)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    /**
     * Removes what ended before an instant. A little more is kept where a heartbeat reaches across it.
     *
     * @throws MeshException when the catalog does not answer
     */
    public Removed removeBefore(Instant instant)
    {
        List<HeartbeatRow> heartbeats = new UsageTables(catalog).heartbeats(unused -> true);
        Instant vouchedFrom = heartbeats.stream()
                .filter(heartbeat -> !heartbeat.coversTo().isBefore(instant))
                .map(HeartbeatRow::coversFrom)
                .reduce(instant, (earlier, from) -> min(earlier, from));
        Set<HeartbeatRow> beginsOfGaps = beginsOfGaps(heartbeats, instant);
        long oldHeartbeats = new RowRemoval(catalog, HeartbeatRow.TABLE, "covers_to", instant, row -> beginsOfGaps.contains(HeartbeatRow.SCHEMA.decode(row))).run();
        long oldReads = new RowRemoval(catalog, ReadRow.TABLE, "ended_at", vouchedFrom, row -> false).run();
        long oldLineage = new RowRemoval(catalog, LineageRow.TABLE, "occurred_at", vouchedFrom, row -> false).run();
        return new Removed(oldReads, oldLineage, oldHeartbeats);
    }

    /**
     * The last heartbeat of each server before the instant, where nobody knows what it did after: without it, the time up to its
     * next one would look watched.
     */
    private static Set<HeartbeatRow> beginsOfGaps(List<HeartbeatRow> heartbeats, Instant instant)
    {
        Map<String, HeartbeatRow> lastBefore = new HashMap<>();
        Map<String, Instant> nextFrom = new HashMap<>();
        for (HeartbeatRow heartbeat : heartbeats) {
            if (heartbeat.coversTo().isBefore(instant)) {
                lastBefore.merge(heartbeat.node(), heartbeat, (one, other) -> comparing(HeartbeatRow::coversTo).compare(one, other) >= 0 ? one : other);
            }
            else {
                nextFrom.merge(heartbeat.node(), heartbeat.coversFrom(), (one, other) -> min(one, other));
            }
        }
        return lastBefore.values().stream()
                .filter(last -> !last.stopped())
                .filter(last -> Optional.ofNullable(nextFrom.get(last.node())).filter(next -> !next.isAfter(last.coversTo())).isEmpty())
                .collect(toImmutableSet());
    }
}
