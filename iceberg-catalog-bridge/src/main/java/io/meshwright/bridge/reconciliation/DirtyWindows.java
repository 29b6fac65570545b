package io.meshwright.bridge.reconciliation;

import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.Fingerprint;
import io.meshwright.model.fingerprint.FingerprintPlan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * Which windows the sums of both sides do not prove equal.
 */
final class DirtyWindows
{
    // sums of binary fractions depend on the order in which they are added
    private static final double RELATIVE = 1e-9;

    private final FingerprintPlan plan;
    private final WindowSums none;

    DirtyWindows(FingerprintPlan plan)
    {
        this.plan = requireNonNull(plan, "plan is null");
        List<BigInteger> hashes = plan.hashed().stream().map(column -> BigInteger.ZERO).toList();
        none = new WindowSums(Fingerprint.EMPTY, hashes, plan.summed().stream().map(column -> 0.0).toList());
    }

    /**
     * Those whose rows differ in their hashes: which keys is worth asking.
     */
    Set<String> byHash(Collection<String> windows, Map<String, LegacySums> legacy, Map<String, WindowSums> product)
    {
        Set<String> dirty = new TreeSet<>();
        for (String window : windows) {
            WindowSums left = legacy(legacy, window);
            WindowSums right = product.getOrDefault(window, none);
            if (!left.fingerprint().equals(right.fingerprint()) || !left.columnHashes().equals(right.columnHashes())) {
                dirty.add(window);
            }
        }
        return dirty;
    }

    /**
     * The summed columns that differ in a window by more than all rows together may.
     */
    List<String> bySum(String window, Map<String, LegacySums> legacy, Map<String, WindowSums> product)
    {
        WindowSums left = legacy(legacy, window);
        WindowSums right = product.getOrDefault(window, none);
        List<String> columns = new ArrayList<>();
        List<ComparedColumn> summed = plan.summed();
        for (int index = 0; index < summed.size(); index++) {
            double one = left.columnSums().get(index);
            double other = right.columnSums().get(index);
            double tolerance = plan.tolerances().containsKey(summed.get(index).column()) ? plan.tolerances().get(summed.get(index).column()).doubleValue() : 0;
            double allowed = tolerance * left.fingerprint().rows() + RELATIVE * Math.max(Math.abs(one), Math.abs(other));
            boolean equal = one == other || Double.isNaN(one) && Double.isNaN(other) || Math.abs(one - other) <= allowed;
            if (!equal) {
                columns.add(summed.get(index).column());
            }
        }
        return columns;
    }

    /**
     * The hashed columns whose sums differ: all of them where whole rows do.
     */
    List<String> columnsOf(String window, Map<String, LegacySums> legacy, Map<String, WindowSums> product)
    {
        WindowSums left = legacy(legacy, window);
        WindowSums right = product(product, window);
        List<String> columns = new ArrayList<>();
        for (int index = 0; index < plan.hashed().size(); index++) {
            if (!left.columnHashes().get(index).equals(right.columnHashes().get(index))) {
                columns.add(plan.hashed().get(index).column());
            }
        }
        return columns;
    }

    WindowSums legacy(Map<String, LegacySums> legacy, String window)
    {
        LegacySums sums = legacy.get(window);
        return sums == null ? none : sums.sums();
    }

    WindowSums product(Map<String, WindowSums> product, String window)
    {
        return product.getOrDefault(window, none);
    }
}
