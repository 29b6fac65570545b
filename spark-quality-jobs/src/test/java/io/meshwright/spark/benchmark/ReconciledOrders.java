package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.fingerprint.ComparedType;
import io.meshwright.model.fingerprint.ComparedType.Kind;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;

import java.time.LocalDate;
import java.util.Map;

/**
 * Ten columns of the types that legacy order tables have, partitioned by day.
 */
final class ReconciledOrders
{
    static final Map<String, ComparedType> TYPES = ImmutableMap.<String, ComparedType>builder()
            .put("order_id", ComparedType.of(Kind.INTEGER))
            .put("customer", ComparedType.of(Kind.TEXT))
            .put("status", ComparedType.of(Kind.TEXT))
            .put("currency", ComparedType.of(Kind.TEXT))
            .put("quantity", ComparedType.of(Kind.INTEGER))
            .put("amount", new ComparedType(Kind.DECIMAL, 2))
            .put("ordered_on", ComparedType.of(Kind.DATE))
            .put("updated_at", new ComparedType(Kind.TIMESTAMP, 6))
            .put("occurred_at", new ComparedType(Kind.INSTANT, 6))
            .put("paid", ComparedType.of(Kind.BOOLEAN))
            .buildOrThrow();

    private static final long MICROS_OF_DAY = 86_400_000_000L;

    private ReconciledOrders() {}

    static int day(long key, long rows, int days)
    {
        return (int) (key * microsBetween(rows, days) / MICROS_OF_DAY);
    }

    private static long microsBetween(long rows, int days)
    {
        return MICROS_OF_DAY * days / rows;
    }

    static Table table(BenchmarkLake lake, SparkSession session, String name, long rows, LocalDate first, int days)
    {
        if (!lake.has(name)) {
            session.sql("CREATE NAMESPACE IF NOT EXISTS mesh." + BenchmarkLake.NAMESPACE);
            session.sql(
                    """
                    CREATE TABLE mesh.%s.%s (order_id bigint, customer string, status string, currency string, quantity bigint, amount decimal(18, 2),
                        ordered_on date, updated_at timestamp_ntz, occurred_at timestamp, paid boolean)
                    USING iceberg PARTITIONED BY (days(occurred_at))
                    TBLPROPERTIES ('write.parquet.compression-codec' = 'zstd', 'write.distribution-mode' = 'none')
                    """.formatted(BenchmarkLake.NAMESPACE, name));
            session.sql(
                    """
                    INSERT INTO mesh.%1$s.%2$s
                    SELECT id, concat('customer-', id %% 100003), element_at(array('placed', 'paid', 'shipped', 'returned'), cast(id %% 4 AS int) + 1), 'EUR', id %% 7,
                        cast((id * 7919) %% 10000000 / 100 AS decimal(18, 2)), date_add(DATE '%3$s', cast(id * %4$s div 86400000000 AS int)),
                        cast(timestamp_micros(id * %4$s + unix_micros(timestamp '%3$s 00:00:00Z')) AS timestamp_ntz),
                        timestamp_micros(id * %4$s + unix_micros(timestamp '%3$s 00:00:00Z')), id %% 3 = 0
                    FROM range(0, %5$s, 1, %6$s)
                    """.formatted(BenchmarkLake.NAMESPACE, name, first, microsBetween(rows, days), rows, days));
        }
        return lake.table(name);
    }
}
