package io.meshwright.spark.benchmark;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Both sides as a table of Markdown.
 */
final class QualityReport
{
    private final QualityOptions options;
    private final Map<QualityCase, Measurement> ours;
    private final Map<QualityCase, Measurement> peers;
    private final StringBuilder text = new StringBuilder();

    QualityReport(QualityOptions options, Map<QualityCase, Measurement> ours, Map<QualityCase, Measurement> peers)
    {
        this.options = requireNonNull(options, "options is null");
        this.ours = requireNonNull(ours, "ours is null");
        this.peers = requireNonNull(peers, "peers is null");
    }

    String text()
    {
        line("scale %s, %s cores, heap of %s, median of %s after %s warm-ups, load average at the end %.1f",
                options.scale(),
                options.cores(),
                options.heap(),
                options.runs(),
                options.warmUps(),
                java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        line("");
        line("| case | CPU s, ours | Deequ | times less | wall s, ours | Deequ | MB read, ours | Deequ | goal |");
        line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        ours.forEach((measured, figures) -> {
            Optional<Measurement> peer = Optional.ofNullable(peers.get(measured));
            Optional<Double> ratio = peer.map(other -> other.cpu() / figures.cpu());
            line("| %s: %s | %.2f | %s | %s | %.2f | %s | %.1f | %s | %s |",
                    measured,
                    measured.description(),
                    figures.cpu(),
                    number("%.2f", peer.map(Measurement::cpu)),
                    number("%.1f", ratio),
                    figures.wall(),
                    number("%.2f", peer.map(Measurement::wall)),
                    figures.bytes() / 1e6,
                    number("%.1f", peer.map(other -> other.bytes() / 1e6)),
                    goal(measured, figures, ratio));
        });
        line("");
        ours.forEach((measured, figures) -> line("%s: %s", measured, figures.facts()));
        line("");
        line("The verdicts of all rules are the same as those of Deequ, and the figures as those of a naive scan.");
        return text.toString();
    }

    private String goal(QualityCase measured, Measurement figures, Optional<Double> ratio)
    {
        return switch (measured) {
            case B1, B1S -> atLeast(4, ratio);
            case B2 -> atLeast(20, ratio) + ", and no data: " + met(dataBytes(figures, "data bytes") == 0);
            case B3 -> atLeast(5, ratio) + Optional.ofNullable(peers.get(QualityCase.B1))
                    .map(full -> ", and against a full run " + atLeast(30, Optional.of(full.cpu() / figures.cpu()))).orElse("");
            case B4 -> "0.5 s: " + met(figures.wall() < 0.5);
            case B5P, B5V -> {
                double share = dataBytes(figures, "data bytes") / dataBytes(figures, "full data bytes");
                // three files of twelve, and a fifth more
                yield String.format(Locale.ROOT, "30 %% of the data of a full run: %.0f %%, %s", 100 * share, met(share <= 0.3));
            }
            case B6 -> "read once: " + met(dataBytes(figures, "again data bytes") == 0);
            case B7 -> atMostOneFile(figures);
            case B8 -> atLeast(2, ratio);
            case B9 -> atLeast(3, ratio);
        };
    }

    private static String atMostOneFile(Measurement figures)
    {
        double bytes = dataBytes(figures, "data bytes");
        double file = Double.parseDouble(figures.facts().get("largest file"));
        return String.format(Locale.ROOT, "one file at most: %s", met(bytes <= file));
    }

    private static double dataBytes(Measurement figures, String name)
    {
        return Double.parseDouble(figures.facts().get(name));
    }

    private static String atLeast(int goal, Optional<Double> ratio)
    {
        return goal + ratio.map(actual -> String.format(Locale.ROOT, ": %.1f, %s", actual, met(actual >= goal))).orElse("");
    }

    private static String met(boolean met)
    {
        return met ? "met" : "missed";
    }

    private static String number(String format, Optional<Double> number)
    {
        return number.map(value -> String.format(Locale.ROOT, format, value)).orElse("");
    }

    private void line(String format, Object... values)
    {
        text.append(String.format(Locale.ROOT, format, values)).append("\n");
    }
}
