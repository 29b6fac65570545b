package io.meshwright.bridge.reconciliation;

import com.google.common.hash.Hashing;
import io.meshwright.bridge.reconciliation.KeyDifferences.Counts;
import io.meshwright.bridge.reconciliation.KeyDifferences.DifferingKey;
import io.meshwright.bridge.reconciliation.KeyDifferences.Kind;
import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.Fingerprint;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.reconciliation.CountPlan;
import org.apache.iceberg.Schema;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A product whose rows are a list. Knows nothing of engines, and no other shortcut: sums and hashes are made row by row.
 */
final class ListedProduct
        implements PinnedProduct, ProductSide
{
    private final Schema schema;
    private final List<Row> rows;

    /**
     * @param values by column, in the classes of {@link io.meshwright.model.fingerprint.ComparedType.Kind}, as the product has them
     */
    record Row(String window, Map<String, Object> values) {}

    ListedProduct(Schema schema, List<Row> rows)
    {
        this.schema = schema;
        this.rows = List.copyOf(rows);
    }

    @Override
    public ProductSide side()
    {
        return this;
    }

    @Override
    public Schema schema()
    {
        return schema;
    }

    @Override
    public Optional<String> snapshotId()
    {
        return Optional.of(String.valueOf(System.identityHashCode(rows)));
    }

    @Override
    public void close() {}

    @Override
    public Map<String, Long> counts(CountPlan plan, Set<String> windows)
    {
        Map<String, Long> counts = new HashMap<>();
        Set<List<Object>> keys = new HashSet<>();
        for (Row row : rows) {
            List<Object> key = new ArrayList<>();
            plan.key().forEach(column -> key.add(row.values().get(column.mesh())));
            boolean counted = plan.key().isEmpty() || !key.contains(null);
            key.add(row.window());
            if (windows.contains(row.window()) && counted && (plan.key().isEmpty() || keys.add(key))) {
                counts.merge(row.window(), 1L, Long::sum);
            }
        }
        return counts;
    }

    @Override
    public Map<String, String> fileSets(CountPlan plan, Set<String> windows)
    {
        Map<String, String> sets = new HashMap<>();
        for (String window : windows) {
            StringBuilder text = new StringBuilder();
            rows.stream().filter(row -> row.window().equals(window)).forEach(row -> text.append(row.values()).append('\n'));
            sets.put(window, Hashing.sha256().hashString(text, UTF_8).toString());
        }
        return sets;
    }

    private static List<Object> values(Row row, List<ComparedColumn> columns)
    {
        List<Object> values = new ArrayList<>();
        columns.forEach(column -> values.add(column.normalizer().normalized(row.values().get(column.column()))));
        return values;
    }

    private static Fingerprint fingerprint(FingerprintPlan plan, Row row)
    {
        Object key = values(row, plan.key()).get(0);
        BigInteger number = plan.hasIntegerKey() && key != null ? BigInteger.valueOf((long) key) : BigInteger.ZERO;
        return new Fingerprint(1, BigInteger.valueOf(plan.hash().hash(values(row, plan.hashed()))), number);
    }

    @Override
    public Map<String, WindowSums> windowSums(FingerprintPlan plan, Set<String> windows, Set<Integer> columns)
    {
        Map<String, WindowSums> sums = new HashMap<>();
        for (Row row : rows) {
            if (!windows.contains(row.window())) {
                continue;
            }
            List<BigInteger> hashes = new ArrayList<>();
            List<Object> hashed = values(row, plan.hashed());
            for (int index = 0; index < hashed.size(); index++) {
                hashes.add(hashed.get(index) == null || !columns.contains(index) ? BigInteger.ZERO : BigInteger.valueOf(plan.hash().hash(index, hashed.get(index))));
            }
            List<Double> numbers = new ArrayList<>();
            values(row, plan.summed()).forEach(value -> numbers.add(value == null ? 0.0 : ((Number) value).doubleValue()));
            sums.merge(row.window(), new WindowSums(fingerprint(plan, row), hashes, numbers), ListedProduct::plus);
        }
        return sums;
    }

    private static WindowSums plus(WindowSums left, WindowSums right)
    {
        List<BigInteger> hashes = new ArrayList<>();
        for (int index = 0; index < left.columnHashes().size(); index++) {
            hashes.add(left.columnHashes().get(index).add(right.columnHashes().get(index)));
        }
        List<Double> numbers = new ArrayList<>();
        for (int index = 0; index < left.columnSums().size(); index++) {
            numbers.add(left.columnSums().get(index) + right.columnSums().get(index));
        }
        return new WindowSums(left.fingerprint().plus(right.fingerprint()), hashes, numbers);
    }

    @Override
    public Map<Cell, Fingerprint> cellSums(FingerprintPlan plan, Set<String> windows, Bucketing bucketing)
    {
        Map<Cell, Fingerprint> sums = new HashMap<>();
        rows.stream().filter(row -> windows.contains(row.window())).forEach(row -> sums.merge(cell(plan, row, bucketing), fingerprint(plan, row), Fingerprint::plus));
        return sums;
    }

    private static Cell cell(FingerprintPlan plan, Row row, Bucketing bucketing)
    {
        return new Cell(row.window(), Buckets.of(plan, bucketing, values(row, plan.key())));
    }

    private record Place(String window, List<Object> key) {}

    @Override
    public KeyDifferences differences(FingerprintPlan plan, Set<Cell> cells, Bucketing bucketing, Iterator<KeyedHash> legacy, int sample)
    {
        Map<Place, List<Long>> left = new HashMap<>();
        legacy.forEachRemaining(row -> left.computeIfAbsent(new Place(row.cell().window(), row.key()), place -> new ArrayList<>()).add(row.hash()));
        Map<Place, List<Long>> right = new HashMap<>();
        rows.stream()
                .filter(row -> cells.contains(cell(plan, row, bucketing)))
                .forEach(row -> right.computeIfAbsent(new Place(row.window(), values(row, plan.key())), place -> new ArrayList<>()).add(plan.hash().hash(values(row, plan.hashed()))));
        Set<Place> places = new HashSet<>(left.keySet());
        places.addAll(right.keySet());
        Map<String, Counts> counts = new HashMap<>();
        List<DifferingKey> keys = new ArrayList<>();
        for (Place place : places) {
            List<Long> one = new ArrayList<>(left.getOrDefault(place, List.of()));
            List<Long> other = new ArrayList<>(right.getOrDefault(place, List.of()));
            boolean missing = other.isEmpty();
            boolean extra = one.isEmpty();
            for (Long hash : List.copyOf(one)) {
                if (other.remove(hash)) {
                    one.remove(hash);
                }
            }
            long changed = missing || extra ? 0 : Math.min(one.size(), other.size());
            long duplicate = missing || extra ? 0 : Math.abs(one.size() - other.size());
            counts.merge(place.window(), new Counts(missing ? one.size() : 0, extra ? other.size() : 0, changed, duplicate), RowComparison::plus);
            if (missing || extra || changed > 0) {
                keys.add(new DifferingKey(place.window(), missing ? Kind.MISSING : extra ? Kind.EXTRA : Kind.CHANGED, place.key()));
            }
            if (duplicate > 0) {
                keys.add(new DifferingKey(place.window(), Kind.DUPLICATE, place.key()));
            }
        }
        return new KeyDifferences(counts, keys);
    }

    @Override
    public List<ProductRow> rows(FingerprintPlan plan, Set<String> windows, List<List<Object>> keys)
    {
        List<ComparedColumn> columns = new ArrayList<>(plan.key());
        columns.addAll(plan.columns());
        List<ProductRow> found = new ArrayList<>();
        rows.stream()
                .filter(row -> windows.contains(row.window()) && keys.contains(values(row, plan.key())))
                .forEach(row -> found.add(new ProductRow(row.window(), values(row, columns))));
        return found;
    }
}
