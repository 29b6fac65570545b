package io.meshwright.spark.reconciliation;

import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.ColumnValues;
import io.meshwright.model.fingerprint.RowHash;
import org.apache.spark.sql.vectorized.ColumnarBatch;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What a task makes of the batches of a scan: windows, buckets and hashes of their rows. Not safe for use by several threads.
 */
final class FingerprintPartition
        implements Serializable
{
    private static final long serialVersionUID = 1;
    private static final int KEY = 0;

    private final BatchReader reader;
    private final RowHash hash;
    private final RowHash keyHash;
    private final int keys;
    private final int hashed;
    private final boolean isIntegerKey;
    private final boolean byKey;
    private final int bits;
    private transient List<ColumnValues> columns;
    private transient int[] windows;
    private transient long[] buckets;
    private transient long[] hashes;

    /**
     * @param reader of the key's columns, then of the other hashed ones, then of columns whose values are added up
     * @param keys how many columns the key has
     * @param hashed how many the key and the other hashed ones are
     */
    FingerprintPartition(BatchReader reader, RowHash hash, RowHash keyHash, int keys, int hashed, boolean isIntegerKey, Bucketing bucketing)
    {
        this.reader = requireNonNull(reader, "reader is null");
        this.hash = requireNonNull(hash, "hash is null");
        this.keyHash = requireNonNull(keyHash, "keyHash is null");
        this.keys = keys;
        this.hashed = hashed;
        this.isIntegerKey = isIntegerKey;
        this.byKey = bucketing.byKey();
        this.bits = bucketing.bits();
    }

    /**
     * @param added places of the columns whose hashes are added up, too, in ascending order
     */
    Iterator<CellSums> sums(Iterator<ColumnarBatch> batches, int[] added, int limit)
    {
        int valued = reader.columns().size() - hashed;
        CellSums sums = new CellSums(added.length, valued, limit);
        while (batches.hasNext() && !sums.isOverflown()) {
            ColumnarBatch batch = batches.next();
            int rows = batch.numRows();
            if (!readKey(batch)) {
                continue;
            }
            readRest(batch);
            sums.begin(windows, buckets, rows);
            sums.addHashes(hashes());
            if (isIntegerKey) {
                sums.addKeys(columns.get(KEY).numbers());
            }
            for (int index = 0; index < added.length; index++) {
                hash.hash(added[index], columns.get(added[index]), rows, hashes);
                sums.addColumn(index, hashes);
            }
            for (int column = 0; column < valued; column++) {
                sums.addValues(column, columns.get(hashed + column));
            }
        }
        return List.of(sums.trimmed()).iterator();
    }

    /**
     * Reads windows and keys.
     *
     * @return whether a row is in one of the windows
     */
    boolean readKey(ColumnarBatch batch)
    {
        int rows = batch.numRows();
        if (columns == null) {
            columns = reader.columns().stream().map(ColumnReader::values).toList();
        }
        if (windows == null || windows.length < rows) {
            windows = new int[rows];
            buckets = new long[rows];
            hashes = new long[rows];
        }
        if (!reader.windows().read(batch, windows)) {
            return false;
        }
        for (int column = 0; column < keys; column++) {
            reader.columns().get(column).read(batch, columns.get(column));
        }
        bucket(rows);
        return true;
    }

    private void bucket(int rows)
    {
        if (!byKey && bits == 0) {
            // all are 0
            return;
        }
        Bucketing bucketing = new Bucketing(byKey, bits);
        if (byKey) {
            ColumnValues key = columns.get(KEY);
            for (int row = 0; row < rows; row++) {
                buckets[row] = key.isMissing(row) ? Bucketing.NULL_BUCKET : bucketing.bucket(key.numbers()[row]);
            }
            return;
        }
        keyHash.hash(columns.subList(0, keys), rows, buckets);
        for (int row = 0; row < rows; row++) {
            buckets[row] = bucketing.bucket(buckets[row]);
        }
    }

    /**
     * Reads the columns after the key.
     */
    void readRest(ColumnarBatch batch)
    {
        for (int column = keys; column < columns.size(); column++) {
            reader.columns().get(column).read(batch, columns.get(column));
        }
        hash.hash(columns.subList(0, hashed), batch.numRows(), hashes);
    }

    /**
     * Of the rows whose key was read.
     */
    int[] windows()
    {
        return windows;
    }

    /**
     * Of the rows whose key was read.
     */
    long[] buckets()
    {
        return buckets;
    }

    /**
     * Of the rows whose columns were all read.
     */
    long[] hashes()
    {
        return hashes;
    }

    List<ColumnValues> key()
    {
        return columns.subList(0, keys);
    }
}
