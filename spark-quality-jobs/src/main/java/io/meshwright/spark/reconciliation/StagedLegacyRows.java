package io.meshwright.spark.reconciliation;

import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.reconciliation.KeyedHash;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import static com.google.common.base.Preconditions.checkArgument;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * Rows that only the driver can read, where executors find them: in blocks of Spark's, which go to the driver's disk when its memory is full, and which any executor can ask for again.
 */
final class StagedLegacyRows
        implements AutoCloseable
{
    private static final int BYTES_IN_BLOCK = 1 << 22;

    private final JavaSparkContext context;
    private final List<Broadcast<byte[]>> blocks = new ArrayList<>();
    private long rows;

    private StagedLegacyRows(JavaSparkContext context)
    {
        this.context = requireNonNull(context, "context is null");
    }

    /**
     * Reads all rows; no more than a block of them is held here.
     */
    static StagedLegacyRows stage(JavaSparkContext context, Iterator<KeyedHash> legacy, List<String> windows)
    {
        StagedLegacyRows staged = new StagedLegacyRows(context);
        try {
            staged.readAll(legacy, windows);
        }
        catch (RuntimeException | Error e) {
            staged.close();
            throw e;
        }
        return staged;
    }

    private void readAll(Iterator<KeyedHash> legacy, List<String> windows)
    {
        Map<String, Integer> places = places(windows);
        KeyBytes key = new KeyBytes();
        KeyedRows block = new KeyedRows();
        while (legacy.hasNext()) {
            KeyedHash row = legacy.next();
            Integer window = places.get(row.cell().window());
            checkArgument(window != null, "A row came of a window that was not asked for: %s", row.cell().window());
            key.encode(window, row.key());
            block.add(KeyedRows.LEGACY, key.bytes(), 0, key.length(), row.hash());
            rows++;
            if (block.size() >= BYTES_IN_BLOCK) {
                blocks.add(context.broadcast(block.take()));
            }
        }
        if (block.size() > 0) {
            blocks.add(context.broadcast(block.take()));
        }
    }

    static Map<String, Integer> places(List<String> windows)
    {
        ImmutableMap.Builder<String, Integer> places = ImmutableMap.builder();
        for (int place = 0; place < windows.size(); place++) {
            places.put(windows.get(place), place);
        }
        return places.buildOrThrow();
    }

    long rows()
    {
        return rows;
    }

    JavaRDD<Broadcast<byte[]>> blocks()
    {
        return blocks.isEmpty() ? context.emptyRDD() : context.parallelize(blocks, toIntExact(Math.min(blocks.size(), 4L * context.defaultParallelism())));
    }

    @Override
    public void close()
    {
        blocks.forEach(Broadcast::destroy);
        blocks.clear();
    }
}
