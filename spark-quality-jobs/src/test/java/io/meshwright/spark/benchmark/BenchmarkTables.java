package io.meshwright.spark.benchmark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

import java.util.ArrayList;
import java.util.List;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

/**
 * The data of the benchmark, made once for a folder.
 */
final class BenchmarkTables
{
    static final String BASE = "lineitem";
    static final String SHUFFLED = "lineitem_shuffled";
    static final String SMALL_FILES = "lineitem_small_files";
    static final String KEYS = "keys";
    static final String WIDE = "wide";

    private static final int FILES = 12;
    private static final int SMALL_FILE_COUNT = 120;

    private final BenchmarkLake lake;
    private final double scale;

    BenchmarkTables(BenchmarkLake lake, double scale)
    {
        this.lake = lake;
        this.scale = scale;
    }

    /**
     * @param number of a hundredth that can be appended, from 1
     */
    static String more(int number)
    {
        return "lineitem_more_" + number;
    }

    void lineItems(int hundredths)
    {
        make(BASE, LineItemContract.all(), session -> LineItems.generate(session, session.table(name(BASE)).schema(), scale, FILES));
        // by a hash, so that the order is the same each time and has nothing to do with the key
        make(SHUFFLED, LineItemContract.all(), session -> session.table(name(BASE)).repartition(FILES, functions.xxhash64(col("l_orderkey"), col("l_linenumber"), lit(7))).sortWithinPartitions(functions.xxhash64(col("l_linenumber"), col("l_orderkey"))));
        make(SMALL_FILES, LineItemContract.all(), session -> {
            Dataset<Row> rows = LineItems.generate(session, session.table(name(BASE)).schema(), scale, SMALL_FILE_COUNT);
            long key = session.table(name(BASE)).agg(functions.max("l_orderkey")).head().getLong(0) / 2 / 32 * 32 + 1;
            return rows.withColumn("l_returnflag", functions.when(col("l_orderkey").equalTo(key).and(col("l_linenumber").equalTo(1)), "X").otherwise(col("l_returnflag")));
        });
        for (int number = 1; number <= hundredths; number++) {
            long step = number - 1;
            make(more(number), LineItemContract.all(), session -> {
                long greatest = session.table(name(BASE)).agg(functions.max("l_orderkey")).head().getLong(0);
                return session.table(name(BASE)).where(col("l_orderkey").leq(greatest / 100)).withColumn("l_orderkey", col("l_orderkey").plus(greatest + step * (greatest / 100))).coalesce(1);
            });
        }
    }

    void keys(long rows)
    {
        // random to every reader, and the same each time
        make(KEYS, WideContract.key(), session -> session.range(0, rows, 1, FILES)
                .select(functions.expr("md5(cast(id AS string))").as("h"))
                .select(functions.expr("concat_ws('-', substr(h, 1, 8), substr(h, 9, 4), substr(h, 13, 4), substr(h, 17, 4), substr(h, 21, 12))").as("id")));
    }

    void wide(long rows)
    {
        make(WIDE, WideContract.wide(), session -> {
            List<org.apache.spark.sql.Column> columns = new ArrayList<>();
            for (int column = 0; column < WideContract.COLUMNS; column++) {
                // half of the columns recur, half do not
                String number = "pmod(xxhash64(id, " + column + "), " + (column % 4 < 2 ? 5_000 : 1_000_000_000) + ")";
                columns.add(functions.expr(column % 2 == 0 ? "2 * " + number : "concat('item-', " + number + ")").as("c" + column));
            }
            return session.range(0, rows, 1, FILES).select(columns.toArray(org.apache.spark.sql.Column[]::new));
        });
    }

    private interface Source
    {
        Dataset<Row> rows(SparkSession session);
    }

    private void make(String table, BenchmarkContract contract, Source source)
    {
        if (lake.has(table) && lake.table(table).currentSnapshot() != null) {
            return;
        }
        System.err.println("making " + table);
        lake.create(table, contract);
        LineItems.append(source.rows(lake.session()), table);
    }

    static String name(String table)
    {
        return "mesh." + BenchmarkLake.NAMESPACE + "." + table;
    }
}
