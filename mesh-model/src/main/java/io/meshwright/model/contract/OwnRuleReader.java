package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.contract.QualityReader.Place;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static io.meshwright.model.contract.ContractRule.QUALITY_ARGUMENT;
import static io.meshwright.model.contract.ContractRule.QUALITY_METRIC;
import static io.meshwright.model.contract.ContractRule.QUALITY_TYPE;
import static java.util.Objects.requireNonNull;

/**
 * Reads custom rules whose engine is {@link #ENGINE}: what the standards have no metric for, in the one place where they let a rule say what it likes.
 */
final class OwnRuleReader
{
    static final String ENGINE = "meshwright";

    private static final String ANOMALY = "anomaly";
    private static final String PERCENTILE = "percentile";
    private static final List<String> FIGURES = ImmutableList.of("min", "max", "mean", "sum", "stddev", "distinctCount", PERCENTILE);
    private static final List<String> METRICS = ImmutableList.<String>builder().addAll(FIGURES).add(ANOMALY).build();

    private final ContractReading reading;
    private final QualityReader quality;

    OwnRuleReader(ContractReading reading, QualityReader quality)
    {
        this.reading = requireNonNull(reading, "reading is null");
        this.quality = requireNonNull(quality, "quality is null");
    }

    /**
     * @return empty where a finding says what is wrong
     */
    Optional<QualityRule> read(ContractNode rule, Place place)
    {
        Optional<ContractNode> implementation = rule.child("implementation");
        if (implementation.isEmpty()) {
            if (!rule.has("implementation")) {
                reading.add(QUALITY_TYPE, rule.mapping(), "A custom rule of the engine %s needs an implementation".formatted(ENGINE), "Add for example implementation: {metric: percentile, percentile: 0.99, mustBeLessThan: 5000}.");
            }
            return Optional.empty();
        }
        ContractNode own = implementation.orElseThrow();
        Optional<String> metric = metric(own, place);
        Map<String, List<String>> arguments = new LinkedHashMap<>();
        new MetricArguments(reading).filter(own, arguments);
        if (metric.isPresent()) {
            arguments(own, metric.orElseThrow(), arguments);
        }
        List<ThresholdSpec> thresholds = quality.thresholds(own);
        if (metric.isPresent() && !metric.orElseThrow().equals(ANOMALY) && thresholds.isEmpty()) {
            quality.withoutOperator(own);
        }
        own.rejectUnknown("the implementation of a rule");
        return metric.map(found -> new QualityRule(
                QualityRule.Type.LIBRARY,
                rule.name("name").or(() -> rule.name("id")),
                rule.text("description"),
                Optional.of(found),
                Optional.empty(),
                thresholds,
                "rows",
                rule.name("dimension"),
                rule.name("severity"),
                ImmutableMap.copyOf(arguments),
                rule.location(),
                rule.path()));
    }

    private Optional<String> metric(ContractNode own, Place place)
    {
        Optional<String> written = own.name("metric");
        if (written.isEmpty()) {
            reading.add(QUALITY_METRIC, own.mapping(), "The implementation has no metric", "Add metric: one of %s.".formatted(String.join(", ", METRICS)));
            return Optional.empty();
        }
        String metric = written.orElseThrow();
        if (!METRICS.contains(metric)) {
            reading.add(QUALITY_METRIC, own.node("metric").orElseThrow(), "Unknown metric '%s'".formatted(ContractNode.abbreviate(metric)), ContractReading.suggest(metric, METRICS));
            return Optional.empty();
        }
        if (metric.equals(ANOMALY) != (place == Place.MODEL)) {
            reading.add(
                    QUALITY_METRIC,
                    own.mapping(),
                    metric.equals(ANOMALY) ? "anomaly is about the rows of the table, and stands at a field" : "%s is about the values of one field, and stands at a table".formatted(metric),
                    "Move the rule.");
            return Optional.empty();
        }
        return Optional.of(metric);
    }

    private void arguments(ContractNode own, String metric, Map<String, List<String>> arguments)
    {
        if (metric.equals(PERCENTILE)) {
            Optional<BigDecimal> share = own.bound("percentile").flatMap(ContractNode::number);
            if (share.filter(value -> value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0).isEmpty()) {
                reading.add(QUALITY_ARGUMENT, own.mapping(), "The percentile is no share from 0 to 1", "Write for example percentile: 0.99.");
            }
            share.ifPresent(value -> arguments.put(QualityRule.SHARE, List.of(value.toPlainString())));
            own.flag("approximate").ifPresent(value -> arguments.put(QualityRule.APPROXIMATE, List.of(value.toString())));
        }
        if (metric.equals(ANOMALY)) {
            OptionalInt history = own.integer("history");
            if (history.isPresent() && history.orElseThrow() < 3) {
                reading.add(QUALITY_ARGUMENT, own.node("history").orElseThrow(), "A usual band needs at least 3 former figures", "Write for example history: 14.");
            }
            history.ifPresent(value -> arguments.put(QualityRule.HISTORY, List.of(String.valueOf(Math.max(3, value)))));
            Optional<BigDecimal> deviations = own.bound("deviations").flatMap(ContractNode::number);
            if (own.has("deviations") && deviations.filter(value -> value.signum() > 0).isEmpty()) {
                reading.add(QUALITY_ARGUMENT, own.node("deviations").orElseThrow(), "deviations must be a number above zero", "Write for example deviations: 3.");
            }
            deviations.filter(value -> value.signum() > 0).ifPresent(value -> arguments.put(QualityRule.DEVIATIONS, List.of(value.toPlainString())));
        }
    }
}
