package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableList;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * @param rows of the table; that with a key of text has a fifth
 * @param runs of a tool in one process that are counted, after the one that is its cold run
 * @param processes that a tool is started in
 * @param peerRuns the same of peers
 * @param timeout seconds that one run of a peer may take
 * @param peerMemory gigabytes of addresses that a peer may take
 * @param folder of data, peers and results; it stays
 */
record ReconciliationOptions(
        long rows,
        int runs,
        int processes,
        int peerRuns,
        int timeout,
        int peerMemory,
        Path folder,
        List<ReconciliationLeg> legs,
        List<ReconciliationTool> tools)
{
    private static final String USAGE = "Options: --rows N --runs N --processes N --peer-runs N --timeout SECONDS --peer-memory GIGABYTES --folder FOLDER --leg NAME --tool NAME";

    ReconciliationOptions
    {
        checkArgument(rows >= 20_000, "--rows is less than 20000");
        checkArgument(runs > 0, "--runs is not positive");
        checkArgument(processes > 0, "--processes is not positive");
        checkArgument(peerRuns >= 0, "--peer-runs is negative");
        checkArgument(timeout > 0, "--timeout is not positive");
        checkArgument(peerMemory > 0, "--peer-memory is not positive");
        legs = ImmutableList.copyOf(legs);
        tools = ImmutableList.copyOf(tools);
    }

    static ReconciliationOptions parse(String[] arguments)
    {
        long rows = 10_000_000;
        int runs = 3;
        int processes = 1;
        int peerRuns = 3;
        int timeout = 900;
        int peerMemory = 8;
        Optional<Path> folder = Optional.empty();
        List<ReconciliationLeg> legs = new ArrayList<>();
        List<ReconciliationTool> tools = new ArrayList<>();
        checkArgument(arguments.length % 2 == 0, USAGE);
        for (int index = 0; index < arguments.length; index += 2) {
            String value = arguments[index + 1];
            switch (arguments[index]) {
                case "--rows" -> rows = Long.parseLong(value);
                case "--runs" -> runs = Integer.parseInt(value);
                case "--processes" -> processes = Integer.parseInt(value);
                case "--peer-runs" -> peerRuns = Integer.parseInt(value);
                case "--timeout" -> timeout = Integer.parseInt(value);
                case "--peer-memory" -> peerMemory = Integer.parseInt(value);
                case "--folder" -> folder = Optional.of(Path.of(value));
                case "--leg" -> legs.add(ReconciliationLeg.valueOf(value.toUpperCase(Locale.ROOT)));
                case "--tool" -> tools.add(ReconciliationTool.valueOf(value.toUpperCase(Locale.ROOT)));
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        long asked = rows;
        return new ReconciliationOptions(
                rows,
                runs,
                processes,
                peerRuns,
                timeout,
                peerMemory,
                folder.orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "meshwright-reconciliation-" + asked)).toAbsolutePath(),
                legs.isEmpty() ? List.of(ReconciliationLeg.values()) : legs,
                tools.isEmpty() ? List.of(ReconciliationTool.values()) : tools);
    }
}
