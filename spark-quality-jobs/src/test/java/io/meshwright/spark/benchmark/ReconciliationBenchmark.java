package io.meshwright.spark.benchmark;

import io.meshwright.model.json.RecordJson;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.spark.benchmark.ReconciliationOutcome.Planted;
import io.meshwright.spark.benchmark.ReconciliationRuns.Measured;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * Compares a product with its legacy table, by the job and by other tools, side by side: {@code docs/benchmarks.md}. Needs Linux.
 */
public final class ReconciliationBenchmark
{
    /**
     * The day that is compared alone.
     */
    static final LocalDate DAY = OrderRows.FIRST.plusDays(OrderRows.DAYS - 11);
    private static final LocalDate LAST = OrderRows.FIRST.plusDays(OrderRows.DAYS - 1);
    private static final int TIMEOUT = 1800;

    private final ReconciliationOptions options;
    private final Path root;
    private final Path folder;
    private final BenchmarkLake lake;
    private final ReconciledProducts products;
    private final LegacyServer server;
    private final PeerCommands peers;
    private final ReconciliationLegs legs;
    private final ReconciliationRuns runs;

    private ReconciliationBenchmark(ReconciliationOptions options, Path root, BenchmarkLake lake, LegacyServer server)
    {
        this.options = options;
        this.root = root;
        this.folder = options.folder();
        this.lake = lake;
        this.server = server;
        products = new ReconciledProducts(lake);
        peers = new PeerCommands(root, folder.resolve("peers"), server, options.peerMemory());
        legs = new ReconciliationLegs(folder, new LegacyTables(server, options.rows()), products);
        runs = new ReconciliationRuns(folder.resolve("results.tsv"));
    }

    /**
     * @param arguments options; the root of the build is in the system property {@code benchmark.root}
     */
    public static void main(String[] arguments)
            throws IOException, InterruptedException
    {
        ReconciliationOptions options = ReconciliationOptions.parse(arguments);
        Files.createDirectories(options.folder());
        try (BenchmarkLake lake = new BenchmarkLake(options.folder().resolve("lake"));
                LegacyServer server = LegacyServer.start(options.folder().resolve("postgresql"))) {
            new ReconciliationBenchmark(options, Path.of(System.getProperty("benchmark.root")), lake, server).run();
        }
    }

    private void run()
            throws IOException, InterruptedException
    {
        for (String table : options.legs().stream().map(ReconciliationLeg::table).distinct().toList()) {
            make(table);
        }
        if (options.tools().stream().anyMatch(tool -> !tool.isOurs())) {
            peers.install();
        }
        lake.configuration("legacy:\n  warehouse: {url: \"%s\", user: recon}\n".formatted(server.url()));
        legs.undoUnfinished();
        for (ReconciliationLeg leg : options.legs()) {
            System.err.println("measuring " + leg + ": " + leg.description());
            Planted planted = legs.change(leg);
            for (ReconciliationTool tool : options.tools()) {
                if (leg.isFor(tool)) {
                    measure(leg, tool, planted);
                }
            }
            legs.undoUnfinished();
            if (leg == ReconciliationLeg.A) {
                measureFloors(leg);
            }
        }
        System.out.print(new ReconciliationTable(runs).text(options.rows(), server.value("SHOW server_version")));
    }

    private void make(String table)
            throws IOException, InterruptedException
    {
        LegacyTables tables = new LegacyTables(server, options.rows());
        if (tables.has(table) && lake.has(table)) {
            return;
        }
        System.err.println("making " + table);
        Path file = folder.resolve(table + ".csv");
        if (table.equals(ReconciliationTraps.TABLE)) {
            tables.loadTraps();
        }
        else {
            tables.orders(table).write(table, file);
            tables.load(table, file);
        }
        products.register(table, "native");
        if (lake.table(table).currentSnapshot() == null) {
            Process writer = new ProcessBuilder(worker(List.of("TABLE", folder.resolve("lake").toString(), table, file.toString())))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("spark.log").toFile()))
                    .start();
            checkState(writer.waitFor() == 0, "Spark wrote no %s, see %s", table, folder.resolve("spark.log"));
        }
        Files.deleteIfExists(file);
    }

    /**
     * As the command starts the job.
     */
    private List<String> worker(List<String> arguments)
    {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2048m",
                "-XX:+UseParallelGC",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=UTC",
                "@" + root.resolve("runtime/spark/src/main/jvm.options"),
                "-classpath",
                System.getProperty("java.class.path").replace(";", File.pathSeparator),
                ReconciliationWorker.class.getName()));
        command.addAll(arguments);
        return command;
    }

    private void measure(ReconciliationLeg leg, ReconciliationTool tool, Planted planted)
            throws IOException, InterruptedException
    {
        System.err.println("  " + tool.label());
        if (tool.isOurs()) {
            products.register(leg.table(), tool.name().toLowerCase(Locale.ROOT));
        }
        if (tool == ReconciliationTool.RELADIFF_DUCKDB) {
            peers.viewOfFiles(leg.table(), products.files(leg.table()));
        }
        if (tool == ReconciliationTool.DVT_PARTITIONED) {
            peers.partition(leg.table(), options.rows());
        }
        runs.forget(leg, tool.label());
        Path result = folder.resolve("result.json");
        List<String> command = tool.isOurs() ? worker(arguments(leg, result)) : peers.command(tool, leg);
        if (leg == ReconciliationLeg.EN) {
            // what the nights before compared
            measure(leg, tool, planted, command, result, 0, false);
        }
        for (int process = 0; process < (tool.isOurs() ? options.processes() : 1); process++) {
            measure(leg, tool, planted, command, result, tool.isOurs() ? options.runs() : options.peerRuns(), true);
        }
    }

    private void measure(ReconciliationLeg leg, ReconciliationTool tool, Planted planted, List<String> command, Path result, int more, boolean isCounted)
            throws IOException
    {
        int timeout = tool.isOurs() ? TIMEOUT : options.timeout();
        legs.beforeRun(leg);
        try (MeasuredProcess process = new MeasuredProcess(command, tool.isOurs() ? Map.of() : peers.environment(), folder.resolve(leg + "." + tool + ".log"), server.pid())) {
            for (int run = 0; run <= more; run++) {
                if (run > 0) {
                    legs.beforeRun(leg);
                }
                Files.deleteIfExists(result);
                MeasuredProcess.Run measured = process.run(timeout);
                ReconciliationOutcome outcome = measured.reply().isEmpty()
                        ? ReconciliationOutcome.broken(measured.wall() >= timeout ? "> " + timeout + " s" : "broken")
                        : outcome(leg, tool, planted, measured.reply().orElseThrow(), process, result);
                System.err.printf(
                        Locale.ROOT,
                        "    %.2f s, CPU %.2f + %.2f s, %.0f MB, exit %s, found %s, missed %s, false %s%n",
                        measured.wall(),
                        measured.clientCpu(),
                        measured.serverCpu(),
                        measured.peakMegabytes(),
                        outcome.exit(),
                        outcome.found(),
                        outcome.missed(),
                        outcome.wrong());
                if (isCounted) {
                    runs.add(new Measured(leg, tool.label(), run == 0, measured.wall(), measured.clientCpu(), measured.serverCpu(), measured.peakMegabytes(), outcome));
                }
                if (measured.reply().isEmpty()) {
                    break;
                }
            }
        }
        finally {
            // what the server still does for a process that was ended
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'recon'");
        }
    }

    private ReconciliationOutcome outcome(ReconciliationLeg leg, ReconciliationTool tool, Planted planted, String exit, MeasuredProcess process, Path result)
            throws IOException
    {
        if (tool.isOurs()) {
            checkState(Files.exists(result), "The job ended with %s, see %s", exit, folder.resolve(leg + "." + tool + ".log"));
            ReconciliationReport report = RecordJson.read(Files.readString(result), ReconciliationReport.class);
            checkState(report.profile().equals(leg == ReconciliationLeg.D ? "counts" : tool.name().toLowerCase(Locale.ROOT)), "compared by %s: %s", report.profile(), report.rules());
            return leg == ReconciliationLeg.H ? ReconciliationOutcome.ofTraps(exit, report) : ReconciliationOutcome.of(exit, report, planted);
        }
        if (!exit.equals("0")) {
            return ReconciliationOutcome.broken(exit);
        }
        Optional<String> told = process.ask("tell", TIMEOUT);
        checkState(told.isPresent(), "nothing was told, see %s", folder.resolve(leg + "." + tool + ".log"));
        Set<String> keys = peers.told();
        return leg == ReconciliationLeg.H
                ? ReconciliationOutcome.ofTraps(exit, keys.stream().map(key -> Integer.parseInt(key.substring(key.indexOf('\t') + 1))).collect(toImmutableSet()))
                : ReconciliationOutcome.ofKeys(exit, keys, planted, "");
    }

    private List<String> arguments(ReconciliationLeg leg, Path result)
    {
        List<String> arguments = new ArrayList<>(List.of("RUN", "--config", lake.folder().resolve("mesh.yaml").toString(), "--product", ReconciledProducts.address(leg.table()), "--result-file", result.toString()));
        switch (leg) {
            case E, EX -> arguments.addAll(List.of("--day", DAY.toString(), "--full"));
            case EN -> arguments.addAll(List.of("--from", LAST.minusDays(34).toString(), "--to", LAST.toString()));
            case D -> arguments.addAll(List.of("--from", OrderRows.FIRST.toString(), "--to", LAST.toString(), "--level", "counts"));
            default -> arguments.addAll(List.of("--from", OrderRows.FIRST.toString(), "--to", LAST.toString(), "--full"));
        }
        return arguments;
    }

    /**
     * What PostgreSQL takes for less than a comparison.
     */
    private void measureFloors(ReconciliationLeg leg)
    {
        ReconciliationFloors floors = new ReconciliationFloors(server, new LegacyTables(server, options.rows()));
        floors.statements(leg.table()).forEach((name, work) -> {
            runs.forget(leg, name);
            for (int run = 0; run < options.runs(); run++) {
                runs.add(floors.measure(leg, name, work));
            }
        });
    }
}
