package io.meshwright.model.fingerprint;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What two columns are compared as: the type that both sides can give without loss, or with a loss that the report tells.
 *
 * @param precision digits after the point of a decimal, digits of a second of a timestamp or time, otherwise 0
 */
public record ComparedType(Kind kind, int precision)
{
    /**
     * With the Java class in which both sides deliver a value; a missing value is null.
     */
    public enum Kind
    {
        /**
         * {@link Long}
         */
        INTEGER,
        /**
         * {@link java.math.BigDecimal}, of the scale of {@code precision}
         */
        DECIMAL,
        /**
         * {@link Double}; not part of row hashes, compared by aggregates and by value
         */
        REAL,
        /**
         * {@link Double}; not part of row hashes, compared by aggregates and by value
         */
        DOUBLE,
        /**
         * {@link Long}: microseconds since 1970-01-01T00:00:00 of the clock on the wall
         */
        TIMESTAMP,
        /**
         * {@link Long}: microseconds since 1970-01-01T00:00:00Z
         */
        INSTANT,
        /**
         * {@link Long}: days since 1970-01-01
         */
        DATE,
        /**
         * {@link Long}: microseconds since midnight
         */
        TIME,
        /**
         * {@link Boolean}
         */
        BOOLEAN,
        /**
         * {@link String} without the blanks at its end: padding of {@code char(n)} is no value
         */
        CHAR,
        /**
         * {@link String}
         */
        TEXT,
        /**
         * {@link String}: lower case, with hyphens
         */
        UUID,
        /**
         * {@code byte[]}
         */
        BINARY;

        /**
         * Whether values are part of the hash of a row.
         */
        public boolean isHashed()
        {
            return this != REAL && this != DOUBLE;
        }
    }

    public ComparedType
    {
        requireNonNull(kind, "kind is null");
        checkArgument(precision >= 0 && precision <= 38, "precision is not between 0 and 38: %s", precision);
    }
}
