package io.meshwright.bridge.usage;

import com.google.common.collect.ImmutableList;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What one listener saw in a while; it is written as a whole, once.
 *
 * @param heartbeat empty where the listener was killed before it could vouch for the time
 * @param made before it was first tried to write it
 */
public record UsageBatch(String batchId, Instant made, List<ReadRow> reads, List<LineageRow> lineage, Optional<HeartbeatRow> heartbeat)
{
    public UsageBatch
    {
        requireNonNull(batchId, "batchId is null");
        requireNonNull(made, "made is null");
        reads = ImmutableList.copyOf(reads);
        lineage = ImmutableList.copyOf(lineage);
        requireNonNull(heartbeat, "heartbeat is null");
        requireNonNull(heartbeat, "heartbeat is null");
        checkArgument(
                reads.stream().allMatch(row -> row.batchId().equals(batchId)) &&
                        lineage.stream().allMatch(row -> row.batchId().equals(batchId)) &&
                        heartbeat.stream().allMatch(row -> row.batchId().equals(batchId)),
                "A row belongs to another batch than %s",
                batchId);
    }
}
