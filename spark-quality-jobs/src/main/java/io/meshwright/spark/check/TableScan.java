package io.meshwright.spark.check;

import io.meshwright.spark.session.PinnedTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.lit;

/**
 * Aggregates that are asked for one by one and computed in one scan. One that Spark refuses at analysis is refused alone; when the
 * scan fails, each is tried in a scan of its own, so that one bad value spoils only the checks that meet it.
 */
final class TableScan
{
    private final PinnedTable table;
    private final Dataset<Row> rows;
    private final Map<String, Column> aggregates = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, RuntimeException> failures = new LinkedHashMap<>();
    private OptionalLong bytesRead = OptionalLong.empty();

    TableScan(PinnedTable table)
    {
        this.table = requireNonNull(table, "table is null");
        this.rows = table.rows();
    }

    Dataset<Row> rows()
    {
        return rows;
    }

    /**
     * @return why the aggregate cannot be computed; empty when it was taken
     */
    Optional<String> add(String key, Column aggregate)
    {
        try {
            // analysis only: nothing runs here
            rows.agg(aggregate.as(key)).schema();
        }
        catch (Exception e) {
            // AnalysisException is checked, though no signature of the Java interface says so
            return Optional.of(SparkMessages.of(e));
        }
        aggregates.put(key, aggregate);
        return Optional.empty();
    }

    static Column rowsWhere(Column condition)
    {
        return functions.coalesce(functions.sum(functions.when(condition, lit(1L)).otherwise(lit(0L))), lit(0L));
    }

    void run()
    {
        if (aggregates.isEmpty()) {
            bytesRead = OptionalLong.of(0);
            return;
        }
        OptionalLong before = table.bytesRead();
        try {
            compute(aggregates);
        }
        catch (RuntimeException e) {
            aggregates.forEach((key, aggregate) -> {
                try {
                    compute(Map.of(key, aggregate));
                }
                catch (RuntimeException own) {
                    failures.put(key, own);
                }
            });
        }
        OptionalLong after = table.bytesRead();
        bytesRead = before.isPresent() && after.isPresent() ? OptionalLong.of(after.orElseThrow() - before.orElseThrow()) : OptionalLong.empty();
    }

    /**
     * The value, which may be null; throws what kept it from being computed.
     */
    Object value(String key)
    {
        if (failures.containsKey(key)) {
            throw failures.get(key);
        }
        return values.get(key);
    }

    long count(String key)
    {
        return ((Number) value(key)).longValue();
    }

    OptionalLong bytesRead()
    {
        return bytesRead;
    }

    private void compute(Map<String, Column> columns)
    {
        Column[] named = columns.entrySet().stream().map(entry -> entry.getValue().as(entry.getKey())).toArray(Column[]::new);
        Column[] others = new Column[named.length - 1];
        System.arraycopy(named, 1, others, 0, others.length);
        Row row = rows.agg(named[0], others).head();
        int index = 0;
        for (String key : columns.keySet()) {
            values.put(key, row.isNullAt(index) ? null : row.get(index));
            index++;
        }
    }
}
