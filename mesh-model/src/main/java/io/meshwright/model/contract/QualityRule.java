package io.meshwright.model.contract;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.finding.SourceLocation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A quality rule as declared, whatever the standard's spelling.
 *
 * @param name the rule's own name or id, when it has one
 * @param metric {@code rowCount}, {@code nullValues}, {@code missingValues}, {@code invalidValues} or {@code duplicateValues} of a library rule
 * @param query the statement of an SQL rule, with its placeholders
 * @param thresholds the operators with their values; empty for a text rule
 * @param unit {@code rows} or {@code percent}
 * @param severity as written
 * @param arguments of a library metric: lists of texts by their key, for example {@code validValues}
 */
public record QualityRule(
        Type type,
        Optional<String> name,
        Optional<String> description,
        Optional<String> metric,
        Optional<String> query,
        List<ThresholdSpec> thresholds,
        String unit,
        Optional<String> dimension,
        Optional<String> severity,
        Map<String, List<String>> arguments,
        SourceLocation source,
        String path)
{
    /**
     * The argument that tells which rows a library rule is about.
     */
    public static final String FILTER = "filter";
    /**
     * The share of a percentile, 0..1.
     */
    public static final String SHARE = "percentile";
    public static final String APPROXIMATE = "approximate";
    /**
     * How many former figures make a usual band.
     */
    public static final String HISTORY = "history";
    public static final String DEVIATIONS = "deviations";

    public enum Type
    {
        /**
         * For people only.
         */
        TEXT,
        LIBRARY,
        SQL,
        /**
         * Another engine's rule: kept, never run here.
         */
        CUSTOM,
    }

    public QualityRule
    {
        requireNonNull(type, "type is null");
        requireNonNull(name, "name is null");
        requireNonNull(description, "description is null");
        requireNonNull(metric, "metric is null");
        requireNonNull(query, "query is null");
        thresholds = List.copyOf(thresholds);
        requireNonNull(unit, "unit is null");
        requireNonNull(dimension, "dimension is null");
        requireNonNull(severity, "severity is null");
        arguments = ImmutableMap.copyOf(arguments);
        requireNonNull(source, "source is null");
        requireNonNull(path, "path is null");
    }
}
