package io.meshwright.trino.mask;

import io.airlift.slice.Slices;
import io.meshwright.model.mask.IntegerPermutation;
import io.meshwright.model.mask.KeyRing;
import io.meshwright.model.mask.TextMask;
import io.meshwright.model.mask.TokenFunction;
import io.meshwright.model.mask.YearMask;
import io.trino.spi.block.Bitmap;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.DictionaryBlock;
import io.trino.spi.block.IntArrayBlock;
import io.trino.spi.block.LongArrayBlock;
import io.trino.spi.block.RowBlock;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.block.VariableWidthBlock;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.mask.TokenFunction.TOKEN_LENGTH;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MICROS;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MICROS;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.lang.Math.floorDiv;

/**
 * Masks whole blocks of one column. NULL stays NULL. Holds buffers and ciphers, so it is not thread-safe.
 */
public abstract class BlockMask
{
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long MILLIS_PER_DAY = 86_400_000L;
    /**
     * With a dictionary that is larger than this many times the positions, the positions are masked instead of it.
     */
    private static final int DICTIONARY_WORTH_MASKING = 4;

    private ValueBlock lastDictionary;
    private Block lastMaskedDictionary;

    public static BlockMask create(ValueMask mask, Type type, KeyRing keys)
    {
        return switch (mask.action()) {
            case CLEAR -> new Clear();
            case TOKEN -> new Token(TokenFunction.create(keys, mask.tokenDomain()));
            case PERMUTE -> new Permute(type, IntegerPermutation.create(keys, mask.tokenDomain(), type.equals(BIGINT) ? Long.SIZE : Integer.SIZE));
            case REDACT -> new Redact();
            case PARTIAL -> new Partial();
            case YEAR -> new Year(type);
            case NULL -> new Null(type);
            case ROW -> new Row(mask.fields(), (RowType) type, keys);
        };
    }

    Block mask(Block block)
    {
        return switch (block) {
            case RunLengthEncodedBlock runLength -> RunLengthEncodedBlock.create(maskValues(runLength.getValue()), runLength.getPositionCount());
            case DictionaryBlock dictionary -> maskDictionary(dictionary);
            case ValueBlock values -> maskValues(values);
        };
    }

    /**
     * @return a block of the same length
     */
    abstract Block maskValues(ValueBlock block);

    private Block maskDictionary(DictionaryBlock block)
    {
        ValueBlock dictionary = block.getDictionary();
        if (dictionary != lastDictionary && dictionary.getPositionCount() / DICTIONARY_WORTH_MASKING > block.getPositionCount()) {
            int[] positions = IntStream.range(0, block.getPositionCount()).map(block::getUnderlyingValuePosition).toArray();
            return maskValues(dictionary.copyPositions(positions, 0, positions.length));
        }
        // the whole dictionary and never a part of it: the engine caches what it computes for each entry
        if (dictionary != lastDictionary) {
            lastMaskedDictionary = maskValues(dictionary);
            lastDictionary = dictionary;
        }
        return block.createProjection(lastMaskedDictionary);
    }

    private static Optional<long[]> validity(ValueBlock block)
    {
        if (!block.hasNull()) {
            return Optional.empty();
        }
        long[] valid = Bitmap.allocateWords(block.getPositionCount(), true);
        for (int position = 0; position < block.getPositionCount(); position++) {
            if (block.isNull(position)) {
                Bitmap.clear(valid, 0, position);
            }
        }
        return Optional.of(valid);
    }

    private static final class Clear
            extends BlockMask
    {
        @Override
        Block mask(Block block)
        {
            return block;
        }

        @Override
        Block maskValues(ValueBlock block)
        {
            return block;
        }
    }

    private static final class Token
            extends BlockMask
    {
        private final TokenFunction function;

        private Token(TokenFunction function)
        {
            this.function = function;
        }

        @Override
        Block maskValues(ValueBlock block)
        {
            VariableWidthBlock values = (VariableWidthBlock) block;
            int positionCount = values.getPositionCount();
            int[] starts = new int[positionCount + 1];
            int[] tokenOffsets = new int[positionCount + 1];
            int count = 0;
            for (int position = 0; position < positionCount; position++) {
                if (!values.isNull(position)) {
                    starts[count + 1] = starts[count] + values.getSliceLength(position);
                    count++;
                }
                tokenOffsets[position + 1] = count * TOKEN_LENGTH;
            }
            byte[] data = new byte[starts[count]];
            int value = 0;
            for (int position = 0; position < positionCount; position++) {
                if (!values.isNull(position)) {
                    values.getRawSlice().getBytes(values.getRawSliceOffset(position), data, starts[value], values.getSliceLength(position));
                    value++;
                }
            }
            byte[] tokens = function.tokens(data, starts, count);
            return new VariableWidthBlock(positionCount, Slices.wrappedBuffer(tokens), tokenOffsets, validity(values));
        }
    }

    private static final class Permute
            extends BlockMask
    {
        private final Type type;
        private final IntegerPermutation permutation;

        private Permute(Type type, IntegerPermutation permutation)
        {
            this.type = type;
            this.permutation = permutation;
        }

        @Override
        Block maskValues(ValueBlock block)
        {
            int positionCount = block.getPositionCount();
            long[] values = new long[positionCount];
            for (int position = 0; position < positionCount; position++) {
                if (!block.isNull(position)) {
                    values[position] = type.getLong(block, position);
                }
            }
            permutation.permute(values, positionCount);
            if (type.equals(INTEGER)) {
                return new IntArrayBlock(positionCount, validity(block), IntStream.range(0, positionCount).map(position -> (int) values[position]).toArray());
            }
            return new LongArrayBlock(positionCount, validity(block), values);
        }
    }

    private abstract static class OneByOne
            extends BlockMask
    {
        private final Type type;

        private OneByOne(Type type)
        {
            this.type = type;
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

        abstract void append(ValueBlock block, int position, BlockBuilder builder);
    }

    private static final class Redact
            extends OneByOne
    {
        private Redact()
        {
            super(VARCHAR);
        }

        @Override
        void append(ValueBlock block, int position, BlockBuilder builder)
        {
            VARCHAR.writeString(builder, TextMask.REDACTED);
        }
    }

    private static final class Partial
            extends OneByOne
    {
        private Partial()
        {
            super(VARCHAR);
        }

        @Override
        void append(ValueBlock block, int position, BlockBuilder builder)
        {
            VARCHAR.writeString(builder, TextMask.partial(VARCHAR.getSlice(block, position).toStringUtf8()));
        }
    }

    private static final class Year
            extends OneByOne
    {
        private final Type type;

        private Year(Type type)
        {
            super(type);
            this.type = type;
        }

        @Override
        void append(ValueBlock block, int position, BlockBuilder builder)
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

    private static final class Null
            extends BlockMask
    {
        private final Type type;

        private Null(Type type)
        {
            this.type = type;
        }

        @Override
        Block mask(Block block)
        {
            return RunLengthEncodedBlock.create(type, null, block.getPositionCount());
        }

        @Override
        Block maskValues(ValueBlock block)
        {
            return mask(block);
        }
    }

    private static final class Row
            extends BlockMask
    {
        private final List<BlockMask> fields;

        private Row(List<ValueMask> masks, RowType type, KeyRing keys)
        {
            fields = IntStream.range(0, masks.size())
                    .mapToObj(index -> create(masks.get(index), type.getFields().get(index).getType(), keys))
                    .collect(toImmutableList());
        }

        @Override
        Block maskValues(ValueBlock block)
        {
            RowBlock rows = (RowBlock) block;
            List<Block> fieldBlocks = rows.getFieldBlocks();
            Block[] masked = new Block[fieldBlocks.size()];
            for (int index = 0; index < masked.length; index++) {
                masked[index] = fields.get(index).mask(fieldBlocks.get(index));
            }
            return rows.createProjection(masked);
        }
    }
}
