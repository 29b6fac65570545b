package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.reconciliation.Cell;
import io.meshwright.bridge.reconciliation.KeyDifferences;
import io.meshwright.bridge.reconciliation.KeyedHash;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.ComparedType;
import io.meshwright.model.fingerprint.ComparedType.Kind;
import io.meshwright.model.fingerprint.DigestRowHash;
import io.meshwright.model.fingerprint.Fingerprint;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.fingerprint.HashProfile;
import io.meshwright.model.fingerprint.LegacyType;
import io.meshwright.model.fingerprint.PostgresRowHash;
import io.meshwright.model.fingerprint.RowHash;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.CountPlan.WindowColumn;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.spark.reconciliation.SparkProductSide;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Times what a reconciliation asks of the product's side, by itself: a folder, and the number of rows. The table is made where there is none.
 */
final class ProductSideBenchmark
{
    private static final String TABLE = "legacy_orders";
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 180;
    private static final int RUNS = 3;

    private final SparkProductSide product;
    private final long rows;
    private final DayRange range = new DayRange(FIRST, FIRST.plusDays(DAYS - 1), ZoneId.of("UTC"));
    private final Optional<WindowColumn> window = Optional.of(new WindowColumn("occurred_at", ReadOnlyExpression.parse("occurred_at")));

    private ProductSideBenchmark(SparkProductSide product, long rows)
    {
        this.product = product;
        this.rows = rows;
    }

    public static void main(String[] arguments)
    {
        long rows = Long.parseLong(arguments[1]);
        try (BenchmarkLake lake = new BenchmarkLake(Path.of(arguments[0]))) {
            SparkSession session = lake.session();
            Table table = ReconciledOrders.table(lake, session, TABLE, rows, FIRST, DAYS);
            try (SparkProductSide product = new SparkProductSide(table, () -> session, unused -> {})) {
                new ProductSideBenchmark(product, rows).run();
            }
        }
    }

    private void run()
    {
        Set<String> windows = range.windows();
        FingerprintPlan plan = plan(false);
        CountPlan counts = new CountPlan("orders", Optional.empty(), Optional.empty(), List.of(), window, Optional.of(range));
        time("counts by day from manifests", () -> product.counts(counts, windows).size() + " windows");
        time("native: sums of windows and of integers", () -> product.windowSums(plan, windows, plan.exactColumns()).size() + " windows");
        time("native: sums of windows and of all columns", () -> product.windowSums(plan, windows, plan.allColumns()).size() + " windows");
        time("native: sums of windows", () -> product.cellSums(plan, windows, new Bucketing(false, 0)).size() + " cells");
        time("native: sums of buckets of 4096 keys", () -> product.cellSums(plan, windows, new Bucketing(true, 12)).size() + " cells");
        time("md5: sums of windows", () -> product.cellSums(plan(true), windows, new Bucketing(false, 0)).size() + " cells");
        Map<Cell, Fingerprint> cells = product.cellSums(plan, windows, new Bucketing(true, 12));
        time("keys of all cells, nothing on the legacy side", () -> {
            KeyDifferences found = product.differences(plan, cells.keySet(), new Bucketing(true, 12), List.<KeyedHash>of().iterator(), 10);
            return found.byWindow().values().stream().mapToLong(KeyDifferences.Counts::extra).sum() + " extra";
        });
        time("keys of all cells, as many on the legacy side", () -> {
            KeyDifferences found = product.differences(plan, cells.keySet(), new Bucketing(true, 12), legacy(), 10);
            return found.byWindow().values().stream().mapToLong(KeyDifferences.Counts::changed).sum() + " changed";
        });
        time("rows of 100 keys", () -> product.rows(plan, windows, LongStream.range(0, 100).mapToObj(key -> List.<Object>of(key * (rows / 100))).toList()).size() + " rows");
    }

    /**
     * The keys of the product, with other hashes.
     */
    private Iterator<KeyedHash> legacy()
    {
        return LongStream.range(0, rows)
                .mapToObj(key -> new KeyedHash(new Cell(FIRST.plusDays(ReconciledOrders.day(key, rows, DAYS)).toString(), key >> 12), List.of(key), key))
                .iterator();
    }

    private FingerprintPlan plan(boolean isDigest)
    {
        List<ComparedColumn> columns = ReconciledOrders.TYPES.entrySet().stream()
                .map(column -> new ComparedColumn(column.getKey(), ReadOnlyExpression.parse(column.getKey()), LegacyType.of("any"), column.getValue(), column.getValue(), Optional.empty(), false))
                .collect(toImmutableList());
        List<ComparedType> types = ImmutableList.copyOf(ReconciledOrders.TYPES.values());
        List<ComparedType> key = List.of(ComparedType.of(Kind.INTEGER));
        return new FingerprintPlan(
                "orders",
                Optional.empty(),
                Optional.empty(),
                columns.subList(0, 1),
                columns.subList(1, columns.size()),
                hash(isDigest, types),
                hash(isDigest, key),
                Map.of(),
                window,
                Optional.of(range));
    }

    private static RowHash hash(boolean isDigest, List<ComparedType> types)
    {
        return isDigest ? new DigestRowHash(HashProfile.MD5, types, StandardCharsets.UTF_8) : new PostgresRowHash(types);
    }

    private void time(String what, Supplier<String> work)
    {
        List<Double> seconds = new ArrayList<>();
        String result = "";
        long cpu = 0;
        for (int run = 0; run < RUNS; run++) {
            long processor = processorNanos();
            long start = System.nanoTime();
            result = work.get();
            seconds.add((System.nanoTime() - start) / 1e9);
            cpu = processorNanos() - processor;
        }
        System.out.printf("%-50s %s s, %.0f ns of processor a row, %s%n", what, seconds.stream().map("%.2f"::formatted).toList(), (double) cpu / rows, result);
    }

    private static long processorNanos()
    {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
