package io.meshwright.bridge.table;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * One row as plain Java values by column name: String, Integer, Long, Double, Boolean, {@link BigDecimal}, {@link Instant},
 * {@link LocalDate}, and lists of these or of {@link Row}. So a row read by any engine can be decoded.
 * Each accessor throws {@link IllegalArgumentException} where the value is absent or of another type.
 */
public final class Row
{
    private final Map<String, Object> values;

    private Row(Map<String, Object> values)
    {
        this.values = values;
    }

    /**
     * @param values nulls and missing columns are the same
     */
    public static Row of(Map<String, ?> values)
    {
        requireNonNull(values, "values is null");
        return new Row(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }

    /**
     * The values by column name; an absent value is null.
     */
    public Map<String, Object> values()
    {
        return values;
    }

    public String string(String column)
    {
        return required(column, String.class);
    }

    public Optional<String> optionalString(String column)
    {
        return optional(column, String.class);
    }

    public int integer(String column)
    {
        return required(column, Number.class).intValue();
    }

    public OptionalInt optionalInteger(String column)
    {
        Optional<Number> value = optional(column, Number.class);
        return value.isPresent() ? OptionalInt.of(value.orElseThrow().intValue()) : OptionalInt.empty();
    }

    public long bigint(String column)
    {
        return required(column, Number.class).longValue();
    }

    public OptionalLong optionalBigint(String column)
    {
        Optional<Number> value = optional(column, Number.class);
        return value.isPresent() ? OptionalLong.of(value.orElseThrow().longValue()) : OptionalLong.empty();
    }

    public double real(String column)
    {
        return required(column, Number.class).doubleValue();
    }

    public boolean bool(String column)
    {
        return required(column, Boolean.class);
    }

    public Optional<Boolean> optionalBool(String column)
    {
        return optional(column, Boolean.class);
    }

    public BigDecimal decimal(String column)
    {
        return required(column, BigDecimal.class);
    }

    public Optional<BigDecimal> optionalDecimal(String column)
    {
        return optional(column, BigDecimal.class);
    }

    public Instant timestamp(String column)
    {
        return required(column, Instant.class);
    }

    public Optional<Instant> optionalTimestamp(String column)
    {
        return optional(column, Instant.class);
    }

    public LocalDate date(String column)
    {
        return required(column, LocalDate.class);
    }

    public Optional<LocalDate> optionalDate(String column)
    {
        return optional(column, LocalDate.class);
    }

    public byte[] binary(String column)
    {
        return required(column, byte[].class);
    }

    public List<String> strings(String column)
    {
        return list(column).stream()
                .map(element -> cast(column, String.class, element))
                .collect(toImmutableList());
    }

    public <E> List<E> structs(String column, RowSchema<E> element)
    {
        return list(column).stream()
                .map(value -> element.decode(cast(column, Row.class, value)))
                .collect(toImmutableList());
    }

    private List<?> list(String column)
    {
        return required(column, List.class);
    }

    private <V> V required(String column, Class<V> type)
    {
        Object value = values.get(column);
        if (value == null) {
            throw new IllegalArgumentException("Column %s has no value".formatted(column));
        }
        return cast(column, type, value);
    }

    private <V> Optional<V> optional(String column, Class<V> type)
    {
        return Optional.ofNullable(values.get(column)).map(value -> cast(column, type, value));
    }

    private static <V> V cast(String column, Class<V> type, Object value)
    {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("Column %s holds %s instead of %s"
                    .formatted(column, value == null ? "null" : value.getClass().getSimpleName(), type.getSimpleName()));
        }
        return type.cast(value);
    }

    @Override
    public boolean equals(Object other)
    {
        return other instanceof Row && values.equals(((Row) other).values);
    }

    @Override
    public int hashCode()
    {
        return values.hashCode();
    }

    @Override
    public String toString()
    {
        return values.toString();
    }
}
