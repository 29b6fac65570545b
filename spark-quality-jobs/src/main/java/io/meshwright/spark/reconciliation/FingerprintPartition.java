package io.meshwright.spark.reconciliation;

import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.RowHash;
import org.apache.spark.sql.catalyst.InternalRow;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What a task makes of the rows of a scan: their windows, buckets and hashes. Not safe for use by several threads.
 */
final class FingerprintPartition
        implements Serializable
{
    private static final long serialVersionUID = 1;
    private static final int KEY = 0;

    private final RowReader reader;
    private final RowHash hash;
    private final RowHash keyHash;
    private final int keys;
    private final int hashed;
    private final boolean isIntegerKey;
    private final boolean byKey;
    private final int bits;
    private transient Object[] values;
    private transient List<Object> row;
    private transient List<Object> key;

    /**
     * @param reader of the key's columns, then of the other hashed ones, then of columns whose values are added up
     * @param keys how many columns the key has
     * @param hashed how many the key and the other hashed ones are
     */
    FingerprintPartition(RowReader reader, RowHash hash, RowHash keyHash, int keys, int hashed, boolean isIntegerKey, Bucketing bucketing)
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
     * @param withColumns whether hashes and values of columns are added up, too
     */
    Iterator<CellSums> sums(Iterator<InternalRow> rows, boolean withColumns, int limit)
    {
        int valued = reader.values().size() - hashed;
        CellSums sums = new CellSums(withColumns ? hashed : 0, valued, limit);
        long[] columnHashes = new long[hashed];
        double[] columnValues = new double[valued];
        while (rows.hasNext() && !sums.isOverflown()) {
            InternalRow next = rows.next();
            int window = reader.windows().place(next);
            if (window == WindowReader.NONE) {
                continue;
            }
            readKey(next);
            readRest(next);
            for (int column = 0; withColumns && column < hashed; column++) {
                columnHashes[column] = hash.hash(column, values[column]);
            }
            for (int column = 0; column < valued; column++) {
                columnValues[column] = values[hashed + column] == null ? 0 : ((Number) values[hashed + column]).doubleValue();
            }
            sums.add(window, bucket(), hash.hash(row), isIntegerKey && values[KEY] != null ? (long) values[KEY] : 0, columnHashes, columnValues);
        }
        return List.of(sums.trimmed()).iterator();
    }

    int window(InternalRow next)
    {
        return reader.windows().place(next);
    }

    void readKey(InternalRow next)
    {
        if (values == null) {
            values = new Object[reader.values().size()];
            row = Arrays.asList(values).subList(0, hashed);
            key = row.subList(0, keys);
        }
        reader.read(next, 0, keys, values);
    }

    /**
     * The columns after the key.
     */
    void readRest(InternalRow next)
    {
        reader.read(next, keys, values.length, values);
    }

    /**
     * Of the row whose key was read.
     */
    long bucket()
    {
        Bucketing bucketing = new Bucketing(byKey, bits);
        if (byKey) {
            return values[KEY] == null ? Bucketing.NULL_BUCKET : bucketing.bucket((long) values[KEY]);
        }
        return bits == 0 ? 0 : bucketing.bucket(keyHash.hash(key));
    }

    long hash()
    {
        return hash.hash(row);
    }

    List<Object> key()
    {
        return key;
    }
}
