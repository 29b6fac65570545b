package io.meshwright.bridge.reconciliation;

import io.meshwright.bridge.reconciliation.KeyDifferences.DifferingKey;
import io.meshwright.bridge.reconciliation.KeyDifferences.Kind;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.reconciliation.ColumnCauses;
import io.meshwright.model.reconciliation.ColumnResult;
import io.meshwright.model.reconciliation.MaskedKey;
import io.meshwright.model.reconciliation.ReconciliationReport.Difference;
import io.meshwright.model.reconciliation.ValueDifference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads the rows of a bounded number of differing keys on both sides, and names the columns that differ. Keeps no value.
 */
final class ValueComparison
{
    private static final String FORMAT_ONLY = "format-only";

    private final FingerprintPlan plan;
    private final MaskedKey masked;
    private final ColumnCauses causes;
    private final List<Difference> differences = new ArrayList<>();
    private long changedRows;
    private long formatOnlyRows;

    private record Place(String window, List<Object> key) {}

    ValueComparison(FingerprintPlan plan, MaskedKey masked)
    {
        this.plan = requireNonNull(plan, "plan is null");
        this.masked = requireNonNull(masked, "masked is null");
        causes = new ColumnCauses(plan.columns());
    }

    void compare(List<DifferingKey> keys, LegacyTable legacy, ProductSide product)
    {
        List<DifferingKey> changed = keys.stream().filter(key -> key.kind() == Kind.CHANGED).collect(toImmutableList());
        Map<Place, List<List<Object>>> left = Map.of();
        Map<Place, List<List<Object>>> right = Map.of();
        if (!changed.isEmpty()) {
            Set<String> windows = new TreeSet<>();
            changed.forEach(key -> windows.add(key.window()));
            List<List<Object>> wanted = changed.stream().map(DifferingKey::key).distinct().collect(toImmutableList());
            left = byPlace(legacy.rows(windows, wanted));
            right = byPlace(product.rows(plan, windows, wanted));
        }
        for (DifferingKey key : keys) {
            if (key.kind() == Kind.CHANGED) {
                Place place = new Place(key.window(), key.key());
                changed(key, left.getOrDefault(place, List.of()), right.getOrDefault(place, List.of()));
            }
            else {
                differences.add(new Difference(key.window(), key.kind().name().toLowerCase(Locale.ROOT), masked.text(key.key()), List.of()));
            }
        }
    }

    private Map<Place, List<List<Object>>> byPlace(List<ProductRow> rows)
    {
        Map<Place, List<List<Object>>> places = new HashMap<>();
        int size = plan.key().size();
        rows.forEach(row -> places.computeIfAbsent(new Place(row.window(), row.values().subList(0, size)), place -> new ArrayList<>()).add(row.values()));
        return places;
    }

    /**
     * Rows that are equal on both sides leave, the others meet in their order.
     */
    private void changed(DifferingKey key, List<List<Object>> legacy, List<List<Object>> product)
    {
        List<List<Object>> left = new ArrayList<>(legacy);
        List<List<Object>> right = new ArrayList<>();
        for (List<Object> row : product) {
            long hash = KeySolver.hash(plan, row);
            if (!left.removeIf(new FirstOf(plan, hash)::test)) {
                right.add(row);
            }
        }
        Set<String> columns = new TreeSet<>();
        boolean formatOnly = true;
        int size = plan.key().size();
        for (int index = 0; index < Math.min(left.size(), right.size()); index++) {
            Map<String, ValueDifference> found = causes.add(masked.text(key.key()), left.get(index).subList(size, left.get(index).size()), right.get(index).subList(size, right.get(index).size()));
            columns.addAll(found.keySet());
            boolean rowFormatOnly = !found.isEmpty() && found.values().stream().allMatch(ValueDifference::isFormatOnly);
            formatOnly &= rowFormatOnly;
            changedRows++;
            formatOnlyRows += rowFormatOnly ? 1 : 0;
        }
        differences.add(new Difference(key.window(), formatOnly && !columns.isEmpty() ? FORMAT_ONLY : "changed", masked.text(key.key()), List.copyOf(columns)));
    }

    /**
     * Matches one row of a hash, and no second one.
     */
    private static final class FirstOf
    {
        private final FingerprintPlan plan;
        private final long hash;
        private boolean found;

        private FirstOf(FingerprintPlan plan, long hash)
        {
            this.plan = plan;
            this.hash = hash;
        }

        private boolean test(List<Object> row)
        {
            if (found || KeySolver.hash(plan, row) != hash) {
                return false;
            }
            found = true;
            return true;
        }
    }

    /**
     * By window, kind and key.
     */
    List<Difference> differences()
    {
        return differences.stream()
                .sorted(Comparator.comparing(Difference::window).thenComparing(Difference::kind).thenComparing(Difference::key))
                .collect(toImmutableList());
    }

    List<ColumnResult> columns()
    {
        return causes.results();
    }

    /**
     * Rows whose values were looked at.
     */
    long changedRows()
    {
        return changedRows;
    }

    long formatOnlyRows()
    {
        return formatOnlyRows;
    }
}
