package io.meshwright.model.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.MigrationSpec;
import io.meshwright.model.product.MigrationSpec.Grain;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * How the rows of both sides are counted, every expression proven harmless.
 *
 * @param legacyTable the table's name, as it goes into a statement
 * @param key what is counted once for each distinct value; empty where every row counts
 * @param range empty where the whole table is one window
 */
public record CountPlan(
        String legacyTable,
        Optional<ReadOnlyExpression> legacyFilter,
        Optional<ReadOnlyExpression> meshFilter,
        List<KeyColumn> key,
        Optional<WindowColumn> window,
        Optional<DayRange> range)
{
    private static final Pattern TABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*|\"[^\"\\\\]+\")(\\.([A-Za-z_][A-Za-z0-9_]*|\"[^\"\\\\]+\")){0,2}");

    public record KeyColumn(String mesh, ReadOnlyExpression legacy) {}

    public record WindowColumn(String mesh, ReadOnlyExpression legacy) {}

    public CountPlan
    {
        requireNonNull(legacyTable, "legacyTable is null");
        requireNonNull(legacyFilter, "legacyFilter is null");
        requireNonNull(meshFilter, "meshFilter is null");
        key = ImmutableList.copyOf(key);
        requireNonNull(window, "window is null");
        requireNonNull(range, "range is null");
        if (window.isPresent() != range.isPresent()) {
            throw new IllegalArgumentException("A window column goes with a range");
        }
    }

    /**
     * @throws MeshException where an expression is not harmless, or dates are given without a window
     */
    public static CountPlan of(MigrationSpec migration, Optional<DayRange> range)
    {
        if (!TABLE.matcher(migration.legacyTable()).matches()) {
            throw new MeshException(ReconciliationRule.NO_MIGRATION, USER, "migration.replaces names no table: " + migration.legacyTable(), "write schema.table");
        }
        List<KeyColumn> key = migration.grain() == Grain.ROW ? List.of() : migration.key().stream()
                                                                           .map(column -> new KeyColumn(column, ReadOnlyExpression.parse(migration.columns().getOrDefault(column, column))))
                                                                           .collect(toImmutableList());
        if (migration.grain() == Grain.DISTINCT_KEY && key.isEmpty()) {
            throw new MeshException(ReconciliationRule.NO_MIGRATION, USER, "migration.grain counts distinct keys, but migration.key names none", "name the key columns");
        }
        return new CountPlan(
                migration.legacyTable(),
                migration.legacyFilter().map(ReadOnlyExpression::parse),
                migration.meshFilter().map(ReadOnlyExpression::parse),
                key,
                migration.window().map(window -> new WindowColumn(window.column(), ReadOnlyExpression.parse(window.legacy()))),
                migration.window().flatMap(window -> range));
    }
}
