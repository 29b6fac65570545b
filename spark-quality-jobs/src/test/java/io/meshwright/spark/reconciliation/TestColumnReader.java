package io.meshwright.spark.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.ColumnValues;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.ComparedType;
import io.meshwright.model.fingerprint.ComparedType.Kind;
import io.meshwright.model.fingerprint.LegacyType;
import org.apache.spark.sql.execution.vectorized.OffHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Batches are read as values that are objects are normalized.
 */
final class TestColumnReader
{
    private static final int ROWS = 150;

    private final Random random = new Random(3);

    @Test
    void testTextsOfAllLengths()
    {
        assertRead(DataTypes.StringType, ComparedType.of(Kind.TEXT), ComparedType.of(Kind.TEXT), false);
        assertRead(DataTypes.StringType, ComparedType.of(Kind.TEXT), ComparedType.of(Kind.CHAR), false);
        assertRead(DataTypes.StringType, ComparedType.of(Kind.TEXT), ComparedType.of(Kind.CHAR), true);
        assertRead(DataTypes.StringType, ComparedType.of(Kind.TEXT), ComparedType.of(Kind.UUID), true);
        assertRead(DataTypes.BinaryType, ComparedType.of(Kind.BINARY), ComparedType.of(Kind.BINARY), false);
    }

    @Test
    void testNumbers()
    {
        assertRead(DataTypes.IntegerType, ComparedType.of(Kind.INTEGER), ComparedType.of(Kind.INTEGER), false);
        assertRead(DataTypes.LongType, ComparedType.of(Kind.INTEGER), ComparedType.of(Kind.INTEGER), false);
        assertRead(DataTypes.LongType, ComparedType.of(Kind.INTEGER), ComparedType.of(Kind.DECIMAL), false);
        assertRead(DataTypes.LongType, ComparedType.of(Kind.INTEGER), ComparedType.of(Kind.DOUBLE), false);
        assertRead(DataTypes.BooleanType, ComparedType.of(Kind.BOOLEAN), ComparedType.of(Kind.BOOLEAN), false);
        assertRead(DataTypes.BooleanType, ComparedType.of(Kind.BOOLEAN), ComparedType.of(Kind.INTEGER), false);
        assertRead(DataTypes.BooleanType, ComparedType.of(Kind.BOOLEAN), ComparedType.of(Kind.DECIMAL), false);
        assertRead(DataTypes.FloatType, ComparedType.of(Kind.REAL), ComparedType.of(Kind.REAL), false);
        assertRead(DataTypes.DoubleType, ComparedType.of(Kind.DOUBLE), ComparedType.of(Kind.DOUBLE), false);
        for (int precision : List.of(5, 9, 18, 38)) {
            for (int scale : List.of(0, 1, precision / 2, precision)) {
                for (int compared : List.of(0, scale / 2, scale)) {
                    assertRead(DataTypes.createDecimalType(precision, scale), new ComparedType(Kind.DECIMAL, scale), new ComparedType(Kind.DECIMAL, compared), false);
                }
            }
        }
    }

    @Test
    void testTimes()
    {
        assertRead(DataTypes.DateType, ComparedType.of(Kind.DATE), ComparedType.of(Kind.DATE), false);
        assertRead(DataTypes.DateType, ComparedType.of(Kind.DATE), new ComparedType(Kind.TIMESTAMP, 6), false);
        for (int precision : List.of(0, 3, 6)) {
            assertRead(DataTypes.TimestampNTZType, new ComparedType(Kind.TIMESTAMP, 6), new ComparedType(Kind.TIMESTAMP, precision), false);
            assertRead(DataTypes.TimestampType, new ComparedType(Kind.INSTANT, 6), new ComparedType(Kind.INSTANT, precision), false);
        }
    }

    private void assertRead(DataType type, ComparedType product, ComparedType compared, boolean emptyIsNull)
    {
        ComparedColumn column = new ComparedColumn("c", ReadOnlyExpression.parse("c"), LegacyType.of("any"), product, compared, Optional.empty(), emptyIsNull);
        ColumnReader reader = new ColumnReader(0, column, type);
        ColumnValues values = reader.values();
        for (boolean hasNull : List.of(true, false)) {
            for (WritableColumnVector vector : ImmutableList.of(new OnHeapColumnVector(ROWS, type), new OffHeapColumnVector(ROWS, type))) {
                try (vector) {
                    List<Object> expected = new ArrayList<>();
                    for (int row = 0; row < ROWS; row++) {
                        expected.add(column.normalizer().normalized(hasNull && random.nextInt(4) == 0 ? missing(vector, row) : put(vector, row, type)));
                    }
                    reader.read(new ColumnarBatch(new ColumnVector[] {vector}, ROWS), values);
                    for (int row = 0; row < ROWS; row++) {
                        assertThat(values.value(row)).as("row %s of %s as %s", row, type, compared).isEqualTo(expected.get(row));
                    }
                }
            }
        }
    }

    private static Object missing(WritableColumnVector vector, int row)
    {
        vector.putNull(row);
        return null;
    }

    private Object put(WritableColumnVector vector, int row, DataType type)
    {
        if (type.equals(DataTypes.StringType)) {
            String text = "ä".repeat(row % 2) + "0123456789abcdef Z".repeat(6).substring(0, row % 90) + " ".repeat(random.nextInt(3));
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            vector.putByteArray(row, bytes);
            return text;
        }
        if (type.equals(DataTypes.BinaryType)) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            vector.putByteArray(row, bytes);
            return bytes;
        }
        if (type.equals(DataTypes.IntegerType) || type.equals(DataTypes.DateType)) {
            int number = type.equals(DataTypes.DateType) ? random.nextInt(40_000) - 20_000 : random.nextInt();
            vector.putInt(row, number);
            return (long) number;
        }
        if (type.equals(DataTypes.BooleanType)) {
            boolean flag = random.nextBoolean();
            vector.putBoolean(row, flag);
            return flag;
        }
        if (type.equals(DataTypes.FloatType)) {
            float number = random.nextFloat();
            vector.putFloat(row, number);
            return (double) number;
        }
        if (type.equals(DataTypes.DoubleType)) {
            double number = random.nextGaussian();
            vector.putDouble(row, number);
            return number;
        }
        if (type instanceof DecimalType decimal) {
            // halves, too, which are rounded up
            BigInteger digits = new BigInteger("5" + "0".repeat(random.nextInt(decimal.precision()))).add(BigInteger.valueOf(random.nextInt(3) - 1));
            BigDecimal number = new BigDecimal(random.nextBoolean() ? digits : digits.negate(), decimal.scale());
            vector.putDecimal(row, Decimal.apply(number, decimal.precision(), decimal.scale()), decimal.precision());
            return number;
        }
        long number = random.nextLong() >> random.nextInt(Long.SIZE);
        vector.putLong(row, number);
        return number;
    }
}
