package io.meshwright.bridge.reconciliation;

import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.Fingerprint;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.reconciliation.CountPlan;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The product's rows at one pinned snapshot. Windows are named as in {@link io.meshwright.model.reconciliation.WindowResult}.
 */
public interface ProductSide
{
    /**
     * The numbers of rows, or of distinct keys, by window. Windows without rows may be absent.
     *
     * @param windows that are asked for
     */
    Map<String, Long> counts(CountPlan plan, Set<String> windows);

    /**
     * The fingerprint of each of these windows. Windows without rows may be absent.
     */
    Map<String, WindowSums> windowSums(FingerprintPlan plan, Set<String> windows);

    /**
     * The fingerprints of all buckets of these windows that have rows.
     */
    Map<Cell, Fingerprint> cellSums(FingerprintPlan plan, Set<String> windows, Bucketing bucketing);

    /**
     * Compares the rows of these cells with those of the legacy side, of any number and in any order, which are read once.
     *
     * @param sample the greatest number of keys that are named, of each kind
     */
    KeyDifferences differences(FingerprintPlan plan, Set<Cell> cells, Bucketing bucketing, Iterator<KeyedHash> legacy, int sample);

    /**
     * The values of the rows of these keys: of the key's columns, then of all compared columns, in the order of the plan, in the classes of
     * {@link io.meshwright.model.fingerprint.ComparedType.Kind}.
     *
     * @param keys a bounded number
     */
    List<List<Object>> rows(FingerprintPlan plan, List<List<Object>> keys);
}
