package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.CanonicalText;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.Fingerprint;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.fingerprint.HashProfile;
import io.meshwright.model.fingerprint.LegacyDialect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The rows of a legacy table as numbers, each level by one statement. Sees one state of the table, that of its session.
 */
final class LegacyTable
{
    private final LegacySession session;
    private final LegacyDialect dialect;
    private final LegacyWindows windows;
    private final FingerprintPlan plan;
    private final HashProfile profile;

    LegacyTable(LegacySession session, LegacyWindows windows, FingerprintPlan plan, HashProfile profile)
    {
        this.session = requireNonNull(session, "session is null");
        this.dialect = session.dialect();
        this.windows = requireNonNull(windows, "windows is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.profile = requireNonNull(profile, "profile is null");
    }

    /**
     * Rows and the sum of an integer key of the windows that have rows: the cheapest that tells whether a window changed.
     */
    static Map<String, Fingerprint> counts(LegacySession session, LegacyWindows windows, FingerprintPlan plan, Collection<String> asked)
    {
        LegacyTable table = new LegacyTable(session, windows, plan, HashProfile.MD5);
        List<String> inner = new ArrayList<>(List.of(windows.label() + " AS d"));
        String keys = "0";
        if (plan.hasIntegerKey()) {
            inner.add(session.dialect().numberSql(plan.key().get(0)) + " AS k");
            keys = session.dialect().sumSql("k");
        }
        return session.query("SELECT d, COUNT(*), " + keys + " FROM (" + table.select(inner) + " AND " + windows.within(asked) + ") r GROUP BY d", rows -> {
            Map<String, Fingerprint> counts = new HashMap<>();
            while (rows.next()) {
                counts.put(windows.name(rows.text(1)), new Fingerprint(rows.integer(2), BigInteger.ZERO, rows.sum(3)));
            }
            return counts;
        });
    }

    /**
     * The fingerprints of windows that have rows.
     */
    Map<String, LegacySums> windowSums(Collection<String> asked)
    {
        List<ComparedColumn> hashed = plan.hashed();
        List<ComparedColumn> summed = plan.summed();
        List<String> inner = new ArrayList<>(List.of(windows.label() + " AS d", dialect.rowHashSql(profile, hashed) + " AS h"));
        List<String> outer = new ArrayList<>(List.of("d", "COUNT(*)", dialect.sumSql("h")));
        if (plan.hasIntegerKey()) {
            inner.add(dialect.numberSql(plan.key().get(0)) + " AS k");
            outer.addAll(List.of(dialect.sumSql("k"), "MIN(k)", "MAX(k)"));
        }
        for (int index = 0; index < hashed.size(); index++) {
            inner.add(dialect.columnHashSql(profile, hashed.get(index)) + " AS c" + index);
            outer.add(dialect.sumSql("c" + index));
        }
        for (int index = 0; index < summed.size(); index++) {
            inner.add(dialect.numberSql(summed.get(index)) + " AS s" + index);
            outer.add("SUM(s" + index + ")");
        }
        String sql = "SELECT " + String.join(", ", outer) + " FROM (" + select(inner) + " AND " + windows.within(asked) + ") r GROUP BY d";
        return session.query(sql, rows -> {
            Map<String, LegacySums> sums = new HashMap<>();
            while (rows.next()) {
                LegacySums read = sums(rows, hashed.size(), summed.size());
                if (read.sums().fingerprint().rows() > 0) {
                    sums.put(windows.name(rows.text(1)), read);
                }
            }
            return sums;
        });
    }

    private LegacySums sums(LegacyRows rows, int hashed, int summed)
            throws SQLException
    {
        int at = 4;
        BigInteger keys = BigInteger.ZERO;
        Optional<BigInteger> least = Optional.empty();
        Optional<BigInteger> greatest = Optional.empty();
        if (plan.hasIntegerKey()) {
            keys = rows.sum(at);
            least = Optional.ofNullable(rows.decimal(at + 1)).map(BigDecimal::toBigIntegerExact);
            greatest = Optional.ofNullable(rows.decimal(at + 2)).map(BigDecimal::toBigIntegerExact);
            at += 3;
        }
        List<BigInteger> columns = new ArrayList<>();
        for (int index = 0; index < hashed; index++) {
            columns.add(rows.sum(at++));
        }
        List<Double> sums = new ArrayList<>();
        for (int index = 0; index < summed; index++) {
            Double sum = rows.real(at++);
            sums.add(sum == null ? 0.0 : sum);
        }
        return new LegacySums(new WindowSums(new Fingerprint(rows.integer(2), rows.sum(3), keys), columns, sums), least, greatest);
    }

    /**
     * The fingerprints of all buckets of these windows that have rows.
     */
    Map<Cell, Fingerprint> cellSums(Collection<String> asked, Bucketing bucketing)
    {
        List<String> inner = new ArrayList<>(List.of(windows.label() + " AS d", bucket(bucketing) + " AS b", dialect.rowHashSql(profile, plan.hashed()) + " AS h"));
        String keys = "0";
        if (plan.hasIntegerKey()) {
            inner.add(dialect.numberSql(plan.key().get(0)) + " AS k");
            keys = dialect.sumSql("k");
        }
        String sql = "SELECT d, b, COUNT(*), " + dialect.sumSql("h") + ", " + keys + " FROM (" + select(inner) + " AND " + windows.within(asked) + ") r GROUP BY d, b";
        return session.query(sql, rows -> {
            Map<Cell, Fingerprint> sums = new HashMap<>();
            while (rows.next()) {
                Long bucket = rows.integer(2);
                Cell cell = new Cell(windows.name(rows.text(1)), bucket == null ? Bucketing.NULL_BUCKET : bucket);
                sums.put(cell, new Fingerprint(rows.integer(3), rows.sum(4), rows.sum(5)));
            }
            return sums;
        });
    }

    private String bucket(Bucketing bucketing)
    {
        return dialect.bucketSql(bucketing, bucketing.byKey() ? dialect.numberSql(plan.key().get(0)) : dialect.rowHashSql(profile, plan.key()));
    }

    /**
     * Key and hash of each row of these cells.
     */
    LegacyCells rowsOf(Collection<Cell> cells, Bucketing bucketing)
    {
        List<String> selected = new ArrayList<>(List.of(windows.label(), dialect.rowHashSql(profile, plan.hashed())));
        plan.key().forEach(column -> selected.add(dialect.valueSql(column)));
        String begin = select(selected) + " AND ";
        return new LegacyCells(session, cells, batch -> begin + within(batch, bucketing), rows -> row(rows, bucketing));
    }

    private KeyedHash row(LegacyRows rows, Bucketing bucketing)
            throws SQLException
    {
        List<Object> key = new ArrayList<>();
        for (int index = 0; index < plan.key().size(); index++) {
            key.add(value(rows, 3 + index, plan.key().get(index)));
        }
        return new KeyedHash(new Cell(windows.name(rows.text(1)), Buckets.of(plan, bucketing, key)), key, rows.integer(2));
    }

    private String within(Collection<Cell> cells, Bucketing bucketing)
    {
        Map<String, List<Long>> byWindow = new HashMap<>();
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
     * The rows of these keys in these windows, with the values of all columns.
     */
    List<ProductRow> rows(Collection<String> asked, Collection<List<Object>> keys)
    {
        List<ComparedColumn> columns = ImmutableList.<ComparedColumn>builder().addAll(plan.key()).addAll(plan.columns()).build();
        List<String> selected = new ArrayList<>(List.of(windows.label()));
        columns.forEach(column -> selected.add(dialect.valueSql(column)));
        Set<List<Object>> wanted = new HashSet<>(keys);
        String sql = select(selected) + " AND " + windows.within(asked) + " AND " + withKeys(keys);
        return session.query(sql, rows -> {
            List<ProductRow> found = new ArrayList<>();
            while (rows.next()) {
                List<Object> values = new ArrayList<>();
                for (int index = 0; index < columns.size(); index++) {
                    values.add(value(rows, 2 + index, columns.get(index)));
                }
                // a database may hold texts for equal that are not
                if (wanted.contains(values.subList(0, plan.key().size()))) {
                    found.add(new ProductRow(windows.name(rows.text(1)), values));
                }
            }
            return found;
        });
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

    private static Object value(LegacyRows rows, int at, ComparedColumn column)
            throws SQLException
    {
        return CanonicalText.parse(column.type(), rows.text(at));
    }

    private String select(List<String> expressions)
    {
        String filter = plan.legacyFilter().map(dialect::expression).orElse("1 = 1");
        return "SELECT " + String.join(", ", expressions) + " FROM " + dialect.tableAsOf(plan.legacyTable(), session.asOf()) + " WHERE " + filter;
    }
}
