package io.meshwright.spark.check;

import io.meshwright.spark.check.LongKeys.Recurring;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;

import static java.lang.Math.toIntExact;

/**
 * Finds keys of 64 bits that occur more than once: with nothing moved where the keys lie in order, else with eight bytes moved for a row.
 */
final class KeyScan
{
    private static final int KEYS_IN_BUCKET = 1 << 22;

    private KeyScan() {}

    /**
     * The keys of one partition of a scan.
     */
    private record Range(long least, long greatest, long keys, long rows)
            implements Serializable {}

    /**
     * What recurs, where each partition of the scan has a range of keys of its own, as data has that is written in the order of its key.
     *
     * @param keys one column of type bigint without NULL
     * @return empty where ranges overlap
     */
    static Optional<Recurring> inOrder(Dataset<Row> keys)
    {
        // a few numbers for each partition
        List<Range> ranges = new ArrayList<>(keys.queryExecution().toRdd().toJavaRDD().mapPartitions(KeyScan::range).collect());
        ranges.sort(Comparator.comparingLong(Range::least));
        long recurring = 0;
        long rows = 0;
        for (int index = 0; index < ranges.size(); index++) {
            if (index > 0 && ranges.get(index).least() <= ranges.get(index - 1).greatest()) {
                return Optional.empty();
            }
            recurring += ranges.get(index).keys();
            rows += ranges.get(index).rows();
        }
        return Optional.of(new Recurring(recurring, rows));
    }

    private static Iterator<Range> range(Iterator<InternalRow> rows)
    {
        LongKeys keys = new LongKeys();
        rows.forEachRemaining(row -> keys.add(row.getLong(0)));
        if (keys.size() == 0) {
            return List.<Range>of().iterator();
        }
        keys.sort();
        Recurring recurring = keys.recurring();
        return List.of(new Range(keys.least(), keys.greatest(), recurring.keys(), recurring.rows())).iterator();
    }

    /**
     * The keys that recur, each once with the rows that have it.
     *
     * @param keys one column of type bigint without NULL
     * @param rows about how many there are, at least 0
     */
    static JavaRDD<Recurrence> recurrences(Dataset<Row> keys, long rows)
    {
        int buckets = toIntExact(Math.max(keys.sparkSession().sparkContext().defaultParallelism(), rows / KEYS_IN_BUCKET + 1));
        return keys.queryExecution().toRdd().toJavaRDD()
                .mapPartitionsToPair(partition -> new KeyChunks(numbers(partition), buckets))
                .partitionBy(new HashPartitioner(buckets))
                .mapPartitions(KeyScan::recurrences);
    }

    /**
     * Whether a key occurs more than once.
     */
    static boolean recurs(Iterator<Tuple2<Integer, long[]>> chunks)
    {
        LongKeys keys = new LongKeys();
        chunks.forEachRemaining(chunk -> keys.addAll(chunk._2()));
        keys.sort();
        return keys.recurring().keys() > 0;
    }

    private static PrimitiveIterator.OfLong numbers(Iterator<InternalRow> rows)
    {
        return new PrimitiveIterator.OfLong()
        {
            @Override
            public boolean hasNext()
            {
                return rows.hasNext();
            }

            @Override
            public long nextLong()
            {
                return rows.next().getLong(0);
            }
        };
    }

    /**
     * @param rows that have the key, at least two
     */
    record Recurrence(long key, long rows)
            implements Serializable {}

    private static Iterator<Recurrence> recurrences(Iterator<Tuple2<Integer, long[]>> chunks)
    {
        LongKeys keys = new LongKeys();
        chunks.forEachRemaining(chunk -> keys.addAll(chunk._2()));
        keys.sort();
        List<Recurrence> found = new ArrayList<>();
        keys.recurring((key, count) -> found.add(new Recurrence(key, count)));
        return found.iterator();
    }
}
