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
     * Names the data files that may have rows of each window, with the deletes that apply to them. Where a name is the one of a former run, no row of the window has changed since.
     * Reads manifests only.
     *
     * @param windows that are asked for; each is in the answer
     */
    Map<String, String> fileSets(CountPlan plan, Set<String> windows);

    /**
     * The fingerprint of each of these windows. Windows without rows may be absent.
     *
     * @param columns places of the plan's hashed columns whose hashes are added up, too
     */
    Map<String, WindowSums> windowSums(FingerprintPlan plan, Set<String> windows, Set<Integer> columns);

    /**
     * The fingerprints of all buckets of these windows that have rows. With 0 bits that are kept of a hash, a window is one bucket: that is {@link #windowSums} without columns.
     *
     * @throws io.meshwright.model.finding.MeshException where they are more than a million
     */
    Map<Cell, Fingerprint> cellSums(FingerprintPlan plan, Set<String> windows, Bucketing bucketing);

    /**
     * Compares the rows of these cells with those of the legacy side, of any number and in any order, which are read once. A row counts in the window that it is in: a key that is
     * in one window of the legacy side and in another of the product is missing in the one and extra in the other.
     *
     * @param sample the greatest number of keys that are named, of each kind
     */
    KeyDifferences differences(FingerprintPlan plan, Set<Cell> cells, Bucketing bucketing, Iterator<KeyedHash> legacy, int sample);

    /**
     * The rows of these keys, no more than a hundred for each; a key's NULL is found as a value.
     *
     * @param windows in which they are looked for
     * @param keys a bounded number
     */
    List<ProductRow> rows(FingerprintPlan plan, Set<String> windows, List<List<Object>> keys);
}
