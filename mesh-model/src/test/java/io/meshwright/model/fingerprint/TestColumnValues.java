package io.meshwright.model.fingerprint;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.fingerprint.ComparedType.Kind;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static io.meshwright.model.fingerprint.HashProfile.MD5;
import static io.meshwright.model.fingerprint.HashProfile.SHA256;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Blocks of rows have the hashes of their rows.
 */
final class TestColumnValues
{
    private static final List<String> TEXTS = ImmutableList.of("", " ", "a", "abc", "abcd  ", "12345678", "ä€😀", "twelve bytes", "more than twelve bytes of text", "\u0000", "\u001E");
    private static final long[] EXTREMES = {0, 1, -1, 9_999, 10_000, -100_000_000L, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, -1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, 922_337_203_685_477_580L};
    private static final int ROWS = 100;

    private final Random random = new Random(7);

    @Test
    void testBlocksHaveTheHashesOfTheirRows()
    {
        List<ComparedType> types = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (kind.isHashed() && kind != Kind.DECIMAL) {
                types.add(ComparedType.of(kind));
            }
        }
        for (int scale = 0; scale <= ComparedType.ANY_SCALE; scale++) {
            types.add(new ComparedType(Kind.DECIMAL, scale));
        }
        List<ColumnValues> columns = types.stream().map(ColumnValues::new).toList();
        List<RowHash> hashes = List.of(
                new PostgresRowHash(types),
                new DigestRowHash(MD5, types, StandardCharsets.UTF_8),
                new DigestRowHash(SHA256, types, StandardCharsets.UTF_8),
                new DigestRowHash(MD5, types, StandardCharsets.UTF_16LE));
        // the same columns for one block after another
        for (int missing : List.of(0, 4, 0, 1)) {
            List<List<Object>> rows = new ArrayList<>();
            columns.forEach(column -> column.begin(ROWS));
            for (int row = 0; row < ROWS; row++) {
                List<Object> values = new ArrayList<>();
                for (ColumnValues column : columns) {
                    values.add(set(column, row, missing > 0 && random.nextInt(missing) == 0 ? null : value(column.type())));
                    assertThat(column.value(row)).as("%s", column.type()).isEqualTo(values.get(values.size() - 1));
                }
                rows.add(values);
            }
            hashes.forEach(hash -> assertHashes(hash, columns, rows));
        }
    }

    private static void assertHashes(RowHash hash, List<ColumnValues> columns, List<List<Object>> rows)
    {
        long[] found = new long[rows.size() + 1];
        hash.hash(columns, rows.size(), found);
        for (int row = 0; row < rows.size(); row++) {
            assertThat(found[row]).as("%s of %s", hash.getClass(), rows.get(row)).isEqualTo(hash.hash(rows.get(row)));
        }
        for (int column = 0; column < columns.size(); column++) {
            hash.hash(column, columns.get(column), rows.size(), found);
            for (int row = 0; row < rows.size(); row++) {
                Object value = rows.get(row).get(column);
                assertThat(found[row]).as("%s of %s %s", hash.getClass(), columns.get(column).type(), value).isEqualTo(hash.hash(column, value));
            }
        }
    }

    private Object value(ComparedType type)
    {
        return switch (type.kind()) {
            case INTEGER, TIMESTAMP, INSTANT, DATE, TIME -> (Object) number();
            case DECIMAL -> new BigDecimal(random.nextInt(5) == 0 ? new BigInteger(1 + random.nextInt(120), random).negate() : BigInteger.valueOf(number()), type.precision());
            case REAL, DOUBLE -> random.nextGaussian();
            case BOOLEAN -> random.nextBoolean();
            case CHAR, TEXT, UUID -> TEXTS.get(random.nextInt(TEXTS.size()));
            case BINARY -> TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8);
        };
    }

    private long number()
    {
        return random.nextInt(4) == 0 ? EXTREMES[random.nextInt(EXTREMES.length)] : random.nextLong() >> random.nextInt(Long.SIZE);
    }

    private static Object set(ColumnValues column, int row, Object value)
    {
        if (value == null) {
            column.setNull(row);
        }
        else if (value instanceof Long number) {
            column.set(row, number);
        }
        else if (value instanceof BigDecimal decimal) {
            column.set(row, decimal);
        }
        else if (value instanceof Boolean flag) {
            column.set(row, flag ? 1 : 0);
        }
        else if (value instanceof String text) {
            column.set(row, text);
        }
        else {
            byte[] bytes = (byte[]) value;
            int from = column.reserve(row, bytes.length);
            System.arraycopy(bytes, 0, column.bytes(), from, bytes.length);
        }
        return value;
    }

    @Test
    void testBlanksAtTheEndAreLeftOut()
    {
        ColumnValues column = new ColumnValues(ComparedType.of(Kind.CHAR));
        column.begin(4);
        List<String> texts = List.of("ab  ", "   ", "", " c");
        for (int row = 0; row < texts.size(); row++) {
            column.set(row, texts.get(row));
            column.trim(row);
        }
        assertThat(List.of(column.value(0), column.value(1), column.value(2), column.value(3))).isEqualTo(Arrays.asList("ab", "", "", " c"));
    }
}
