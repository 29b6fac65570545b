package io.meshwright.model.check;

import java.util.Set;
import java.util.stream.Stream;

import static java.util.stream.Collectors.toUnmodifiableSet;

/**
 * What a check measures. The labels are those of the contract standards where they have one.
 */
public enum CheckMetric
{
    /**
     * Columns that are absent or of another type: 0 or 1.
     */
    SCHEMA("schema", "conformity"),
    NULL_VALUES("nullValues", "completeness"),
    /**
     * NULL, or a value that the rule lists as standing for "missing".
     */
    MISSING_VALUES("missingValues", "completeness"),
    /**
     * Values that are present and break the rule.
     */
    INVALID_VALUES("invalidValues", "conformity"),
    /**
     * Keys that occur more than once; a key with a NULL part is none.
     */
    DUPLICATE_VALUES("duplicateValues", "uniqueness"),
    ROW_COUNT("rowCount", "coverage"),
    /**
     * The share of rows with a value, 0..1.
     */
    COMPLETENESS("completeness", "completeness"),
    MIN("min", "conformity"),
    MAX("max", "conformity"),
    MEAN("mean", "accuracy"),
    SUM("sum", "accuracy"),
    STDDEV("stddev", "accuracy"),
    DISTINCT_COUNT("distinctCount", "uniqueness"),
    PERCENTILE("percentile", "accuracy"),
    /**
     * Rows that refer to nothing.
     */
    REFERENCES("references", "consistency"),
    /**
     * Rows, held against what was usual.
     */
    ANOMALY("anomaly", "coverage"),
    /**
     * Rows that have arrived of those that the source has, 0..1.
     */
    SOURCE_ROWS("rowCountVsSource", "completeness"),
    /**
     * Seconds since the oldest row.
     */
    RETENTION("retention", "timeliness"),
    /**
     * Seconds from an event to when it can be read.
     */
    LATENCY("latency", "timeliness"),
    /**
     * Seconds since data last came.
     */
    FREQUENCY("frequency", "timeliness"),
    /**
     * Age of the data in seconds.
     */
    FRESHNESS("freshness", "timeliness"),
    /**
     * The one number that a statement of the contract returns.
     */
    SQL("sql", "accuracy");

    private static final Set<String> COUNTS = Stream.of(
            SCHEMA,
            NULL_VALUES,
            MISSING_VALUES,
            INVALID_VALUES,
            DUPLICATE_VALUES,
            ROW_COUNT,
            COMPLETENESS,
            DISTINCT_COUNT,
            REFERENCES,
            ANOMALY,
            SOURCE_ROWS).map(CheckMetric::label).collect(toUnmodifiableSet());

    private final String label;
    private final String dimension;

    CheckMetric(String label, String dimension)
    {
        this.label = label;
        this.dimension = dimension;
    }

    public String label()
    {
        return label;
    }

    /**
     * The quality dimension of a check that names none.
     */
    public String dimension()
    {
        return dimension;
    }

    /**
     * Whether the figures of a metric only ever count, so that none of them can be a value of the data. Anything that is not known to count may be one.
     */
    public static boolean isCount(String label)
    {
        return COUNTS.contains(label);
    }
}
