package io.meshwright.spark.benchmark;

import com.google.common.collect.Maps;
import io.meshwright.spark.job.ContractTestJob;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkState;

/**
 * Tests contracts with the job and the same rules with Deequ, side by side: {@code docs/benchmarks.md}. Each is measured in a JVM of its own.
 */
public final class QualityBenchmark
{
    private static final String DEEQU = "io.meshwright.benchmark.deequ.DeequBenchmark";

    private final QualityOptions options;
    private final Path java;
    private final Path root;
    private final Path folder;
    private final Map<QualityCase, Measurement> ours = new EnumMap<>(QualityCase.class);
    private final Map<QualityCase, Measurement> peers = new EnumMap<>(QualityCase.class);

    private QualityBenchmark(QualityOptions options, Path java, Path root)
    {
        this.options = options;
        this.java = java;
        this.root = root;
        this.folder = root.resolve("spark-quality-jobs/target/benchmark-data/" + options.folderName());
    }

    /**
     * @param arguments options; the root of the build is in the system property {@code benchmark.root}
     */
    public static void main(String[] arguments)
            throws IOException, InterruptedException
    {
        QualityBenchmark benchmark = new QualityBenchmark(QualityOptions.parse(arguments), Java17.find(), Path.of(System.getProperty("benchmark.root")));
        benchmark.run();
    }

    private void run()
            throws IOException, InterruptedException
    {
        Files.createDirectories(folder);
        System.err.println("making the data, unless it is in " + folder);
        long start = System.nanoTime();
        boolean lineItems = options.cases().stream().anyMatch(QualityCase::isLineItems);
        ours(QualityWorker.class.getName(), List.of(
                folder.toString(),
                "TABLES",
                String.valueOf(options.scale()),
                String.valueOf(lineItems ? options.warmUps() + options.runs() : 0),
                String.valueOf(options.cases().contains(QualityCase.B8) ? options.keys() : 0),
                String.valueOf(options.cases().contains(QualityCase.B9) ? options.wideRows() : 0)));
        System.err.printf(Locale.ROOT, "the data took %.0f s%n", (System.nanoTime() - start) / 1e9);
        start = System.nanoTime();
        for (QualityCase measured : options.cases()) {
            measure(measured);
        }
        System.out.print(new QualityReport(options, ours, peers).text());
        System.err.printf(Locale.ROOT, "measuring took %.0f s%n", (System.nanoTime() - start) / 1e9);
    }

    private void measure(QualityCase measured)
            throws IOException, InterruptedException
    {
        System.err.printf(Locale.ROOT, "measuring %s: %s%n", measured, measured.description());
        Path result = folder.resolve(measured + ".ours.tsv");
        ours(QualityWorker.class.getName(), List.of(folder.toString(), measured.name(), String.valueOf(options.warmUps()), String.valueOf(options.runs()), result.toString()));
        Measurement measurement = Measurement.read(result);
        ours.put(measured, measurement);
        if (measured == QualityCase.B4) {
            long start = System.nanoTime();
            ours(ContractTestJob.class.getName(), List.of(
                    "--config",
                    folder.resolve("mesh.yaml").toString(),
                    "--product",
                    BenchmarkLake.NAMESPACE + "." + measured.table().replace('_', '-'),
                    "--result-file",
                    folder.resolve("process.json").toString()));
            ours.put(measured, measurement.with("whole process, s", String.format(Locale.ROOT, "%.2f", (System.nanoTime() - start) / 1e9)));
        }
        if (!measured.hasPeer()) {
            return;
        }
        Path rules = BenchmarkLake.write(folder.resolve("deequ-rules.tsv"), String.join("\n", measured.contract().rules().stream().filter(BenchmarkRule::hasPeer).map(rule -> rule.check() + "\t" + rule.deequ()).toList()));
        Path peerResult = folder.resolve(measured + ".deequ.tsv");
        Path states = Files.createTempDirectory(folder, "states");
        List<String> arguments = new ArrayList<>(List.of(
                BenchmarkLake.uri(folder),
                BenchmarkLake.warehouse(folder),
                BenchmarkTables.name(measured.table()),
                rules.toString(),
                peerResult.toString(),
                String.valueOf(options.warmUps()),
                String.valueOf(options.runs()),
                states.toUri().toString()));
        Optional.ofNullable(measurement.facts().get("snapshots")).ifPresent(snapshots -> arguments.addAll(List.of(snapshots.split(","))));
        Path deequ = root.resolve("benchmark/deequ/target");
        run(deequ.resolve("classes") + File.pathSeparator + Files.readString(deequ.resolve("class-path")).strip(), DEEQU, arguments);
        Measurement peer = Measurement.read(peerResult);
        Map<String, Boolean> shared = Maps.filterKeys(measurement.holds(), peer.holds()::containsKey);
        checkState(peer.holds().equals(shared), "%s: Deequ says %s, we say %s", measured, peer.holds(), shared);
        peers.put(measured, peer);
    }

    private void ours(String main, List<String> arguments)
            throws IOException, InterruptedException
    {
        run(System.getProperty("java.class.path"), main, arguments);
    }

    private void run(String classPath, String main, List<String> arguments)
            throws IOException, InterruptedException
    {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "@" + root.resolve("runtime/spark/src/main/jvm.options"),
                "-Xmx" + options.heap(),
                "-XX:ActiveProcessorCount=" + options.cores(),
                "-Duser.timezone=UTC",
                "-classpath",
                classPath,
                main));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Path log = folder.resolve(main.substring(main.lastIndexOf('.') + 1) + ".log");
        int exitCode = builder.redirectOutput(log.toFile()).start().waitFor();
        checkState(exitCode == 0, "%s ended with %s, see %s", main, exitCode, log);
        checkState(!Files.readString(log).contains("failed to compile"), "Spark could not compile a query of %s, which is no fair measurement; see %s", main, log);
    }
}
