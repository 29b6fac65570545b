package io.meshwright.bridge.reconciliation;

import io.meshwright.model.fingerprint.Bucketing;
import io.meshwright.model.fingerprint.CanonicalText;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.Fingerprint;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.fingerprint.HashProfile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The rows of a legacy table as numbers, each level by one statement. Sees one state of the table, that of its session.
 */
final class LegacyTable
{
    private final LegacySession session;
    private final LegacyWindows windows;
    private final FingerprintPlan plan;
    private final LegacyStatements statements;

    LegacyTable(LegacySession session, LegacyWindows windows, FingerprintPlan plan, HashProfile profile)
    {
        this.session = requireNonNull(session, "session is null");
        this.windows = requireNonNull(windows, "windows is null");
        this.plan = requireNonNull(plan, "plan is null");
        statements = new LegacyStatements(session.dialect(), windows, plan, profile, session.asOf());
    }

    /**
     * Rows and the sum of an integer key of the windows that have rows: the cheapest that tells whether a window changed.
     */
    static Map<String, Fingerprint> counts(LegacySession session, LegacyWindows windows, FingerprintPlan plan, Collection<String> asked)
    {
        LegacyStatements statements = new LegacyStatements(session.dialect(), windows, plan, HashProfile.MD5, session.asOf());
        return session.query(statements.counts(asked), rows -> {
            Map<String, Fingerprint> counts = new HashMap<>();
            while (rows.next()) {
                counts.put(windows.name(rows.text(1)), new Fingerprint(rows.integer(2), BigInteger.ZERO, rows.sum(3)));
            }
            return counts;
        });
    }

    /**
     * The fingerprints of windows that have rows.
     *
     * @param columns places of the hashed columns whose hashes are added up, too
     */
    Map<String, LegacySums> windowSums(Collection<String> asked, Set<Integer> columns)
    {
        int summed = plan.summed().size();
        return session.query(statements.windowSums(asked, columns), rows -> {
            Map<String, LegacySums> sums = new HashMap<>();
            while (rows.next()) {
                LegacySums read = sums(rows, columns, summed);
                if (read.sums().fingerprint().rows() > 0) {
                    sums.put(windows.name(rows.text(1)), read);
                }
            }
            return sums;
        });
    }

    private LegacySums sums(LegacyRows rows, Set<Integer> columns, int summed)
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
        List<BigInteger> hashes = new ArrayList<>(Collections.nCopies(plan.hashed().size(), BigInteger.ZERO));
        for (int index : columns) {
            hashes.set(index, rows.sum(at++));
        }
        List<Double> sums = new ArrayList<>();
        for (int index = 0; index < summed; index++) {
            Double sum = rows.real(at++);
            sums.add(sum == null ? 0.0 : sum);
        }
        return new LegacySums(new WindowSums(new Fingerprint(rows.integer(2), rows.sum(3), keys), hashes, sums), least, greatest);
    }

    /**
     * The fingerprints of all buckets of these windows that have rows.
     */
    Map<Cell, Fingerprint> cellSums(Collection<String> asked, Bucketing bucketing)
    {
        return session.query(statements.cellSums(asked, bucketing), rows -> {
            Map<Cell, Fingerprint> sums = new HashMap<>();
            while (rows.next()) {
                Long bucket = rows.integer(2);
                Cell cell = new Cell(windows.name(rows.text(1)), bucket == null ? Bucketing.NULL_BUCKET : bucket);
                sums.put(cell, new Fingerprint(rows.integer(3), rows.sum(4), rows.sum(5)));
            }
            return sums;
        });
    }

    /**
     * Key and hash of each row of these cells.
     */
    LegacyCells rowsOf(Collection<Cell> cells, Bucketing bucketing)
    {
        return new LegacyCells(session, cells, batch -> statements.rowsOf(batch, bucketing), rows -> row(rows, bucketing));
    }

    /**
     * The keys of some rows of a window: the database stops there, since not every driver can leave rows behind that were asked for.
     */
    List<List<Object>> someKeys(String window, int most)
    {
        return session.query(statements.someKeys(window, most), rows -> {
            List<List<Object>> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(key(rows, 1));
            }
            return keys;
        });
    }

    private List<Object> key(LegacyRows rows, int at)
            throws SQLException
    {
        List<Object> key = new ArrayList<>();
        for (int index = 0; index < plan.key().size(); index++) {
            key.add(value(rows, at + index, plan.key().get(index)));
        }
        return key;
    }

    private KeyedHash row(LegacyRows rows, Bucketing bucketing)
            throws SQLException
    {
        List<Object> key = key(rows, 3);
        return new KeyedHash(new Cell(windows.name(rows.text(1)), Buckets.of(plan, bucketing, key)), key, rows.integer(2));
    }

    /**
     * The rows of these keys in these windows, with the values of all columns.
     */
    List<ProductRow> rows(Collection<String> asked, Collection<List<Object>> keys)
    {
        List<ComparedColumn> columns = statements.columns();
        Set<List<Object>> wanted = new HashSet<>(keys);
        return session.query(statements.rows(asked, keys), rows -> {
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

    private static Object value(LegacyRows rows, int at, ComparedColumn column)
            throws SQLException
    {
        return CanonicalText.parse(column.type(), rows.text(at));
    }
}
