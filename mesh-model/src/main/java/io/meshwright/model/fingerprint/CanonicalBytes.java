package io.meshwright.model.fingerprint;

import io.meshwright.model.fingerprint.ComparedType.Kind;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * {@link CanonicalText} as bytes, of values that are no objects. Keeps one buffer. Not safe for use by several threads.
 */
final class CanonicalBytes
{
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    // of the least long, with sign and point
    private static final int MOST_DIGITS = 24;

    private final byte[] digits = new byte[MOST_DIGITS];
    private byte[] bytes = new byte[256];
    private int length;

    /**
     * The text of one row, in UTF-8.
     */
    CanonicalBytes row(List<ColumnValues> columns, int row)
    {
        length = 0;
        for (int column = 0; column < columns.size(); column++) {
            if (column > 0) {
                put((byte) CanonicalText.SEPARATOR);
            }
            if (columns.get(column).isMissing(row)) {
                put((byte) CanonicalText.NULL);
            }
            else {
                append(columns.get(column), row);
            }
        }
        return this;
    }

    /**
     * The text of one value that is not missing, in UTF-8.
     */
    CanonicalBytes value(ColumnValues values, int row)
    {
        length = 0;
        append(values, row);
        return this;
    }

    byte[] digested(MessageDigest digest, Charset charset)
    {
        if (charset.equals(StandardCharsets.UTF_8)) {
            digest.update(bytes, 0, length);
            return digest.digest();
        }
        return digest.digest(new String(bytes, 0, length, StandardCharsets.UTF_8).getBytes(charset));
    }

    private void append(ColumnValues values, int row)
    {
        ComparedType type = values.type();
        switch (type.kind()) {
            case INTEGER, TIME -> number(values.numbers()[row], 0);
            case TIMESTAMP, INSTANT, DATE -> {
                if (CanonicalText.isFinite(values.numbers()[row])) {
                    number(values.numbers()[row], 0);
                }
                else {
                    text(CanonicalText.of(type, values.value(row)));
                }
            }
            case DECIMAL -> {
                if (values.isLarge(row)) {
                    text(CanonicalText.of(type, values.value(row)));
                }
                else {
                    number(values.numbers()[row], type.precision());
                }
            }
            case BOOLEAN -> put((byte) (values.numbers()[row] == 0 ? '0' : '1'));
            case CHAR, TEXT, UUID, BINARY -> bytes(type.kind(), values.bytes(), values.from(row), values.to(row));
            case REAL, DOUBLE -> throw new IllegalStateException(type.kind() + " is not hashed");
        }
    }

    /**
     * @param scale digits after the point, all of which are written
     */
    private void number(long number, int scale)
    {
        if (scale > MOST_DIGITS - 3) {
            text(BigDecimal.valueOf(number, scale).toPlainString());
            return;
        }
        int begin = MOST_DIGITS;
        // as a negative number, since the least one has no positive
        long left = number < 0 ? number : -number;
        int written = 0;
        while (left != 0 || written <= scale) {
            if (written == scale && scale > 0) {
                digits[--begin] = '.';
            }
            digits[--begin] = (byte) ('0' - left % 10);
            left /= 10;
            written++;
        }
        if (number < 0) {
            digits[--begin] = '-';
        }
        ensure(MOST_DIGITS - begin);
        System.arraycopy(digits, begin, bytes, length, MOST_DIGITS - begin);
        length += MOST_DIGITS - begin;
    }

    private void bytes(Kind kind, byte[] source, int from, int to)
    {
        if (kind == Kind.BINARY) {
            ensure(2 * (to - from));
            for (int index = from; index < to; index++) {
                put(HEX[source[index] >> 4 & 0xF]);
                put(HEX[source[index] & 0xF]);
            }
            return;
        }
        ensure(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    private void text(String text)
    {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes(Kind.TEXT, encoded, 0, encoded.length);
    }

    private void put(byte value)
    {
        ensure(1);
        bytes[length++] = value;
    }

    private void ensure(int more)
    {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
        }
    }
}
