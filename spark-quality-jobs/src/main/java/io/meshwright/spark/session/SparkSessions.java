package io.meshwright.spark.session;

import org.apache.spark.sql.SparkSession;

/**
 * Starts Spark with what the jobs need and nothing else: no web interface, no Hive, one catalog of pinned tables.
 */
public final class SparkSessions
{
    private SparkSessions() {}

    /**
     * What spark-submit or system properties say about the master and resources stays in force.
     */
    public static SparkSession start(String application)
    {
        SparkSession.Builder builder = SparkSession.builder()
                .appName(application)
                .config("spark.sql.catalogImplementation", "in-memory")
                .config("spark.sql.catalog." + PinnedTableCatalog.CATALOG, PinnedTableCatalog.class.getName())
                .config("spark.sql.session.timeZone", "UTC")
                // an overflow or an impossible cast is an error, never a silent NULL that would count as valid
                .config("spark.sql.ansi.enabled", "true")
                .config("spark.sql.iceberg.aggregate-push-down.enabled", "true")
                // the vectorized reader of Iceberg 1.11.0 fails on pages of texts that are all NULL, which Trino writes (apache/iceberg#17017)
                .config("spark.sql.iceberg.vectorization.enabled", "false");
        if (System.getProperty("spark.master") == null && System.getenv("SPARK_MASTER") == null) {
            // started by the command: one machine, few rows to shuffle
            builder = builder
                    .master("local[*]")
                    .config("spark.ui.enabled", "false")
                    .config("spark.ui.showConsoleProgress", "false")
                    .config("spark.sql.shuffle.partitions", String.valueOf(Math.max(4, 2 * Runtime.getRuntime().availableProcessors())))
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1");
        }
        SparkSession session = builder.getOrCreate();
        session.sparkContext().setLogLevel("ERROR");
        return session;
    }
}
