package io.meshwright.model.sla;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a product promises. Ratios are 0..1.
 *
 * @param support the contact for questions
 */
public record ServiceLevels(
        Optional<Freshness> freshness,
        Optional<BigDecimal> availability,
        Optional<BigDecimal> completeness,
        Optional<BigDecimal> accuracy,
        Optional<String> support)
{
    public static final ServiceLevels NONE = new ServiceLevels(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * The greatest age of the data, or the time of day by which today's data is there: exactly one of the two.
     *
     * @param strict whether the age must stay below, not merely at, {@code maxAge}
     * @param timestampField the declared field that carries the event time
     */
    public record Freshness(
            Optional<Duration> maxAge,
            boolean strict,
            Optional<LocalTime> availableBy,
            Optional<ZoneId> zone,
            Optional<String> timestampField)
    {
        public Freshness
        {
            requireNonNull(maxAge, "maxAge is null");
            requireNonNull(availableBy, "availableBy is null");
            requireNonNull(zone, "zone is null");
            requireNonNull(timestampField, "timestampField is null");
            if (maxAge.isPresent() == availableBy.isPresent()) {
                throw new IllegalArgumentException("Freshness is a greatest age or a time of day");
            }
        }
    }

    public ServiceLevels
    {
        requireNonNull(freshness, "freshness is null");
        requireNonNull(availability, "availability is null");
        requireNonNull(completeness, "completeness is null");
        requireNonNull(accuracy, "accuracy is null");
        requireNonNull(support, "support is null");
    }

    /**
     * These levels, with those of others where these say nothing: what a product leaves out, its contract may promise.
     */
    public ServiceLevels completedBy(ServiceLevels others)
    {
        return new ServiceLevels(
                freshness.map(own -> own.timestampField().isPresent() ? own : withField(own, others)).or(others::freshness),
                availability.or(others::availability),
                completeness.or(others::completeness),
                accuracy.or(others::accuracy),
                support.or(others::support));
    }

    private static Freshness withField(Freshness own, ServiceLevels others)
    {
        Optional<String> field = own.maxAge().isPresent() ? others.freshness().flatMap(Freshness::timestampField) : Optional.empty();
        return new Freshness(own.maxAge(), own.strict(), own.availableBy(), own.zone(), field);
    }
}
