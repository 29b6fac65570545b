package io.meshwright.spark.reconciliation;

import com.google.common.collect.AbstractIterator;
import scala.Tuple2;

/**
 * Deals rows into buckets by their keys and gives them out in chunks, so that little is held and a shuffle meets arrays instead of rows.
 */
abstract class KeyedRowChunks
        extends AbstractIterator<Tuple2<Integer, byte[]>>
{
    private static final int BYTES_IN_TASK = 1 << 25;
    private static final int FEWEST_BYTES = 1 << 12;
    private static final int MOST_BYTES = 1 << 18;

    private final KeyedRows[] chunks;
    private final int bytesInChunk;
    private int full = -1;
    private int rest;

    KeyedRowChunks(int buckets)
    {
        chunks = new KeyedRows[buckets];
        bytesInChunk = Math.max(FEWEST_BYTES, Math.min(MOST_BYTES, BYTES_IN_TASK / buckets));
    }

    /**
     * Adds the next row, if it is wanted.
     *
     * @return false where there is none left
     */
    abstract boolean addNext();

    final void add(byte side, byte[] key, int offset, int length, long hash)
    {
        int bucket = (int) Long.remainderUnsigned(KeyedRows.spread(key, offset, length), chunks.length);
        if (chunks[bucket] == null) {
            chunks[bucket] = new KeyedRows();
        }
        chunks[bucket].add(side, key, offset, length, hash);
        if (chunks[bucket].size() >= bytesInChunk) {
            full = bucket;
        }
    }

    @Override
    protected Tuple2<Integer, byte[]> computeNext()
    {
        while (addNext()) {
            if (full >= 0) {
                int bucket = full;
                full = -1;
                return take(bucket);
            }
        }
        if (full >= 0) {
            int bucket = full;
            full = -1;
            return take(bucket);
        }
        while (rest < chunks.length) {
            int bucket = rest;
            rest++;
            if (chunks[bucket] != null && chunks[bucket].size() > 0) {
                return take(bucket);
            }
        }
        return endOfData();
    }

    private Tuple2<Integer, byte[]> take(int bucket)
    {
        return new Tuple2<>(bucket, chunks[bucket].take());
    }
}
