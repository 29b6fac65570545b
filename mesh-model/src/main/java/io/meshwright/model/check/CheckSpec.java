package io.meshwright.model.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.meshwright.model.contract.ThresholdSpec;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * One check as data.
 *
 * @param name unique within the plan and stable over runs, for example {@code order_id.unique}
 * @param thresholds the figure must meet all of them; empty where the measure itself says when it holds
 * @param severity as written in the contract, {@code error} where it says nothing
 * @param path the place in the contract
 */
public record CheckSpec(
        String name,
        Optional<String> field,
        CheckMetric metric,
        Measure measure,
        List<ThresholdSpec> thresholds,
        Unit unit,
        String severity,
        String dimension,
        String path)
{
    public enum Unit
    {
        ROWS,
        /**
         * 0..100 of all rows; 0 for an empty table.
         */
        PERCENT,
        /**
         * 0..1 of all rows, those that keep the rule; 1 for an empty table.
         */
        SHARE_KEPT,
    }

    private static final Set<String> WARNING_SEVERITIES = ImmutableSet.of("info", "warning", "warn", "low", "minor", "trivial");

    public CheckSpec
    {
        requireNonNull(name, "name is null");
        requireNonNull(field, "field is null");
        requireNonNull(metric, "metric is null");
        requireNonNull(measure, "measure is null");
        thresholds = ImmutableList.copyOf(thresholds);
        requireNonNull(unit, "unit is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(dimension, "dimension is null");
        requireNonNull(path, "path is null");
    }

    /**
     * What a violation of this check amounts to: info, warning, warn, low, minor and trivial are warnings, anything else fails.
     */
    public CheckStatus violationStatus()
    {
        return WARNING_SEVERITIES.contains(severity.toLowerCase(Locale.ROOT)) ? CheckStatus.WARNING : CheckStatus.FAILED;
    }

    /**
     * The verdict on a figure.
     */
    public CheckStatus verdict(BigDecimal actual)
    {
        return thresholds.stream().allMatch(threshold -> threshold.isMetBy(actual)) ? CheckStatus.PASSED : violationStatus();
    }

    /**
     * For example {@code mustBe 0}, or {@code mustBeLessThan 5 percent}.
     */
    public Optional<String> thresholdText()
    {
        if (thresholds.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(thresholds.stream().map(ThresholdSpec::toString).collect(joining(" and ")) + (unit == Unit.PERCENT ? " percent" : ""));
    }

    /**
     * The columns that must exist for the check to run, by their first step.
     */
    public List<String> columns()
    {
        ImmutableList.Builder<String> columns = ImmutableList.builder();
        if (measure instanceof Measure.Violations violations) {
            columns.add(violations.column());
        }
        if (measure instanceof Measure.Duplicates duplicates) {
            columns.addAll(duplicates.columns());
        }
        if (measure instanceof Measure.Age age) {
            columns.addAll(age.source().field().stream().collect(toImmutableList()));
        }
        if (measure instanceof Measure.Aggregate aggregate) {
            columns.add(aggregate.column());
        }
        if (measure instanceof Measure.Orphans orphans) {
            columns.addAll(orphans.columns());
        }
        if (measure instanceof Measure.Retention retention) {
            columns.add(retention.column());
        }
        if (measure instanceof Measure.Latency latency) {
            columns.add(latency.source());
            columns.addAll(latency.processed().stream().collect(toImmutableList()));
        }
        measure.rowFilter().ifPresent(filter -> columns.addAll(filter.columns()));
        return columns.build();
    }
}
