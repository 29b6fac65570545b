package io.meshwright.model.fingerprint;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What two columns are compared as: the type that both sides can give without loss, or with a loss that the report tells.
 *
 * @param precision digits after the point of a decimal, digits of a second of a timestamp or time, otherwise 0
 */
public record ComparedType(Kind kind, int precision)
        implements Serializable
{
    /**
     * The scale of a decimal whose column declares none.
     */
    public static final int ANY_SCALE = 38;
    /**
     * Digits of a second that Iceberg keeps, and that a {@link Long} of microseconds can.
     */
    public static final int MICROSECONDS = 6;

    private static final long MICROSECONDS_OF_DAY = 86_400_000_000L;
    private static final Pattern DECIMAL = Pattern.compile("decimal\\(\\d+, ?(\\d+)\\)");

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
        checkArgument(precision >= 0 && precision <= ANY_SCALE, "precision is not between 0 and 38: %s", precision);
    }

    public static ComparedType of(Kind kind)
    {
        return new ComparedType(kind, 0);
    }

    /**
     * What a column of a product is before it meets a legacy column.
     *
     * @param iceberg Iceberg's name of the type, for example {@code decimal(18, 2)} or {@code timestamptz}
     * @return empty for nested and other types that are not compared
     */
    public static Optional<ComparedType> ofIceberg(String iceberg)
    {
        String name = iceberg.toLowerCase(Locale.ROOT);
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return Optional.of(new ComparedType(Kind.DECIMAL, Integer.parseInt(decimal.group(1))));
        }
        if (name.startsWith("fixed[")) {
            return Optional.of(of(Kind.BINARY));
        }
        return switch (name) {
            case "boolean" -> Optional.of(of(Kind.BOOLEAN));
            case "int", "long" -> Optional.of(of(Kind.INTEGER));
            case "float" -> Optional.of(of(Kind.REAL));
            case "double" -> Optional.of(of(Kind.DOUBLE));
            case "date" -> Optional.of(of(Kind.DATE));
            case "time" -> Optional.of(new ComparedType(Kind.TIME, MICROSECONDS));
            case "timestamp" -> Optional.of(new ComparedType(Kind.TIMESTAMP, MICROSECONDS));
            case "timestamptz" -> Optional.of(new ComparedType(Kind.INSTANT, MICROSECONDS));
            case "string" -> Optional.of(of(Kind.TEXT));
            case "uuid" -> Optional.of(of(Kind.UUID));
            case "binary" -> Optional.of(of(Kind.BINARY));
            default -> Optional.empty();
        };
    }

    /**
     * A value of the product as both sides compare it: of the class of this type's kind, with no more digits than it has. Null stays null.
     *
     * @param value in the class of the kind of {@code product}
     */
    public Object normalized(Object value, ComparedType product)
    {
        if (value == null) {
            return null;
        }
        return switch (kind) {
            case INTEGER -> product.kind() == Kind.BOOLEAN ? (Object) ((Boolean) value ? 1L : 0L) : value;
            case DECIMAL -> decimal(value).setScale(precision, RoundingMode.HALF_UP);
            case REAL, DOUBLE -> ((Number) value).doubleValue();
            case TIMESTAMP, INSTANT -> truncated(product.kind() == Kind.DATE ? Math.multiplyExact((long) value, MICROSECONDS_OF_DAY) : (long) value);
            case TIME -> truncated((long) value);
            case CHAR -> withoutPadding((String) value);
            case UUID -> ((String) value).toLowerCase(Locale.ROOT);
            case DATE, BOOLEAN, TEXT, BINARY -> value;
        };
    }

    private static BigDecimal decimal(Object value)
    {
        if (value instanceof BigDecimal) {
            return (BigDecimal) value;
        }
        return value instanceof Boolean ? ((Boolean) value ? BigDecimal.ONE : BigDecimal.ZERO) : BigDecimal.valueOf((Long) value);
    }

    /**
     * Cuts digits off, also before 1970: what a clock shows with fewer digits.
     */
    public long truncated(long microseconds)
    {
        if (precision >= MICROSECONDS) {
            return microseconds;
        }
        long unit = 1;
        for (int digit = precision; digit < MICROSECONDS; digit++) {
            unit *= 10;
        }
        return Math.floorDiv(microseconds, unit) * unit;
    }

    private static String withoutPadding(String text)
    {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
