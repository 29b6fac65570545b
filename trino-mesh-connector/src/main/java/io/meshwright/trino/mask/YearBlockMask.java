package io.meshwright.trino.mask;

import io.meshwright.model.mask.YearMask;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.Type;

import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MICROS;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MICROS;
import static java.lang.Math.floorDiv;
import static java.util.Objects.requireNonNull;

final class YearBlockMask
        extends BlockMask
{
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private final Type type;

    YearBlockMask(Type type)
    {
        this.type = requireNonNull(type, "type is null");
    }

    @Override
    Block maskValues(ValueBlock block)
    {
        BlockBuilder builder = type.createBlockBuilder(null, block.getPositionCount());
        for (int position = 0; position < block.getPositionCount(); position++) {
            if (block.isNull(position)) {
                builder.appendNull();
            }
            else {
                append(block, position, builder);
            }
        }
        return builder.build();
    }

    private void append(ValueBlock block, int position, BlockBuilder builder)
    {
        if (type.equals(DATE)) {
            type.writeLong(builder, YearMask.firstDayOfYear(type.getLong(block, position)));
        }
        else if (type.equals(TIMESTAMP_MICROS)) {
            long epochDay = floorDiv(type.getLong(block, position), MICROS_PER_DAY);
            type.writeLong(builder, YearMask.firstDayOfYear(epochDay) * MICROS_PER_DAY);
        }
        else if (type.equals(TIMESTAMP_TZ_MICROS)) {
            LongTimestampWithTimeZone value = (LongTimestampWithTimeZone) type.getObject(block, position);
            long epochDay = floorDiv(value.getEpochMillis(), MILLIS_PER_DAY);
            type.writeObject(builder, LongTimestampWithTimeZone.fromEpochMillisAndFraction(YearMask.firstDayOfYear(epochDay) * MILLIS_PER_DAY, 0, UTC_KEY));
        }
        else {
            throw new IllegalArgumentException("No year in type " + type);
        }
    }
}
