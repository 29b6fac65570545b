package io.meshwright.model.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.ComparedType;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

/**
 * Looks at rows of keys that both sides have, and finds which columns differ and what the likely cause is. Keeps no value. Not thread-safe.
 */
public final class ColumnCauses
{
    /**
     * How many keys a column keeps.
     */
    public static final int KEYS = 5;
    // with more different distances than summer and winter have, no zone explains them
    private static final int ZONE_DISTANCES = 2;

    private final List<Column> columns;
    private long sampled;

    private static final class Column
    {
        private final String name;
        private final ComparedType type;
        private final Map<ValueDifference, Long> kinds = new EnumMap<>(ValueDifference.class);
        private final Map<Long, Long> zoneQuarters = new TreeMap<>();
        private final List<String> keys = new ArrayList<>();

        private Column(ComparedColumn column)
        {
            name = column.column();
            type = column.type();
        }
    }

    public ColumnCauses(List<ComparedColumn> columns)
    {
        this.columns = columns.stream().map(Column::new).collect(toImmutableList());
    }

    /**
     * @param maskedKey as it may be shown
     * @param legacy values in the order of the columns
     * @param mesh values in the order of the columns
     * @return the columns that differ, with how
     */
    public Map<String, ValueDifference> add(String maskedKey, List<Object> legacy, List<Object> mesh)
    {
        checkArgument(legacy.size() == columns.size() && mesh.size() == columns.size(), "Not a value for each of %s columns: %s and %s", columns.size(), legacy.size(), mesh.size());
        sampled++;
        Map<String, ValueDifference> found = new TreeMap<>();
        for (int index = 0; index < columns.size(); index++) {
            Column column = columns.get(index);
            Object left = legacy.get(index);
            Object right = mesh.get(index);
            Optional<ValueDifference> difference = ValueDifference.of(column.type, left, right);
            if (difference.isEmpty()) {
                continue;
            }
            found.put(column.name, difference.orElseThrow());
            column.kinds.merge(difference.orElseThrow(), 1L, Long::sum);
            if (difference.orElseThrow() == ValueDifference.ZONE) {
                OptionalLong quarters = ValueDifference.zoneQuarters((Long) left, (Long) right);
                quarters.ifPresent(distance -> column.zoneQuarters.merge(distance, 1L, Long::sum));
            }
            if (column.keys.size() < KEYS) {
                column.keys.add(maskedKey);
            }
        }
        return found;
    }

    /**
     * One for each column that differs somewhere, the worst first.
     */
    public List<ColumnResult> results()
    {
        return columns.stream()
                .filter(column -> !column.kinds.isEmpty())
                .map(this::result)
                .sorted((left, right) -> Long.compare(right.differing(), left.differing()))
                .collect(toImmutableList());
    }

    private ColumnResult result(Column column)
    {
        long differing = column.kinds.values().stream().mapToLong(Long::longValue).sum();
        long formatOnly = column.kinds.entrySet().stream().filter(kind -> kind.getKey().isFormatOnly()).mapToLong(Map.Entry::getValue).sum();
        return new ColumnResult(column.name, sampled, differing, formatOnly, cause(column, differing), ImmutableList.copyOf(column.keys));
    }

    private static Optional<String> cause(Column column, long differing)
    {
        Map.Entry<ValueDifference, Long> most = column.kinds.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        Optional<String> words = words(most.getKey(), column);
        if (most.getValue() == differing) {
            return words;
        }
        // a minority explains nothing
        return most.getValue() * 2 > differing ? words.map(text -> "%s (%s of %s)".formatted(text, most.getValue(), differing)) : Optional.empty();
    }

    private static Optional<String> words(ValueDifference kind, Column column)
    {
        return switch (kind) {
            case NULL_AND_EMPTY -> Optional.of("NULL on one side is the empty text on the other");
            case NULL_IN_PRODUCT -> Optional.of("NULL in the product where the legacy table has a value");
            case NULL_IN_LEGACY -> Optional.of("NULL in the legacy table where the product has a value");
            case BLANKS -> Optional.of("blanks at the ends of the text");
            case CASE -> Optional.of("upper and lower case");
            case UNICODE_FORM -> Optional.of("Unicode normal form");
            case SCALE -> Optional.of("digits after the point were cut or rounded");
            case SUBSECOND -> Optional.of("digits of the second were cut or rounded");
            case ZONE -> zoneShift(column.zoneQuarters);
            case NEXT_DAY -> Optional.of("one day apart, as by a time zone");
            case FLOAT -> Optional.of("rounding of binary fractions");
            case OTHER -> Optional.empty();
        };
    }

    private static Optional<String> zoneShift(Map<Long, Long> quarters)
    {
        if (quarters.size() > ZONE_DISTANCES) {
            return Optional.empty();
        }
        return Optional.of("time zone: the product is " + quarters.keySet().stream().map(ColumnCauses::hours).collect(joining(" or ")));
    }

    private static String hours(long quarters)
    {
        long minutes = Math.abs(quarters) * 15;
        String distance = minutes % 60 == 0 ? minutes / 60 + " h" : "%s:%02d h".formatted(minutes / 60, minutes % 60);
        return distance + (quarters > 0 ? " later" : " earlier");
    }
}
