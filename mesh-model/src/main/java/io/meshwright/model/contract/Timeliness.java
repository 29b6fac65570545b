package io.meshwright.model.contract;

import java.time.Duration;
import java.time.Period;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a contract promises of time, next to freshness. Fields may have their model before them.
 *
 * @param interval how often data comes at least
 */
public record Timeliness(Optional<Retention> retention, Optional<Latency> latency, Optional<Duration> interval)
{
    public static final Timeliness NONE = new Timeliness(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Nothing is kept for longer than the period.
     *
     * @param timestampField by which the age of a row is told; without one it cannot be
     */
    public record Retention(Period period, Optional<String> timestampField)
    {
        public Retention
        {
            requireNonNull(period, "period is null");
            requireNonNull(timestampField, "timestampField is null");
        }
    }

    /**
     * No row takes longer from its source to where it can be read.
     */
    public record Latency(Duration threshold, Optional<String> sourceField, Optional<String> processedField)
    {
        public Latency
        {
            requireNonNull(threshold, "threshold is null");
            requireNonNull(sourceField, "sourceField is null");
            requireNonNull(processedField, "processedField is null");
        }
    }

    public Timeliness
    {
        requireNonNull(retention, "retention is null");
        requireNonNull(latency, "latency is null");
        requireNonNull(interval, "interval is null");
    }
}
