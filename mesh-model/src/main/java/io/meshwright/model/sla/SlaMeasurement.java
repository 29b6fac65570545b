package io.meshwright.model.sla;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A figure for an objective, or the reason why there is none.
 *
 * @param newestData for freshness: the time of the newest data
 * @param figure for the others: 0..1, for latency seconds
 * @param measuredAt when the figure was taken
 * @param source what it is taken from
 * @param reason why it is missing
 */
public record SlaMeasurement(Optional<Instant> newestData, Optional<BigDecimal> figure, Optional<Instant> measuredAt, Optional<String> source, Optional<String> reason)
{
    public SlaMeasurement
    {
        requireNonNull(newestData, "newestData is null");
        requireNonNull(figure, "figure is null");
        requireNonNull(measuredAt, "measuredAt is null");
        requireNonNull(source, "source is null");
        requireNonNull(reason, "reason is null");
    }

    public static SlaMeasurement freshness(Instant newestData, Instant measuredAt, String source)
    {
        return new SlaMeasurement(Optional.of(newestData), Optional.empty(), Optional.of(measuredAt), Optional.of(source), Optional.empty());
    }

    public static SlaMeasurement ratio(BigDecimal ratio, Instant measuredAt, String source)
    {
        return new SlaMeasurement(Optional.empty(), Optional.of(ratio), Optional.of(measuredAt), Optional.of(source), Optional.empty());
    }

    /**
     * @param seconds how long the slowest row took
     */
    public static SlaMeasurement latency(BigDecimal seconds, Instant measuredAt, String source)
    {
        return new SlaMeasurement(Optional.empty(), Optional.of(seconds), Optional.of(measuredAt), Optional.of(source), Optional.empty());
    }

    public static SlaMeasurement missing(String reason)
    {
        return new SlaMeasurement(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(reason));
    }
}
