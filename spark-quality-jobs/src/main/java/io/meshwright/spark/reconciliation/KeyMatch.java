package io.meshwright.spark.reconciliation;

import io.meshwright.bridge.reconciliation.KeyDifferences.Kind;
import scala.Tuple2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

import static java.lang.Math.toIntExact;

/**
 * Holds the rows of both sides that fall into one bucket against each other, key by key. Sixteen bytes a row beside the row itself, however many rows a key has.
 */
final class KeyMatch
{
    private final List<byte[]> chunks = new ArrayList<>();
    private final KeyTally tally;
    private int[] chunkOf;
    private int[] offsets;
    // the upper half of a number that spreads keys, and the row's index
    private long[] order;

    private KeyMatch(Iterator<Tuple2<Integer, byte[]>> dealt, int sample)
    {
        tally = new KeyTally(sample);
        dealt.forEachRemaining(chunk -> chunks.add(chunk._2()));
    }

    static Iterator<KeyTally> tally(Iterator<Tuple2<Integer, byte[]>> dealt, int sample)
    {
        KeyMatch match = new KeyMatch(dealt, sample);
        match.index();
        match.compare();
        return List.of(match.tally).iterator();
    }

    private void index()
    {
        long rows = 0;
        for (byte[] chunk : chunks) {
            for (int offset = 0; offset < chunk.length; offset = KeyedRows.next(chunk, offset)) {
                rows++;
            }
        }
        chunkOf = new int[toIntExact(rows)];
        offsets = new int[chunkOf.length];
        order = new long[chunkOf.length];
        int index = 0;
        for (int number = 0; number < chunks.size(); number++) {
            byte[] chunk = chunks.get(number);
            for (int offset = 0; offset < chunk.length; offset = KeyedRows.next(chunk, offset)) {
                chunkOf[index] = number;
                offsets[index] = offset;
                order[index] = spread(chunk, offset) & 0xFFFF_FFFF_0000_0000L | index;
                index++;
            }
        }
        Arrays.sort(order);
    }

    private static long spread(byte[] chunk, int offset)
    {
        return KeyedRows.spread(chunk, KeyedRows.keyOffset(offset), KeyedRows.keyLength(chunk, offset));
    }

    private void compare()
    {
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && order[to] >>> 32 == order[from] >>> 32) {
                to++;
            }
            // nearly always one key
            while (from < to) {
                from = compareFirstKey(from, to);
            }
        }
    }

    /**
     * Compares the rows of the key of the first row, which are brought to the front.
     *
     * @return the first row of another key
     */
    private int compareFirstKey(int from, int to)
    {
        int first = (int) order[from];
        int end = from + 1;
        for (int index = end; index < to; index++) {
            int row = (int) order[index];
            if (KeyedRows.isSameKey(chunk(first), offsets[first], chunk(row), offsets[row])) {
                long swapped = order[end];
                order[end] = order[index];
                order[index] = swapped;
                end++;
            }
        }
        compareKey(from, end);
        return end;
    }

    private void compareKey(int from, int to)
    {
        if (to - from == 1) {
            boolean isOurs = side((int) order[from]) == KeyedRows.MESH;
            add((int) order[from], isOurs ? 0 : 1, isOurs ? 1 : 0, 0);
            return;
        }
        int ours = 0;
        for (int index = from; index < to; index++) {
            ours += side((int) order[index]) == KeyedRows.MESH ? 1 : 0;
        }
        long[] mesh = new long[ours];
        long[] legacy = new long[to - from - ours];
        int meshSize = 0;
        int legacySize = 0;
        for (int index = from; index < to; index++) {
            int row = (int) order[index];
            long hash = KeyedRows.hash(chunk(row), offsets[row]);
            if (side(row) == KeyedRows.MESH) {
                mesh[meshSize++] = hash;
            }
            else {
                legacy[legacySize++] = hash;
            }
        }
        int equal = equal(legacy, mesh);
        if (equal == legacy.length && equal == mesh.length) {
            return;
        }
        add((int) order[from], legacy.length, mesh.length, equal);
    }

    private void add(int row, int legacy, int mesh, int equal)
    {
        byte[] chunk = chunk(row);
        int keyOffset = KeyedRows.keyOffset(offsets[row]);
        int keyEnd = keyOffset + KeyedRows.keyLength(chunk, offsets[row]);
        // few of them are kept
        Supplier<byte[]> key = () -> Arrays.copyOfRange(chunk, keyOffset, keyEnd);
        int window = KeyBytes.window(chunk, keyOffset);
        long spread = spread(chunk, offsets[row]);
        if (mesh == 0) {
            tally.add(window, Kind.MISSING, legacy, spread, key);
        }
        else if (legacy == 0) {
            tally.add(window, Kind.EXTRA, mesh, spread, key);
        }
        else {
            tally.add(window, Kind.CHANGED, Math.min(legacy, mesh) - equal, spread, key);
            tally.add(window, Kind.DUPLICATE, Math.abs(legacy - mesh), spread, key);
        }
    }

    /**
     * How many numbers both have, each as often as it occurs.
     */
    private static int equal(long[] left, long[] right)
    {
        if (left.length == 1 && right.length == 1) {
            return left[0] == right[0] ? 1 : 0;
        }
        Arrays.sort(left);
        Arrays.sort(right);
        int equal = 0;
        int other = 0;
        for (int index = 0; index < left.length && other < right.length; ) {
            if (left[index] == right[other]) {
                equal++;
                index++;
                other++;
            }
            else if (left[index] < right[other]) {
                index++;
            }
            else {
                other++;
            }
        }
        return equal;
    }

    private byte[] chunk(int row)
    {
        return chunks.get(chunkOf[row]);
    }

    private byte side(int row)
    {
        return KeyedRows.side(chunk(row), offsets[row]);
    }
}
