package io.meshwright.spark.benchmark;

import io.meshwright.spark.benchmark.ReconciliationRuns.Measured;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * All that was measured as a table of Markdown.
 */
final class ReconciliationTable
{
    private final ReconciliationRuns runs;
    private final StringBuilder text = new StringBuilder();

    ReconciliationTable(ReconciliationRuns runs)
    {
        this.runs = requireNonNull(runs, "runs is null");
    }

    String text(long rows, String server)
    {
        line("%s rows, PostgreSQL %s, %s processors, load average at the end %.1f", rows, server, Runtime.getRuntime().availableProcessors(), java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        line("");
        line("`native` is a 64-bit hash that is not cryptographic, `md5` and reladiff's hash are 60 bits of MD5, DVT's is SHA-256.");
        line("");
        line("| leg | tool | cold, s | warm, s | CPU s of the tool | CPU s of PostgreSQL | MB | found / missed / false | exit | times ours, native: warm | CPU |");
        line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (ReconciliationLeg leg : ReconciliationLeg.values()) {
            Set<String> tools = new LinkedHashSet<>();
            for (ReconciliationTool tool : ReconciliationTool.values()) {
                tools.add(tool.label());
            }
            runs.all().stream().filter(run -> run.leg() == leg).forEach(run -> tools.add(run.tool()));
            tools.forEach(tool -> row(leg, tool));
        }
        line("");
        Set<String> notes = new LinkedHashSet<>();
        runs.all().stream().filter(run -> !run.outcome().note().isEmpty()).forEach(run -> notes.add("%s, %s: %s".formatted(run.leg(), run.tool(), run.outcome().note())));
        notes.forEach(note -> line("%s", note));
        return text.toString();
    }

    private void row(ReconciliationLeg leg, String tool)
    {
        List<Measured> all = runs.of(leg, tool);
        if (all.isEmpty()) {
            return;
        }
        List<Measured> warm = warm(leg, tool);
        ReconciliationOutcome outcome = all.get(all.size() - 1).outcome();
        List<Measured> ours = warm(leg, ReconciliationTool.NATIVE.label());
        boolean isCompared = !tool.equals(ReconciliationTool.NATIVE.label()) && leg != ReconciliationLeg.H;
        List<String> cells = new ArrayList<>(List.of(
                leg + ": " + leg.description(),
                tool,
                number("%.2f", ReconciliationRuns.median(all.stream().filter(Measured::isCold).collect(toImmutableList()), Measured::wall)),
                all.stream().allMatch(Measured::isCold) ? "" : number("%.2f", ReconciliationRuns.median(warm, Measured::wall)),
                number("%.2f", ReconciliationRuns.median(warm, Measured::clientCpu)),
                number("%.2f", ReconciliationRuns.median(warm, Measured::serverCpu)),
                number("%.0f", all.stream().mapToDouble(Measured::megabytes).max()),
                "%s / %s / %s".formatted(outcome.found(), outcome.missed(), outcome.wrong()),
                outcome.exit(),
                isCompared ? ratio(ReconciliationRuns.median(warm, Measured::wall), ReconciliationRuns.median(ours, Measured::wall)) : "",
                isCompared ? ratio(ReconciliationRuns.median(warm, ReconciliationTable::cpu), ReconciliationRuns.median(ours, ReconciliationTable::cpu)) : ""));
        line("%s", "| " + String.join(" | ", cells) + " |");
    }

    private static double cpu(Measured run)
    {
        return run.clientCpu() + run.serverCpu();
    }

    /**
     * Without the first run of a process, unless there is no other.
     */
    private List<Measured> warm(ReconciliationLeg leg, String tool)
    {
        List<Measured> all = runs.of(leg, tool);
        List<Measured> warm = all.stream().filter(run -> !run.isCold()).collect(toImmutableList());
        return warm.isEmpty() ? all : warm;
    }

    private static String ratio(OptionalDouble peer, OptionalDouble ours)
    {
        return peer.isPresent() && ours.isPresent() ? String.format(Locale.ROOT, "%.1f", peer.orElseThrow() / ours.orElseThrow()) : "";
    }

    private static String number(String format, OptionalDouble number)
    {
        return number.isPresent() && !Double.isNaN(number.orElseThrow()) ? String.format(Locale.ROOT, format, number.orElseThrow()) : "";
    }

    private void line(String format, Object... values)
    {
        text.append(String.format(Locale.ROOT, format, values)).append("\n");
    }
}
