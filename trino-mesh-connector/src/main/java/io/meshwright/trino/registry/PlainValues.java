package io.meshwright.trino.registry;

import io.meshwright.bridge.table.Row;
import io.trino.spi.block.Block;
import io.trino.spi.block.SqlRow;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Decimals;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MICROS;
import static io.trino.spi.type.Timestamps.PICOSECONDS_PER_NANOSECOND;
import static java.lang.Math.toIntExact;

/**
 * Reads the plain Java values that {@link Row} holds out of blocks.
 */
final class PlainValues
{
    private PlainValues() {}

    /**
     * @return null for NULL
     * @throws IllegalArgumentException for a type that the registry's tables do not use
     */
    static Object read(Type type, Block block, int position)
    {
        if (block.isNull(position)) {
            return null;
        }
        if (type instanceof VarcharType varchar) {
            return varchar.getSlice(block, position).toStringUtf8();
        }
        if (type.equals(INTEGER)) {
            return toIntExact(INTEGER.getLong(block, position));
        }
        if (type.equals(BIGINT)) {
            return BIGINT.getLong(block, position);
        }
        if (type.equals(DOUBLE)) {
            return DOUBLE.getDouble(block, position);
        }
        if (type instanceof DecimalType decimal) {
            return Decimals.readBigDecimal(decimal, block, position);
        }
        if (type.equals(DATE)) {
            return LocalDate.ofEpochDay(DATE.getInt(block, position));
        }
        if (type.equals(BOOLEAN)) {
            return BOOLEAN.getBoolean(block, position);
        }
        if (type.equals(TIMESTAMP_TZ_MICROS)) {
            LongTimestampWithTimeZone value = (LongTimestampWithTimeZone) type.getObject(block, position);
            return Instant.ofEpochMilli(value.getEpochMillis()).plusNanos(value.getPicosOfMilli() / PICOSECONDS_PER_NANOSECOND);
        }
        if (type instanceof ArrayType array) {
            Block elements = array.getObject(block, position);
            List<Object> values = new ArrayList<>(elements.getPositionCount());
            for (int index = 0; index < elements.getPositionCount(); index++) {
                values.add(read(array.getElementType(), elements, index));
            }
            return values;
        }
        if (type instanceof RowType rowType) {
            SqlRow row = rowType.getObject(block, position);
            Map<String, Object> values = new LinkedHashMap<>();
            for (int index = 0; index < row.getFieldCount(); index++) {
                RowType.Field field = rowType.getFields().get(index);
                values.put(field.getName().orElseThrow(), read(field.getType(), row.getRawFieldBlock(index), row.getRawIndex()));
            }
            return Row.of(values);
        }
        throw new IllegalArgumentException("The registry's tables have no columns of type " + type);
    }
}
