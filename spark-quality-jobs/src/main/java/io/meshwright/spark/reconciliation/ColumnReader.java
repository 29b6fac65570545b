package io.meshwright.spark.reconciliation;

import io.meshwright.model.fingerprint.ColumnValues;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.ComparedColumn.Normalizer;
import io.meshwright.model.fingerprint.ComparedType;
import io.meshwright.model.fingerprint.ComparedType.Kind;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

import java.io.Serializable;
import java.math.BigDecimal;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * One column of Spark's batches as the values that are compared, without an object for each where that can be. Goes to executors.
 */
final class ColumnReader
        implements Serializable
{
    private static final long serialVersionUID = 1;
    private static final int MOST_BYTES_BY_WORDS = 64;
    private static final long MICROSECONDS_OF_DAY = 86_400_000_000L;

    private final int column;
    private final Kind kind;
    private final ComparedType type;
    private final boolean emptyIsNull;
    private final Normalizer normalizer;
    private final boolean isInt;
    private final int precision;
    private final int scale;
    // what decimals are divided by; 0 where they are not numbers of 64 bits
    private final long divisor;

    /**
     * @param column of the batches
     */
    ColumnReader(int column, ComparedColumn compared, DataType type)
    {
        this.column = column;
        this.kind = compared.productType().kind();
        this.type = compared.type();
        this.emptyIsNull = compared.emptyIsNull();
        this.normalizer = compared.normalizer();
        this.isInt = type instanceof IntegerType;
        this.precision = type instanceof DecimalType decimal ? decimal.precision() : 0;
        this.scale = type instanceof DecimalType decimal ? decimal.scale() : 0;
        this.divisor = type instanceof DecimalType && precision <= Decimal.MAX_LONG_DIGITS() && scale >= this.type.precision() ? power(scale - this.type.precision()) : 0;
        checkArgument(kind != Kind.TIME, "Spark reads no column of type time: %s", compared.column());
    }

    private static long power(int exponent)
    {
        long power = 1;
        for (int digit = 0; digit < exponent; digit++) {
            power *= 10;
        }
        return power;
    }

    ColumnValues values()
    {
        return new ColumnValues(type);
    }

    void read(ColumnarBatch batch, ColumnValues into)
    {
        ColumnVector vector = batch.column(column);
        int rows = batch.numRows();
        boolean hasNull = vector.hasNull();
        into.begin(rows);
        for (int row = 0; row < rows; row++) {
            if (hasNull && vector.isNullAt(row)) {
                into.setNull(row);
            }
            else {
                read(vector, row, into);
            }
        }
    }

    private void read(ColumnVector vector, int row, ColumnValues into)
    {
        switch (type.kind()) {
            case INTEGER -> into.set(row, integer(vector, row));
            case DECIMAL -> decimal(vector, row, into);
            case REAL, DOUBLE -> into.set(row, (double) normalizer.normalized(value(vector, row)));
            case TIMESTAMP, INSTANT -> into.set(row, type.truncated(kind == Kind.DATE ? Math.multiplyExact(vector.getInt(row), MICROSECONDS_OF_DAY) : vector.getLong(row)));
            case DATE -> into.set(row, vector.getInt(row));
            case BOOLEAN -> into.set(row, vector.getBoolean(row) ? 1 : 0);
            case CHAR, TEXT -> text(vector.getUTF8String(row), row, into);
            case UUID -> uuid((String) normalizer.normalized(vector.getUTF8String(row).toString()), row, into);
            case BINARY -> binary(vector.getBinary(row), row, into);
            case TIME -> throw new IllegalStateException("Spark reads no times");
        }
    }

    private long integer(ColumnVector vector, int row)
    {
        if (kind == Kind.BOOLEAN) {
            return vector.getBoolean(row) ? 1 : 0;
        }
        return isInt ? vector.getInt(row) : vector.getLong(row);
    }

    private void decimal(ColumnVector vector, int row, ColumnValues into)
    {
        if (divisor == 0) {
            into.set(row, (BigDecimal) normalizer.normalized(value(vector, row)));
            return;
        }
        long unscaled = vector.getDecimal(row, precision, scale).toUnscaledLong();
        if (divisor > 1) {
            // half up
            long rest = Math.abs(unscaled % divisor);
            unscaled = unscaled / divisor + (rest >= divisor - rest ? Long.signum(unscaled) : 0);
        }
        into.set(row, unscaled);
    }

    private Object value(ColumnVector vector, int row)
    {
        return switch (kind) {
            case INTEGER -> integer(vector, row);
            case DECIMAL -> vector.getDecimal(row, precision, scale).toJavaBigDecimal();
            case REAL -> (double) vector.getFloat(row);
            case DOUBLE -> vector.getDouble(row);
            case BOOLEAN -> vector.getBoolean(row);
            case TIMESTAMP, INSTANT, DATE, CHAR, TEXT, UUID, BINARY, TIME -> throw new IllegalStateException(kind + " is no number");
        };
    }

    private void text(UTF8String text, int row, ColumnValues into)
    {
        int length = text.numBytes();
        int from = into.reserve(row, length);
        copy(text, length, into.bytes(), from);
        if (type.kind() == Kind.CHAR) {
            into.trim(row);
        }
        if (emptyIsNull && into.to(row) == from) {
            into.setNull(row);
        }
    }

    /**
     * By words: what copies memory of any length takes several times as long for the few bytes that most texts have.
     */
    private static void copy(UTF8String text, int length, byte[] into, int from)
    {
        Object base = text.getBaseObject();
        long source = text.getBaseOffset();
        long target = Platform.BYTE_ARRAY_OFFSET + (long) from;
        if (length > MOST_BYTES_BY_WORDS) {
            Platform.copyMemory(base, source, into, target, length);
        }
        else if (length >= Long.BYTES) {
            for (int index = 0; index < length - Long.BYTES; index += Long.BYTES) {
                Platform.putLong(into, target + index, Platform.getLong(base, source + index));
            }
            // overlaps the one before
            Platform.putLong(into, target + length - Long.BYTES, Platform.getLong(base, source + length - Long.BYTES));
        }
        else if (length >= Integer.BYTES) {
            Platform.putInt(into, target, Platform.getInt(base, source));
            Platform.putInt(into, target + length - Integer.BYTES, Platform.getInt(base, source + length - Integer.BYTES));
        }
        else {
            for (int index = 0; index < length; index++) {
                Platform.putByte(into, target + index, Platform.getByte(base, source + index));
            }
        }
    }

    private static void uuid(String uuid, int row, ColumnValues into)
    {
        if (uuid == null) {
            into.setNull(row);
        }
        else {
            into.set(row, uuid);
        }
    }

    private static void binary(byte[] binary, int row, ColumnValues into)
    {
        int from = into.reserve(row, binary.length);
        System.arraycopy(binary, 0, into.bytes(), from, binary.length);
    }
}
