package io.meshwright.model.sla;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.sla.ServiceLevels.Freshness;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Holds measurements against promises.
 */
public final class SlaEvaluator
{
    public static final String FRESHNESS = "freshness";
    public static final String COMPLETENESS = "completeness";
    public static final String AVAILABILITY = "availability";
    public static final String ACCURACY = "accuracy";
    public static final String LATENCY = "latency";

    private static final SlaMeasurement NO_MEASUREMENT = SlaMeasurement.missing("no measurement");

    private SlaEvaluator() {}

    /**
     * The names of the objectives that are declared, in the order in which they are reported.
     */
    public static List<String> declared(ServiceLevels levels)
    {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        levels.freshness().ifPresent(objective -> names.add(FRESHNESS));
        levels.completeness().ifPresent(objective -> names.add(COMPLETENESS));
        levels.availability().ifPresent(objective -> names.add(AVAILABILITY));
        levels.accuracy().ifPresent(objective -> names.add(ACCURACY));
        levels.latency().ifPresent(objective -> names.add(LATENCY));
        return names.build();
    }

    /**
     * Whether the figure of an objective is a number of seconds; the others are shares of 0..1.
     */
    public static boolean isSeconds(String slo)
    {
        return slo.equals(FRESHNESS) || slo.equals(LATENCY);
    }

    /**
     * One result for each declared objective. One without a measurement is unknown, never met.
     */
    public static List<SloResult> evaluate(ServiceLevels levels, Map<String, SlaMeasurement> measurements, Instant now)
    {
        requireNonNull(now, "now is null");
        ImmutableList.Builder<SloResult> results = ImmutableList.builder();
        levels.freshness().ifPresent(objective -> results.add(freshness(objective, measurements.getOrDefault(FRESHNESS, NO_MEASUREMENT), now)));
        levels.completeness().ifPresent(least -> results.add(ratio(COMPLETENESS, least, measurements.getOrDefault(COMPLETENESS, NO_MEASUREMENT))));
        levels.availability().ifPresent(least -> results.add(ratio(AVAILABILITY, least, measurements.getOrDefault(AVAILABILITY, NO_MEASUREMENT))));
        levels.accuracy().ifPresent(least -> results.add(ratio(ACCURACY, least, measurements.getOrDefault(ACCURACY, NO_MEASUREMENT))));
        levels.latency().ifPresent(most -> results.add(latency(most, measurements.getOrDefault(LATENCY, NO_MEASUREMENT))));
        return results.build();
    }

    /**
     * Freshness at an instant. The figure is the age of the newest data in seconds. For an arrival by a time of day the threshold is
     * the age of the midnight (in the objective's zone) that began the day of the last time of day that has passed: data from before
     * that midnight is not that day's.
     */
    public static SloResult freshness(Freshness objective, SlaMeasurement measurement, Instant now)
    {
        BigDecimal threshold = seconds(objective.maxAge().orElseGet(() -> Duration.between(beginOfDueDay(objective, now), now)));
        if (measurement.newestData().isEmpty()) {
            return unknown(FRESHNESS, threshold, measurement);
        }
        BigDecimal age = seconds(Duration.between(measurement.newestData().orElseThrow(), now));
        boolean met = objective.strict() ? age.compareTo(threshold) < 0 : age.compareTo(threshold) <= 0;
        Optional<String> message = Optional.empty();
        if (!met) {
            String due = objective.availableBy().map(time -> "due daily by " + time + " " + zone(objective).getId()).orElseGet(() -> "at most " + threshold.toPlainString() + " s");
            message = Optional.of("newest data is of " + measurement.newestData().orElseThrow() + ", " + age.toPlainString() + " s ago; " + due);
        }
        return new SloResult(FRESHNESS, met ? SloStatus.MET : SloStatus.MISSED, Optional.of(age), Optional.of(threshold), measurement.measuredAt(), measurement.source(), message);
    }

    private static SloResult latency(Duration most, SlaMeasurement measurement)
    {
        BigDecimal threshold = seconds(most);
        if (measurement.figure().isEmpty()) {
            return unknown(LATENCY, threshold, measurement);
        }
        BigDecimal actual = measurement.figure().orElseThrow();
        boolean met = actual.compareTo(threshold) <= 0;
        Optional<String> message = met ? Optional.empty() : Optional.of("a row took %s s, at most %s s are promised".formatted(actual.toPlainString(), threshold.toPlainString()));
        return new SloResult(LATENCY, met ? SloStatus.MET : SloStatus.MISSED, Optional.of(actual), Optional.of(threshold), measurement.measuredAt(), measurement.source(), message);
    }

    private static SloResult ratio(String name, BigDecimal least, SlaMeasurement measurement)
    {
        if (measurement.figure().isEmpty()) {
            return unknown(name, least, measurement);
        }
        BigDecimal actual = measurement.figure().orElseThrow();
        boolean met = actual.compareTo(least) >= 0;
        Optional<String> message = met ? Optional.empty() : Optional.of(actual.toPlainString() + " is below " + least.toPlainString());
        return new SloResult(name, met ? SloStatus.MET : SloStatus.MISSED, Optional.of(actual), Optional.of(least), measurement.measuredAt(), measurement.source(), message);
    }

    private static SloResult unknown(String name, BigDecimal threshold, SlaMeasurement measurement)
    {
        return new SloResult(
                name,
                SloStatus.UNKNOWN,
                Optional.empty(),
                Optional.of(threshold),
                measurement.measuredAt(),
                measurement.source(),
                Optional.of(measurement.reason().orElse("no measurement")));
    }

    private static Instant beginOfDueDay(Freshness objective, Instant now)
    {
        ZoneId zone = zone(objective);
        ZonedDateTime local = now.atZone(zone);
        boolean due = !local.toLocalTime().isBefore(objective.availableBy().orElseThrow());
        return local.toLocalDate().minusDays(due ? 0 : 1).atStartOfDay(zone).toInstant();
    }

    private static ZoneId zone(Freshness objective)
    {
        return objective.zone().orElse(ZoneOffset.UTC);
    }

    private static BigDecimal seconds(Duration duration)
    {
        // data from the future is as fresh as can be, and a negative age would look like a mistake of ours
        Duration age = duration.isNegative() ? Duration.ZERO : duration;
        return BigDecimal.valueOf(age.getSeconds()).add(BigDecimal.valueOf(age.getNano() / 1_000_000, 3)).stripTrailingZeros();
    }
}
