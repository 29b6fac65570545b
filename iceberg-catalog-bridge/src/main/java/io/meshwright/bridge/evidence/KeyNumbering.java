package io.meshwright.bridge.evidence;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.evidence.KeyLayout.Range;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.TimestampType;

import java.util.List;
import java.util.Map;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.stream.Collectors.joining;

/**
 * How a key becomes a number of 64 bits, so that numbers of different files and runs compare: equal keys have equal numbers. Different keys may have
 * the same one by a hash, or where a value lies outside of the bounds that manifests told.
 *
 * @param hashed by 56 bits of a hash; else by the values themselves
 * @param widths bits of each column but the first, which has the rest; empty for a key of one column
 */
public record KeyNumbering(boolean hashed, List<Integer> widths)
{
    // a few values more do not change a width, and with it all numbers
    private static final int STEP = 4;

    public KeyNumbering
    {
        widths = ImmutableList.copyOf(widths);
        checkArgument(!hashed || widths.isEmpty(), "A hash has no widths");
    }

    /**
     * @param columns that the schema has
     */
    public static KeyNumbering of(Schema schema, List<String> columns, Map<String, Range> ranges)
    {
        KeyNumbering hash = new KeyNumbering(true, List.of());
        if (!columns.stream().allMatch(column -> isNumber(schema.findField(column).type()))) {
            return hash;
        }
        if (columns.size() == 1) {
            return new KeyNumbering(false, List.of());
        }
        int bits = 0;
        ImmutableList.Builder<Integer> widths = ImmutableList.builder();
        for (String column : columns) {
            Range range = ranges.get(column);
            if (range == null) {
                return hash;
            }
            int width = (Math.max(signedBits(range.least()), signedBits(range.greatest())) + STEP - 1) / STEP * STEP;
            bits += width;
            widths.add(width);
        }
        return bits > Long.SIZE ? hash : new KeyNumbering(false, widths.build().subList(1, columns.size()));
    }

    /**
     * Names it: numbers of another name are other numbers.
     */
    String name()
    {
        return hashed ? "hash" : "number" + widths.stream().map(width -> " " + width).collect(joining());
    }

    private static int signedBits(long value)
    {
        return Long.SIZE + 1 - Long.numberOfLeadingZeros(value ^ (value >> (Long.SIZE - 1)));
    }

    private static boolean isNumber(Type type)
    {
        return switch (type.typeId()) {
            case INTEGER, LONG, DATE -> true;
            case TIMESTAMP -> ((TimestampType) type).shouldAdjustToUTC();
            default -> false;
        };
    }
}
