package io.meshwright.trino.mask;

import io.meshwright.model.mask.IntegerPermutation;

import static java.util.Objects.requireNonNull;

/**
 * A permutation that remembers results. Trino reads integers without their dictionary, and in keys that refer to other
 * tables few values recur often. Not thread-safe.
 */
final class RecurringPermutation
{
    private static final int SLOT_BITS = 15;
    private static final int SLOTS = 1 << SLOT_BITS;
    /**
     * Below this many values, remembering costs more than it saves.
     */
    private static final int WORTH_REMEMBERING = 1 << 14;
    /**
     * After each so many values it is decided whether enough of them recurred.
     */
    private static final int WINDOW = 1 << 17;
    /**
     * One in so many values has to recur: looking for one costs about a fifth of computing it.
     */
    private static final int WORTH_LOOKING_FOR = 4;

    private final IntegerPermutation permutation;

    private boolean remembers = true;
    private long seen;
    private int windowSize;
    private int windowHits;
    private long computed;

    private long[] keys = new long[0];
    private long[] results = new long[0];
    private int[] missPositions = new int[0];
    private long[] missKeys = new long[0];
    private long[] missResults = new long[0];

    RecurringPermutation(IntegerPermutation permutation)
    {
        this.permutation = requireNonNull(permutation, "permutation is null");
    }

    /**
     * Replaces the first {@code count} values by their permuted values.
     */
    void permute(long[] values, int count)
    {
        seen += count;
        if (!remembers || seen < WORTH_REMEMBERING) {
            permutation.permute(values, count);
            computed += count;
            return;
        }
        ensureCapacity(count);
        int misses = replaceRemembered(values, count);
        System.arraycopy(missKeys, 0, missResults, 0, misses);
        permutation.permute(missResults, misses);
        for (int miss = 0; miss < misses; miss++) {
            int slot = slot(missKeys[miss]);
            keys[slot] = missKeys[miss];
            results[slot] = missResults[miss];
            values[missPositions[miss]] = missResults[miss];
        }
        computed += misses;
        windowSize += count;
        windowHits += count - misses;
        if (windowSize >= WINDOW) {
            remembers = windowHits >= windowSize / WORTH_LOOKING_FOR;
            windowSize = 0;
            windowHits = 0;
        }
    }

    /**
     * How many values were computed and not remembered.
     */
    long computed()
    {
        return computed;
    }

    private int replaceRemembered(long[] values, int count)
    {
        int misses = 0;
        for (int position = 0; position < count; position++) {
            long value = values[position];
            int slot = slot(value);
            if (keys[slot] == value) {
                values[position] = results[slot];
            }
            else {
                missPositions[misses] = position;
                missKeys[misses] = value;
                misses++;
            }
        }
        return misses;
    }

    private void ensureCapacity(int count)
    {
        if (keys.length == 0) {
            keys = new long[SLOTS];
            results = new long[SLOTS];
            // an empty slot holds 0, which belongs into one slot only: that one begins with its right result
            results[slot(0)] = permutation.permute(0);
        }
        if (missKeys.length < count) {
            missPositions = new int[count];
            missKeys = new long[count];
            missResults = new long[count];
        }
    }

    /**
     * Numbers that follow each other, as keys often do, get places of their own.
     */
    private static int slot(long value)
    {
        return (int) (value ^ value >>> SLOT_BITS ^ value >>> 2 * SLOT_BITS ^ value >>> 3 * SLOT_BITS) & SLOTS - 1;
    }
}
