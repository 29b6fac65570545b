package io.meshwright.spark.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.reconciliation.Cell;
import io.meshwright.bridge.reconciliation.KeyDifferences;
import io.meshwright.bridge.reconciliation.KeyDifferences.Counts;
import io.meshwright.bridge.reconciliation.KeyedHash;
import io.meshwright.bridge.reconciliation.ProductRow;
import io.meshwright.bridge.reconciliation.WindowSums;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.Fingerprint;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.spark.check.RandomHistory;
import io.meshwright.spark.session.TestingLake;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Whatever happened to a product's table, its side of a reconciliation is what reading every row in plain Java gives.
 */
@TestInstance(PER_CLASS)
final class TestProductHistories
{
    private static final int STEPS = Integer.getInteger("meshwright.test.steps", 3);
    private static final String JAVA_TIME = "spark.sql.datetime.java8API.enabled";
    private static final List<Optional<String>> WINDOWS = ImmutableList.of(Optional.of("day"), Optional.of("at"), Optional.of("local"), Optional.empty());
    private static final List<String> ZONES = ImmutableList.of("UTC", "Europe/Berlin", "Asia/Kathmandu");

    private final TestingLake lake = TestingLake.get();

    @BeforeAll
    void setUp()
    {
        lake.session().conf().set(JAVA_TIME, "true");
    }

    @AfterAll
    void tearDown()
    {
        lake.session().conf().set(JAVA_TIME, "false");
    }

    @Test
    void testEqualsNaiveReading()
    {
        follow(1);
    }

    @Test
    void testEqualsNaiveReadingOfAnotherHistoryEachTime()
    {
        follow(System.nanoTime());
    }

    private void follow(long seed)
    {
        Random random = new Random(seed);
        RandomHistory history = new RandomHistory(lake, "product_" + Math.abs(seed), seed);
        for (int step = 0; step < STEPS; step++) {
            history.step();
            Optional<String> window = WINDOWS.get(random.nextInt(WINDOWS.size()));
            LocalDate from = LocalDate.of(2026, 10, 20).plusDays(window.equals(Optional.of("day")) ? random.nextInt(25) : 11);
            DayRange range = new DayRange(from, from.plusDays(random.nextInt(8)), ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))));
            Set<String> windows = window.isEmpty() ? Set.of("all") : ImmutableSet.<String>builder()
                                                                     .addAll(range.windows().stream().filter(unused -> random.nextInt(4) > 0).toList())
                                                                     .addAll(random.nextBoolean() ? Set.of("null") : Set.of())
                                                                     .build();
            if (windows.isEmpty()) {
                continue;
            }
            ComparedOrders orders = new ComparedOrders(random, window, range);
            List<Map<String, Object>> rows = history.rows().stream().filter(row -> windows.contains(orders.window(row))).toList();
            String told = "%s by %s of %s; %s".formatted(windows, orders.plan().window(), orders.plan().key().stream().map(ComparedColumn::column).toList(), history.told());
            try (SparkProductSide product = new SparkProductSide(history.table(), lake::session, unused -> {})) {
                assertCounts(random, product, orders, windows, rows, told);
                assertWindowSums(random, product, orders, windows, rows, told);
                assertCells(random, product, orders, windows, rows, told);
                assertDifferences(random, product, orders, windows, rows, told);
                assertRows(random, product, orders, windows, rows, told);
            }
        }
    }

    private static void assertCounts(Random random, SparkProductSide product, ComparedOrders orders, Set<String> windows, List<Map<String, Object>> rows, String told)
    {
        boolean distinct = random.nextInt(3) == 0;
        Optional<ReadOnlyExpression> filter = random.nextInt(3) == 0 ? Optional.of(ReadOnlyExpression.parse("status = 'placed'")) : Optional.empty();
        CountPlan plan = new CountPlan(
                "orders",
                Optional.empty(),
                filter,
                distinct ? orders.plan().key().stream().map(column -> new CountPlan.KeyColumn(column.column(), column.legacy())).toList() : List.of(),
                orders.plan().window(),
                orders.plan().range());
        Map<String, Long> expected = new HashMap<>();
        Set<List<Object>> seen = new HashSet<>();
        rows.stream().filter(row -> filter.isEmpty() || "placed".equals(row.get("status"))).forEach(row -> {
            List<Object> key = new ArrayList<>(orders.key(row));
            boolean counts = !distinct || !key.contains(null);
            key.add(orders.window(row));
            if (counts && (!distinct || seen.add(key))) {
                expected.merge(orders.window(row), 1L, Long::sum);
            }
        });
        Map<String, Long> found = new HashMap<>(product.counts(plan, windows));
        found.values().removeIf(count -> count == 0);
        assertThat(found).as("counts, distinct %s, filter %s: %s", distinct, filter, told).isEqualTo(expected);
        assertThat(product.fileSets(plan, windows).keySet()).isEqualTo(windows);
    }

    private static void assertWindowSums(Random random, SparkProductSide product, ComparedOrders orders, Set<String> windows, List<Map<String, Object>> rows, String told)
    {
        Set<Integer> columns = orders.plan().allColumns().stream().filter(unused -> random.nextInt(3) > 0).collect(Collectors.toSet());
        Map<String, WindowSums> found = product.windowSums(orders.plan(), windows, columns);
        Map<String, List<Map<String, Object>>> byWindow = rows.stream().collect(Collectors.groupingBy(orders::window));
        assertThat(found.keySet()).as(told).isEqualTo(byWindow.keySet());
        byWindow.forEach((window, members) -> {
            assertThat(found.get(window).fingerprint()).as(told).isEqualTo(fingerprint(orders, members));
            List<ComparedColumn> hashed = orders.plan().hashed();
            for (int index = 0; index < hashed.size(); index++) {
                BigInteger sum = BigInteger.ZERO;
                for (Map<String, Object> row : columns.contains(index) ? members : List.<Map<String, Object>>of()) {
                    sum = sum.add(BigInteger.valueOf(orders.plan().hash().hash(index, orders.values(row, hashed).get(index))));
                }
                assertThat(found.get(window).columnHashes().get(index)).as("%s: %s", hashed.get(index).column(), told).isEqualTo(sum);
            }
            double amounts = members.stream().mapToDouble(row -> row.get("amount") == null ? 0 : (double) row.get("amount")).sum();
            assertThat(found.get(window).columnSums()).hasSize(1);
            if (Double.isFinite(amounts)) {
                assertThat(found.get(window).columnSums().get(0)).as(told).isCloseTo(amounts, within(Math.abs(amounts) * 1e-9 + 1e-6));
            }
            else {
                assertThat(found.get(window).columnSums().get(0)).as(told).isEqualTo((Double) amounts);
            }
        });
    }

    private static Fingerprint fingerprint(ComparedOrders orders, List<Map<String, Object>> rows)
    {
        BigInteger keys = BigInteger.ZERO;
        BigInteger hashes = BigInteger.ZERO;
        for (Map<String, Object> row : rows) {
            hashes = hashes.add(BigInteger.valueOf(orders.hash(row)));
            if (orders.plan().hasIntegerKey() && orders.key(row).get(0) != null) {
                keys = keys.add(BigInteger.valueOf((long) orders.key(row).get(0)));
            }
        }
        return new Fingerprint(rows.size(), hashes, keys);
    }

    private static Bucketing bucketing(Random random, ComparedOrders orders)
    {
        return new Bucketing(orders.plan().hasIntegerKey() && random.nextBoolean(), random.nextInt(5));
    }

    private static void assertCells(Random random, SparkProductSide product, ComparedOrders orders, Set<String> windows, List<Map<String, Object>> rows, String told)
    {
        Bucketing bucketing = bucketing(random, orders);
        Map<Cell, Fingerprint> expected = new HashMap<>();
        rows.stream().collect(Collectors.groupingBy(row -> orders.cell(row, bucketing))).forEach((cell, members) -> expected.put(cell, fingerprint(orders, members)));
        assertThat(product.cellSums(orders.plan(), windows, bucketing)).as("%s: %s", bucketing, told).isEqualTo(expected);
    }

    private static void assertDifferences(Random random, SparkProductSide product, ComparedOrders orders, Set<String> windows, List<Map<String, Object>> rows, String told)
    {
        Bucketing bucketing = bucketing(random, orders);
        List<KeyedHash> legacy = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            // an altered row has another key or another hash at times
            Map<String, Object> other = new HashMap<>(row);
            if (random.nextInt(6) == 0) {
                other.put("name", "altered " + random.nextInt(3));
            }
            for (int copies = random.nextInt(6) == 0 ? random.nextInt(3) : 1; copies > 0; copies--) {
                legacy.add(new KeyedHash(orders.cell(other, bucketing), orders.key(other), orders.hash(other)));
            }
        }
        List<KeyedHash> mesh = rows.stream().map(row -> new KeyedHash(orders.cell(row, bucketing), orders.key(row), orders.hash(row))).toList();
        Set<Cell> cells = new HashSet<>();
        legacy.forEach(row -> cells.add(row.cell()));
        mesh.forEach(row -> cells.add(row.cell()));
        cells.removeIf(unused -> random.nextInt(5) == 0);
        if (cells.isEmpty()) {
            cells.add(new Cell(windows.iterator().next(), 0));
        }
        List<KeyedHash> read = legacy.stream().filter(row -> cells.contains(row.cell())).toList();
        KeyDifferences found = product.differences(orders.plan(), cells, bucketing, read.iterator(), 3);
        Map<String, Counts> expected = NaiveDifferences.byWindow(read, mesh.stream().filter(row -> cells.contains(row.cell())).toList());
        assertThat(found.byWindow()).as("%s: %s", bucketing, told).isEqualTo(expected);
        assertThat(found.sample().isEmpty()).as(told).isEqualTo(expected.isEmpty());
    }

    private static void assertRows(Random random, SparkProductSide product, ComparedOrders orders, Set<String> windows, List<Map<String, Object>> rows, String told)
    {
        List<List<Object>> keys = new ArrayList<>(rows.stream().filter(unused -> random.nextInt(8) == 0).map(orders::key).distinct().toList());
        if (keys.isEmpty()) {
            return;
        }
        List<ProductRow> expected = rows.stream().filter(row -> keys.contains(orders.key(row))).map(row -> new ProductRow(orders.window(row), orders.all(row))).toList();
        assertThat(product.rows(orders.plan(), windows, keys)).as(told).containsExactlyInAnyOrderElementsOf(expected);
    }
}
