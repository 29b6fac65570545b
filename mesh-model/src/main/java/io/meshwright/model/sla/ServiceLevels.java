package io.meshwright.model.sla;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What a product promises. Ratios are 0..1.
 *
 * @param accuracyCheck the check of the contract by which accuracy is told; without it all checks of the dimension accuracy
 * @param latency how long a row may take from its source to where it can be read
 * @param support the contact for questions
 */
public record ServiceLevels(
        Optional<Freshness> freshness,
        Optional<BigDecimal> availability,
        Optional<BigDecimal> completeness,
        Optional<BigDecimal> accuracy,
        Optional<String> accuracyCheck,
        Optional<Duration> latency,
        Optional<String> support)
{
    public static final ServiceLevels NONE = new ServiceLevels(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public ServiceLevels(Optional<Freshness> freshness, Optional<BigDecimal> availability, Optional<BigDecimal> completeness, Optional<BigDecimal> accuracy, Optional<String> support)
    {
        this(freshness, availability, completeness, accuracy, Optional.empty(), Optional.empty(), support);
    }

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
        requireNonNull(accuracyCheck, "accuracyCheck is null");
        requireNonNull(latency, "latency is null");
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
                accuracyCheck.or(others::accuracyCheck),
                latency.or(others::latency),
                support.or(others::support));
    }

    /**
     * Those of the objectives that a name is in, for example {@code freshness}.
     */
    public ServiceLevels only(Set<String> names)
    {
        return new ServiceLevels(
                freshness.filter(unused -> names.contains(SlaEvaluator.FRESHNESS)),
                availability.filter(unused -> names.contains(SlaEvaluator.AVAILABILITY)),
                completeness.filter(unused -> names.contains(SlaEvaluator.COMPLETENESS)),
                accuracy.filter(unused -> names.contains(SlaEvaluator.ACCURACY)),
                accuracyCheck,
                latency.filter(unused -> names.contains(SlaEvaluator.LATENCY)),
                support);
    }

    private static Freshness withField(Freshness own, ServiceLevels others)
    {
        Optional<String> field = own.maxAge().isPresent() ? others.freshness().flatMap(Freshness::timestampField) : Optional.empty();
        return new Freshness(own.maxAge(), own.strict(), own.availableBy(), own.zone(), field);
    }
}
