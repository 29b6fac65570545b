package io.meshwright.spark.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.json.RecordJson;
import io.meshwright.spark.job.ContractTestInProcess;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;

/**
 * Measures the job that tests a contract, in a process of its own. Arguments: folder, case, warm-ups, runs, file for the result; or folder,
 * {@code TABLES}, scale, hundredths, rows of keys, rows of the wide table (0 for none), to make the data.
 */
public final class QualityWorker
{
    private final BenchmarkLake lake;
    private final QualityCase measured;
    private final int warmUps;
    private final int runs;
    private final List<String> result = new ArrayList<>();
    private ContractTestReport report;

    private interface Step
    {
        void run(int number);
    }

    private QualityWorker(BenchmarkLake lake, QualityCase measured, int warmUps, int runs)
    {
        this.lake = lake;
        this.measured = measured;
        this.warmUps = warmUps;
        this.runs = runs;
    }

    public static void main(String[] arguments)
            throws IOException
    {
        try (BenchmarkLake lake = new BenchmarkLake(Path.of(arguments[0]))) {
            if (arguments[1].equals("TABLES")) {
                makeTables(lake, arguments);
                return;
            }
            QualityWorker worker = new QualityWorker(lake, QualityCase.valueOf(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            worker.measure();
            Files.write(Path.of(arguments[4]), worker.result);
        }
    }

    private static void makeTables(BenchmarkLake lake, String[] arguments)
    {
        BenchmarkTables tables = new BenchmarkTables(lake, Double.parseDouble(arguments[2]));
        int hundredths = Integer.parseInt(arguments[3]);
        if (hundredths > 0) {
            tables.lineItems(hundredths);
        }
        long keys = Long.parseLong(arguments[4]);
        if (keys > 0) {
            tables.keys(keys);
        }
        long wide = Long.parseLong(arguments[5]);
        if (wide > 0) {
            tables.wide(wide);
        }
    }

    private void measure()
    {
        switch (measured) {
            case B1, B2 -> measureAnew(BenchmarkTables.BASE);
            case B1S -> measureAnew(BenchmarkTables.SHUFFLED);
            case B3 -> measureAppends();
            case B4 -> measureUnchanged();
            case B5P -> measureDeletes("2");
            case B5V -> measureDeletes("3");
            case B6 -> measureCompaction();
            case B7 -> measureAnew(BenchmarkTables.SMALL_FILES);
            case B8 -> measureAnew(BenchmarkTables.KEYS);
            case B9 -> measureAnew(BenchmarkTables.WIDE);
        }
        compareWithNaiveScan();
    }

    private void measureAnew(String source)
    {
        lake.copy(source, measured.table(), measured.contract());
        measure(runs, "run", run -> lake.forget());
    }

    private void measureUnchanged()
    {
        lake.copy(BenchmarkTables.BASE, measured.table(), measured.contract());
        lake.forget();
        test();
        measure(runs, "run", run -> {});
    }

    private void measureAppends()
    {
        Table table = lake.copy(BenchmarkTables.BASE, measured.table(), measured.contract());
        lake.forget();
        test();
        List<String> snapshots = new ArrayList<>(List.of(snapshot()));
        measure(runs, "run", run -> {
            lake.append(BenchmarkTables.more(run), table);
            snapshots.add(snapshot());
        });
        result.add("snapshots\t" + String.join(",", snapshots));
    }

    private void measureDeletes(String version)
    {
        Table table = lake.copy(BenchmarkTables.BASE, measured.table(), measured.contract());
        table.updateProperties().set("format-version", version).set("write.delete.mode", "merge-on-read").commit();
        lake.forget();
        test();
        SparkSession session = lake.session();
        // the files lie in the order of the key
        List<Row> ranges = session.sql("SELECT min(l_orderkey), max(l_orderkey) FROM " + name() + " GROUP BY _file ORDER BY 1").collectAsList();
        List<Row> touched = List.of(ranges.get(1), ranges.get(5), ranges.get(9));
        String within = String.join(" OR ", touched.stream().map(range -> "l_orderkey BETWEEN " + range.getLong(0) + " AND " + range.getLong(1)).toList());
        measure(runs, "run", run -> session.sql("DELETE FROM " + name() + " WHERE pmod(xxhash64(l_orderkey), 250) = " + run + " AND (" + within + ")"));
        result.add("files touched\t3 of " + ranges.size());
        measure(1, "full", run -> lake.forget());
    }

    private void measureCompaction()
    {
        Table table = lake.copy(BenchmarkTables.BASE, measured.table(), measured.contract());
        lake.forget();
        test();
        Map<String, CheckStatus> before = statuses();
        SparkActions.get(lake.session()).rewriteDataFiles(table).option("rewrite-all", "true").option("target-file-size-bytes", String.valueOf(64 << 20)).execute();
        // it happens once, so that there is nothing to warm up but the first test above
        timed("run", true);
        checkState(statuses().equals(before), "Compaction changed verdicts: %s, before %s", statuses(), before);
        timed("again", true);
    }

    /**
     * @param prepare is not measured, and gets the number of the run from 1 on
     */
    private void measure(int count, String label, Step prepare)
    {
        for (int run = 1; run <= warmUps + count; run++) {
            prepare.run(run);
            timed(label, run > warmUps);
        }
    }

    private void timed(String label, boolean counts)
    {
        System.gc();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long bytes = bytesRead();
        long start = System.nanoTime();
        test();
        double wall = (System.nanoTime() - start) / 1e9;
        String line = (system.getProcessCpuTime() - cpu) / 1e9 + "\t" + wall + "\t" + (bytesRead() - bytes);
        System.err.println(measured + (counts ? " " : " warm-up ") + label + "\t" + line + "\tdata " + dataBytes());
        if (counts && label.equals("run")) {
            result.add("run\t" + line);
            result.add("data bytes\t" + dataBytes());
        }
        else if (counts) {
            result.add(label + " cpu\t" + line.split("\t")[0]);
            result.add(label + " data bytes\t" + dataBytes());
        }
    }

    private void test()
    {
        Path file = lake.folder().resolve("result.json");
        int exitCode = ContractTestInProcess.run("--config", lake.configuration().toString(), "--product", BenchmarkLake.NAMESPACE + "." + measured.table().replace('_', '-'), "--result-file", file.toString());
        checkState(exitCode == 0 || exitCode == 1, "The test ended with %s", exitCode);
        try {
            report = RecordJson.read(Files.readString(file), ContractTestReport.class);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, CheckStatus> statuses()
    {
        return report.checks().stream().collect(toImmutableMap(CheckResult::name, CheckResult::status));
    }

    /**
     * Checks that share a scan tell the same figure.
     */
    private long dataBytes()
    {
        return report.checks().stream().map(CheckResult::bytesRead).filter(OptionalLong::isPresent).mapToLong(OptionalLong::orElseThrow).distinct().sum();
    }

    /**
     * By system calls of this process, shuffles included.
     */
    private static long bytesRead()
    {
        try {
            return Files.readAllLines(Path.of("/proc/self/io")).stream().filter(line -> line.startsWith("rchar:")).mapToLong(line -> Long.parseLong(line.substring(6).trim())).sum();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compareWithNaiveScan()
    {
        Map<String, CheckResult> byName = new HashMap<>();
        report.checks().forEach(check -> byName.put(check.name(), check));
        List<BenchmarkRule> aggregates = measured.contract().rules().stream().filter(rule -> !rule.isQuery()).collect(toImmutableList());
        SparkSession session = lake.session();
        if (!aggregates.isEmpty()) {
            Row row = session.sql("SELECT " + String.join(", ", aggregates.stream().map(BenchmarkRule::naive).toList()) + " FROM " + name()).head();
            for (int index = 0; index < aggregates.size(); index++) {
                compare(aggregates.get(index), byName, ((Number) row.get(index)).longValue());
            }
        }
        measured.contract().rules().stream().filter(BenchmarkRule::isQuery)
                .forEach(rule -> compare(rule, byName, session.sql(rule.naive().formatted(name())).head().getLong(0)));
        Map<String, Long> rungs = new HashMap<>();
        report.checks().forEach(check -> rungs.merge(check.rung().map(Enum::name).orElse("schema"), 1L, Long::sum));
        result.add("rungs\t" + rungs);
        result.add("largest file\t" + session.sql("SELECT max(file_size_in_bytes) FROM " + name() + ".files").head().getLong(0));
    }

    private void compare(BenchmarkRule rule, Map<String, CheckResult> byName, long naive)
    {
        CheckResult check = byName.get(rule.check());
        checkState(check != null, "No check %s among %s", rule.check(), byName.keySet());
        boolean holds = check.status() == CheckStatus.PASSED;
        checkState(holds || check.status() == CheckStatus.FAILED, "%s: %s %s", rule.check(), check.status(), check.message());
        if (rule.check().equals("freshness")) {
            checkState(holds == (naive == 0), "%s: %s, a naive scan says %s", rule.check(), check.status(), naive);
        }
        else {
            checkState(check.actual().orElseThrow().longValueExact() == naive, "%s: %s, a naive scan counts %s", rule.check(), check.actual(), naive);
        }
        result.add("verdict\t" + rule.check() + "\t" + holds);
    }

    private String snapshot()
    {
        return String.valueOf(lake.table(measured.table()).currentSnapshot().snapshotId());
    }

    private String name()
    {
        return BenchmarkTables.name(measured.table());
    }
}
