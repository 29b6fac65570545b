package io.meshwright.spark.reconciliation;

import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.WindowResult;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampType;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static io.meshwright.spark.reconciliation.ProductScan.quoted;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

/**
 * The numbers of rows, or of distinct keys, of some data files by window.
 */
final class MeshCounts
{
    private static final String DAY = "mesh_day";

    private MeshCounts() {}

    static Map<String, Long> count(ProductScan scan, List<LiveFile> files, CountPlan plan, Set<String> windows)
    {
        Map<String, Long> counts = scan.staged(files, rows -> counts(rows, plan));
        counts.keySet().retainAll(windows);
        return counts;
    }

    private static Map<String, Long> counts(Dataset<Row> all, CountPlan plan)
    {
        Dataset<Row> rows = all;
        String withoutDay = WindowResult.WHOLE_TABLE;
        Column day = lit(null).cast("date");
        if (plan.window().isPresent()) {
            withoutDay = WindowResult.NULL_WINDOW;
            Column column = col(quoted(plan.window().orElseThrow().mesh()));
            DataType type = rows.select(column).schema().fields()[0].dataType();
            DayRange range = plan.range().orElseThrow();
            day = day(column, type, range);
            rows = rows.where(within(column, type, range).or(column.isNull()));
        }
        Map<String, Long> counts = new TreeMap<>();
        for (Row row : rows.groupBy(functions.unix_date(day).as(DAY)).agg(counted(plan)).collectAsList()) {
            counts.put(row.isNullAt(0) ? withoutDay : LocalDate.ofEpochDay(row.getInt(0)).toString(), row.getLong(1));
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

    /**
     * Leaves out what no window of the range has, so that no group is made of it; a day too much on both ends, since clocks are set back at midnight in some zones.
     */
    private static Column within(Column column, DataType type, DayRange range)
    {
        LocalDate from = range.from().minusDays(1);
        LocalDate to = range.to().plusDays(1);
        if (type instanceof DateType) {
            return column.geq(lit(from)).and(column.leq(lit(to)));
        }
        if (type instanceof TimestampType) {
            return column.geq(lit(from.atStartOfDay(range.zone()).toInstant())).and(column.lt(lit(to.plusDays(1).atStartOfDay(range.zone()).toInstant())));
        }
        return column.geq(lit(from.atStartOfDay())).and(column.lt(lit(to.plusDays(1).atStartOfDay())));
    }
}
