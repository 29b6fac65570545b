package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The peers: programs of Python in environments of their own, which {@code benchmark/reconciliation/peers.sh} makes.
 */
final class PeerCommands
{
    private static final long ROWS_OF_PARTITION = 200_000;
    private static final List<String> TOLD = List.of("--filter-status", "fail", "--format", "json");

    private final Path scripts;
    private final Path folder;
    private final LegacyServer server;
    private final int memory;

    /**
     * @param memory gigabytes of addresses that a peer may take
     */
    PeerCommands(Path root, Path folder, LegacyServer server, int memory)
    {
        this.scripts = root.resolve("benchmark/reconciliation");
        this.folder = requireNonNull(folder, "folder is null");
        this.server = requireNonNull(server, "server is null");
        this.memory = memory;
    }

    void install()
            throws IOException, InterruptedException
    {
        Files.createDirectories(folder);
        run(List.of(scripts.resolve("peers.sh").toString(), folder.toString()));
        for (String connection : List.of("legacy", "product")) {
            run(List.of(
                    folder.resolve("dvt/bin/data-validation").toString(),
                    "connections",
                    "add",
                    "-c",
                    connection,
                    "Postgres",
                    "--host",
                    "localhost",
                    "--port",
                    String.valueOf(server.port()),
                    "--user",
                    "recon",
                    "--password",
                    "none",
                    "--database",
                    "postgres"));
        }
    }

    Map<String, String> environment()
    {
        return ImmutableMap.of("PSO_DV_CONN_HOME", folder.resolve("connections").toString(), "COLUMNS", "100000", "OPENBLAS_NUM_THREADS", "1");
    }

    /**
     * A database of DuckDB whose view is the product's files.
     */
    void viewOfFiles(String table, List<String> files)
            throws IOException, InterruptedException
    {
        Path list = folder.resolve("files.txt");
        Files.write(list, files);
        run(List.of(folder.resolve("reladiff/bin/python").toString(), scripts.resolve("duckdb_view.py").toString(), duckdb().toString(), table, list.toString()));
    }

    private Path duckdb()
    {
        return folder.resolve("product.duckdb");
    }

    /**
     * Files that name parts of a table, which the peer compares one after the other.
     */
    void partition(String table, long rows)
            throws IOException, InterruptedException
    {
        Path parts = folder.resolve("parts");
        run(List.of("rm", "-rf", parts.toString()));
        List<String> command = new ArrayList<>(List.of(folder.resolve("dvt/bin/data-validation").toString(), "generate-table-partitions"));
        command.addAll(rowArguments(table));
        command.addAll(TOLD);
        command.addAll(List.of("--partition-num", String.valueOf(Math.max(2, rows / ROWS_OF_PARTITION)), "--config-dir", parts.toString()));
        run(command);
    }

    List<String> command(ReconciliationTool tool, ReconciliationLeg leg)
    {
        boolean isReladiff = tool == ReconciliationTool.RELADIFF || tool == ReconciliationTool.RELADIFF_DUCKDB;
        String table = leg.table();
        List<String> key = List.of(ReconciledProducts.key(table).split(", "));
        List<String> command = new ArrayList<>(List.of(
                folder.resolve(isReladiff ? "reladiff/bin/python" : "dvt/bin/python").toString(),
                scripts.resolve("peer.py").toString(),
                isReladiff ? "reladiff" : "dvt",
                folder.resolve("printed").toString(),
                keys().toString(),
                String.valueOf(memory),
                String.valueOf(key.size())));
        if (isReladiff) {
            String database = "postgresql://recon@localhost:" + server.port() + "/postgres";
            command.addAll(List.of(database, table));
            command.addAll(tool == ReconciliationTool.RELADIFF ? List.of(database, table + "_copy") : List.of("duckdb://" + duckdb(), table));
            key.forEach(column -> command.addAll(List.of("-k", column)));
            (tool == ReconciliationTool.RELADIFF ? List.of("%") : columnsOfDuckdb(table)).forEach(column -> command.addAll(List.of("-c", column)));
            // it breaks where it has to sort NULL and text
            command.addAll(List.of("-a", "hashdiff", "-j", "4", "--json", "--skip-sort-results"));
            if (leg == ReconciliationLeg.E || leg == ReconciliationLeg.EX) {
                command.addAll(List.of("-w", "ordered_on = DATE '" + ReconciliationBenchmark.DAY + "'"));
            }
            return command;
        }
        if (tool == ReconciliationTool.DVT_PARTITIONED) {
            command.addAll(List.of("configs", "run", "-cdir", folder.resolve("parts").resolve("public." + table).toString()));
            return command;
        }
        command.addAll(List.of("validate", leg == ReconciliationLeg.D ? "column" : "row"));
        command.addAll(leg == ReconciliationLeg.D ? tables(table) : rowArguments(table));
        command.addAll(leg == ReconciliationLeg.D ? List.of("--grouped-columns", "ordered_on") : List.of());
        command.addAll(TOLD);
        return command;
    }

    /**
     * All but dates: reladiff does not know DuckDB's.
     */
    private static List<String> columnsOfDuckdb(String table)
    {
        String columns = table.equals(ReconciliationTraps.TABLE) ? ReconciliationTraps.copyTable() : OrderRows.columns(table);
        return Stream.of(columns.replaceAll("\\([^)]*\\)", "").split(", "))
                .filter(column -> !column.endsWith(" date"))
                .map(column -> column.substring(0, column.indexOf(' ')))
                .filter(column -> !List.of(ReconciledProducts.key(table).split(", ")).contains(column))
                .toList();
    }

    private static List<String> tables(String table)
    {
        return List.of("-sc", "legacy", "-tc", "product", "-tbls", "public.%1$s=public.%1$s_copy".formatted(table));
    }

    private static List<String> rowArguments(String table)
    {
        return ImmutableList.<String>builder().addAll(tables(table)).add("--primary-keys", ReconciledProducts.key(table).replace(" ", ""), "--hash", "*").build();
    }

    /**
     * @return kind, tab and key of each row that the peer told
     */
    Set<String> told()
            throws IOException
    {
        return Files.readAllLines(keys()).stream().collect(toImmutableSet());
    }

    private Path keys()
    {
        return folder.resolve("keys.tsv");
    }

    private void run(List<String> command)
            throws IOException, InterruptedException
    {
        Path log = folder.resolve("install.log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment());
        int exitCode = builder.start().waitFor();
        checkState(exitCode == 0, "%s ended with %s, see %s", command, exitCode, log);
    }
}
