package io.meshwright.model.check;

import io.meshwright.model.check.ValueRule.Bound;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Holds single values against rules, for evidence that knows values without rows: partition values, bounds, dictionaries. Gives the same answers as
 * the engines that scan. Values are {@link String}, {@link Boolean}, {@link Integer}, {@link Long}, {@link Float}, {@link Double},
 * {@link BigDecimal}, {@link LocalDate}, {@link Instant} and {@link LocalDateTime}.
 */
public final class ValueRules
{
    private ValueRules() {}

    /**
     * Whether a value that is not NULL breaks the rule; empty where only an engine can tell.
     */
    public static Optional<Boolean> breaks(ValueRule rule, Object value)
    {
        if (rule instanceof ValueRule.NotNull) {
            return Optional.of(false);
        }
        if (rule instanceof ValueRule.NotMissing notMissing) {
            return anyEqual(notMissing.missing(), value);
        }
        if (rule instanceof ValueRule.OneOf oneOf) {
            return anyEqual(oneOf.values(), value).map(found -> !found);
        }
        if (rule instanceof ValueRule.Matches matches) {
            // other types have a text form of the engine's own
            return value instanceof String text ? lacks(matches.regex(), text) : Optional.empty();
        }
        if (rule instanceof Bound bound) {
            return isOutside(bound, value);
        }
        if (rule instanceof ValueRule.Length length) {
            return value instanceof String text ? Optional.of(isOutside(length, text)) : Optional.empty();
        }
        if (rule instanceof ValueRule.MultipleOf multiple) {
            return wholeOrDecimal(value).map(number -> number.remainder(multiple.divisor()).signum() != 0);
        }
        if (rule instanceof ValueRule.AllOf all) {
            return breaksAny(all, value);
        }
        // what is within lists, maps and structs is no single value
        return Optional.empty();
    }

    /**
     * Where it takes too long the engine says so, since the check is then in error.
     */
    private static Optional<Boolean> lacks(String regex, String text)
    {
        try {
            return Optional.of(!PatternSearch.found(regex, text));
        }
        catch (PatternSearch.TooSlowException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> breaksAny(ValueRule.AllOf all, Object value)
    {
        boolean unknown = false;
        for (ValueRule part : all.rules()) {
            Optional<Boolean> broken = breaks(part, value);
            if (broken.isPresent() && broken.orElseThrow()) {
                return broken;
            }
            unknown |= broken.isEmpty();
        }
        return unknown ? Optional.empty() : Optional.of(false);
    }

    private static boolean isOutside(ValueRule.Length length, String text)
    {
        int actual = text.codePointCount(0, text.length());
        return actual < length.minimum() || actual > length.maximum();
    }

    private static Optional<Boolean> isOutside(Bound bound, Object value)
    {
        if ((value instanceof Double number && number.isNaN()) || (value instanceof Float small && small.isNaN())) {
            return Optional.of(true);
        }
        return compare(value, bound.value()).map(order -> {
            int outside = bound.side() == Bound.Side.LOWER ? -order : order;
            return bound.inclusive() ? outside > 0 : outside >= 0;
        });
    }

    /**
     * Whether a value is one of the texts of a contract. A text that is no value of the type equals none.
     */
    private static Optional<Boolean> anyEqual(Iterable<String> texts, Object value)
    {
        for (String text : texts) {
            Optional<Boolean> equal = equal(text, value);
            if (equal.isEmpty() || equal.orElseThrow()) {
                return equal;
            }
        }
        return Optional.of(false);
    }

    private static Optional<Boolean> equal(String text, Object value)
    {
        if (value instanceof String) {
            return Optional.of(value.equals(text));
        }
        if (value instanceof Boolean) {
            return Optional.of(value.toString().equalsIgnoreCase(text));
        }
        try {
            if (value instanceof Float || value instanceof Double) {
                double number = ((Number) value).doubleValue();
                double other = Double.parseDouble(text.strip());
                return Optional.of(number == other || (Double.isNaN(number) && Double.isNaN(other)));
            }
            return compare(value, text).map(order -> order == 0);
        }
        catch (NumberFormatException | DateTimeException e) {
            return Optional.of(false);
        }
    }

    private static Optional<Integer> compare(Object value, String text)
    {
        if (value instanceof Float || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            double other = Double.parseDouble(text.strip());
            // unlike Double.compare, -0.0 is no less than 0.0
            return Optional.of(number < other ? -1 : number > other ? 1 : 0);
        }
        if (value instanceof LocalDate date) {
            return Optional.of(date.compareTo(LocalDate.parse(text.strip())));
        }
        if (value instanceof Instant instant) {
            return Optional.of(instant.compareTo(Instant.parse(text.strip())));
        }
        if (value instanceof LocalDateTime time) {
            return Optional.of(time.compareTo(LocalDateTime.parse(text.strip())));
        }
        return wholeOrDecimal(value).map(number -> number.compareTo(new BigDecimal(text.strip())));
    }

    private static Optional<BigDecimal> wholeOrDecimal(Object value)
    {
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(BigDecimal.valueOf(((Number) value).longValue()));
        }
        return value instanceof BigDecimal decimal ? Optional.of(decimal) : Optional.empty();
    }
}
