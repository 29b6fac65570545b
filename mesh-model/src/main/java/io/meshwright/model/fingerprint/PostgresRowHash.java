package io.meshwright.model.fingerprint;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    private static final long FALSE = Lookup3.hash(0);
    private static final long TRUE = Lookup3.hash(1);

    private final List<ComparedType> types;
    private transient long[] elements;

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
                row = row * 31 + (value == null ? 0 : flag(isNegative(value)));
            }
        }
        return Lookup3.hash(0, row);
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
            case TIMESTAMP, INSTANT -> time((long) value);
            case DATE -> day((long) value);
            case BOOLEAN -> flag((Boolean) value);
            case DECIMAL -> value instanceof BigDecimal ? PostgresDecimalHash.hash((BigDecimal) value) : 0;
            case CHAR, TEXT, UUID -> Lookup3.hash(((String) value).getBytes(StandardCharsets.UTF_8));
            case BINARY -> Lookup3.hash((byte[]) value);
            case REAL, DOUBLE -> throw new IllegalStateException(type.kind() + " is not hashed");
        };
    }

    @Override
    public void hash(List<ColumnValues> columns, int rows, long[] hashes)
    {
        checkArgument(columns.size() == types.size(), "%s columns for %s", columns.size(), types.size());
        if (elements == null || elements.length < rows) {
            elements = new long[rows];
        }
        Arrays.fill(hashes, 0, rows, 0);
        for (ColumnValues column : columns) {
            elements(column, rows, elements);
            for (int row = 0; row < rows; row++) {
                hashes[row] = hashes[row] * 31 + elements[row];
            }
            if (column.type().kind() == ComparedType.Kind.DECIMAL) {
                addSigns(column, rows, hashes);
            }
        }
        for (int row = 0; row < rows; row++) {
            hashes[row] = Lookup3.hash(0, hashes[row]);
        }
    }

    private static void addSigns(ColumnValues decimals, int rows, long[] hashes)
    {
        for (int row = 0; row < rows; row++) {
            hashes[row] = hashes[row] * 31 + (decimals.isMissing(row) ? 0 : flag(isNegative(decimals, row)));
        }
    }

    @Override
    public void hash(int column, ColumnValues values, int rows, long[] hashes)
    {
        ComparedType.Kind kind = types.get(column).kind();
        if (kind == ComparedType.Kind.INTEGER) {
            System.arraycopy(values.numbers(), 0, hashes, 0, rows);
            return;
        }
        elements(values, rows, hashes);
        for (int row = 0; kind == ComparedType.Kind.DECIMAL && row < rows; row++) {
            if (isNegative(values, row)) {
                hashes[row] = ~hashes[row];
            }
        }
    }

    private static boolean isNegative(ColumnValues decimals, int row)
    {
        return decimals.isLarge(row) ? isNegative(decimals.value(row)) : decimals.numbers()[row] < 0;
    }

    private void elements(ColumnValues column, int rows, long[] into)
    {
        long[] numbers = column.numbers();
        switch (column.type().kind()) {
            case INTEGER, TIME -> {
                for (int row = 0; row < rows; row++) {
                    into[row] = folded(numbers[row]);
                }
            }
            case TIMESTAMP, INSTANT -> {
                for (int row = 0; row < rows; row++) {
                    into[row] = time(numbers[row]);
                }
            }
            case DATE -> {
                for (int row = 0; row < rows; row++) {
                    into[row] = day(numbers[row]);
                }
            }
            case BOOLEAN -> {
                for (int row = 0; row < rows; row++) {
                    into[row] = flag(numbers[row] != 0);
                }
            }
            case DECIMAL -> {
                int scale = column.type().precision();
                for (int row = 0; row < rows; row++) {
                    into[row] = column.isLarge(row) ? element(column.type(), column.value(row)) : PostgresDecimalHash.hash(numbers[row], scale);
                }
            }
            case CHAR, TEXT, UUID, BINARY -> {
                byte[] bytes = column.bytes();
                for (int row = 0; row < rows; row++) {
                    into[row] = Lookup3.hash(bytes, column.from(row), column.to(row));
                }
            }
            case REAL, DOUBLE -> throw new IllegalStateException(column.type().kind() + " is not hashed");
        }
        for (int row = 0; column.anyMissing() && row < rows; row++) {
            if (column.isMissing(row)) {
                into[row] = 0;
            }
        }
    }

    private static long flag(boolean value)
    {
        return value ? TRUE : FALSE;
    }

    private static long day(long value)
    {
        if (CanonicalText.isFinite(value)) {
            return Lookup3.hash((int) (value - EPOCH_DAYS));
        }
        return Lookup3.hash(value > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE);
    }

    private static long time(long value)
    {
        return folded(CanonicalText.isFinite(value) ? value - EPOCH_MICROSECONDS : value);
    }

    /**
     * {@code hashint8extended}, which is equal for equal numbers of all integer types
     */
    private static long folded(long value)
    {
        int high = (int) (value >> 32);
        return Lookup3.hash((int) value ^ (value >= 0 ? high : ~high));
    }
}
