package io.meshwright.spark.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.bridge.reconciliation.Cell;
import io.meshwright.bridge.reconciliation.KeyDifferences;
import io.meshwright.bridge.reconciliation.KeyedHash;
import io.meshwright.bridge.reconciliation.ProductRow;
import io.meshwright.bridge.reconciliation.ProductSide;
import io.meshwright.bridge.reconciliation.WindowFiles;
import io.meshwright.bridge.reconciliation.WindowSums;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.ComparedType.Kind;
import io.meshwright.model.fingerprint.Fingerprint;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.CountPlan.WindowColumn;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.ReconciliationRule;
import io.meshwright.spark.check.SparkWatch;
import io.meshwright.spark.session.PinnedTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

import java.math.BigInteger;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * The product's rows at the snapshot that was current when this was made. Spark is started for what manifests do not tell, and not before.
 */
public final class SparkProductSide
        implements AutoCloseable,
                   ProductSide
{
    private static final int MOST_CELLS = 1_000_000;
    private static final int MOST_KEYS = 100_000;
    private static final int MOST_KEYS_BY_METADATA = 200;

    private final Table table;
    private final Supplier<SparkSession> sessions;
    private final Consumer<String> progress;
    private final Map<Layout, WindowFiles> layouts = new HashMap<>();
    private Optional<PinnedTable> pinned = Optional.empty();

    private record Layout(Optional<WindowColumn> window, ZoneId zone, List<String> columns) {}

    /**
     * @param sessions is asked once at most
     * @param progress is told now and then how far Spark is
     */
    public SparkProductSide(Table table, Supplier<SparkSession> sessions, Consumer<String> progress)
    {
        this.table = PinnedTable.pin(table);
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /**
     * The table at the snapshot that is read.
     */
    public Table table()
    {
        return table;
    }

    @Override
    public Map<String, Long> counts(CountPlan plan, Set<String> windows)
    {
        List<String> columns = plan.key().stream().map(CountPlan.KeyColumn::mesh).collect(toImmutableList());
        WindowFiles files = files(plan.window(), plan.range(), columns);
        Optional<ReadOnlyExpression> filter = narrowing(plan.meshFilter());
        boolean isTold = filter.isEmpty() && plan.key().isEmpty();
        WindowFiles.Counts told = isTold ? files.count(windows) : new WindowFiles.Counts(Map.of(), files.filesOf(windows));
        if (told.open().isEmpty()) {
            return told.counts();
        }
        Map<String, Long> counts = new HashMap<>(told.counts());
        ProductScan scan = new ProductScan(pinned(), plan.window(), filter, columns);
        watched(() -> MeshCounts.count(scan, told.open(), plan, windows)).forEach((window, count) -> counts.merge(window, count, Math::addExact));
        return counts;
    }

    @Override
    public Map<String, String> fileSets(CountPlan plan, Set<String> windows)
    {
        return files(plan.window(), plan.range(), List.of()).names(windows);
    }

    @Override
    public Map<String, WindowSums> windowSums(FingerprintPlan plan, Set<String> windows, Set<Integer> columns)
    {
        Map<String, WindowSums> sums = new HashMap<>();
        List<String> names = sorted(windows);
        sums(plan, windows, new Bucketing(false, 0), plan.summed(), columns).ifPresent(cells -> cells.forEach((window, bucket, fingerprint, columnHashes, columnSums) ->
                sums.put(names.get(window), new WindowSums(fingerprint, spread(plan, columns, columnHashes), columnSums))));
        return ImmutableMap.copyOf(sums);
    }

    /**
     * With 0 for columns that were not asked for.
     */
    private static List<BigInteger> spread(FingerprintPlan plan, Set<Integer> columns, List<BigInteger> hashes)
    {
        Iterator<BigInteger> left = hashes.iterator();
        return plan.allColumns().stream().map(column -> columns.contains(column) ? left.next() : BigInteger.ZERO).collect(toImmutableList());
    }

    @Override
    public Map<Cell, Fingerprint> cellSums(FingerprintPlan plan, Set<String> windows, Bucketing bucketing)
    {
        Map<Cell, Fingerprint> sums = new LinkedHashMap<>();
        List<String> names = sorted(windows);
        sums(plan, windows, bucketing, List.of(), Set.of()).ifPresent(cells -> cells.forEach((window, bucket, fingerprint, columnHashes, columnSums) ->
                sums.put(new Cell(names.get(window), bucket), fingerprint)));
        return sums;
    }

    private Optional<CellSums> sums(FingerprintPlan plan, Set<String> windows, Bucketing bucketing, List<ComparedColumn> summed, Set<Integer> added)
    {
        List<ComparedColumn> columns = ImmutableList.<ComparedColumn>builder().addAll(plan.hashed()).addAll(summed).build();
        List<LiveFile> files = files(plan.window(), plan.range(), names(columns)).filesOf(windows);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        ProductScan scan = new ProductScan(pinned(), plan.window(), narrowing(plan.meshFilter()), names(columns));
        FingerprintPartition partition = partition(plan, columns, scan, windows, bucketing);
        int[] hashes = added.stream().sorted().mapToInt(Integer::intValue).toArray();
        CellSums sums = watched(() -> scan.readBatches(files, batches -> batches
                .mapPartitions(found -> partition.sums(found, hashes, MOST_CELLS))
                .treeReduce((left, right) -> left.plus(right).trimmed())));
        if (sums.isOverflown()) {
            throw new MeshException(ReconciliationRule.WINDOW, USER, "The windows have more than %s buckets of keys".formatted(MOST_CELLS), "compare fewer days at once");
        }
        return Optional.of(sums);
    }

    @Override
    public KeyDifferences differences(FingerprintPlan plan, Set<Cell> cells, Bucketing bucketing, Iterator<KeyedHash> legacy, int sample)
    {
        Set<String> windows = cells.stream().map(Cell::window).collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
        List<ComparedColumn> columns = plan.hashed();
        List<LiveFile> files = files(plan.window(), plan.range(), names(columns)).filesOf(windows);
        ProductScan scan = new ProductScan(pinned(), plan.window(), narrowing(plan.meshFilter()), names(columns));
        FingerprintPartition partition = partition(plan, columns, scan, windows, bucketing);
        return watched(() -> new KeyDifferenceScan(context(), scan, files, partition).compare(cells, sorted(windows), legacy, sample));
    }

    @Override
    public List<ProductRow> rows(FingerprintPlan plan, Set<String> windows, List<List<Object>> keys)
    {
        checkArgument(keys.size() <= MOST_KEYS, "keys are more than %s: %s", MOST_KEYS, keys.size());
        List<ComparedColumn> compared = ImmutableList.<ComparedColumn>builder().addAll(plan.key()).addAll(plan.columns()).build();
        Expression any = anyOf(plan.key(), keys);
        List<LiveFile> files = files(plan.window(), plan.range(), names(compared)).filesOf(windows).stream()
                .filter(file -> file.mayHave(table, any))
                .collect(toImmutableList());
        if (files.isEmpty() || keys.isEmpty()) {
            return List.of();
        }
        ProductScan scan = new ProductScan(pinned(), plan.window(), narrowing(plan.meshFilter()), names(compared));
        RowReader reader = scan.reader(zone(plan.range()), sorted(windows), compared);
        return watched(() -> KeyLookup.find(context(), scan, files, reader, sorted(windows), keys));
    }

    /**
     * At least all rows of these keys, by the columns whose values are those of the table.
     */
    private static Expression anyOf(List<ComparedColumn> columns, List<List<Object>> keys)
    {
        Expression all = Expressions.alwaysTrue();
        for (int index = 0; index < columns.size(); index++) {
            int column = index;
            ComparedColumn compared = columns.get(index);
            Set<Object> values = new HashSet<>();
            keys.forEach(key -> values.add(key.get(column)));
            if (compared.productType().kind() != Kind.INTEGER || !compared.type().equals(compared.productType()) || values.size() > MOST_KEYS_BY_METADATA) {
                continue;
            }
            Expression some = values.remove(null) ? Expressions.isNull(compared.column()) : Expressions.alwaysFalse();
            all = Expressions.and(all, values.isEmpty() ? some : Expressions.or(some, Expressions.in(compared.column(), values)));
        }
        return all;
    }

    private FingerprintPartition partition(FingerprintPlan plan, List<ComparedColumn> columns, ProductScan scan, Set<String> windows, Bucketing bucketing)
    {
        checkArgument(!bucketing.byKey() || plan.hasIntegerKey(), "Buckets are ranges of one integer only");
        BatchReader reader = scan.batchReader(zone(plan.range()), sorted(windows), columns);
        return new FingerprintPartition(reader, plan.hash(), plan.keyHash(), plan.key().size(), plan.hashed().size(), plan.hasIntegerKey(), bucketing);
    }

    private WindowFiles files(Optional<WindowColumn> window, Optional<DayRange> range, List<String> columns)
    {
        return layouts.computeIfAbsent(
                new Layout(window, zone(range), columns),
                layout -> WindowFiles.of(table, Optional.ofNullable(table.currentSnapshot()), layout.window(), layout.zone(), layout.columns()));
    }

    private static ZoneId zone(Optional<DayRange> range)
    {
        return range.map(DayRange::zone).orElse(ZoneOffset.UTC);
    }

    private static List<String> names(List<ComparedColumn> columns)
    {
        return columns.stream().map(ComparedColumn::column).collect(toImmutableList());
    }

    private static List<String> sorted(Set<String> windows)
    {
        return ImmutableSortedSet.copyOf(windows).asList();
    }

    /**
     * A filter that every row passes is none.
     */
    private static Optional<ReadOnlyExpression> narrowing(Optional<ReadOnlyExpression> filter)
    {
        return filter.filter(condition -> !condition.text().replaceAll("[()\\s]", "").equalsIgnoreCase("true"));
    }

    private PinnedTable pinned()
    {
        if (pinned.isEmpty()) {
            pinned = Optional.of(PinnedTable.open(sessions.get(), table));
        }
        return pinned.orElseThrow();
    }

    private JavaSparkContext context()
    {
        return JavaSparkContext.fromSparkContext(pinned().session().sparkContext());
    }

    private <T> T watched(Callable<T> work)
    {
        return new SparkWatch(pinned().session().sparkContext(), progress).run(work);
    }

    @Override
    public void close()
    {
        pinned.ifPresent(PinnedTable::close);
    }
}
