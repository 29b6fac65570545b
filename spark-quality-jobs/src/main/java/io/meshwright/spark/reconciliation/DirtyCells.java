package io.meshwright.spark.reconciliation;

import io.meshwright.bridge.reconciliation.Cell;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Cells by the place of their window, as numbers. Goes to executors.
 */
final class DirtyCells
        implements Serializable
{
    private static final long serialVersionUID = 1;

    private final long[][] buckets;

    DirtyCells(Collection<Cell> cells, List<String> windows)
    {
        Map<String, Integer> places = StagedLegacyRows.places(windows);
        List<List<Long>> found = new ArrayList<>();
        windows.forEach(unused -> found.add(new ArrayList<>()));
        cells.forEach(cell -> found.get(places.get(cell.window())).add(cell.bucket()));
        buckets = found.stream().map(list -> list.stream().mapToLong(Long::longValue).sorted().toArray()).toArray(long[][]::new);
    }

    boolean contains(int window, long bucket)
    {
        return Arrays.binarySearch(buckets[window], bucket) >= 0;
    }
}
