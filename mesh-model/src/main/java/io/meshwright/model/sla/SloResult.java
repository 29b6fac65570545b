package io.meshwright.model.sla;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * One objective against one measurement.
 *
 * @param slo {@code freshness}, {@code completeness}, {@code availability}, {@code accuracy} or {@code latency}
 * @param actual seconds for freshness and latency, 0..1 for the others; empty when not measured
 * @param threshold in the unit of {@code actual}: at most this for freshness and latency, at least this for the others
 * @param measuredAt when the figure was taken, which may be before the check
 * @param source what the figure is taken from
 * @param message why it is unknown or missed
 */
public record SloResult(
        String slo,
        SloStatus status,
        Optional<BigDecimal> actual,
        Optional<BigDecimal> threshold,
        Optional<Instant> measuredAt,
        Optional<String> source,
        Optional<String> message)
{
    public SloResult
    {
        requireNonNull(slo, "slo is null");
        requireNonNull(status, "status is null");
        requireNonNull(actual, "actual is null");
        requireNonNull(threshold, "threshold is null");
        requireNonNull(measuredAt, "measuredAt is null");
        requireNonNull(source, "source is null");
        requireNonNull(message, "message is null");
        checkArgument(status == SloStatus.UNKNOWN || actual.isPresent(), "a verdict needs a figure");
        checkArgument(status != SloStatus.UNKNOWN || message.isPresent(), "unknown says why");
    }
}
