package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.reconciliation.KeyDifferences.DifferingKey;
import io.meshwright.bridge.reconciliation.KeyDifferences.Kind;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.Fingerprint;
import io.meshwright.model.fingerprint.FingerprintPlan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Solves the key of a single missing or extra row from the sums of both sides, and believes it only where fetching that one key explains the whole difference.
 */
final class KeySolver
{
    // one statement fetches the candidates of all places; where nearly all are dirty, solving one by one is no shortcut
    private static final int MOST_CANDIDATES = 200;

    private final FingerprintPlan plan;
    private final LegacyTable legacy;
    private final ProductSide product;

    private record Candidate(Cell place, long key, BigInteger hash) {}

    KeySolver(FingerprintPlan plan, LegacyTable legacy, ProductSide product)
    {
        this.plan = requireNonNull(plan, "plan is null");
        this.legacy = requireNonNull(legacy, "legacy is null");
        this.product = requireNonNull(product, "product is null");
    }

    /**
     * @param places windows or cells with the fingerprints of both sides, legacy first
     * @return the places that one row explains, with that row
     */
    Map<Cell, DifferingKey> solve(Map<Cell, List<Fingerprint>> places)
    {
        if (!plan.hasIntegerKey()) {
            return Map.of();
        }
        List<Candidate> missing = new ArrayList<>();
        List<Candidate> extra = new ArrayList<>();
        places.forEach((place, sides) -> {
            Fingerprint left = sides.get(0);
            Fingerprint right = sides.get(1);
            if (left.rows() - right.rows() == 1) {
                add(missing, place, left, right);
            }
            else if (right.rows() - left.rows() == 1) {
                add(extra, place, right, left);
            }
        });
        Map<Cell, DifferingKey> solved = new HashMap<>();
        if (!missing.isEmpty() && missing.size() <= MOST_CANDIDATES) {
            accept(missing, legacy.rows(windows(missing), keys(missing)), Kind.MISSING, solved);
        }
        if (!extra.isEmpty() && extra.size() <= MOST_CANDIDATES) {
            accept(extra, product.rows(plan, windows(extra), keys(extra)), Kind.EXTRA, solved);
        }
        return solved;
    }

    private static void add(List<Candidate> candidates, Cell place, Fingerprint more, Fingerprint less)
    {
        BigInteger key = more.keys().subtract(less.keys());
        // a sum of 0 may as well be a key that is NULL
        if (key.bitLength() < Long.SIZE && key.signum() != 0) {
            candidates.add(new Candidate(place, key.longValueExact(), more.hashes().subtract(less.hashes())));
        }
    }

    private void accept(List<Candidate> candidates, Collection<ProductRow> rows, Kind kind, Map<Cell, DifferingKey> solved)
    {
        for (Candidate candidate : candidates) {
            List<ProductRow> found = rows.stream()
                    .filter(row -> row.window().equals(candidate.place().window()) && Long.valueOf(candidate.key()).equals(row.values().get(0)))
                    .collect(toImmutableList());
            if (found.size() == 1 && BigInteger.valueOf(hash(plan, found.get(0).values())).equals(candidate.hash())) {
                solved.put(candidate.place(), new DifferingKey(candidate.place().window(), kind, ImmutableList.of(candidate.key())));
            }
        }
    }

    private static Set<String> windows(List<Candidate> candidates)
    {
        Set<String> windows = new TreeSet<>();
        candidates.forEach(candidate -> windows.add(candidate.place().window()));
        return windows;
    }

    private static List<List<Object>> keys(List<Candidate> candidates)
    {
        return candidates.stream().map(candidate -> List.<Object>of(candidate.key())).distinct().collect(toImmutableList());
    }

    /**
     * @param values of the key, then of all compared columns
     */
    static long hash(FingerprintPlan plan, List<Object> values)
    {
        List<Object> hashed = new ArrayList<>(values.subList(0, plan.key().size()));
        Set<ComparedColumn> summed = Set.copyOf(plan.summed());
        for (int index = 0; index < plan.columns().size(); index++) {
            if (!summed.contains(plan.columns().get(index))) {
                hashed.add(values.get(plan.key().size() + index));
            }
        }
        return plan.hash().hash(hashed);
    }
}
