package io.meshwright.trino.product;

import io.meshwright.model.contract.ContractField;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.TimeType.TIME_MICROS;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MICROS;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MICROS;
import static io.trino.spi.type.UuidType.UUID;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * The types of contract fields in Trino, as Iceberg tables made from contracts have them.
 */
public final class ContractTypes
{
    private static final int LARGEST_PRECISION = 38;

    private ContractTypes() {}

    public static Type type(ContractField field, TypeOperators operators)
    {
        return switch (field.type()) {
            case STRING -> VARCHAR;
            case INTEGER -> INTEGER;
            case LONG -> BIGINT;
            case DECIMAL -> DecimalType.createDecimalType(field.precision().orElse(LARGEST_PRECISION), field.scale().orElse(0));
            case FLOAT -> REAL;
            case DOUBLE -> DOUBLE;
            case BOOLEAN -> BOOLEAN;
            case DATE -> DATE;
            case TIME -> TIME_MICROS;
            case TIMESTAMP -> TIMESTAMP_TZ_MICROS;
            case TIMESTAMP_NTZ -> TIMESTAMP_MICROS;
            case BINARY -> VARBINARY;
            case UUID -> UUID;
            case STRUCT -> RowType.from(field.fields().stream()
                    .map(child -> RowType.field(child.name(), type(child, operators)))
                    .collect(toImmutableList()));
            case ARRAY -> new ArrayType(type(field.items().orElseThrow(), operators));
            case MAP -> new MapType(type(field.key().orElseThrow(), operators), type(field.value().orElseThrow(), operators), operators);
        };
    }
}
