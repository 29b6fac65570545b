package io.meshwright.spark.reconciliation;

import com.google.common.collect.ImmutableList;
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

    void add(int window, long bucket, long hash, long key, long[] columnHashes, double[] columnValues)
    {
        int cell = find(window, bucket);
        if (cell < 0) {
            return;
        }
        int base = cell * width();
        numbers[base + ROWS]++;
        add(base + HASHES, hash, hash >> 63);
        add(base + KEYS, key, key >> 63);
        for (int column = 0; column < columns; column++) {
            add(base + NUMBERS + 2 * column, columnHashes[column], columnHashes[column] >> 63);
        }
        for (int column = 0; column < values; column++) {
            sums[cell * values + column] += columnValues[column];
        }
    }

    CellSums plus(CellSums other)
    {
        overflown |= other.overflown;
        for (int index = 0; index < other.size && !overflown; index++) {
            int cell = find(other.windows[index], other.buckets[index]);
            if (cell >= 0) {
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
            return -1;
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
