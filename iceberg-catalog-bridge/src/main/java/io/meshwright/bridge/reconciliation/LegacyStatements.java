package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.fingerprint.HashProfile;
import io.meshwright.model.fingerprint.LegacyDialect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The statements that read the rows of a legacy table as numbers, one a level. Decides nothing about what is read of their results.
 */
final class LegacyStatements
{
    private final LegacyDialect dialect;
    private final LegacyWindows windows;
    private final FingerprintPlan plan;
    private final HashProfile profile;
    private final Instant asOf;

    /**
     * @param asOf whose state of the table is read, where the database has no transaction for it
     */
    LegacyStatements(LegacyDialect dialect, LegacyWindows windows, FingerprintPlan plan, HashProfile profile, Instant asOf)
    {
        this.dialect = requireNonNull(dialect, "dialect is null");
        this.windows = requireNonNull(windows, "windows is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.profile = requireNonNull(profile, "profile is null");
        this.asOf = requireNonNull(asOf, "asOf is null");
    }

    /**
     * Window, rows, and the sum of an integer key.
     */
    String counts(Collection<String> asked)
    {
        List<String> inner = new ArrayList<>(List.of(windows.label() + " AS d"));
        return "SELECT d, COUNT(*), " + keys(inner) + " FROM (" + select(inner) + " AND " + windows.within(asked) + ") r GROUP BY d";
    }

    /**
     * Window, rows, the sum of the rows' hashes; sum, least and greatest of an integer key; a sum for each of these columns, and one for each summed column.
     *
     * @param columns places of the hashed columns whose hashes are added up, too
     */
    String windowSums(Collection<String> asked, Set<Integer> columns)
    {
        List<ComparedColumn> hashed = plan.hashed();
        List<ComparedColumn> summed = plan.summed();
        List<String> inner = new ArrayList<>(List.of(windows.label() + " AS d", dialect.rowHashSql(profile, hashed) + " AS h"));
        List<String> outer = new ArrayList<>(List.of("d", "COUNT(*)", dialect.sumSql("h")));
        if (plan.hasIntegerKey()) {
            outer.addAll(List.of(keys(inner), "MIN(k)", "MAX(k)"));
        }
        for (int index : columns) {
            inner.add(dialect.columnHashSql(profile, hashed.get(index)) + " AS c" + index);
            outer.add(dialect.sumSql("c" + index));
        }
        for (int index = 0; index < summed.size(); index++) {
            inner.add(dialect.numberSql(summed.get(index)) + " AS s" + index);
            outer.add("SUM(s" + index + ")");
        }
        return "SELECT " + String.join(", ", outer) + " FROM (" + select(inner) + " AND " + windows.within(asked) + ") r GROUP BY d";
    }

    /**
     * Window, bucket, rows, the sum of the rows' hashes, and the sum of an integer key.
     */
    String cellSums(Collection<String> asked, Bucketing bucketing)
    {
        List<String> inner = new ArrayList<>(List.of(windows.label() + " AS d", bucket(bucketing) + " AS b", dialect.rowHashSql(profile, plan.hashed()) + " AS h"));
        return "SELECT d, b, COUNT(*), " + dialect.sumSql("h") + ", " + keys(inner) + " FROM (" + select(inner) + " AND " + windows.within(asked) + ") r GROUP BY d, b";
    }

    /**
     * @param inner gets the key, where it is an integer
     */
    private String keys(List<String> inner)
    {
        if (!plan.hasIntegerKey()) {
            return "0";
        }
        inner.add(dialect.numberSql(plan.key().get(0)) + " AS k");
        return dialect.sumSql("k");
    }

    /**
     * Window, hash, and the values of the key, of each row of these cells.
     */
    String rowsOf(Collection<Cell> cells, Bucketing bucketing)
    {
        List<String> selected = new ArrayList<>(List.of(windows.label(), dialect.rowHashSql(profile, plan.hashed())));
        plan.key().forEach(column -> selected.add(dialect.valueSql(column)));
        return select(selected) + " AND " + within(cells, bucketing);
    }

    /**
     * The keys of some rows of a window.
     */
    String someKeys(String window, int most)
    {
        List<String> selected = plan.key().stream().map(dialect::valueSql).collect(toImmutableList());
        return dialect.limited(select(selected) + " AND " + windows.within(Set.of(window)), most);
    }

    /**
     * Window and all values of the rows of these keys, and of others that the database holds for equal.
     */
    String rows(Collection<String> asked, Collection<List<Object>> keys)
    {
        List<String> selected = new ArrayList<>(List.of(windows.label()));
        columns().forEach(column -> selected.add(dialect.valueSql(column)));
        return select(selected) + " AND " + windows.within(asked) + " AND " + withKeys(keys);
    }

    /**
     * Those of {@link #rows}, in their order: the key first.
     */
    List<ComparedColumn> columns()
    {
        return ImmutableList.<ComparedColumn>builder().addAll(plan.key()).addAll(plan.columns()).build();
    }

    private String bucket(Bucketing bucketing)
    {
        return dialect.bucketSql(bucketing, bucketing.byKey() ? dialect.numberSql(plan.key().get(0)) : dialect.rowHashSql(profile, plan.key()));
    }

    private String within(Collection<Cell> cells, Bucketing bucketing)
    {
        Map<String, List<Long>> byWindow = new TreeMap<>();
        cells.forEach(cell -> byWindow.computeIfAbsent(cell.window(), window -> new ArrayList<>()).add(cell.bucket()));
        return byWindow.entrySet().stream()
                .map(entry -> "(" + windows.within(Set.of(entry.getKey())) + " AND " + withinBuckets(entry.getValue(), bucketing) + ")")
                .collect(joining(" OR ", "(", ")"));
    }

    private String withinBuckets(List<Long> buckets, Bucketing bucketing)
    {
        if (!bucketing.byKey()) {
            return bucket(bucketing) + " IN (" + buckets.stream().map(String::valueOf).collect(joining(", ")) + ")";
        }
        String key = dialect.expression(plan.key().get(0).legacy());
        return buckets.stream()
                .map(bucket -> bucket == Bucketing.NULL_BUCKET ? key + " IS NULL" : key + " BETWEEN " + Buckets.first(bucketing, bucket) + " AND " + Buckets.last(bucketing, bucket))
                .collect(joining(" OR ", "(", ")"));
    }

    /**
     * By the integer itself, which an index finds, otherwise by the hash of the key, in which no text needs to be quoted.
     */
    private String withKeys(Collection<List<Object>> keys)
    {
        if (plan.hasIntegerKey()) {
            String key = dialect.expression(plan.key().get(0).legacy());
            String present = keys.stream().map(values -> values.get(0)).filter(value -> value != null).map(String::valueOf).collect(joining(", "));
            String missing = keys.stream().anyMatch(values -> values.get(0) == null) ? " OR " + key + " IS NULL" : "";
            return "(" + (present.isEmpty() ? "1 = 0" : key + " IN (" + present + ")") + missing + ")";
        }
        return dialect.rowHashSql(profile, plan.key()) + " IN (" + keys.stream().map(key -> String.valueOf(plan.keyHash().hash(key))).collect(joining(", ")) + ")";
    }

    private String select(List<String> expressions)
    {
        String filter = plan.legacyFilter().map(dialect::expression).orElse("1 = 1");
        return "SELECT " + String.join(", ", expressions) + " FROM " + dialect.tableAsOf(plan.legacyTable(), asOf) + " WHERE " + filter;
    }
}
