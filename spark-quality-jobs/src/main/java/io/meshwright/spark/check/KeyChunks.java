package io.meshwright.spark.check;

import com.google.common.collect.AbstractIterator;
import scala.Tuple2;

import java.util.Arrays;
import java.util.PrimitiveIterator;

import static java.util.Objects.requireNonNull;

/**
 * Deals keys into buckets and gives them out in chunks, so that little is held and a shuffle meets arrays instead of rows.
 */
final class KeyChunks
        extends AbstractIterator<Tuple2<Integer, long[]>>
{
    private static final int KEYS_IN_CHUNK = 1 << 12;

    private final PrimitiveIterator.OfLong keys;
    private final long[][] chunks;
    private final int[] sizes;
    private int rest;

    KeyChunks(PrimitiveIterator.OfLong keys, int buckets)
    {
        this.keys = requireNonNull(keys, "keys is null");
        this.chunks = new long[buckets][];
        this.sizes = new int[buckets];
    }

    @Override
    protected Tuple2<Integer, long[]> computeNext()
    {
        while (keys.hasNext()) {
            long key = keys.nextLong();
            int bucket = bucket(key, chunks.length);
            if (chunks[bucket] == null) {
                chunks[bucket] = new long[KEYS_IN_CHUNK];
            }
            chunks[bucket][sizes[bucket]] = key;
            sizes[bucket]++;
            if (sizes[bucket] == KEYS_IN_CHUNK) {
                return take(bucket);
            }
        }
        while (rest < chunks.length) {
            int bucket = rest;
            rest++;
            if (sizes[bucket] > 0) {
                return take(bucket);
            }
        }
        return endOfData();
    }

    private Tuple2<Integer, long[]> take(int bucket)
    {
        long[] chunk = sizes[bucket] == KEYS_IN_CHUNK ? chunks[bucket] : Arrays.copyOf(chunks[bucket], sizes[bucket]);
        chunks[bucket] = null;
        sizes[bucket] = 0;
        return new Tuple2<>(bucket, chunk);
    }

    /**
     * Keys that follow each other go to different buckets, whatever their pattern (the finalizer of SplitMix64).
     */
    static int bucket(long key, int buckets)
    {
        long mixed = (key ^ (key >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), buckets);
    }
}
