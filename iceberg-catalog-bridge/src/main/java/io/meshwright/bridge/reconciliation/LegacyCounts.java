package io.meshwright.bridge.reconciliation;

import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.WindowResult;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The numbers of rows, or of distinct keys, of a legacy table by window.
 */
public final class LegacyCounts
{
    private LegacyCounts() {}

    public static Map<String, Long> count(LegacySession session, CountPlan plan)
    {
        String counted = plan.key().isEmpty() ? "count(*)" : distinctKeys(plan);
        String filter = plan.legacyFilter().map(expression -> "(" + expression.ansiText() + ")").orElse("true");
        if (plan.window().isEmpty()) {
            return query(session, "SELECT NULL, " + counted + " FROM " + plan.legacyTable() + " WHERE " + filter, WindowResult.WHOLE_TABLE);
        }
        String expression = "(" + plan.window().orElseThrow().legacy().ansiText() + ")";
        DayRange range = plan.range().orElseThrow();
        DayExpression day = DayExpression.of(typeOf(session, plan.legacyTable(), expression), expression, range);
        return query(session, "SELECT " + day.day() + " AS mesh_day, " + counted + " FROM " + plan.legacyTable()
                + " WHERE " + filter + " AND (" + day.within() + " OR " + expression + " IS NULL) GROUP BY 1", WindowResult.NULL_WINDOW);
    }

    private static String distinctKeys(CountPlan plan)
    {
        String columns = plan.key().stream().map(column -> column.legacy().ansiText()).collect(Collectors.joining(", "));
        String present = plan.key().stream().map(column -> "(" + column.legacy().ansiText() + ") IS NOT NULL").collect(Collectors.joining(" AND "));
        return "count(DISTINCT " + (plan.key().size() == 1 ? columns : "ROW(" + columns + ")") + ") FILTER (WHERE " + present + ")";
    }

    private static String typeOf(LegacySession session, String table, String expression)
    {
        return session.query("SELECT " + expression + " FROM " + table + " LIMIT 0", rows -> rows.result().getMetaData().getColumnTypeName(1)).toLowerCase(Locale.ROOT);
    }

    private static Map<String, Long> query(LegacySession session, String sql, String withoutDay)
    {
        return session.query(sql, rows -> {
            Map<String, Long> counts = new TreeMap<>();
            while (rows.next()) {
                String day = rows.text(1);
                counts.put(day == null ? withoutDay : day, rows.integer(2));
            }
            return counts;
        });
    }
}
