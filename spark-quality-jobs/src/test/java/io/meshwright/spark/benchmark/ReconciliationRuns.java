package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What was measured, in a file, so that legs can be measured one by one.
 */
final class ReconciliationRuns
{
    /**
     * @param isCold whether the process was started for it
     */
    record Measured(
            ReconciliationLeg leg,
            String tool,
            boolean isCold,
            double wall,
            double clientCpu,
            double serverCpu,
            double megabytes,
            ReconciliationOutcome outcome)
    {
        private String line()
        {
            return String.format(
                    Locale.ROOT,
                    "%s\t%s\t%s\t%.3f\t%.2f\t%.2f\t%.0f\t%s\t%s\t%s\t%s\t%s",
                    leg,
                    tool,
                    isCold,
                    wall,
                    clientCpu,
                    serverCpu,
                    megabytes,
                    outcome.exit(),
                    outcome.found(),
                    outcome.missed(),
                    outcome.wrong(),
                    outcome.note().replaceAll("\\s+", " "));
        }

        private static Measured parse(String line)
        {
            String[] parts = line.split("\t", -1);
            return new Measured(
                    ReconciliationLeg.valueOf(parts[0]),
                    parts[1],
                    Boolean.parseBoolean(parts[2]),
                    Double.parseDouble(parts[3]),
                    Double.parseDouble(parts[4]),
                    Double.parseDouble(parts[5]),
                    Double.parseDouble(parts[6]),
                    new ReconciliationOutcome(parts[7], Long.parseLong(parts[8]), Long.parseLong(parts[9]), Long.parseLong(parts[10]), parts[11]));
        }
    }

    private final Path file;
    private final List<Measured> runs;

    ReconciliationRuns(Path file)
    {
        this.file = requireNonNull(file, "file is null");
        try {
            runs = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file).stream().map(Measured::parse).toList() : List.of());
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Forgets what was measured of a tool in a leg.
     */
    void forget(ReconciliationLeg leg, String tool)
    {
        runs.removeIf(run -> run.leg() == leg && run.tool().equals(tool));
        write();
    }

    void add(Measured run)
    {
        runs.add(run);
        write();
    }

    private void write()
    {
        try {
            Files.write(file, runs.stream().map(Measured::line).toList());
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Measured> of(ReconciliationLeg leg, String tool)
    {
        return runs.stream().filter(run -> run.leg() == leg && run.tool().equals(tool)).collect(toImmutableList());
    }

    List<Measured> all()
    {
        return ImmutableList.copyOf(runs);
    }

    static OptionalDouble median(List<Measured> runs, ToDoubleFunction<Measured> figure)
    {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
