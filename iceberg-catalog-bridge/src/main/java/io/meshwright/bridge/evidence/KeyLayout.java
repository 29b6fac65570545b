package io.meshwright.bridge.evidence;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Comparators;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where the keys over some columns lie, as manifests tell.
 *
 * @param disjoint whether no two files have a key in common
 * @param ranges of columns that are whole numbers, dates or times, as far as they are known of every file
 */
public record KeyLayout(boolean disjoint, Map<String, Range> ranges)
{
    /**
     * Both ends inclusive: numbers as they are, days, or microseconds.
     */
    public record Range(long least, long greatest)
    {
        private Range span(Range other)
        {
            return new Range(Math.min(least, other.least), Math.max(greatest, other.greatest));
        }
    }

    static final KeyLayout UNKNOWN = new KeyLayout(false, Map.of());

    private record Interval(Object lower, Object upper) {}

    public KeyLayout
    {
        ranges = ImmutableMap.copyOf(ranges);
    }

    static KeyLayout of(Table table, List<LiveFile> files, List<String> columns)
    {
        requireNonNull(columns, "columns is null");
        MetadataEvidence metadata = new MetadataEvidence(table);
        boolean disjoint = files.size() < 2;
        ImmutableMap.Builder<String, Range> ranges = ImmutableMap.builder();
        for (String column : columns) {
            Optional<List<Interval>> intervals = intervals(metadata, files, column);
            disjoint |= intervals.filter(KeyLayout::areDisjoint).isPresent();
            intervals.flatMap(KeyLayout::span).ifPresent(range -> ranges.put(column, range));
        }
        return new KeyLayout(disjoint, ranges.buildOrThrow());
    }

    /**
     * The intervals of the files that have any value in the column; empty where one of them is not known.
     */
    private static Optional<List<Interval>> intervals(MetadataEvidence metadata, List<LiveFile> files, String column)
    {
        ImmutableList.Builder<Interval> intervals = ImmutableList.builder();
        for (LiveFile file : files) {
            Optional<ColumnMetrics> metrics = metadata.metrics(file, column);
            if (metrics.filter(ColumnMetrics::isAllNull).isPresent()) {
                continue;
            }
            // a NaN lies in no interval
            Optional<Interval> interval = metrics.filter(known -> known.nans().filter(count -> count == 0).isPresent())
                    .flatMap(known -> known.lower().flatMap(lower -> known.upper().map(upper -> new Interval(lower, upper))));
            if (interval.isEmpty()) {
                return Optional.empty();
            }
            intervals.add(interval.orElseThrow());
        }
        return Optional.of(intervals.build());
    }

    private static boolean areDisjoint(List<Interval> intervals)
    {
        List<Interval> sorted = new ArrayList<>(intervals);
        sorted.sort((left, right) -> compare(left.lower(), right.lower()));
        for (int index = 1; index < sorted.size(); index++) {
            if (compare(sorted.get(index).lower(), sorted.get(index - 1).upper()) <= 0) {
                return false;
            }
        }
        return true;
    }

    private static int compare(Object left, Object right)
    {
        if (left instanceof String text) {
            // bounds of texts are in the order of their UTF-8 bytes
            return Comparators.charSequences().compare(text, (String) right);
        }
        return order(left.getClass()).compare(left, right);
    }

    @SuppressWarnings("unchecked")
    private static Comparator<Object> order(Class<?> type)
    {
        if (type == Float.class || type == Double.class) {
            // by value, with one zero
            return Comparator.comparingDouble(number -> ((Number) number).doubleValue() + 0.0);
        }
        return (left, right) -> ((Comparable<Object>) left).compareTo(right);
    }

    private static Optional<Range> span(List<Interval> intervals)
    {
        Optional<Range> span = Optional.empty();
        for (Interval interval : intervals) {
            Optional<Long> least = number(interval.lower());
            Optional<Long> greatest = number(interval.upper());
            if (least.isEmpty() || greatest.isEmpty()) {
                return Optional.empty();
            }
            Range range = new Range(least.orElseThrow(), greatest.orElseThrow());
            span = Optional.of(span.map(range::span).orElse(range));
        }
        return span;
    }

    private static Optional<Long> number(Object value)
    {
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(((Number) value).longValue());
        }
        if (value instanceof LocalDate date) {
            return Optional.of(date.toEpochDay());
        }
        return JavaValues.micros(value);
    }
}
