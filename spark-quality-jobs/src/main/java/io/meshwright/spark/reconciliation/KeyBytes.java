package io.meshwright.spark.reconciliation;

import io.meshwright.model.fingerprint.ColumnValues;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A window and the values of a key as bytes, which are equal exactly where those are: NULL is a value, and each value tells its length. Keeps one buffer. Not safe for use by several
 * threads.
 */
final class KeyBytes
{
    private static final int NULL = 0;
    private static final int LONG = 1;
    private static final int DECIMAL = 2;
    private static final int TRUE = 3;
    private static final int FALSE = 4;
    private static final int TEXT = 5;
    private static final int BINARY = 6;
    private static final int DOUBLE = 7;

    private byte[] bytes;
    private int length;
    private int position;

    KeyBytes()
    {
        this(new byte[64]);
    }

    private KeyBytes(byte[] bytes)
    {
        this.bytes = bytes;
    }

    record WindowKey(int window, List<Object> key) {}

    byte[] bytes()
    {
        return bytes;
    }

    /**
     * Of the bytes that count.
     */
    int length()
    {
        return length;
    }

    byte[] copy()
    {
        return Arrays.copyOf(bytes, length);
    }

    KeyBytes encode(int window, List<Object> key)
    {
        length = 0;
        putNumber(window);
        for (int index = 0; index < key.size(); index++) {
            put(key.get(index));
        }
        return this;
    }

    /**
     * @param row of the values of the key's columns
     */
    KeyBytes encode(int window, List<ColumnValues> key, int row)
    {
        length = 0;
        putNumber(window);
        for (int index = 0; index < key.size(); index++) {
            ColumnValues values = key.get(index);
            switch (values.type().kind()) {
                case INTEGER, TIMESTAMP, INSTANT, DATE, TIME -> putLong(values, row);
                case CHAR, TEXT, UUID -> putText(values, row);
                case DECIMAL, BOOLEAN, BINARY, REAL, DOUBLE -> put(values.value(row));
            }
        }
        return this;
    }

    private void putLong(ColumnValues values, int row)
    {
        if (values.isMissing(row)) {
            putByte(NULL);
        }
        else {
            putByte(LONG);
            putLong(values.numbers()[row]);
        }
    }

    private void putText(ColumnValues values, int row)
    {
        if (values.isMissing(row)) {
            putByte(NULL);
        }
        else {
            putByte(TEXT);
            putBytes(values.bytes(), values.from(row), values.to(row));
        }
    }

    private void put(Object value)
    {
        if (value == null) {
            putByte(NULL);
        }
        else if (value instanceof Long number) {
            putByte(LONG);
            putLong(number);
        }
        else if (value instanceof BigDecimal decimal) {
            putByte(DECIMAL);
            // 1.0 is 1.00
            BigDecimal plain = decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
            putLong(plain.scale());
            putBytes(plain.unscaledValue().toByteArray());
        }
        else if (value instanceof Boolean flag) {
            putByte(flag ? TRUE : FALSE);
        }
        else if (value instanceof String text) {
            putByte(TEXT);
            putBytes(text.getBytes(StandardCharsets.UTF_8));
        }
        else if (value instanceof byte[] binary) {
            putByte(BINARY);
            putBytes(binary);
        }
        else if (value instanceof Double number) {
            putByte(DOUBLE);
            // one zero, one NaN
            putLong(Double.doubleToLongBits(number + 0.0));
        }
        else {
            throw new IllegalArgumentException("A key has no values of " + value.getClass().getName());
        }
    }

    WindowKey decode(byte[] encoded)
    {
        bytes = encoded;
        length = encoded.length;
        position = 0;
        int window = number();
        List<Object> key = new ArrayList<>();
        while (position < length) {
            key.add(value());
        }
        return new WindowKey(window, key);
    }

    private Object value()
    {
        return switch (bytes[position++]) {
            case NULL -> null;
            case LONG -> longValue();
            case DECIMAL -> {
                int scale = (int) longValue();
                yield new BigDecimal(new BigInteger(binary()), scale);
            }
            case TRUE -> true;
            case FALSE -> false;
            case TEXT -> new String(binary(), StandardCharsets.UTF_8);
            case BINARY -> binary();
            case DOUBLE -> Double.longBitsToDouble(longValue());
            default -> throw new IllegalStateException("No value begins here");
        };
    }

    private void putByte(int value)
    {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    private void putLong(long value)
    {
        ensure(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >> shift);
        }
    }

    private long longValue()
    {
        long value = 0;
        for (int index = 0; index < Long.BYTES; index++) {
            value = value << 8 | bytes[position++] & 0xFF;
        }
        return value;
    }

    private void putNumber(int value)
    {
        int left = value;
        while (left >= 0x80) {
            putByte(left & 0x7F | 0x80);
            left >>>= 7;
        }
        putByte(left);
    }

    /**
     * The window of what was encoded.
     */
    static int window(byte[] encoded, int offset)
    {
        KeyBytes bytes = new KeyBytes(encoded);
        bytes.position = offset;
        return bytes.number();
    }

    private int number()
    {
        int value = 0;
        int shift = 0;
        while (bytes[position] < 0) {
            value |= (bytes[position++] & 0x7F) << shift;
            shift += 7;
        }
        return value | bytes[position++] << shift;
    }

    private void putBytes(byte[] value)
    {
        putBytes(value, 0, value.length);
    }

    private void putBytes(byte[] value, int from, int to)
    {
        putNumber(to - from);
        ensure(to - from);
        System.arraycopy(value, from, bytes, length, to - from);
        length += to - from;
    }

    private byte[] binary()
    {
        int size = number();
        position += size;
        return Arrays.copyOfRange(bytes, position - size, position);
    }

    private void ensure(int more)
    {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
