package io.meshwright.model.check;

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
     * Age of the data in seconds.
     */
    FRESHNESS("freshness", "timeliness"),
    /**
     * The one number that a statement of the contract returns.
     */
    SQL("sql", "accuracy");

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
}
