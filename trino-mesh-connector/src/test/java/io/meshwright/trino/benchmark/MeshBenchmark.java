package io.meshwright.trino.benchmark;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.log.Level;
import io.airlift.log.Logging;
import io.meshwright.trino.TestingMesh;
import io.meshwright.trino.TestingTpch;
import io.trino.Session;
import io.trino.execution.QueryInfo;
import io.trino.testing.QueryRunner.MaterializedResultWithPlan;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.CLEARED;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.stream.Collectors.joining;

/**
 * Compares the CPU time of queries through addresses with that of the bare Iceberg connector and of column masks in
 * SQL, on the same tables and interleaved within one run.
 */
public final class MeshBenchmark
{
    // Trino's logging takes the standard streams over
    private static final PrintStream OUT = System.out;

    private static final Reader BARE = new Reader("bare Iceberg", "lake", CLEARED);
    private static final Reader CLEAR = new Reader("cleared", "mesh", CLEARED);
    private static final Reader MASKED = new Reader("masked", "mesh", ANALYST);
    private static final Reader SQL_MASKED = new Reader("SQL masks", "sql_masks", ANALYST);
    private static final List<Reader> READERS = ImmutableList.of(BARE, CLEAR, MASKED, SQL_MASKED);

    private final TestingMesh mesh;
    private final BenchmarkOptions options;
    private final Random random = new Random(1);

    private MeshBenchmark(TestingMesh mesh, BenchmarkOptions options)
    {
        this.mesh = mesh;
        this.options = options;
    }

    public static void main(String[] arguments)
            throws Exception
    {
        BenchmarkOptions options = BenchmarkOptions.parse(arguments);
        Logging logging = Logging.initialize();
        ImmutableList.of("io.trino", "io.airlift", "org.apache.iceberg").forEach(name -> logging.setLevel(name, Level.ERROR));
        try (TestingMesh mesh = new TestingMesh(0, ImmutableMap.of())) {
            new MeshBenchmark(mesh, options).run();
        }
    }

    private void run()
            throws IOException
    {
        describeMachine();
        TestingTpch.create(mesh, "sf" + options.scale());
        KeyTables.create(mesh, options.rows());
        Map<String, Map<String, String>> tpchMasks = TestingTpch.maskedColumns().entrySet().stream()
                .collect(toImmutableMap(Map.Entry::getKey, table -> SqlMasks.ofText(table.getValue())));
        SqlMasks.createCatalog(mesh, SQL_MASKED.catalog(), ImmutableMap.<String, Map<String, Map<String, String>>>builder()
                .putAll(KeyTables.masks())
                .put("tpch", tpchMasks)
                .buildOrThrow());

        measure("Masked keys", KeyTables.queries());
        measure("TPC-H", IntStream.rangeClosed(1, TestingTpch.QUERIES)
                .mapToObj(number -> new BenchmarkQuery("q%02d".formatted(number), "tpch", TestingTpch.query(number), OptionalDouble.empty()))
                .collect(toImmutableList()));
        OUT.printf(Locale.ROOT, "%nLoad average at the end: %.2f%n", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private void measure(String title, List<BenchmarkQuery> all)
    {
        List<BenchmarkQuery> queries = all.stream().filter(options::includes).collect(toImmutableList());
        if (queries.isEmpty()) {
            return;
        }
        Samples samples = new Samples();
        for (int round = -options.warmUps(); round < options.runs(); round++) {
            for (BenchmarkQuery query : queries) {
                List<Reader> order = new ArrayList<>(READERS);
                Collections.shuffle(order, random);
                Map<String, Integer> rows = new TreeMap<>();
                for (Reader reader : order) {
                    long cpuNanos = execute(reader, query, rows);
                    if (round >= 0) {
                        samples.add(query, reader, cpuNanos);
                    }
                }
                checkState(rows.values().stream().distinct().count() == 1, "%s: numbers of rows differ: %s", query.name(), rows);
            }
            OUT.printf("%s: %s %s%n", title, round < 0 ? "warm-up" : "run", round < 0 ? round + options.warmUps() + 1 : round + 1);
        }
        print(title, queries, samples);
    }

    private long execute(Reader reader, BenchmarkQuery query, Map<String, Integer> rows)
    {
        Session session = Session.builder(mesh.session(reader.user()))
                .setCatalog(reader.catalog())
                .setSchema(query.schema())
                // the defaults of a server, which those of Trino's test server are not
                .setSystemProperty("join_distribution_type", "AUTOMATIC")
                .setSystemProperty("task_concurrency", String.valueOf(Math.clamp(Integer.highestOneBit(Runtime.getRuntime().availableProcessors()), 2, 32)))
                .build();
        MaterializedResultWithPlan result = mesh.runner().executeWithPlan(session, query.sql());
        rows.put(reader.name(), result.result().getRowCount());
        QueryInfo info = mesh.runner().getCoordinator().getQueryManager().getFullQueryInfo(result.queryId());
        while (!info.isFinalQueryInfo()) {
            Thread.onSpinWait();
            info = mesh.runner().getCoordinator().getQueryManager().getFullQueryInfo(result.queryId());
        }
        return info.getQueryStats().getTotalCpuTime().roundTo(NANOSECONDS);
    }

    private static void print(String title, List<BenchmarkQuery> queries, Samples samples)
    {
        List<Reader> compared = READERS.stream().filter(reader -> !reader.equals(BARE)).collect(toImmutableList());
        OUT.printf("%n## %s%n%n", title);
        row("query", "bare Iceberg, ms", compared, Reader::name, "goal");
        row("---", "---", compared, _ -> "---", "---");
        for (BenchmarkQuery query : queries) {
            String goal = query.limit().isEmpty() ? "" : verdict(samples.ratio(query, MASKED, BARE), query.limit().orElseThrow());
            row(query.name(), String.format(Locale.ROOT, "%.0f", samples.median(query, BARE)), compared, reader -> samples.ratio(query, reader, BARE).toString(), goal);
        }
        row("geometric mean", "", compared, reader -> samples.ratio(queries, reader, BARE).toString(), "");
    }

    private static String verdict(RatioEstimate estimate, double limit)
    {
        return String.format(Locale.ROOT, "%.2f, %s", limit, estimate.mean() <= limit ? "met" : "missed");
    }

    private static void row(String first, String second, List<Reader> readers, Function<Reader, String> cell, String last)
    {
        OUT.printf("| %s | %s | %s | %s |%n", first, second, readers.stream().map(cell).collect(joining(" | ")), last);
    }

    private void describeMachine()
            throws IOException
    {
        Path processors = Path.of("/proc/cpuinfo");
        String model = !Files.isReadable(processors) ? System.getProperty("os.arch") : Files.readAllLines(processors).stream()
                                                                                       .filter(line -> line.startsWith("model name"))
                                                                                       .map(line -> line.substring(line.indexOf(':') + 2))
                                                                                       .findFirst()
                                                                                       .orElse("unknown");
        OUT.printf(
                Locale.ROOT,
                "%s, %s processors, %s; Java %s, %s MB heap; load average at the start %.2f%n",
                model,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                Runtime.version(),
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        OUT.printf("TPC-H scale %s, %s visits, %s warm-ups, %s runs%n", options.scale(), options.rows(), options.warmUps(), options.runs());
    }
}
