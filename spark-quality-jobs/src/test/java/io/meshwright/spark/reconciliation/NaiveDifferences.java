package io.meshwright.spark.reconciliation;

import io.meshwright.bridge.reconciliation.KeyDifferences.Counts;
import io.meshwright.bridge.reconciliation.KeyedHash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How rows of two sides differ, by lists and maps.
 */
final class NaiveDifferences
{
    private record Group(String window, List<Object> key) {}

    private NaiveDifferences() {}

    static Map<String, Counts> byWindow(List<KeyedHash> legacy, List<KeyedHash> mesh)
    {
        Map<Group, List<Long>> left = groups(legacy);
        Map<Group, List<Long>> right = groups(mesh);
        Set<Group> all = new HashSet<>(left.keySet());
        all.addAll(right.keySet());
        Map<String, Counts> counts = new HashMap<>();
        for (Group group : all) {
            List<Long> missing = new ArrayList<>(left.getOrDefault(group, List.of()));
            List<Long> extra = new ArrayList<>();
            right.getOrDefault(group, List.of()).forEach(hash -> {
                if (!missing.remove(hash)) {
                    extra.add(hash);
                }
            });
            if (missing.isEmpty() && extra.isEmpty()) {
                continue;
            }
            boolean both = left.containsKey(group) && right.containsKey(group);
            int changed = Math.min(missing.size(), extra.size());
            Counts found = both
                    ? new Counts(0, 0, changed, Math.abs(missing.size() - extra.size()))
                    : new Counts(missing.size(), extra.size(), 0, 0);
            counts.merge(group.window(), found, NaiveDifferences::sum);
        }
        return counts;
    }

    private static Map<Group, List<Long>> groups(List<KeyedHash> rows)
    {
        return rows.stream().collect(Collectors.groupingBy(row -> new Group(row.cell().window(), row.key()), Collectors.mapping(KeyedHash::hash, Collectors.toList())));
    }

    private static Counts sum(Counts left, Counts right)
    {
        return new Counts(left.missing() + right.missing(), left.extra() + right.extra(), left.changed() + right.changed(), left.duplicate() + right.duplicate());
    }
}
