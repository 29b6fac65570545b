package io.meshwright.spark.check;

import io.meshwright.model.check.RowFilter;
import io.meshwright.spark.session.PinnedTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

import static org.apache.spark.sql.functions.lit;

/**
 * Filters of a contract as Spark conditions.
 */
final class RowFilters
{
    private RowFilters() {}

    /**
     * True for the rows of the filter and false for all others: never NULL.
     *
     * @throws io.meshwright.model.finding.MeshException where Spark understands something else than a condition on one row
     */
    static Column of(PinnedTable table, RowFilter filter)
    {
        Column condition = functions.expr(filter.text());
        // the second wall, as for statements: what Spark understood reads nothing else
        ContractStatement.inspect(table.rows().where(condition));
        return functions.coalesce(condition, lit(false));
    }
}
