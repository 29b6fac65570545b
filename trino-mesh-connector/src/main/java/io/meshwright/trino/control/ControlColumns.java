package io.meshwright.trino.control;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.Slices;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Decimals;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.Type;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MICROS;
import static io.trino.spi.type.Timestamps.PICOSECONDS_PER_NANOSECOND;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * The columns of a control table and how a record fills them. The first column is the product's address.
 */
final class ControlColumns<T>
{
    /**
     * @param value gives the engine's own form of the value, or null
     */
    private record Column<T>(ColumnMetadata metadata, Function<T, Object> value) {}

    private final List<Column<T>> columns;

    private ControlColumns(List<Column<T>> columns)
    {
        this.columns = ImmutableList.copyOf(columns);
    }

    static <T> Builder<T> builder()
    {
        return new Builder<>();
    }

    List<ColumnMetadata> metadata()
    {
        return columns.stream().map(Column::metadata).collect(toImmutableList());
    }

    int count()
    {
        return columns.size();
    }

    Block block(int channel, List<T> records)
    {
        Column<T> column = columns.get(channel);
        Type type = column.metadata().getType();
        BlockBuilder block = type.createBlockBuilder(null, records.size());
        records.forEach(record -> writeNativeValue(type, block, column.value().apply(record)));
        return block.build();
    }

    static final class Builder<T>
    {
        private static final Type TEXTS = new ArrayType(VARCHAR);

        private final ImmutableList.Builder<Column<T>> columns = ImmutableList.builder();

        Builder<T> text(String name, String comment, Function<T, String> value)
        {
            return add(name, VARCHAR, comment, record -> Slices.utf8Slice(value.apply(record)));
        }

        Builder<T> optionalText(String name, String comment, Function<T, Optional<String>> value)
        {
            return add(name, VARCHAR, comment, record -> value.apply(record).map(Slices::utf8Slice).orElse(null));
        }

        Builder<T> texts(String name, String comment, Function<T, List<String>> value)
        {
            return add(name, TEXTS, comment, record -> {
                List<String> elements = value.apply(record);
                BlockBuilder block = VARCHAR.createBlockBuilder(null, elements.size());
                elements.forEach(element -> VARCHAR.writeString(block, element));
                return block.build();
            });
        }

        Builder<T> bigint(String name, String comment, ToLongFunction<T> value)
        {
            return add(name, BIGINT, comment, value::applyAsLong);
        }

        Builder<T> optionalBigint(String name, String comment, Function<T, OptionalLong> value)
        {
            return add(name, BIGINT, comment, record -> {
                OptionalLong number = value.apply(record);
                return number.isPresent() ? number.orElseThrow() : null;
            });
        }

        Builder<T> bool(String name, String comment, Predicate<T> value)
        {
            return add(name, BOOLEAN, comment, value::test);
        }

        Builder<T> optionalBool(String name, String comment, Function<T, Optional<Boolean>> value)
        {
            return add(name, BOOLEAN, comment, record -> value.apply(record).orElse(null));
        }

        /**
         * Finer digits are rounded half up.
         */
        Builder<T> optionalDecimal(String name, int scale, String comment, Function<T, Optional<BigDecimal>> value)
        {
            DecimalType type = DecimalType.createDecimalType(Decimals.MAX_PRECISION, scale);
            return add(name, type, comment, record -> value.apply(record)
                    .map(number -> Decimals.encodeScaledValue(number.setScale(scale, RoundingMode.HALF_UP), scale))
                    .orElse(null));
        }

        Builder<T> timestamp(String name, String comment, Function<T, Instant> value)
        {
            return add(name, TIMESTAMP_TZ_MICROS, comment, record -> timestamp(value.apply(record)));
        }

        Builder<T> optionalTimestamp(String name, String comment, Function<T, Optional<Instant>> value)
        {
            return add(name, TIMESTAMP_TZ_MICROS, comment, record -> value.apply(record).map(Builder::timestamp).orElse(null));
        }

        Builder<T> optionalDate(String name, String comment, Function<T, Optional<LocalDate>> value)
        {
            return add(name, DATE, comment, record -> value.apply(record).map(LocalDate::toEpochDay).orElse(null));
        }

        ControlColumns<T> build()
        {
            return new ControlColumns<>(columns.build());
        }

        private Builder<T> add(String name, Type type, String comment, Function<T, Object> value)
        {
            requireNonNull(value, "value is null");
            ColumnMetadata metadata = ColumnMetadata.builder().setName(name).setType(type).setComment(Optional.of(comment)).build();
            columns.add(new Column<>(metadata, value));
            return this;
        }

        private static LongTimestampWithTimeZone timestamp(Instant instant)
        {
            int nanos = instant.getNano() / 1000 * 1000;
            return LongTimestampWithTimeZone.fromEpochSecondsAndFraction(instant.getEpochSecond(), (long) nanos * PICOSECONDS_PER_NANOSECOND, UTC_KEY);
        }
    }
}
