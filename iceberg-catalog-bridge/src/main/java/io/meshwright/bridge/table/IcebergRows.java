package io.meshwright.bridge.table;

import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StructType;
import org.apache.iceberg.types.Types.TimestampType;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
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
        switch (type.typeId()) {
            case STRUCT:
                return toIceberg(type.asStructType(), (Row) value);
            case LIST:
                return ((List<?>) value).stream()
                        .map(element -> toIceberg(type.asListType().elementType(), element))
                        .collect(toImmutableList());
            case TIMESTAMP:
                return ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value);
            case DATE:
                return toIntExact(((LocalDate) value).toEpochDay());
            case LONG:
                return ((Number) value).longValue();
            default:
                return value;
        }
    }

    private static Object fromIceberg(Type type, Object value)
    {
        switch (type.typeId()) {
            case STRUCT:
                return fromIceberg(type.asStructType(), (StructLike) value);
            case LIST:
                return ((List<?>) value).stream()
                        .map(element -> fromIceberg(type.asListType().elementType(), element))
                        .collect(toImmutableList());
            case TIMESTAMP:
                if (!((TimestampType) type).shouldAdjustToUTC()) {
                    throw new IllegalArgumentException("A timestamp without zone is no instant");
                }
                return Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
            case DATE:
                return LocalDate.ofEpochDay((Integer) value);
            case STRING:
                return value.toString();
            default:
                return value;
        }
    }
}
