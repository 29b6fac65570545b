package io.meshwright.model.fingerprint;

import io.meshwright.model.fingerprint.ComparedType.Kind;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static java.util.Objects.requireNonNull;

/**
 * The values of one column in a block of rows, as both sides compare them, without an object for each. Every row of a block is set once, in their order; then the next block may begin.
 * Not safe for use by several threads.
 */
public final class ColumnValues
{
    private static final int BITS_OF_LONG = 63;
    private static final int MOST_BYTES = Integer.MAX_VALUE - Long.BYTES;

    private final ComparedType type;
    private boolean[] missing = new boolean[0];
    private boolean anyMissing;
    // integers, days, microseconds, 1 for true, decimals without their point, bits of a double; 0 where the value is missing
    private long[] numbers = new long[0];
    // decimals that are too long for that
    private BigDecimal[] decimals;
    // texts as UTF-8, one after the other, and room to read past the last one
    private byte[] bytes = new byte[Lookup3.PADDING];
    private int[] ends = new int[0];

    public ColumnValues(ComparedType type)
    {
        this.type = requireNonNull(type, "type is null");
    }

    public ComparedType type()
    {
        return type;
    }

    /**
     * Begins a block and forgets the one before.
     */
    public void begin(int rows)
    {
        if (missing.length < rows) {
            missing = new boolean[rows];
            numbers = new long[rows];
            ends = isBytes(type.kind()) ? new int[rows] : ends;
        }
        if (anyMissing) {
            Arrays.fill(missing, false);
            anyMissing = false;
        }
        decimals = null;
    }

    static boolean isBytes(Kind kind)
    {
        return switch (kind) {
            case CHAR, TEXT, UUID, BINARY -> true;
            case INTEGER, DECIMAL, REAL, DOUBLE, TIMESTAMP, INSTANT, DATE, TIME, BOOLEAN -> false;
        };
    }

    public void setNull(int row)
    {
        missing[row] = true;
        anyMissing = true;
        numbers[row] = 0;
        if (ends.length > 0) {
            ends[row] = from(row);
        }
    }

    /**
     * @param number an integer, days, microseconds, 1 for true and 0 for false, or a decimal of this type's scale without its point
     */
    public void set(int row, long number)
    {
        numbers[row] = number;
    }

    public void set(int row, double number)
    {
        numbers[row] = Double.doubleToRawLongBits(number);
    }

    /**
     * @param decimal of this type's scale
     */
    public void set(int row, BigDecimal decimal)
    {
        BigInteger unscaled = decimal.unscaledValue();
        if (unscaled.bitLength() <= BITS_OF_LONG) {
            numbers[row] = unscaled.longValue();
            return;
        }
        if (decimals == null) {
            decimals = new BigDecimal[missing.length];
        }
        numbers[row] = 0;
        decimals[row] = decimal;
    }

    public void set(int row, String text)
    {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        int from = reserve(row, encoded.length);
        System.arraycopy(encoded, 0, bytes, from, encoded.length);
    }

    /**
     * Makes room for a text or a binary value, which is then to be written to {@link #bytes}.
     *
     * @return where it begins there
     */
    public int reserve(int row, int length)
    {
        int from = from(row);
        int end = Math.addExact(from, length);
        if (bytes.length - Lookup3.PADDING < end) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(end, Lookup3.PADDING), (int) Math.min(MOST_BYTES, bytes.length * 2L)));
        }
        ends[row] = end;
        return from;
    }

    /**
     * Leaves blanks at the end of a text out.
     */
    public void trim(int row)
    {
        while (ends[row] > from(row) && bytes[ends[row] - 1] == ' ') {
            ends[row]--;
        }
    }

    public boolean anyMissing()
    {
        return anyMissing;
    }

    public boolean isMissing(int row)
    {
        return missing[row];
    }

    /**
     * Numbers as {@link #set(int, long)} takes them, 0 for a value that is missing. Not a copy.
     */
    public long[] numbers()
    {
        return numbers;
    }

    /**
     * Whether a decimal has too many digits to be among {@link #numbers}.
     */
    public boolean isLarge(int row)
    {
        return decimals != null && decimals[row] != null;
    }

    /**
     * Texts as UTF-8 and binary values, one after the other. Not a copy.
     */
    public byte[] bytes()
    {
        return bytes;
    }

    /**
     * Where the bytes of a row begin.
     */
    public int from(int row)
    {
        return row == 0 ? 0 : ends[row - 1];
    }

    /**
     * Where the bytes of a row end.
     */
    public int to(int row)
    {
        return ends[row];
    }

    /**
     * A value as an object in the class of the kind, null where it is missing.
     */
    public Object value(int row)
    {
        if (missing[row]) {
            return null;
        }
        return switch (type.kind()) {
            case INTEGER, TIMESTAMP, INSTANT, DATE, TIME -> (Object) numbers[row];
            case DECIMAL -> isLarge(row) ? decimals[row] : BigDecimal.valueOf(numbers[row], type.precision());
            case REAL, DOUBLE -> Double.longBitsToDouble(numbers[row]);
            case BOOLEAN -> numbers[row] != 0;
            case CHAR, TEXT, UUID -> new String(bytes, from(row), to(row) - from(row), StandardCharsets.UTF_8);
            case BINARY -> Arrays.copyOfRange(bytes, from(row), to(row));
        };
    }
}
