package io.meshwright.model.mask;

import java.util.Locale;

/**
 * How a personal value is shown to a reader without clearance. NULL stays NULL under every kind.
 */
public enum MaskKind
{
    /**
     * A deterministic keyed token: equal values of one polyseme give equal tokens. Text only.
     */
    TOKEN,
    /**
     * A keyed permutation of the type's own range: injective, the type is kept. Integers only.
     */
    PERMUTE,
    /**
     * One constant for every value. Text only.
     */
    REDACT,
    /**
     * The last characters stay, the others become {@code *}. Text only.
     */
    PARTIAL,
    /**
     * The first day of the value's year. Dates and timestamps only.
     */
    YEAR,
    /**
     * NULL for every value. Any type.
     */
    NULL;

    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
