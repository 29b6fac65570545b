package io.meshwright.spark.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.evidence.KeySet;
import io.meshwright.bridge.evidence.KeySetFiles;
import io.meshwright.bridge.evidence.KeySetFiles.Part;
import io.meshwright.bridge.evidence.KeySetRow;
import io.meshwright.bridge.evidence.UniqueFilesRow.KeptKeys;
import org.apache.iceberg.DataFile;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a task does with keys and their sets.
 */
final class KeySetPartition
{
    private static final int KEYS_IN_ROW = 1 << 16;

    private KeySetPartition() {}

    /**
     * The keys of a data file that one task read.
     *
     * @param recurs whether one of them occurs more than once
     */
    record Slice(String dataFile, long keys, long least, long greatest, boolean recurs)
            implements Serializable {}

    record Written(List<Slice> slices, DataFile sets)
            implements Serializable {}

    /**
     * @param rows of numbers, in the order in which Spark reads data files
     * @param deletes that apply, by data file
     */
    static Iterator<Written> write(Iterator<InternalRow> rows, KeySetFiles sets, Map<String, String> deletes)
    {
        List<Slice> slices = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        byFile(rows).forEach((file, keys) -> {
            keys.sort();
            boolean recurs = keys.recurring().keys() > 0;
            long count = 0;
            for (int from = 0; from < keys.size(); from += KEYS_IN_ROW) {
                KeySet set = keys.set(from, Math.min(keys.size(), from + KEYS_IN_ROW));
                count += set.count();
                parts.add(new Part(file, deletes.get(file), set));
            }
            slices.add(new Slice(file, count, keys.least(), keys.greatest(), recurs));
        });
        return slices.isEmpty() ? List.<Written>of().iterator() : List.of(new Written(slices, sets.write(parts.iterator()))).iterator();
    }

    private static Map<String, LongKeys> byFile(Iterator<InternalRow> rows)
    {
        Map<String, LongKeys> byFile = new LinkedHashMap<>();
        UTF8String file = null;
        LongKeys keys = null;
        while (rows.hasNext()) {
            long number = rows.next().getLong(0);
            // the file that the row is from: readers open the next one only for its first row
            UTF8String current = InputFileBlockHolder.getInputFilePath();
            if (!current.equals(file)) {
                file = current;
                keys = byFile.computeIfAbsent(current.toString(), unused -> new LongKeys());
            }
            keys.add(number);
        }
        return byFile;
    }

    /**
     * What is kept of a data file, or some of it.
     *
     * @param meets whether a key is among those that were asked for
     */
    record Kept(String dataFile, long keys, boolean meets)
            implements Serializable {}

    /**
     * @param wanted the sets to look at, by data file
     * @param numbers ascending
     */
    static Iterator<Kept> meet(Iterator<DataFile> files, KeySetFiles sets, Map<String, KeptKeys> wanted, long[] numbers)
    {
        Map<String, Kept> found = new HashMap<>();
        files.forEachRemaining(file -> sets.read(file, row -> {
            if (isWanted(row, wanted)) {
                found.merge(
                        row.dataFile(),
                        new Kept(row.dataFile(), row.set().count(), row.set().meets(numbers)),
                        (left, right) -> new Kept(left.dataFile(), left.keys() + right.keys(), left.meets() || right.meets()));
            }
        }));
        return found.values().iterator();
    }

    static List<KeySet> sets(DataFile file, KeySetFiles sets, Map<String, KeptKeys> wanted)
    {
        ImmutableList.Builder<KeySet> found = ImmutableList.builder();
        sets.read(file, row -> {
            if (isWanted(row, wanted)) {
                found.add(row.set());
            }
        });
        return found.build();
    }

    private static boolean isWanted(KeySetRow row, Map<String, KeptKeys> wanted)
    {
        KeptKeys kept = wanted.get(row.dataFile());
        return kept != null && kept.deletes().equals(row.deletes()) && kept.writer().equals(row.writer());
    }
}
