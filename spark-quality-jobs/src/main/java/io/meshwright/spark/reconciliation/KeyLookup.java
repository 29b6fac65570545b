package io.meshwright.spark.reconciliation;

import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.bridge.reconciliation.ProductRow;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the rows of some keys.
 */
final class KeyLookup
{
    static final int ROWS_OF_KEY = 100;
    private static final int ANY_WINDOW = 0;

    private KeyLookup() {}

    private record Found(int window, Object[] values)
            implements Serializable {}

    /**
     * @param reader of the key's columns, then of the others
     */
    static List<ProductRow> find(JavaSparkContext context, ProductScan scan, List<LiveFile> files, RowReader reader, List<String> windows, List<List<Object>> keys)
    {
        int width = keys.get(0).size();
        ArrayList<byte[]> encoded = new ArrayList<>();
        keys.forEach(key -> encoded.add(new KeyBytes().encode(ANY_WINDOW, key).copy()));
        Broadcast<ArrayList<byte[]>> wanted = context.broadcast(encoded);
        try {
            // no more than some rows of each key and partition
            List<Found> found = scan.read(files, rows -> rows.mapPartitions(partition -> find(partition, reader, width, wanted.value())).collect());
            Map<ByteBuffer, Integer> counts = new HashMap<>();
            List<ProductRow> rows = new ArrayList<>();
            for (Found row : found) {
                List<Object> values = Arrays.asList(row.values());
                if (counts.merge(ByteBuffer.wrap(new KeyBytes().encode(ANY_WINDOW, values.subList(0, width)).copy()), 1, Integer::sum) <= ROWS_OF_KEY) {
                    rows.add(new ProductRow(windows.get(row.window()), values));
                }
            }
            return rows;
        }
        finally {
            wanted.destroy();
        }
    }

    private static Iterator<Found> find(Iterator<InternalRow> rows, RowReader reader, int width, List<byte[]> wanted)
    {
        Set<ByteBuffer> keys = new HashSet<>();
        wanted.forEach(key -> keys.add(ByteBuffer.wrap(key)));
        Map<ByteBuffer, Integer> counts = new HashMap<>();
        List<Found> found = new ArrayList<>();
        KeyBytes bytes = new KeyBytes();
        int columns = reader.values().size();
        Object[] values = new Object[columns];
        List<Object> key = Arrays.asList(values).subList(0, width);
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            int window = reader.windows().place(row);
            if (window == WindowReader.NONE) {
                continue;
            }
            reader.read(row, 0, width, values);
            bytes.encode(ANY_WINDOW, key);
            ByteBuffer probe = ByteBuffer.wrap(bytes.bytes(), 0, bytes.length());
            if (keys.contains(probe) && counts.getOrDefault(probe, 0) < ROWS_OF_KEY) {
                counts.merge(ByteBuffer.wrap(bytes.copy()), 1, Integer::sum);
                reader.read(row, width, columns, values);
                found.add(new Found(window, values.clone()));
            }
        }
        return found.iterator();
    }
}
