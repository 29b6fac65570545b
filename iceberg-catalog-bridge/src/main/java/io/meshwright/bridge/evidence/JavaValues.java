package io.meshwright.bridge.evidence;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.TimestampType;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Iceberg's inner values as the Java values that rules are held against.
 */
public final class JavaValues
{
    private JavaValues() {}

    /**
     * Empty for types on which no rule can be told by a single value.
     *
     * @param value as Iceberg holds it: days, microseconds, {@link CharSequence}
     */
    public static Optional<Object> of(Type type, Object value)
    {
        return switch (type.typeId()) {
            case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE -> Optional.of(value);
            case STRING -> Optional.of(value.toString());
            case DECIMAL -> Optional.of((BigDecimal) value);
            case DATE -> Optional.of(LocalDate.ofEpochDay((Integer) value));
            case TIMESTAMP -> Optional.of(timestamp((TimestampType) type, (Long) value));
            default -> Optional.empty();
        };
    }

    private static Object timestamp(TimestampType type, long micros)
    {
        Instant instant = ofMicros(micros);
        return type.shouldAdjustToUTC() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Instant ofMicros(long micros)
    {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /**
     * Microseconds of a date or timestamp; empty for other values.
     */
    static Optional<Long> micros(Object value)
    {
        if (value instanceof LocalDate date) {
            return Optional.of(Math.multiplyExact(date.toEpochDay(), 86_400_000_000L));
        }
        if (value instanceof LocalDateTime time) {
            return micros(time.toInstant(ZoneOffset.UTC));
        }
        if (value instanceof Instant instant) {
            return Optional.of(Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000));
        }
        return Optional.empty();
    }
}
