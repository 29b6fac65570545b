package io.meshwright.spark.check;

import io.meshwright.bridge.evidence.KeySet;

import java.io.Serializable;
import java.util.Arrays;

import static com.google.common.base.Preconditions.checkState;

/**
 * Keys of 64 bits in a growing array, eight bytes each.
 */
final class LongKeys
{
    private static final int FIRST_CAPACITY = 1 << 12;

    private long[] keys = new long[FIRST_CAPACITY];
    private int size;
    private boolean ascending = true;

    /**
     * What occurs more than once.
     *
     * @param keys different ones
     * @param rows that have such a key
     */
    record Recurring(long keys, long rows)
            implements Serializable {}

    interface Visitor
    {
        void visit(long key, long count);
    }

    void add(long key)
    {
        ensure(1);
        ascending &= size == 0 || key >= keys[size - 1];
        keys[size] = key;
        size++;
    }

    void addAll(long[] more)
    {
        ensure(more.length);
        System.arraycopy(more, 0, keys, size, more.length);
        size += more.length;
        ascending = false;
    }

    int size()
    {
        return size;
    }

    /**
     * Sorts, unless the keys came sorted.
     */
    void sort()
    {
        if (!ascending) {
            Arrays.sort(keys, 0, size);
            ascending = true;
        }
    }

    /**
     * The keys from one place to another, each once.
     */
    KeySet set(int from, int to)
    {
        checkState(ascending, "not sorted");
        return KeySet.of(keys, from, to);
    }

    long[] toArray()
    {
        return Arrays.copyOf(keys, size);
    }

    long least()
    {
        checkState(ascending && size > 0, "not sorted, or empty");
        return keys[0];
    }

    long greatest()
    {
        checkState(ascending && size > 0, "not sorted, or empty");
        return keys[size - 1];
    }

    /**
     * Visits each key that occurs more than once.
     */
    void recurring(Visitor visitor)
    {
        checkState(ascending, "not sorted");
        int start = 0;
        for (int index = 1; index <= size; index++) {
            if (index == size || keys[index] != keys[start]) {
                if (index - start > 1) {
                    visitor.visit(keys[start], index - start);
                }
                start = index;
            }
        }
    }

    Recurring recurring()
    {
        long[] sums = new long[2];
        recurring((key, count) -> {
            sums[0]++;
            sums[1] += count;
        });
        return new Recurring(sums[0], sums[1]);
    }

    private void ensure(int more)
    {
        if (keys.length - size < more) {
            keys = Arrays.copyOf(keys, Math.max(Math.addExact(size, more), (int) Math.min(Integer.MAX_VALUE - 8L, 2L * keys.length)));
        }
    }
}
