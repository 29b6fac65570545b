package io.meshwright.spark.check;

import io.meshwright.bridge.evidence.KeyNumbering;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

import java.util.stream.IntStream;

import static org.apache.spark.sql.functions.col;

/**
 * Keys as numbers that compare over files and runs.
 */
final class NumberedKey
{
    private static final int UNUSED_BITS_OF_HASH = 8;

    private NumberedKey() {}

    /**
     * @param keys columns {@code k0}, {@code k1} ... without NULL
     */
    static Column of(StructType keys, KeyNumbering numbering)
    {
        if (numbering.hashed()) {
            Column[] columns = IntStream.range(0, keys.size()).mapToObj(index -> col("k" + index)).toArray(Column[]::new);
            return functions.shiftrightunsigned(functions.xxhash64(columns), UNUSED_BITS_OF_HASH);
        }
        Column number = number(keys, 0);
        for (int index = 0; index < numbering.widths().size(); index++) {
            int width = numbering.widths().get(index);
            number = functions.shiftleft(number, width).bitwiseOR(number(keys, index + 1).bitwiseAND((1L << width) - 1));
        }
        return number;
    }

    private static Column number(StructType keys, int index)
    {
        return PackedKey.number(col("k" + index), keys.fields()[index].dataType())
                .orElseThrow(() -> new IllegalArgumentException("A key of type %s has no number".formatted(keys.fields()[index].dataType().simpleString())));
    }
}
