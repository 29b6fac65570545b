package io.meshwright.legacy.postgresql;

import io.trino.plugin.jdbc.ColumnMapping;
import io.trino.plugin.jdbc.JdbcTypeHandle;
import io.trino.plugin.jdbc.LongReadFunction;
import io.trino.plugin.jdbc.ObjectReadFunction;
import io.trino.plugin.jdbc.ObjectWriteFunction;
import io.trino.plugin.jdbc.SliceReadFunction;
import io.trino.plugin.jdbc.SliceWriteFunction;
import io.trino.spi.TrinoException;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeManager;

import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.plugin.base.util.JsonTypeUtil.jsonParse;
import static io.trino.plugin.jdbc.PredicatePushdownController.DISABLE_PUSHDOWN;
import static io.trino.plugin.jdbc.PredicatePushdownController.FULL_PUSHDOWN;
import static io.trino.plugin.jdbc.StandardColumnMappings.bigintColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.booleanColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.dateColumnMappingUsingLocalDate;
import static io.trino.plugin.jdbc.StandardColumnMappings.decimalColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.defaultCharColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.defaultVarcharColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.doubleWriteFunction;
import static io.trino.plugin.jdbc.StandardColumnMappings.integerColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.numberReadFunction;
import static io.trino.plugin.jdbc.StandardColumnMappings.numberWriteFunction;
import static io.trino.plugin.jdbc.StandardColumnMappings.realWriteFunction;
import static io.trino.plugin.jdbc.StandardColumnMappings.smallintColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.timeColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.timestampWriteFunction;
import static io.trino.plugin.jdbc.StandardColumnMappings.toTrinoTimestamp;
import static io.trino.plugin.jdbc.StandardColumnMappings.varbinaryColumnMapping;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.StandardErrorCode.NUMERIC_VALUE_OUT_OF_RANGE;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.Decimals.MAX_PRECISION;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.NumberType.NUMBER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.StandardTypes.JSON;
import static io.trino.spi.type.TimeType.createTimeType;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampType.createTimestampType;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MICROS;
import static io.trino.spi.type.Timestamps.PICOSECONDS_PER_NANOSECOND;
import static io.trino.spi.type.UuidType.UUID;
import static io.trino.spi.type.UuidType.javaUuidToTrinoUuid;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * What the columns of PostgreSQL are in Trino. Nothing is left out: what Trino has no type for is shown as PostgreSQL's own text.
 * <p>
 * A condition is handed to the database only where it means there what it means in Trino, or more: texts compare by collations there and by code points here, and NaN is a number
 * greater than all others there.
 */
final class LegacyTypes
{
    private static final SliceWriteFunction NO_SLICE = SliceWriteFunction.of(Types.OTHER, (_, _, _) -> {
        throw new TrinoException(NOT_SUPPORTED, "This type cannot be compared in the legacy warehouse");
    });

    private final Type json;

    LegacyTypes(TypeManager typeManager)
    {
        this.json = requireNonNull(typeManager, "typeManager is null").fromSqlType(JSON);
    }

    ColumnMapping mapping(JdbcTypeHandle type)
    {
        // of a column that is filled from a sequence the driver says serial
        return switch (type.jdbcTypeName().orElse("")) {
            case "bool" -> booleanColumnMapping();
            case "int2", "smallserial" -> smallintColumnMapping();
            case "int4", "serial" -> integerColumnMapping();
            case "int8", "bigserial" -> bigintColumnMapping();
            case "float4" -> ColumnMapping.longMapping(REAL, (results, column) -> Float.floatToRawIntBits(results.getFloat(column)), realWriteFunction(), DISABLE_PUSHDOWN);
            case "float8" -> ColumnMapping.doubleMapping(DOUBLE, (results, column) -> results.getDouble(column), doubleWriteFunction(), DISABLE_PUSHDOWN);
            case "numeric" -> numeric(type.requiredColumnSize(), type.decimalDigits().orElse(0));
            case "varchar", "text" -> defaultVarcharColumnMapping(type.requiredColumnSize(), false);
            case "bpchar" -> defaultCharColumnMapping(type.requiredColumnSize(), false);
            case "bytea" -> varbinaryColumnMapping();
            case "date" -> dateColumnMappingUsingLocalDate();
            case "time" -> timeColumnMapping(createTimeType(type.requiredDecimalDigits()));
            case "timestamp" -> timestamp(createTimestampType(type.requiredDecimalDigits()));
            case "timestamptz" -> instant();
            case "uuid" -> ColumnMapping.sliceMapping(UUID, (results, column) -> javaUuidToTrinoUuid(results.getObject(column, UUID.class)), NO_SLICE, DISABLE_PUSHDOWN);
            case "json", "jsonb" -> text(json, (results, column) -> jsonParse(utf8Slice(results.getString(column))));
            default -> text(VARCHAR, (results, column) -> utf8Slice(results.getString(column)));
        };
    }

    private static ColumnMapping text(Type type, SliceReadFunction read)
    {
        return ColumnMapping.sliceMapping(type, read, NO_SLICE, DISABLE_PUSHDOWN);
    }

    private static ColumnMapping numeric(int precision, int scale)
    {
        if (precision > 0 && precision <= MAX_PRECISION && scale >= 0 && scale <= precision) {
            return decimalColumnMapping(createDecimalType(precision, scale));
        }
        return ColumnMapping.objectMapping(NUMBER, numberReadFunction(), numberWriteFunction(), DISABLE_PUSHDOWN);
    }

    private static ColumnMapping timestamp(TimestampType type)
    {
        LongReadFunction read = (results, column) -> {
            LocalDateTime value = results.getObject(column, LocalDateTime.class);
            checkFinite(!value.equals(LocalDateTime.MAX) && !value.equals(LocalDateTime.MIN));
            return toTrinoTimestamp(type, value);
        };
        return ColumnMapping.longMapping(type, read, timestampWriteFunction(type), FULL_PUSHDOWN);
    }

    /**
     * Always with PostgreSQL's own resolution.
     */
    private static ColumnMapping instant()
    {
        ObjectReadFunction read = ObjectReadFunction.of(LongTimestampWithTimeZone.class, (results, column) -> {
            OffsetDateTime value = results.getObject(column, OffsetDateTime.class);
            checkFinite(!value.equals(OffsetDateTime.MAX) && !value.equals(OffsetDateTime.MIN));
            return LongTimestampWithTimeZone.fromEpochSecondsAndFraction(value.toEpochSecond(), (long) value.getNano() * PICOSECONDS_PER_NANOSECOND, UTC_KEY);
        });
        ObjectWriteFunction write = ObjectWriteFunction.of(LongTimestampWithTimeZone.class, (statement, index, value) ->
                statement.setObject(index, Instant.ofEpochMilli(value.getEpochMillis()).plusNanos(value.getPicosOfMilli() / PICOSECONDS_PER_NANOSECOND).atOffset(ZoneOffset.UTC)));
        return ColumnMapping.objectMapping(TIMESTAMP_TZ_MICROS, read, write, FULL_PUSHDOWN);
    }

    private static void checkFinite(boolean finite)
    {
        if (!finite) {
            throw new TrinoException(NUMERIC_VALUE_OUT_OF_RANGE, "A timestamp of the legacy warehouse is infinite, for which Trino has no value: leave such rows out by a condition on another column");
        }
    }
}
