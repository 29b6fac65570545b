package io.meshwright.model.check;

import io.meshwright.model.contract.FieldType;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Bounds as contracts write them, brought into one form for each type.
 */
public final class BoundText
{
    private BoundText() {}

    /**
     * A plain decimal, {@code 2026-11-20}, an instant such as {@code 2026-11-20T10:00:00Z}, or a date and time without a zone;
     * empty where the text is no value of the type, or the type has no order.
     * A timestamp without a zone is taken as UTC; a date as its first instant.
     */
    public static Optional<String> normalize(String text, FieldType type)
    {
        try {
            return switch (type) {
                case INTEGER, LONG, DECIMAL, FLOAT, DOUBLE -> Optional.of(new BigDecimal(text.strip()).toPlainString());
                case DATE -> Optional.of(LocalDate.parse(text.strip()).toString());
                case TIMESTAMP -> Optional.of(instant(text.strip()).toString());
                case TIMESTAMP_NTZ -> Optional.of(dateTime(text.strip()).toString());
                case STRING, BOOLEAN, TIME, BINARY, UUID, STRUCT, ARRAY, MAP -> Optional.empty();
            };
        }
        catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(String text)
    {
        String iso = text.replace(' ', 'T');
        if (iso.endsWith("Z") || iso.matches(".*T.*[+-]\\d\\d(:?\\d\\d)?$")) {
            return OffsetDateTime.parse(iso).toInstant();
        }
        return dateTime(iso).toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime dateTime(String text)
    {
        String iso = text.replace(' ', 'T');
        return iso.indexOf('T') < 0 ? LocalDate.parse(iso).atTime(LocalTime.MIN) : LocalDateTime.parse(iso);
    }
}
