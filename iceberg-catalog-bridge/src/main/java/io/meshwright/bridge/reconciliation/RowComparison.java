package io.meshwright.bridge.reconciliation;

import io.meshwright.bridge.reconciliation.KeyDifferences.Counts;
import io.meshwright.bridge.reconciliation.KeyDifferences.DifferingKey;
import io.meshwright.bridge.reconciliation.KeyDifferences.Kind;
import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.Fingerprint;
import io.meshwright.model.fingerprint.FingerprintPlan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Finds the keys that differ in windows that are not equal: solved from sums where one row explains a window or a bucket, otherwise by the keys and hashes of
 * dirty buckets.
 */
final class RowComparison
{
    private static final Counts NONE = new Counts(0, 0, 0, 0);

    private final FingerprintPlan plan;
    private final LegacyTable legacy;
    private final ProductSide product;
    private final KeySolver solver;
    private final int sample;

    /**
     * @param sample the greatest number of keys that are named, of each kind
     */
    RowComparison(FingerprintPlan plan, LegacyTable legacy, ProductSide product, int sample)
    {
        this.plan = requireNonNull(plan, "plan is null");
        this.legacy = requireNonNull(legacy, "legacy is null");
        this.product = requireNonNull(product, "product is null");
        this.solver = new KeySolver(plan, legacy, product);
        this.sample = sample;
    }

    /**
     * @param dirty windows whose fingerprints differ
     * @return for each of them, what differs
     */
    KeyDifferences find(Set<String> dirty, Map<String, LegacySums> legacySums, Map<String, WindowSums> productSums)
    {
        DirtyWindows sums = new DirtyWindows(plan);
        Map<String, Counts> counts = new TreeMap<>();
        List<DifferingKey> keys = new ArrayList<>();
        dirty.forEach(window -> counts.put(window, NONE));

        Map<Cell, List<Fingerprint>> windows = new HashMap<>();
        dirty.forEach(window -> windows.put(new Cell(window, 0), List.of(sums.legacy(legacySums, window).fingerprint(), sums.product(productSums, window).fingerprint())));
        Map<Cell, DifferingKey> solved = solver.solve(windows);
        solved.values().forEach(key -> add(key, counts, keys));
        Set<String> open = new TreeSet<>(dirty);
        solved.keySet().forEach(place -> open.remove(place.window()));
        for (String window : List.copyOf(open)) {
            long left = sums.legacy(legacySums, window).fingerprint().rows();
            long right = sums.product(productSums, window).fingerprint().rows();
            if (left == 0 || right == 0) {
                // all of one side, so nothing is left to be found but examples
                open.remove(window);
                counts.put(window, new Counts(left, right, 0, 0));
                keys.addAll(left == 0 ? extraOf(window) : missingOf(window));
            }
        }
        if (!open.isEmpty()) {
            findInCells(open, Buckets.choose(plan, open.stream().filter(legacySums::containsKey).map(legacySums::get).collect(toImmutableList())), counts, keys);
        }
        return new KeyDifferences(counts, keys);
    }

    private List<DifferingKey> missingOf(String window)
    {
        return legacy.someKeys(window, sample).stream().map(key -> new DifferingKey(window, Kind.MISSING, key)).collect(toImmutableList());
    }

    private List<DifferingKey> extraOf(String window)
    {
        return product.differences(plan, Set.of(new Cell(window, 0)), new Bucketing(false, 0), Collections.emptyIterator(), sample).sample();
    }

    private void findInCells(Set<String> windows, Bucketing bucketing, Map<String, Counts> counts, List<DifferingKey> keys)
    {
        Map<Cell, Fingerprint> legacyCells = legacy.cellSums(windows, bucketing);
        Map<Cell, Fingerprint> productCells = product.cellSums(plan, windows, bucketing);
        Set<Cell> all = new HashSet<>(legacyCells.keySet());
        all.addAll(productCells.keySet());
        Map<Cell, List<Fingerprint>> dirty = new HashMap<>();
        for (Cell cell : all) {
            Fingerprint left = legacyCells.getOrDefault(cell, Fingerprint.EMPTY);
            Fingerprint right = productCells.getOrDefault(cell, Fingerprint.EMPTY);
            if (!left.equals(right)) {
                dirty.put(cell, List.of(left, right));
            }
        }
        Map<Cell, DifferingKey> solved = solver.solve(dirty);
        solved.values().forEach(key -> add(key, counts, keys));
        dirty.keySet().removeAll(solved.keySet());
        if (dirty.isEmpty()) {
            return;
        }
        // in the order of keys, so that neighbouring ranges meet in one statement
        List<Cell> cells = dirty.keySet().stream().sorted((left, right) -> {
            int order = Long.compare(left.bucket(), right.bucket());
            return order == 0 ? left.window().compareTo(right.window()) : order;
        }).collect(toImmutableList());
        try (LegacyCells rows = legacy.rowsOf(cells, bucketing)) {
            KeyDifferences found = product.differences(plan, dirty.keySet(), bucketing, rows, sample);
            found.byWindow().forEach((window, more) -> counts.merge(window, more, RowComparison::plus));
            keys.addAll(found.sample());
        }
    }

    private static void add(DifferingKey key, Map<String, Counts> counts, List<DifferingKey> keys)
    {
        counts.merge(key.window(), key.kind() == Kind.MISSING ? new Counts(1, 0, 0, 0) : new Counts(0, 1, 0, 0), RowComparison::plus);
        keys.add(key);
    }

    static Counts plus(Counts left, Counts right)
    {
        return new Counts(
                Math.addExact(left.missing(), right.missing()),
                Math.addExact(left.extra(), right.extra()),
                Math.addExact(left.changed(), right.changed()),
                Math.addExact(left.duplicate(), right.duplicate()));
    }
}
