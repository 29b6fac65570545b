package io.meshwright.spark.check;

import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckSpec.Unit;
import io.meshwright.model.check.Measure;
import io.meshwright.model.check.ValueRule;
import io.meshwright.model.check.ValueRule.Bound;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Evaluates checks row by row in plain Java, as slowly and as plainly as possible.
 */
final class NaiveOracle
{
    /**
     * The filters that tests use, by their texts in the contract.
     */
    private static final Map<String, Predicate<Map<String, Object>>> FILTERS = Map.of(
            "(status = 'placed')", row -> "placed".equals(row.get("status")),
            "(line >= 1 AND name IS NOT NULL)", row -> row.get("line") instanceof Integer line && line >= 1 && row.get("name") != null,
            "(NOT DAY < DATE '2026-11-05')", row -> row.get("day") instanceof LocalDate day && !day.isBefore(LocalDate.of(2026, 11, 5)),
            "(line IN (0, 2) OR `address`.`zip` LIKE '100%')", NaiveOracle::isOddOrNear);

    private final List<Map<String, Object>> rows;

    NaiveOracle(List<Map<String, Object>> rows)
    {
        this.rows = rows;
    }

    private static boolean isOddOrNear(Map<String, Object> row)
    {
        boolean near = get(row, "address.zip") instanceof String zip && zip.startsWith("100");
        return near || (row.get("line") instanceof Integer line && line != 1);
    }

    private List<Map<String, Object>> rows(Measure measure)
    {
        if (measure.rowFilter().isEmpty()) {
            return rows;
        }
        Predicate<Map<String, Object>> filter = FILTERS.get(measure.rowFilter().orElseThrow().text());
        assertThat(filter).as("Filter %s", measure.rowFilter().orElseThrow().text()).isNotNull();
        return rows.stream().filter(filter).toList();
    }

    BigDecimal figure(CheckSpec check)
    {
        if (check.measure() instanceof Measure.RowCount) {
            return BigDecimal.valueOf(rows(check.measure()).size());
        }
        if (check.measure() instanceof Measure.ColumnMatches) {
            return BigDecimal.ZERO;
        }
        if (check.measure() instanceof Measure.Duplicates duplicates) {
            return BigDecimal.valueOf(recurringKeys(duplicates.columns(), rows(duplicates)));
        }
        Measure.Violations violations = (Measure.Violations) check.measure();
        List<Map<String, Object>> matching = rows(violations);
        long count = matching.stream().filter(row -> breaks(row, violations.column(), violations.rule())).count();
        if (check.unit() == Unit.PERCENT) {
            return matching.isEmpty() ? BigDecimal.ZERO : BigDecimal.valueOf(count * 100).divide(BigDecimal.valueOf(matching.size()), 6, RoundingMode.UP);
        }
        return BigDecimal.valueOf(count);
    }

    private static long recurringKeys(List<String> columns, List<Map<String, Object>> rows)
    {
        Map<List<Object>, Integer> counts = new HashMap<>();
        for (Map<String, Object> row : rows) {
            List<Object> key = new ArrayList<>();
            columns.forEach(column -> key.add(comparable(get(row, column))));
            if (key.stream().allMatch(Objects::nonNull)) {
                counts.merge(key, 1, Integer::sum);
            }
        }
        return counts.values().stream().filter(count -> count > 1).count();
    }

    private static Object comparable(Object value)
    {
        // 0.0 and -0.0 are one value, as in SQL; Double.equals has NaN equal to itself
        return value instanceof Double number && number == 0.0 ? 0.0 : value;
    }

    private static boolean breaks(Map<String, Object> row, String column, ValueRule rule)
    {
        Object value = get(row, column);
        if (rule instanceof ValueRule.NotNull) {
            return value == null && parentPresent(row, column);
        }
        if (rule instanceof ValueRule.NotMissing notMissing) {
            return parentPresent(row, column) && (value == null || notMissing.missing().stream().anyMatch(text -> isValue(text, value)));
        }
        return value != null && breaks(value, rule);
    }

    private static boolean breaks(Object value, ValueRule rule)
    {
        if (rule instanceof ValueRule.OneOf oneOf) {
            return oneOf.values().stream().noneMatch(text -> isValue(text, value));
        }
        if (rule instanceof ValueRule.Matches matches) {
            return !Pattern.compile(matches.regex()).matcher((String) value).find();
        }
        if (rule instanceof ValueRule.Length length) {
            int actual = length(value);
            return actual < length.minimum() || actual > length.maximum();
        }
        if (rule instanceof ValueRule.MultipleOf multiple) {
            return new BigDecimal(value.toString()).remainder(multiple.divisor()).signum() != 0;
        }
        if (rule instanceof ValueRule.AllOf all) {
            return all.rules().stream().anyMatch(part -> breaks(value, part));
        }
        if (rule instanceof ValueRule.DistinctElements) {
            List<Object> elements = new ArrayList<>();
            ((List<?>) value).forEach(element -> Optional.ofNullable(element).map(NaiveOracle::comparable).ifPresent(elements::add));
            return new HashSet<>(elements).size() < elements.size();
        }
        if (rule instanceof ValueRule.Inside inside) {
            return breaksOrNull(((Map<?, ?>) value).get(inside.field()), inside.rule());
        }
        if (rule instanceof ValueRule.Each each) {
            Collection<?> parts = switch (each.part()) {
                case ELEMENT -> (List<?>) value;
                case KEY -> ((Map<?, ?>) value).keySet();
                case VALUE -> ((Map<?, ?>) value).values();
            };
            return parts.stream().anyMatch(part -> breaksOrNull(part, each.rule()));
        }
        Bound bound = (Bound) rule;
        if (value instanceof Double number && number.isNaN()) {
            return true;
        }
        int order = compare(value, bound.value());
        int outside = bound.side() == Bound.Side.LOWER ? -order : order;
        return bound.inclusive() ? outside > 0 : outside >= 0;
    }

    private static boolean breaksOrNull(Object value, ValueRule rule)
    {
        if (rule instanceof ValueRule.NotNull) {
            return value == null;
        }
        if (rule instanceof ValueRule.NotMissing missing) {
            return value == null || missing.missing().stream().anyMatch(text -> isValue(text, value));
        }
        return value != null && breaks(value, rule);
    }

    private static int length(Object value)
    {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length());
        }
        // of what stands for a struct, only the fields that are there count; a map's values are not looked at
        return value instanceof List<?> list ? list.size() : (int) ((Map<?, ?>) value).values().stream().filter(Objects::nonNull).count();
    }

    private static int compare(Object value, String text)
    {
        if (value instanceof Double number) {
            // by value, unlike Double.compare, which sets -0.0 below 0.0
            double other = Double.parseDouble(text);
            return number < other ? -1 : number > other ? 1 : 0;
        }
        if (value instanceof LocalDate date) {
            return date.compareTo(LocalDate.parse(text));
        }
        if (value instanceof Instant instant) {
            return instant.compareTo(Instant.parse(text));
        }
        if (value instanceof LocalDateTime time) {
            return time.compareTo(LocalDateTime.parse(text));
        }
        return new BigDecimal(value.toString()).compareTo(new BigDecimal(text));
    }

    private static boolean isValue(String text, Object value)
    {
        if (value instanceof String) {
            return value.equals(text);
        }
        if (value instanceof Boolean) {
            return value.toString().equals(text);
        }
        try {
            return compare(value, text) == 0;
        }
        catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean parentPresent(Map<String, Object> row, String column)
    {
        int dot = column.lastIndexOf('.');
        return dot < 0 || get(row, column.substring(0, dot)) != null;
    }

    private static Object get(Map<String, Object> row, String column)
    {
        Object value = row;
        for (String step : column.split("\\.")) {
            value = value == null ? null : ((Map<?, ?>) value).get(step);
        }
        return value;
    }
}
