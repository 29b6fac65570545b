package io.meshwright.spark.check;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterators;
import io.meshwright.bridge.check.KeyComparison;
import io.meshwright.bridge.evidence.KeySetFiles;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.bridge.evidence.UniqueFilesRow.KeptKeys;
import io.meshwright.spark.check.KeySetPartition.Kept;
import io.meshwright.spark.check.KeySetPartition.Slice;
import io.meshwright.spark.check.KeySetPartition.Written;
import io.meshwright.spark.session.ParquetReading;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.StagedFiles;
import org.apache.iceberg.DataFile;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * Reads the keys of files as numbers, writes them as sets, and compares the sets with each other and with those of other files. Executors write and read
 * the sets; the driver holds a few numbers for each file, and the keys of the files that were read only where they are few.
 */
final class KeySetScan
{
    // eight bytes each are sent to every executor
    static final long FEW_KEYS = 1L << 22;
    private static final long KEYS_IN_BUCKET = 1L << 22;

    private final PinnedTable table;
    private final KeyComparison.Request request;
    private final JavaSparkContext context;
    private final Map<String, LiveFile> freshByPath;
    private final long fewKeys;

    /**
     * @param fewKeys as many of the files that are read are sent to the kept sets; the numbers of more are moved
     */
    KeySetScan(PinnedTable table, KeyComparison.Request request, long fewKeys)
    {
        this.fewKeys = fewKeys;
        this.table = requireNonNull(table, "table is null");
        this.request = requireNonNull(request, "request is null");
        this.context = JavaSparkContext.fromSparkContext(table.session().sparkContext());
        this.freshByPath = request.fresh().stream().collect(toImmutableMap(LiveFile::path, file -> file));
    }

    KeyComparison compare()
    {
        OptionalLong before = table.bytesRead();
        List<Written> written = request.fresh().isEmpty() ? List.of() : write();
        OptionalLong bytesRead = SparkTableReader.bytesSince(table, before);
        List<Slice> slices = written.stream().flatMap(partition -> partition.slices().stream()).collect(toImmutableList());
        List<DataFile> files = written.stream().map(Written::sets).collect(toImmutableList());
        Map<LiveFile, Long> counts = new HashMap<>();
        request.fresh().forEach(file -> counts.put(file, 0L));
        slices.forEach(slice -> counts.merge(freshByPath.get(slice.dataFile()), slice.keys(), Long::sum));
        boolean recurs = slices.stream().anyMatch(Slice::recurs);
        if (!recurs && request.known().isEmpty() && areDisjoint(slices)) {
            return new KeyComparison(files, counts, Set.of(), true, bytesRead);
        }
        if (slices.stream().mapToLong(Slice::keys).sum() <= fewKeys) {
            return lookUp(files, counts, recurs, bytesRead);
        }
        if (recurs) {
            // the keys are compared by themselves anyway
            return new KeyComparison(files, counts, allFiles(), true, bytesRead);
        }
        return meet(files, counts, bytesRead);
    }

    private List<Written> write()
    {
        try (StagedFiles staged = table.stage(request.fresh().stream().map(LiveFile::task).collect(toImmutableList()), ParquetReading.ROWS)) {
            Dataset<Row> keys = DuplicateKeys.keys(staged.rows(), request.columns());
            Column number = NumberedKey.of(keys.schema(), request.numbering());
            Map<String, String> deletes = new HashMap<>();
            request.fresh().forEach(file -> deletes.put(file.path(), file.deletes()));
            Broadcast<Map<String, String>> deletesByPath = context.broadcast(deletes);
            KeySetFiles sets = request.sets();
            // a few numbers for each file
            return keys.select(number).queryExecution().toRdd().toJavaRDD()
                    .mapPartitions(rows -> KeySetPartition.write(rows, sets, deletesByPath.value()))
                    .collect();
        }
    }

    private static boolean areDisjoint(List<Slice> slices)
    {
        List<Slice> sorted = new ArrayList<>(slices);
        sorted.sort(Comparator.comparingLong(Slice::least));
        for (int index = 1; index < sorted.size(); index++) {
            if (sorted.get(index).least() <= sorted.get(index - 1).greatest()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Sends the few keys that were read to where the kept sets are.
     */
    private KeyComparison lookUp(List<DataFile> files, Map<LiveFile, Long> counts, boolean recursInFile, OptionalLong bytesRead)
    {
        LongKeys fresh = new LongKeys();
        files.forEach(file -> request.sets().read(file, row -> {
            PrimitiveIterator.OfLong numbers = row.set().iterator();
            while (numbers.hasNext()) {
                fresh.add(numbers.nextLong());
            }
        }));
        fresh.sort();
        boolean recurs = recursInFile || fresh.recurring().keys() > 0;
        List<Kept> kept = kept(fresh.toArray());
        if (!isComplete(kept)) {
            return new KeyComparison(files, counts, Set.of(), false, bytesRead);
        }
        Set<String> met = new HashSet<>();
        kept.stream().filter(Kept::meets).forEach(file -> met.add(file.dataFile()));
        ImmutableSet.Builder<LiveFile> suspects = ImmutableSet.builder();
        if (recurs || !met.isEmpty()) {
            suspects.addAll(request.fresh());
        }
        request.known().keySet().stream().filter(file -> met.contains(file.path())).forEach(suspects::add);
        return new KeyComparison(files, counts, suspects.build(), true, bytesRead);
    }

    private List<Kept> kept(long[] fresh)
    {
        List<DataFile> sets = request.sets().kept();
        if (request.known().isEmpty() || sets.isEmpty()) {
            return List.of();
        }
        Broadcast<long[]> numbers = context.broadcast(fresh);
        Broadcast<Map<String, KeptKeys>> wanted = context.broadcast(wanted());
        KeySetFiles files = request.sets();
        return context.parallelize(sets, sets.size())
                .mapPartitions(partition -> KeySetPartition.meet(partition, files, wanted.value(), numbers.value()))
                .collect();
    }

    private Map<String, KeptKeys> wanted()
    {
        Map<String, KeptKeys> wanted = new HashMap<>();
        request.known().forEach((file, kept) -> wanted.put(file.path(), kept));
        return wanted;
    }

    private boolean isComplete(List<Kept> kept)
    {
        Map<String, Long> found = new HashMap<>();
        kept.forEach(file -> found.merge(file.dataFile(), file.keys(), Long::sum));
        return request.known().values().stream().allMatch(known -> found.getOrDefault(known.dataFile(), 0L) == known.count());
    }

    /**
     * Moves the numbers of all sets, eight bytes each.
     */
    private KeyComparison meet(List<DataFile> files, Map<LiveFile, Long> counts, OptionalLong bytesRead)
    {
        // sets of which nothing is missing
        if (!isComplete(kept(new long[0]))) {
            return new KeyComparison(files, counts, Set.of(), false, bytesRead);
        }
        Map<String, KeptKeys> all = wanted();
        counts.forEach((file, count) -> all.put(file.path(), new KeptKeys(file.path(), file.deletes(), request.sets().writer(), count)));
        Broadcast<Map<String, KeptKeys>> wanted = context.broadcast(all);
        List<DataFile> sets = new ArrayList<>(files);
        sets.addAll(request.sets().kept());
        long keys = all.values().stream().mapToLong(KeptKeys::count).sum();
        int buckets = toIntExact(Math.max(context.defaultParallelism(), keys / KEYS_IN_BUCKET + 1));
        KeySetFiles setFiles = request.sets();
        JavaRDD<Boolean> recurs = context.parallelize(sets, sets.size())
                .flatMap(file -> KeySetPartition.sets(file, setFiles, wanted.value()).iterator())
                .mapPartitionsToPair(parts -> new KeyChunks(new SetNumbers(parts), buckets))
                .partitionBy(new HashPartitioner(buckets))
                .mapPartitions(chunks -> Iterators.singletonIterator(KeyScan.recurs(chunks)));
        boolean unique = recurs.filter(found -> found).isEmpty();
        return new KeyComparison(files, counts, unique ? Set.of() : allFiles(), true, bytesRead);
    }

    private Set<LiveFile> allFiles()
    {
        return ImmutableSet.<LiveFile>builder().addAll(request.fresh()).addAll(request.known().keySet()).build();
    }
}
