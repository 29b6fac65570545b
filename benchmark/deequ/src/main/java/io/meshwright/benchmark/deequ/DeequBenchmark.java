package io.meshwright.benchmark.deequ;

import com.amazon.deequ.analyzers.Analysis;
import com.amazon.deequ.analyzers.HdfsStateProvider;
import com.amazon.deequ.analyzers.StateLoader;
import com.amazon.deequ.analyzers.StatePersister;
import com.amazon.deequ.analyzers.runners.AnalysisRunner;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.metrics.Metric;
import com.sun.management.OperatingSystemMXBean;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.collection.JavaConverters;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Measures Deequ on a table of Iceberg. Arguments: URI of the JDBC catalog, warehouse, table, file of rules, file for the result, warm-ups, runs, folder for
 * states, snapshots. With snapshots the first is analysed, and what each of the others appended is added to its states; a measured run is one such addition.
 * The result has a line for each run (seconds of CPU, of time, bytes read) and for each rule whether it holds.
 */
public final class DeequBenchmark
{
    private final SparkSession session;
    private final String table;
    private final List<DeequRule> rules;
    private final List<String> result = new ArrayList<>();

    private interface Work
    {
        AnalyzerContext run();
    }

    private DeequBenchmark(SparkSession session, String table, List<DeequRule> rules)
    {
        this.session = session;
        this.table = table;
        this.rules = rules;
    }

    public static void main(String[] arguments)
            throws IOException
    {
        SparkSession session = session(arguments[0], arguments[1]);
        List<DeequRule> rules = Files.readAllLines(Path.of(arguments[3])).stream().map(DeequRule::parse).collect(Collectors.toList());
        DeequBenchmark benchmark = new DeequBenchmark(session, arguments[2], rules);
        int warmUps = Integer.parseInt(arguments[5]);
        int runs = Integer.parseInt(arguments[6]);
        List<String> snapshots = List.of(arguments).subList(Math.min(8, arguments.length), arguments.length);
        if (snapshots.isEmpty()) {
            benchmark.measure(warmUps, runs);
        }
        else {
            benchmark.measureAppends(warmUps, snapshots, arguments[7]);
        }
        Files.write(Path.of(arguments[4]), benchmark.result);
        session.stop();
    }

    private static SparkSession session(String uri, String warehouse)
    {
        int cores = Runtime.getRuntime().availableProcessors();
        SparkSession session = SparkSession.builder()
                .appName("deequ")
                .master("local[" + cores + "]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.catalogImplementation", "in-memory")
                .config("spark.sql.session.timeZone", "UTC")
                // measured: faster on few cores than the 200 by default
                .config("spark.sql.shuffle.partitions", String.valueOf(8 * cores))
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                // the name within a JDBC catalog is the name of Spark's catalog
                .config("spark.sql.catalog.mesh", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.mesh.catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog")
                .config("spark.sql.catalog.mesh.uri", uri)
                .config("spark.sql.catalog.mesh.warehouse", warehouse)
                .config("spark.sql.catalog.mesh.jdbc.schema-version", "V1")
                .config("spark.sql.catalog.mesh.cache-enabled", "false")
                .getOrCreate();
        session.sparkContext().setLogLevel("ERROR");
        return session;
    }

    private void measure(int warmUps, int runs)
            throws IOException
    {
        AnalyzerContext last = null;
        for (int run = -warmUps; run < runs; run++) {
            last = timed(run >= 0, () -> AnalysisRunner.onData(session.table(table)).addAnalyzers(analysis().analyzers()).run());
        }
        verdicts(last);
    }

    private void measureAppends(int warmUps, List<String> snapshots, String folder)
            throws IOException
    {
        Dataset<Row> first = session.read().option("snapshot-id", snapshots.get(0)).table(table);
        AnalysisRunner.run(first, analysis(), Option.<StateLoader>empty(), Option.<StatePersister>apply(states(folder, 0)), StorageLevel.MEMORY_AND_DISK());
        AnalyzerContext last = null;
        for (int index = 1; index < snapshots.size(); index++) {
            int step = index;
            last = timed(index > warmUps, () -> {
                Dataset<Row> appended = session.read().option("start-snapshot-id", snapshots.get(step - 1)).option("end-snapshot-id", snapshots.get(step)).table(table);
                return AnalysisRunner.run(
                        appended,
                        analysis(),
                        Option.<StateLoader>apply(states(folder, step - 1)),
                        Option.<StatePersister>apply(states(folder, step)),
                        StorageLevel.MEMORY_AND_DISK());
            });
        }
        verdicts(last);
    }

    private HdfsStateProvider states(String folder, int step)
    {
        return new HdfsStateProvider(session, folder + "/" + step + "-", 10, true);
    }

    private Analysis analysis()
    {
        return new Analysis(JavaConverters.asScalaBuffer(rules.stream().map(DeequRule::analyzer).distinct().collect(Collectors.toList())).toSeq());
    }

    private AnalyzerContext timed(boolean counts, Work work)
            throws IOException
    {
        System.gc();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long bytes = bytesRead();
        long start = System.nanoTime();
        AnalyzerContext context = work.run();
        double wall = (System.nanoTime() - start) / 1e9;
        String line = "run\t" + (system.getProcessCpuTime() - cpu) / 1e9 + "\t" + wall + "\t" + (bytesRead() - bytes);
        System.err.println("deequ " + (counts ? line : "warm-up " + line));
        if (counts) {
            result.add(line);
        }
        return context;
    }

    /**
     * By system calls of this process, shuffles included.
     */
    private static long bytesRead()
            throws IOException
    {
        return Files.readAllLines(Path.of("/proc/self/io")).stream().filter(line -> line.startsWith("rchar:")).mapToLong(line -> Long.parseLong(line.substring(6).trim())).sum();
    }

    private void verdicts(AnalyzerContext context)
    {
        for (DeequRule rule : rules) {
            Metric<?> metric = context.metricMap().apply(rule.analyzer());
            boolean holds = metric.value().isSuccess() && rule.holds().test(((Number) metric.value().get()).doubleValue());
            result.add("verdict\t" + rule.name() + "\t" + holds + "\t" + metric.value());
        }
    }
}
