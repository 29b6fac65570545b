package io.meshwright.trino.mask;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.Slice;
import io.meshwright.model.mask.IntegerPermutation;
import io.meshwright.model.mask.MaskKind;
import io.meshwright.model.mask.TextMask;
import io.meshwright.model.mask.TokenFunction;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.DictionaryBlock;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.type.Type;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

import static io.airlift.slice.Slices.utf8Slice;
import static io.meshwright.trino.TestingMesh.KEYS;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MICROS;
import static io.trino.spi.type.TypeUtils.readNativeValue;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Masks of whole blocks against masks of one value at a time, for every encoding of blocks.
 */
class TestBlockMask
{
    private final Random random = new Random(5);

    @Test
    void testToken()
    {
        TokenFunction function = TokenFunction.create(KEYS, "sku");
        check(MaskKind.TOKEN, VARCHAR, this::text, value -> utf8Slice(function.token(((Slice) value).toStringUtf8())));
    }

    @Test
    void testText()
    {
        check(MaskKind.REDACT, VARCHAR, this::text, _ -> utf8Slice("[redacted]"));
        check(MaskKind.PARTIAL, VARCHAR, this::text, value -> utf8Slice(TextMask.partial(((Slice) value).toStringUtf8())));
    }

    @Test
    void testPermute()
    {
        IntegerPermutation wide = IntegerPermutation.create(KEYS, "sku", 64);
        check(MaskKind.PERMUTE, BIGINT, () -> random.nextLong(), value -> wide.permute((long) value));
        IntegerPermutation narrow = IntegerPermutation.create(KEYS, "sku", 32);
        check(MaskKind.PERMUTE, INTEGER, () -> (long) random.nextInt(), value -> narrow.permute((long) value));
    }

    @Test
    void testYear()
    {
        check(MaskKind.YEAR, DATE, () -> (long) random.nextInt(-200_000, 200_000), value -> LocalDate.ofEpochDay((long) value).withDayOfYear(1).toEpochDay());
        check(MaskKind.YEAR,
                TIMESTAMP_MICROS,
                () -> random.nextLong(-4_000_000_000_000_000L, 4_000_000_000_000_000L),
                value -> LocalDate.ofEpochDay(Math.floorDiv((long) value, 86_400_000_000L)).withDayOfYear(1).toEpochDay() * 86_400_000_000L);
    }

    @Test
    void testNull()
    {
        check(MaskKind.NULL, DATE, () -> 1L, _ -> null);
    }

    @Test
    void testMaskThatDoesNotFitTheTypeIsNull()
    {
        for (MaskKind kind : ImmutableList.of(MaskKind.TOKEN, MaskKind.REDACT, MaskKind.PARTIAL, MaskKind.PERMUTE)) {
            assertThat(ValueMask.of(new FieldMask(kind, "sku"), DATE)).isEqualTo(ValueMask.NULL);
        }
        assertThat(ValueMask.of(new FieldMask(MaskKind.YEAR, "sku"), VARCHAR)).isEqualTo(ValueMask.NULL);
    }

    /**
     * Each entry of a dictionary and each run of equal values is masked once, over all pages.
     */
    @Test
    void testWorkFollowsDistinctValues()
    {
        BlockMask mask = BlockMask.create(ValueMask.of(new FieldMask(MaskKind.TOKEN, "sku"), VARCHAR), VARCHAR, KEYS);
        ValueBlock dictionary = block(VARCHAR, this::text, 50);
        for (int page = 0; page < 20; page++) {
            mask.mask(DictionaryBlock.create(1000, dictionary, random.ints(1000, 0, 50).toArray()));
        }
        assertThat(mask.maskedPositions()).isEqualTo(50);
        mask.mask(RunLengthEncodedBlock.create(dictionary.getSingleValueBlock(0), 1000));
        assertThat(mask.maskedPositions()).isEqualTo(51);
        // a large dictionary of which a page holds little
        ValueBlock large = block(VARCHAR, this::text, 5000);
        mask.mask(DictionaryBlock.create(10, large, random.ints(10, 0, 5000).toArray()));
        assertThat(mask.maskedPositions()).isEqualTo(61);
    }

    private Object text()
    {
        return utf8Slice(random.ints(random.nextInt(40), 1, 0x3000).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString());
    }

    private void check(MaskKind kind, Type type, Supplier<Object> values, Function<Object, Object> oracle)
    {
        BlockMask mask = BlockMask.create(ValueMask.of(new FieldMask(kind, "sku"), type), type, KEYS);
        for (int round = 0; round < 20; round++) {
            ValueBlock block = block(type, values, random.nextInt(1, 60));
            checkBlock(mask, type, block, oracle);
            checkBlock(mask, type, block.getRegion(block.getPositionCount() / 3, block.getPositionCount() / 2), oracle);
            checkBlock(mask, type, RunLengthEncodedBlock.create(block.getSingleValueBlock(0), 9), oracle);
            int[] few = random.ints(3, 0, block.getPositionCount()).toArray();
            int[] many = random.ints(200, 0, block.getPositionCount()).toArray();
            checkBlock(mask, type, DictionaryBlock.create(few.length, block, few), oracle);
            checkBlock(mask, type, DictionaryBlock.create(many.length, block, many), oracle);
            checkBlock(mask, type, DictionaryBlock.create(few.length, block, few), oracle);
        }
    }

    private static void checkBlock(BlockMask mask, Type type, Block block, Function<Object, Object> oracle)
    {
        Block masked = mask.mask(block);
        assertThat(masked.getPositionCount()).isEqualTo(block.getPositionCount());
        List<Object> expected = new ArrayList<>();
        List<Object> actual = new ArrayList<>();
        for (int position = 0; position < block.getPositionCount(); position++) {
            Object value = readNativeValue(type, block, position);
            expected.add(value == null ? null : oracle.apply(value));
            actual.add(readNativeValue(type, masked, position));
        }
        assertThat(actual).isEqualTo(expected);
    }

    private ValueBlock block(Type type, Supplier<Object> values, int positions)
    {
        BlockBuilder builder = type.createBlockBuilder(null, positions);
        for (int position = 0; position < positions; position++) {
            writeNativeValue(type, builder, random.nextInt(5) == 0 ? null : values.get());
        }
        return builder.buildValueBlock();
    }
}
