package io.meshwright.spark.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.fingerprint.ColumnValues;
import io.meshwright.model.fingerprint.Fingerprint;

import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Fingerprints of cells, and sums of column hashes, in arrays of numbers: some forty bytes a cell. Sums have 128 bits, which 2^64 rows do not exceed.
 */
final class CellSums
        implements Serializable
{
    private static final long serialVersionUID = 1;
    private static final int FIRST_CAPACITY = 64;
    private static final int NUMBERS = 5;
    private static final int NONE = -1;
    private static final int ROWS = 0;
    private static final int HASHES = 1;
    private static final int KEYS = 3;

    private final int columns;
    private final int values;
    private final int limit;
    private int size;
    private boolean overflown;
    private int[] windows = new int[FIRST_CAPACITY];
    private long[] buckets = new long[FIRST_CAPACITY];
    // of each cell the rows, then sums as the low and the high half
    private long[] numbers;
    private double[] sums;
    private transient int[] table;
    private transient int[] cells = new int[0];
    private transient int rows;

    interface Visitor
    {
        void visit(int window, long bucket, Fingerprint fingerprint, List<BigInteger> columnHashes, List<Double> columnSums);
    }

    /**
     * @param columns of which hashes are added up
     * @param values of other columns that are added up themselves
     * @param limit the greatest number of cells that are kept
     */
    CellSums(int columns, int values, int limit)
    {
        this.columns = columns;
        this.values = values;
        this.limit = limit;
        this.numbers = new long[FIRST_CAPACITY * width()];
        this.sums = new double[FIRST_CAPACITY * values];
    }

    private int width()
    {
        return NUMBERS + 2 * columns;
    }

    /**
     * Whether there were more cells than are kept, so that what is kept is worth nothing.
     */
    boolean isOverflown()
    {
        return overflown;
    }

    /**
     * Begins a block of rows, and counts them.
     *
     * @param windows of the rows; those of {@link WindowReader#NONE} are left out
     */
    void begin(int[] windows, long[] buckets, int rows)
    {
        if (cells.length < rows) {
            cells = new int[rows];
        }
        this.rows = rows;
        for (int row = 0; row < rows; row++) {
            boolean isSame = row > 0 && windows[row] == windows[row - 1] && buckets[row] == buckets[row - 1];
            cells[row] = isSame ? cells[row - 1] : windows[row] == WindowReader.NONE ? NONE : find(windows[row], buckets[row]);
            if (cells[row] != NONE) {
                numbers[cells[row] * width() + ROWS]++;
            }
        }
    }

    void addHashes(long[] hashes)
    {
        add(HASHES, hashes);
    }

    void addKeys(long[] keys)
    {
        add(KEYS, keys);
    }

    void addColumn(int column, long[] hashes)
    {
        add(NUMBERS + 2 * column, hashes);
    }

    void addValues(int column, ColumnValues added)
    {
        for (int row = 0; row < rows; row++) {
            if (cells[row] != NONE && !added.isMissing(row)) {
                sums[cells[row] * values + column] += ((Number) added.value(row)).doubleValue();
            }
        }
    }

    private void add(int number, long[] added)
    {
        int row = 0;
        while (row < rows) {
            int cell = cells[row];
            // neighbours are often of one cell; halves of numbers cannot overflow within a block
            long low = 0;
            long high = 0;
            for (; row < rows && cells[row] == cell; row++) {
                low += added[row] & 0xFFFF_FFFFL;
                high += added[row] >> 32;
            }
            if (cell != NONE) {
                long shifted = high << 32;
                long sum = shifted + low;
                add(cell * width() + number, sum, (high >> 32) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0));
            }
        }
    }

    CellSums plus(CellSums other)
    {
        overflown |= other.overflown;
        for (int index = 0; index < other.size && !overflown; index++) {
            int cell = find(other.windows[index], other.buckets[index]);
            if (cell != NONE) {
                int base = cell * width();
                int from = index * width();
                numbers[base + ROWS] += other.numbers[from + ROWS];
                for (int number = HASHES; number < width(); number += 2) {
                    add(base + number, other.numbers[from + number], other.numbers[from + number + 1]);
                }
                for (int column = 0; column < values; column++) {
                    sums[cell * values + column] += other.sums[index * values + column];
                }
            }
        }
        return this;
    }

    /**
     * Without what is not filled, before it travels.
     */
    CellSums trimmed()
    {
        if (overflown) {
            size = 0;
        }
        windows = Arrays.copyOf(windows, size);
        buckets = Arrays.copyOf(buckets, size);
        numbers = Arrays.copyOf(numbers, size * width());
        sums = Arrays.copyOf(sums, size * values);
        table = null;
        return this;
    }

    void forEach(Visitor visitor)
    {
        for (int cell = 0; cell < size; cell++) {
            int base = cell * width();
            ImmutableList.Builder<BigInteger> columnHashes = ImmutableList.builder();
            for (int column = 0; column < columns; column++) {
                columnHashes.add(sum(base + NUMBERS + 2 * column));
            }
            ImmutableList.Builder<Double> columnSums = ImmutableList.builder();
            for (int column = 0; column < values; column++) {
                columnSums.add(sums[cell * values + column]);
            }
            Fingerprint fingerprint = new Fingerprint(numbers[base + ROWS], sum(base + HASHES), sum(base + KEYS));
            visitor.visit(windows[cell], buckets[cell], fingerprint, columnHashes.build(), columnSums.build());
        }
    }

    private BigInteger sum(int index)
    {
        return new BigInteger(ByteBuffer.allocate(16).putLong(numbers[index + 1]).putLong(numbers[index]).array());
    }

    private void add(int index, long low, long high)
    {
        long sum = numbers[index] + low;
        numbers[index + 1] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        numbers[index] = sum;
    }

    private int find(int window, long bucket)
    {
        if (table == null) {
            index(Integer.highestOneBit(Math.max(FIRST_CAPACITY, size)) * 4);
        }
        int slot = slot(window, bucket);
        while (table[slot] != 0) {
            int cell = table[slot] - 1;
            if (windows[cell] == window && buckets[cell] == bucket) {
                return cell;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        if (size == limit) {
            overflown = true;
            return NONE;
        }
        if (size == windows.length) {
            int capacity = Math.max(FIRST_CAPACITY, size * 2);
            windows = Arrays.copyOf(windows, capacity);
            buckets = Arrays.copyOf(buckets, capacity);
            numbers = Arrays.copyOf(numbers, capacity * width());
            sums = Arrays.copyOf(sums, capacity * values);
        }
        windows[size] = window;
        buckets[size] = bucket;
        size++;
        table[slot] = size;
        if (size * 2 > table.length) {
            index(table.length * 2);
        }
        return size - 1;
    }

    private void index(int capacity)
    {
        table = new int[capacity];
        for (int cell = 0; cell < size; cell++) {
            int slot = slot(windows[cell], buckets[cell]);
            while (table[slot] != 0) {
                slot = (slot + 1) & (capacity - 1);
            }
            table[slot] = cell + 1;
        }
    }

    private int slot(int window, long bucket)
    {
        long mixed = (bucket * 0x9E3779B97F4A7C15L + window) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed >>> 32) & (table.length - 1);
    }
}
