package io.meshwright.trino.usage;

import io.meshwright.bridge.usage.HeartbeatRow;

import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * One line of a segment.
 */
public record SpoolLine(Optional<QueryUsage> usage, Optional<HeartbeatRow> heartbeat)
{
    public SpoolLine
    {
        requireNonNull(usage, "usage is null");
        requireNonNull(heartbeat, "heartbeat is null");
        checkArgument(usage.isPresent() != heartbeat.isPresent(), "A line is either a usage or a heartbeat");
    }

    static SpoolLine of(QueryUsage usage)
    {
        return new SpoolLine(Optional.of(usage), Optional.empty());
    }

    static SpoolLine of(HeartbeatRow heartbeat)
    {
        return new SpoolLine(Optional.empty(), Optional.of(heartbeat));
    }
}
