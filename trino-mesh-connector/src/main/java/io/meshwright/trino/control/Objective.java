package io.meshwright.trino.control;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.model.sla.ServiceLevels;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.model.sla.SlaText;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ProductVersion;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.sla.SlaEvaluator.FRESHNESS;
import static io.meshwright.model.sla.SloStatus.MET;
import static io.meshwright.model.sla.SloStatus.UNKNOWN;

/**
 * A promise of a product and how it stands now.
 *
 * @param objective as people say it
 * @param live whether it was measured for this question
 * @param checkedAt when it was last looked at; empty where it never was
 */
record Objective(String product, String objective, SloResult result, boolean live, Optional<Instant> checkedAt, Optional<String> snapshotId)
{
    /**
     * The objectives of the specification and, where it is silent, of the contract, with what is known of each. A figure is held against today's promise. Data that was fresh
     * once does not stay it: when the measurement is too old to tell, the status is unknown.
     *
     * @param last the last measurement of each objective
     * @param live freshness as it was just measured
     */
    static List<Objective> of(Product product, Map<String, SlaRow> last, Optional<SlaMeasurement> live, Instant now)
    {
        ServiceLevels levels = product.version().map(ProductVersion::serviceLevels).orElseGet(() -> product.spec().orElseThrow().serviceLevels());
        ImmutableMap.Builder<String, SlaMeasurement> measurements = ImmutableMap.builder();
        for (String slo : SlaEvaluator.declared(levels)) {
            measurements.put(slo, slo.equals(FRESHNESS) && live.isPresent() ? live.orElseThrow() : measurement(slo, Optional.ofNullable(last.get(slo))));
        }
        Map<String, SlaMeasurement> known = measurements.buildOrThrow();
        ImmutableList.Builder<Objective> objectives = ImmutableList.builder();
        for (SloResult result : SlaEvaluator.evaluate(levels, known, now)) {
            boolean isLive = result.slo().equals(FRESHNESS) && live.isPresent();
            SloResult standing = result.slo().equals(FRESHNESS) && !isLive ? aged(levels.freshness().orElseThrow(), known.get(FRESHNESS), result) : result;
            Optional<SlaRow> row = Optional.ofNullable(last.get(result.slo())).filter(_ -> !isLive);
            objectives.add(new Objective(
                    product.address(),
                    text(levels, result.slo()),
                    standing,
                    isLive,
                    isLive ? Optional.of(now) : row.map(SlaRow::checkedAt),
                    row.flatMap(SlaRow::snapshotId)));
        }
        return objectives.build();
    }

    private static SlaMeasurement measurement(String slo, Optional<SlaRow> last)
    {
        if (last.isEmpty()) {
            return SlaMeasurement.missing("never measured");
        }
        SlaRow row = last.orElseThrow();
        if (row.actual().isEmpty() || row.status().equals(UNKNOWN.label())) {
            return SlaMeasurement.missing(row.message().orElse("no measurement"));
        }
        Instant measuredAt = row.measuredAt().orElse(row.checkedAt());
        BigDecimal figure = row.actual().orElseThrow();
        String source = row.source().orElse("mesh sla check");
        if (slo.equals(FRESHNESS)) {
            return SlaMeasurement.freshness(measuredAt.minus(duration(figure)), measuredAt, source);
        }
        return slo.equals(SlaEvaluator.LATENCY)
                ? SlaMeasurement.latency(figure.stripTrailingZeros(), measuredAt, source)
                : SlaMeasurement.ratio(figure.stripTrailingZeros(), measuredAt, source);
    }

    /**
     * What an earlier measurement says about now: the age of the data then, and a verdict only as far as it still holds.
     */
    private static SloResult aged(Freshness objective, SlaMeasurement measurement, SloResult now)
    {
        if (now.status() == UNKNOWN) {
            return now;
        }
        Instant measuredAt = measurement.measuredAt().orElseThrow();
        SloResult then = SlaEvaluator.freshness(objective, measurement, measuredAt);
        if (now.status() == MET || then.status() != MET) {
            return new SloResult(FRESHNESS, then.status(), then.actual(), now.threshold(), then.measuredAt(), then.source(), then.message());
        }
        return new SloResult(
                FRESHNESS,
                UNKNOWN,
                then.actual(),
                now.threshold(),
                then.measuredAt(),
                then.source(),
                Optional.of("met when it was measured at %s, which is too long ago to tell about now".formatted(measuredAt)));
    }

    private static String text(ServiceLevels levels, String slo)
    {
        return switch (slo) {
            case SlaEvaluator.FRESHNESS -> SlaText.human(levels.freshness().orElseThrow());
            case SlaEvaluator.COMPLETENESS -> SlaText.human(levels.completeness().orElseThrow());
            case SlaEvaluator.AVAILABILITY -> SlaText.human(levels.availability().orElseThrow());
            case SlaEvaluator.ACCURACY -> SlaText.human(levels.accuracy().orElseThrow());
            case SlaEvaluator.LATENCY -> SlaText.human(levels.latency().orElseThrow());
            default -> throw new IllegalArgumentException("Unknown objective: " + slo);
        };
    }

    private static Duration duration(BigDecimal seconds)
    {
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }

    SloStatus status()
    {
        return result.status();
    }
}
