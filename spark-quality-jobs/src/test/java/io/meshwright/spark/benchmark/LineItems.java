package io.meshwright.spark.benchmark;

import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.types.StructType;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.Iterators.transform;

/**
 * TPC-H's line items, one data file for each part of them, in the order of their key.
 */
final class LineItems
{
    private LineItems() {}

    /**
     * @param files how many
     */
    static Dataset<Row> generate(SparkSession session, StructType schema, double scale, int files)
    {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        JavaRDD<Row> rows = context.parallelize(IntStream.rangeClosed(1, files).boxed().collect(toImmutableList()), files)
                .mapPartitions(parts -> generate(scale, parts.next(), files));
        return session.createDataFrame(rows, schema);
    }

    private static Iterator<Row> generate(double scale, int part, int parts)
    {
        return transform(new LineItemGenerator(scale, part, parts).iterator(), LineItems::row);
    }

    private static Row row(LineItem item)
    {
        return RowFactory.create(
                item.getOrderKey(),
                item.getPartKey(),
                item.getSupplierKey(),
                item.getLineNumber(),
                BigDecimal.valueOf(item.getQuantity()),
                BigDecimal.valueOf(item.getExtendedPriceInCents(), 2),
                BigDecimal.valueOf(item.getDiscountPercent(), 2),
                BigDecimal.valueOf(item.getTaxPercent(), 2),
                item.getReturnFlag(),
                item.getStatus(),
                LocalDate.ofEpochDay(item.getShipDate()),
                LocalDate.ofEpochDay(item.getCommitDate()),
                LocalDate.ofEpochDay(item.getReceiptDate()),
                item.getShipInstructions(),
                item.getShipMode(),
                item.getComment());
    }

    static void append(Dataset<Row> rows, String table)
    {
        try {
            rows.writeTo("mesh." + BenchmarkLake.NAMESPACE + "." + table).append();
        }
        catch (NoSuchTableException e) {
            throw new IllegalStateException(e);
        }
    }
}
