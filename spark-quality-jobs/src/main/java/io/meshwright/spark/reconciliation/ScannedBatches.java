package io.meshwright.spark.reconciliation;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Seq;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static io.meshwright.spark.reconciliation.ProductScan.quoted;

/**
 * The batches of a scan as its reader makes them, where Spark would only turn them into rows.
 */
final class ScannedBatches
{
    private ScannedBatches() {}

    /**
     * @param rows of a table, of which nothing is filtered
     * @param columns in the order in which batches shall have them; one may occur more than once
     * @return empty where files are read by rows, or a column is part of another
     */
    static Optional<JavaRDD<ColumnarBatch>> of(Dataset<Row> rows, List<String> columns)
    {
        List<String> fields = Arrays.asList(rows.schema().fieldNames());
        if (!fields.containsAll(columns)) {
            return Optional.empty();
        }
        Column[] distinct = columns.stream().distinct().map(name -> rows.col(quoted(name))).toArray(Column[]::new);
        Seq<SparkPlan> leaves = rows.select(distinct).queryExecution().executedPlan().collectLeaves();
        if (leaves.size() != 1 || !(leaves.head() instanceof BatchScanExec scan) || !scan.supportsColumnar()) {
            return Optional.empty();
        }
        int[] places = new int[columns.size()];
        for (int index = 0; index < places.length; index++) {
            places[index] = place(scan.output(), columns.get(index));
        }
        return Optional.of(scan.executeColumnar().toJavaRDD().map(batch -> arranged(batch, places)));
    }

    private static int place(Seq<? extends Attribute> output, String name)
    {
        for (int index = 0; index < output.size(); index++) {
            if (output.apply(index).name().equals(name)) {
                return index;
            }
        }
        throw new IllegalStateException("A scan leaves out a column that it was asked for: " + name);
    }

    private static ColumnarBatch arranged(ColumnarBatch batch, int[] places)
    {
        ColumnVector[] vectors = new ColumnVector[places.length];
        for (int index = 0; index < places.length; index++) {
            vectors[index] = batch.column(places[index]);
        }
        return new ColumnarBatch(vectors, batch.numRows());
    }
}
