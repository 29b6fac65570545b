package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.LegacyDialect;
import io.meshwright.model.fingerprint.LegacyType;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.CountPlan.KeyColumn;
import io.meshwright.model.reconciliation.WindowResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * The numbers of rows, or of distinct keys, of a legacy table by window.
 */
public final class LegacyCounts
{
    private LegacyCounts() {}

    /**
     * Of the windows that have any.
     */
    public static Map<String, Long> count(LegacySession session, CountPlan plan)
    {
        LegacyWindows windows = ComparisonPlanner.windows(session, plan);
        List<ReadOnlyExpression> key = plan.key().stream().map(KeyColumn::legacy).collect(toImmutableList());
        List<LegacyType> types = key.isEmpty() ? List.of() : LegacyColumns.types(session, plan.legacyTable(), key);
        return session.query(statement(session.dialect(), session.dialect().tableAsOf(plan.legacyTable(), session.asOf()), windows, plan, types), rows -> {
            Map<String, Long> counts = new TreeMap<>();
            while (rows.next()) {
                counts.put(windows.name(rows.text(1)), rows.integer(2));
            }
            return counts;
        });
    }

    /**
     * @param table as it goes into the statement
     * @param types of the columns of the key
     */
    static String statement(LegacyDialect dialect, String table, LegacyWindows windows, CountPlan plan, List<LegacyType> types)
    {
        List<String> selected = new ArrayList<>(List.of(windows.label() + " AS d"));
        List<String> conditions = new ArrayList<>(List.of(plan.legacyFilter().map(dialect::expression).orElse("1 = 1"), windows.within(asked(plan))));
        for (int index = 0; index < types.size(); index++) {
            String expression = dialect.expression(plan.key().get(index).legacy());
            selected.add(dialect.distinctSql(types.get(index), expression) + " AS k" + index);
            // a key with a part that is NULL is none
            conditions.add(expression + " IS NOT NULL");
        }
        return "SELECT d, COUNT(*) FROM (SELECT " + (types.isEmpty() ? "" : "DISTINCT ") + String.join(", ", selected) + " FROM " + table
                + " WHERE " + String.join(" AND ", conditions) + ") r GROUP BY d";
    }

    private static Set<String> asked(CountPlan plan)
    {
        return plan.range().isEmpty()
                ? ImmutableSet.of(WindowResult.WHOLE_TABLE)
                : ImmutableSet.<String>builder().addAll(plan.range().orElseThrow().windows()).add(WindowResult.NULL_WINDOW).build();
    }
}
