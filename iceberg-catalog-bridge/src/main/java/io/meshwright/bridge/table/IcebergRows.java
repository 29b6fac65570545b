package io.meshwright.bridge.table;

import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StructType;
import org.apache.iceberg.types.Types.TimestampType;
import org.apache.iceberg.util.ByteBuffers;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.lang.Math.toIntExact;

/**
 * Plain Java values to and from the values that Iceberg's internal readers and writers exchange.
 */
final class IcebergRows
{
    private IcebergRows() {}

    static StructLike toIceberg(StructType type, Row row)
    {
        GenericRecord record = GenericRecord.create(type);
        List<NestedField> fields = type.fields();
        for (int index = 0; index < fields.size(); index++) {
            Object value = row.values().get(fields.get(index).name());
            record.set(index, value == null ? null : toIceberg(fields.get(index).type(), value));
        }
        return record;
    }

    static Row fromIceberg(StructType type, StructLike struct)
    {
        Map<String, Object> values = new LinkedHashMap<>();
        List<NestedField> fields = type.fields();
        for (int index = 0; index < fields.size(); index++) {
            Object value = struct.get(index, Object.class);
            values.put(fields.get(index).name(), value == null ? null : fromIceberg(fields.get(index).type(), value));
        }
        return Row.of(values);
    }

    private static Object toIceberg(Type type, Object value)
    {
        return switch (type.typeId()) {
            case STRUCT -> toIceberg(type.asStructType(), (Row) value);
            case LIST -> ((List<?>) value).stream()
                    .map(element -> toIceberg(type.asListType().elementType(), element))
                    .toList();
            case TIMESTAMP -> ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value);
            case DATE -> toIntExact(((LocalDate) value).toEpochDay());
            case LONG -> ((Number) value).longValue();
            case BINARY -> ByteBuffer.wrap((byte[]) value);
            default -> value;
        };
    }

    private static Object fromIceberg(Type type, Object value)
    {
        return switch (type.typeId()) {
            case STRUCT -> fromIceberg(type.asStructType(), (StructLike) value);
            case LIST -> ((List<?>) value).stream()
                    .map(element -> fromIceberg(type.asListType().elementType(), element))
                    .toList();
            case TIMESTAMP -> toInstant((TimestampType) type, (Long) value);
            case DATE -> LocalDate.ofEpochDay((Integer) value);
            case BINARY -> ByteBuffers.toByteArray((ByteBuffer) value);
            case STRING -> value.toString();
            default -> value;
        };
    }

    private static Instant toInstant(TimestampType type, long micros)
    {
        if (!type.shouldAdjustToUTC()) {
            throw new IllegalArgumentException("A timestamp without zone is no instant");
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
