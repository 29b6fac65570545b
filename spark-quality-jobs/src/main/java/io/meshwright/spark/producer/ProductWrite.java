package io.meshwright.spark.producer;

import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SparkTable;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.V2WriteCommand;
import org.apache.spark.sql.connector.write.RowLevelOperation;
import org.apache.spark.sql.connector.write.RowLevelOperationTable;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A write of rows to an Iceberg table.
 *
 * @param operation empty for a write of whole rows only: append and overwrite
 */
record ProductWrite(V2WriteCommand command, Table table, Optional<RowLevelOperation.Command> operation)
{
    ProductWrite
    {
        requireNonNull(command, "command is null");
        requireNonNull(table, "table is null");
        requireNonNull(operation, "operation is null");
    }

    /**
     * Empty for every other plan, and for deletes, which bring no rows. Compaction writes through a table of its own and is none, either.
     */
    static Optional<ProductWrite> of(LogicalPlan plan)
    {
        if (!(plan instanceof V2WriteCommand command) || !(command.table() instanceof DataSourceV2Relation relation)) {
            return Optional.empty();
        }
        if (relation.table() instanceof RowLevelOperationTable rows && rows.table() instanceof SparkTable target) {
            RowLevelOperation.Command operation = rows.operation().command();
            return operation == RowLevelOperation.Command.DELETE ? Optional.empty() : Optional.of(new ProductWrite(command, target.table(), Optional.of(operation)));
        }
        return relation.table() instanceof SparkTable target ? Optional.of(new ProductWrite(command, target.table(), Optional.empty())) : Optional.empty();
    }
}
