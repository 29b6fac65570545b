package io.meshwright.model.contract;

import java.util.Locale;

/**
 * The types of contract fields, independent of the standard's spelling and of any engine.
 */
public enum FieldType
{
    STRING,
    INTEGER,
    LONG,
    DECIMAL,
    FLOAT,
    DOUBLE,
    BOOLEAN,
    DATE,
    TIME,
    /**
     * An instant, stored in UTC.
     */
    TIMESTAMP,
    /**
     * A date and time of day without a zone.
     */
    TIMESTAMP_NTZ,
    BINARY,
    UUID,
    STRUCT,
    ARRAY,
    MAP;

    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
