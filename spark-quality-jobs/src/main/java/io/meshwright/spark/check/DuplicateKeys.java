package io.meshwright.spark.check;

import io.meshwright.bridge.check.TableReader.RecurringKeys;
import io.meshwright.spark.session.PinnedTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

import java.util.List;
import java.util.OptionalLong;

import static io.meshwright.spark.check.ValueViolations.column;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

/**
 * Counts keys that occur more than once. A key with a NULL part is none.
 */
final class DuplicateKeys
{
    private DuplicateKeys() {}

    static RecurringKeys count(PinnedTable table, List<String> columns)
    {
        OptionalLong before = table.bytesRead();
        Column[] key = new Column[columns.size()];
        Column complete = lit(true);
        for (int index = 0; index < key.length; index++) {
            key[index] = col("k" + index);
            complete = complete.and(key[index].isNotNull());
        }
        Column[] selected = new Column[key.length];
        for (int index = 0; index < key.length; index++) {
            selected[index] = column(columns.get(index)).as("k" + index);
        }
        Dataset<Row> recurring = table.rows()
                .select(selected)
                .where(complete)
                .groupBy(key)
                .agg(functions.count(lit(1)).as("n"))
                .where(col("n").gt(1));
        Row figures = recurring.agg(
                functions.count(lit(1)),
                functions.coalesce(functions.sum(col("n")), lit(0L))).head();
        long keys = figures.getLong(0);
        long rows = figures.getLong(1);
        return new RecurringKeys(keys, rows, SparkTableReader.bytesSince(table, before));
    }
}
