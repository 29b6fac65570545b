package io.meshwright.spark.reconciliation;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.ReconciliationRule;
import io.meshwright.model.reconciliation.WindowResult;
import io.meshwright.spark.session.PinnedTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

/**
 * The numbers of rows, or of distinct keys, of a product by window.
 */
final class MeshCounts
{
    private static final String DAY = "mesh_day";

    private MeshCounts() {}

    static Map<String, Long> count(PinnedTable table, CountPlan plan)
    {
        try {
            return counts(table, plan);
        }
        catch (MeshException e) {
            throw e;
        }
        catch (Exception e) {
            // Spark's AnalysisException is checked, though no signature says so
            if (e instanceof org.apache.spark.sql.AnalysisException) {
                throw new MeshException(
                        ReconciliationRule.WINDOW,
                        USER,
                        "migration: does not fit the table: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst(" SQLSTATE:.*", ""),
                        "correct key, window or where in the specification",
                        e);
            }
            throw e instanceof RuntimeException ? (RuntimeException) e : new IllegalStateException(e);
        }
    }

    private static Map<String, Long> counts(PinnedTable table, CountPlan plan)
    {
        Dataset<Row> rows = table.rows();
        if (plan.meshFilter().isPresent()) {
            rows = rows.where(functions.expr(plan.meshFilter().orElseThrow().text()));
        }
        String withoutDay = WindowResult.WHOLE_TABLE;
        Column day = lit(null).cast("date");
        if (plan.window().isPresent()) {
            withoutDay = WindowResult.NULL_WINDOW;
            Column column = col(quoted(plan.window().orElseThrow().mesh()));
            DataType type = rows.select(column).schema().fields()[0].dataType();
            DayRange range = plan.range().orElseThrow();
            rows = rows.where(within(column, type, range).or(column.isNull()));
            day = day(column, type, range);
        }
        Map<String, Long> counts = new TreeMap<>();
        for (Row row : rows.groupBy(day.as(DAY)).agg(counted(plan)).collectAsList()) {
            LocalDate found = row.isNullAt(0) ? null : row.getDate(0).toLocalDate();
            counts.put(found == null ? withoutDay : found.toString(), row.getLong(1));
        }
        return counts;
    }

    private static Column counted(CountPlan plan)
    {
        if (plan.key().isEmpty()) {
            return functions.count(lit(1));
        }
        Column[] key = plan.key().stream().map(column -> col(quoted(column.mesh()))).toArray(Column[]::new);
        Column[] others = new Column[key.length - 1];
        System.arraycopy(key, 1, others, 0, others.length);
        return functions.count_distinct(key[0], others);
    }

    private static Column day(Column column, DataType type, DayRange range)
    {
        // the session is in UTC, so this is the wall clock of the zone
        return type instanceof TimestampType ? functions.from_utc_timestamp(column, range.zone().getId()).cast("date") : column.cast("date");
    }

    private static Column within(Column column, DataType type, DayRange range)
    {
        if (type instanceof DateType) {
            return column.geq(lit(range.from())).and(column.leq(lit(range.to())));
        }
        if (type instanceof TimestampType) {
            return column.geq(lit(range.begin())).and(column.lt(lit(range.end())));
        }
        if (type instanceof TimestampNTZType) {
            return column.geq(lit(range.from().atStartOfDay())).and(column.lt(lit(range.to().plusDays(1).atStartOfDay())));
        }
        throw new MeshException(ReconciliationRule.WINDOW, USER, "migration.window.column is of type " + type.simpleString() + ", which has no day", "use a date or timestamp column");
    }

    private static String quoted(String path)
    {
        return "`" + path.replace("`", "``").replace(".", "`.`") + "`";
    }
}
