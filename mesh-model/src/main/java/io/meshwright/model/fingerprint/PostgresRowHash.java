package io.meshwright.model.fingerprint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The hash that {@link PostgreSqlDialect} has a server compute from its own {@code hash_record_extended} (14 and later), bit for bit.
 * <p>
 * The server's hash of a row is linear in the hashes of its values, so a sum over rows would not tell two rows that swapped a value, and its hash of a number
 * forgets the sign. Hence the row's hash is mixed once more, and a sign stands beside each decimal.
 */
public final class PostgresRowHash
        implements RowHash
{
    private static final long serialVersionUID = 1;
    private static final long EPOCH_DAYS = 10_957;
    private static final long EPOCH_MICROSECONDS = EPOCH_DAYS * 86_400_000_000L;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);

    private final List<ComparedType> types;
    private transient Lookup3 lookup3;
    private transient byte[] digits;

    public PostgresRowHash(List<ComparedType> types)
    {
        // not Guava's list, which executors may have in another version
        this.types = List.copyOf(types);
        this.types.forEach(type -> checkArgument(type.kind().isHashed(), "%s is not hashed", type.kind()));
    }

    @Override
    public long hash(List<Object> values)
    {
        checkArgument(values.size() == types.size(), "%s values for %s columns", values.size(), types.size());
        long row = 0;
        for (int column = 0; column < values.size(); column++) {
            Object value = values.get(column);
            ComparedType type = types.get(column);
            row = row * 31 + element(type, value);
            if (type.kind() == ComparedType.Kind.DECIMAL) {
                row = row * 31 + (value == null ? 0 : lookup3().hash(isNegative(value) ? 1 : 0, 0));
            }
        }
        return lookup3().hash(0, row);
    }

    /**
     * For an integer the value itself, whose sum is exact: the server's hash folds 64 bits to 32.
     */
    @Override
    public long hash(int column, Object value)
    {
        if (value == null) {
            return 0;
        }
        ComparedType type = types.get(column);
        if (type.kind() == ComparedType.Kind.INTEGER) {
            return (long) value;
        }
        long hash = element(type, value);
        return type.kind() == ComparedType.Kind.DECIMAL && isNegative(value) ? ~hash : hash;
    }

    private static boolean isNegative(Object decimal)
    {
        return decimal instanceof BigDecimal && ((BigDecimal) decimal).signum() < 0;
    }

    private long element(ComparedType type, Object value)
    {
        if (value == null) {
            return 0;
        }
        return switch (type.kind()) {
            case INTEGER, TIME -> folded((long) value);
            case TIMESTAMP, INSTANT -> folded(CanonicalText.isFinite((long) value) ? (long) value - EPOCH_MICROSECONDS : (long) value);
            case DATE -> lookup3().hash(CanonicalText.isFinite((long) value) ? (int) ((long) value - EPOCH_DAYS) : infinity((long) value), 0);
            case BOOLEAN -> lookup3().hash((Boolean) value ? 1 : 0, 0);
            case DECIMAL -> value instanceof BigDecimal ? decimal((BigDecimal) value) : 0;
            case CHAR, TEXT, UUID -> bytes(((String) value).getBytes(StandardCharsets.UTF_8));
            case BINARY -> bytes((byte[]) value);
            case REAL, DOUBLE -> throw new IllegalStateException(type.kind() + " is not hashed");
        };
    }

    private static int infinity(long value)
    {
        return value > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE;
    }

    /**
     * {@code hashint8extended}, which is equal for equal numbers of all integer types
     */
    private long folded(long value)
    {
        int high = (int) (value >> 32);
        return lookup3().hash((int) value ^ (value >= 0 ? high : ~high), 0);
    }

    private long bytes(byte[] bytes)
    {
        return lookup3().hash(bytes, bytes.length, 0);
    }

    /**
     * {@code hash_numeric_extended}: of the digits to the base 10 000, without zeros at either end, and of the place of the first
     */
    private long decimal(BigDecimal value)
    {
        if (value.signum() == 0) {
            return -1;
        }
        int scale = value.scale();
        int padding = Math.floorMod(-scale, 4);
        int groups = value.precision() <= 15 ? smallDigits(Math.abs(value.unscaledValue().longValue()), padding) : largeDigits(value.unscaledValue().abs(), padding);
        // digits stand from the end of the array, the first one first
        int begin = digits.length - groups * 2;
        int end = digits.length;
        while (digits[end - 1] == 0 && digits[end - 2] == 0) {
            end -= 2;
        }
        int length = end - begin;
        System.arraycopy(digits, begin, digits, 0, length);
        return lookup3().hash(digits, length, 0) ^ (groups - 1 - (scale + padding) / 4);
    }

    private int smallDigits(long unscaled, int padding)
    {
        long left = unscaled;
        for (int digit = 0; digit < padding; digit++) {
            left *= 10;
        }
        begin(32);
        int groups = 0;
        for (; left != 0; left /= 10_000) {
            put(groups++, (int) (left % 10_000));
        }
        return groups;
    }

    private int largeDigits(BigInteger unscaled, int padding)
    {
        BigInteger left = unscaled.multiply(BigInteger.TEN.pow(padding));
        begin(left.bitLength() / 13 * 2 + 4);
        int groups = 0;
        while (left.signum() != 0) {
            BigInteger[] parts = left.divideAndRemainder(BASE);
            put(groups++, parts[1].intValue());
            left = parts[0];
        }
        return groups;
    }

    private void begin(int bytes)
    {
        if (digits == null || digits.length < bytes) {
            digits = new byte[bytes];
        }
    }

    private void put(int group, int digit)
    {
        int index = digits.length - (group + 1) * 2;
        digits[index] = (byte) digit;
        digits[index + 1] = (byte) (digit >> 8);
    }

    private Lookup3 lookup3()
    {
        if (lookup3 == null) {
            lookup3 = new Lookup3();
        }
        return lookup3;
    }
}
