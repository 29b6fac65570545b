package io.meshwright.spark.check;

import io.meshwright.bridge.evidence.KeyLayout.Range;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.apache.spark.sql.functions.col;

/**
 * Keys of whole numbers, dates and times as one number of 64 bits, so that different keys are different numbers.
 */
final class PackedKey
{
    private PackedKey() {}

    /**
     * @param keys columns {@code k0}, {@code k1} ... without NULL
     * @param columns their names in the table
     * @param ranges of values by name; one that is missing is not known
     * @return empty where 64 bits do not suffice, or a column is of another type
     */
    static Optional<Column> of(StructType keys, List<String> columns, Map<String, Range> ranges)
    {
        if (columns.size() == 1) {
            return number(col("k0"), keys.fields()[0].dataType());
        }
        Optional<Column> packed = Optional.empty();
        int bits = 0;
        for (int index = 0; index < columns.size(); index++) {
            Range range = ranges.get(columns.get(index));
            Optional<Column> number = number(col("k" + index), keys.fields()[index].dataType());
            if (range == null || number.isEmpty()) {
                return Optional.empty();
            }
            long span = range.greatest() - range.least();
            int width = 64 - Long.numberOfLeadingZeros(span);
            // an overflow makes the span negative, which takes all 64 bits
            bits += width;
            if (bits > 63) {
                return Optional.empty();
            }
            Column offset = number.orElseThrow().minus(range.least());
            packed = Optional.of(packed.isEmpty() ? offset : functions.shiftleft(packed.orElseThrow(), width).bitwiseOR(offset));
        }
        return packed;
    }

    static Optional<Column> number(Column value, DataType type)
    {
        if (type instanceof LongType) {
            return Optional.of(value);
        }
        if (type instanceof IntegerType) {
            return Optional.of(value.cast("bigint"));
        }
        if (type instanceof DateType) {
            return Optional.of(functions.unix_date(value).cast("bigint"));
        }
        return type instanceof TimestampType ? Optional.of(functions.unix_micros(value)) : Optional.empty();
    }
}
