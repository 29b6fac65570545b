package io.meshwright.spark.reconciliation;

import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.bridge.reconciliation.Cell;
import io.meshwright.bridge.reconciliation.KeyDifferences;
import io.meshwright.bridge.reconciliation.KeyedHash;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.vectorized.ColumnarBatch;

import java.util.Iterator;
import java.util.List;
import java.util.Set;

import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * Compares the rows of dirty cells of both sides by key, wherever there are many or few: executors hold one bucket of keys each, and the driver a block of the legacy side's rows.
 */
final class KeyDifferenceScan
{
    private static final long ROWS_IN_BUCKET = 1 << 18;
    // dirty cells are seldom all of what is read for them
    private static final int SHARE_OF_FILES = 4;

    private final ProductScan scan;
    private final List<LiveFile> files;
    private final FingerprintPartition rows;
    private final JavaSparkContext context;

    KeyDifferenceScan(JavaSparkContext context, ProductScan scan, List<LiveFile> files, FingerprintPartition rows)
    {
        this.context = requireNonNull(context, "context is null");
        this.scan = requireNonNull(scan, "scan is null");
        this.files = requireNonNull(files, "files is null");
        this.rows = requireNonNull(rows, "rows is null");
    }

    KeyDifferences compare(Set<Cell> cells, List<String> windows, Iterator<KeyedHash> legacy, int sample)
    {
        Broadcast<DirtyCells> dirty = context.broadcast(new DirtyCells(cells, windows));
        try (StagedLegacyRows staged = StagedLegacyRows.stage(context, legacy, windows)) {
            long records = files.stream().mapToLong(file -> file.task().file().recordCount()).sum();
            int buckets = toIntExact(Math.max(context.defaultParallelism(), (2 * staged.rows() + records / SHARE_OF_FILES) / ROWS_IN_BUCKET + 1));
            JavaPairRDD<Integer, byte[]> legacyRows = staged.blocks().mapPartitionsToPair(blocks -> new LegacyChunks(blocks, buckets));
            if (files.isEmpty()) {
                return tally(legacyRows, buckets, sample).differences(windows);
            }
            FingerprintPartition partition = rows;
            return scan.readBatches(files, found -> tally(legacyRows.union(dealt(found, partition, dirty, buckets)), buckets, sample)).differences(windows);
        }
        finally {
            dirty.destroy();
        }
    }

    private static JavaPairRDD<Integer, byte[]> dealt(JavaRDD<ColumnarBatch> batches, FingerprintPartition partition, Broadcast<DirtyCells> dirty, int buckets)
    {
        return batches.mapPartitionsToPair(found -> new MeshChunks(found, partition, dirty.value(), buckets));
    }

    private static KeyTally tally(JavaPairRDD<Integer, byte[]> chunks, int buckets, int sample)
    {
        return chunks.partitionBy(new HashPartitioner(buckets))
                .mapPartitions(dealt -> KeyMatch.tally(dealt, sample))
                .treeReduce(KeyTally::plus);
    }

    private static final class LegacyChunks
            extends KeyedRowChunks
    {
        private final Iterator<Broadcast<byte[]>> blocks;
        private byte[] block = new byte[0];
        private int offset;

        private LegacyChunks(Iterator<Broadcast<byte[]>> blocks, int buckets)
        {
            super(buckets);
            this.blocks = blocks;
        }

        @Override
        boolean addNext()
        {
            while (offset >= block.length) {
                if (!blocks.hasNext()) {
                    return false;
                }
                block = blocks.next().value();
                offset = 0;
            }
            add(KeyedRows.LEGACY, block, KeyedRows.keyOffset(offset), KeyedRows.keyLength(block, offset), KeyedRows.hash(block, offset));
            offset = KeyedRows.next(block, offset);
            return true;
        }
    }

    private static final class MeshChunks
            extends KeyedRowChunks
    {
        private final Iterator<ColumnarBatch> found;
        private final FingerprintPartition partition;
        private final DirtyCells dirty;
        private final KeyBytes key = new KeyBytes();
        private int rows;
        private int row;
        // neighbours are often of one cell
        private int window = WindowReader.NONE;
        private long bucket;
        private boolean isDirty;

        private MeshChunks(Iterator<ColumnarBatch> found, FingerprintPartition partition, DirtyCells dirty, int buckets)
        {
            super(buckets);
            this.found = found;
            this.partition = partition;
            this.dirty = dirty;
        }

        @Override
        boolean addNext()
        {
            while (row < rows) {
                int next = row;
                row++;
                if (isDirty(next)) {
                    key.encode(partition.windows()[next], partition.key(), next);
                    add(KeyedRows.MESH, key.bytes(), 0, key.length(), partition.hashes()[next]);
                    return true;
                }
            }
            if (!found.hasNext()) {
                return false;
            }
            read(found.next());
            return true;
        }

        private void read(ColumnarBatch batch)
        {
            row = 0;
            rows = partition.readKey(batch) ? batch.numRows() : 0;
            while (row < rows && !isDirty(row)) {
                row++;
            }
            if (row < rows) {
                partition.readRest(batch);
            }
        }

        private boolean isDirty(int index)
        {
            int nextWindow = partition.windows()[index];
            long nextBucket = partition.buckets()[index];
            if (nextWindow != window || nextBucket != bucket) {
                window = nextWindow;
                bucket = nextBucket;
                isDirty = window != WindowReader.NONE && dirty.contains(window, bucket);
            }
            return isDirty;
        }
    }
}
