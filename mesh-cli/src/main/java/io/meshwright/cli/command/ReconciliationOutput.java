package io.meshwright.cli.command;

import io.meshwright.bridge.migration.Gate;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.finding.FileFindings;
import io.meshwright.cli.finding.FindingFormats;
import io.meshwright.cli.finding.JUnitReport;
import io.meshwright.cli.output.Console;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.output.Style;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.output.Yaml;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Severity;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.json.RecordJson;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;
import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;
import io.meshwright.model.reconciliation.WindowResult;
import io.meshwright.model.reconciliation.WindowResult.State;

import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

/**
 * Prints the report of a reconciliation.
 */
final class ReconciliationOutput
{
    private static final int WINDOWS_SHOWN = 40;
    private static final int DIFFERENCES_SHOWN = 10;
    private static final int KEYS_SHOWN = 3;

    private final Console console;
    private final ReconciliationReport report;
    private final List<Gate> gates;
    private final String specification;

    /**
     * @param gates of the cutover
     * @param specification the file that findings are attached to
     */
    ReconciliationOutput(Console console, ReconciliationReport report, List<Gate> gates, String specification)
    {
        this.console = requireNonNull(console, "console is null");
        this.report = requireNonNull(report, "report is null");
        this.gates = List.copyOf(gates);
        this.specification = requireNonNull(specification, "specification is null");
    }

    void print(OutputFormat format)
    {
        switch (format) {
            case JSON -> console.data(RecordJson.write(report).strip());
            case YAML -> console.raw(Yaml.write(report));
            case JUNIT -> console.raw(junit());
            case SARIF -> console.data(FindingFormats.sarif(findings(), VersionCommand.version()));
            case GITHUB -> FindingFormats.github(findings()).forEach(console::data);
            default -> table();
        }
    }

    private void table()
    {
        console.data(report.product() + " against " + report.legacy() + ", by " + report.profile() + ", days in " + report.zone());
        report.rules().forEach(console::data);
        windows().forEach(console::data);
        console.data("total: legacy " + report.totals().legacy() + ", mesh " + report.totals().mesh() + ", net " + report.totals().net()
                + figure(", missing ", report.totals().missing()) + figure(" (late ", report.totals().late(), ")")
                + figure(", extra ", report.totals().extra())
                + figure(", changed ", report.totals().changed()) + figure(" (format only ", report.totals().formatOnly(), ")")
                + figure(", duplicate ", report.totals().duplicate()));
        report.columns().forEach(column -> console.data("column " + column.column() + ": differs in " + column.differing() + " of " + column.sampled() + " rows looked at"
                + (column.formatOnly() > 0 ? ", " + column.formatOnly() + " in format only" : "") + column.cause().map(cause -> "; likely cause: " + cause).orElse("")));
        differences();
        report.notCompared().forEach(left -> console.data("not compared: " + left.what() + ": " + left.reason()));
        report.reasons().forEach(reason -> console.data("reason: " + reason));
        console.data("cost on the legacy side: " + report.cost().statements() + (report.cost().statements() == 1 ? " statement, " : " statements, ")
                + report.cost().legacySeconds().setScale(1, RoundingMode.HALF_UP).toPlainString() + " s" + figure(", ", report.cost().bytes(), " bytes")
                + report.history().filter(history -> history.cost().statements() > 0).map(history -> "; in all " + history.runs() + (history.runs() == 1 ? " run " : " runs ") + history.cost().legacySeconds().setScale(1, RoundingMode.HALF_UP).toPlainString() + " s").orElse(""));
        report.history().ifPresent(history -> history.oldestOpenSeconds().ifPresent(age -> console.data("oldest open difference: found " + Texts.duration(Duration.ofSeconds(age)) + " ago")));
        gates();
        Style style = report.verdict() == Verdict.OK ? Style.GREEN : report.verdict() == Verdict.BREACH ? Style.RED : Style.YELLOW;
        console.data(style.paint(report.verdict().label().toUpperCase(Locale.ROOT), console.isColor()) + ": " + worst() + "completeness over all windows " +
                report.completeness().map(ratio -> (report.completenessIsUpperBound() ? "at most " : "") + Texts.percent(ratio)).orElse("unknown") +
                ", required of each " + Texts.percent(report.threshold()));
    }

    /**
     * The worst first; those that are fine only where they are few.
     */
    private List<String> windows()
    {
        List<WindowResult> wrong = report.windows().stream()
                .filter(window -> window.state() != State.OK)
                .sorted(Comparator.comparing((WindowResult window) -> severity(window.state())).thenComparing(WindowResult::completeness).thenComparing(WindowResult::window))
                .toList();
        List<WindowResult> fine = report.windows().stream().filter(window -> window.state() == State.OK).toList();
        List<WindowResult> shown = Stream.concat(wrong.stream(), fine.size() <= 1 ? fine.stream() : Stream.of()).limit(WINDOWS_SHOWN).toList();
        List<String> lines = new ArrayList<>();
        if (!shown.isEmpty()) {
            lines.addAll(table(shown));
        }
        if (fine.size() > 1) {
            lines.add(fine.size() + " of " + report.windows().size() + " windows are equal: " + fine.getFirst().window() + " to " + fine.getLast().window());
        }
        if (shown.size() < wrong.size()) {
            lines.add((wrong.size() - shown.size()) + " more windows that differ or are open are not shown; -o json has all of them");
        }
        shown.forEach(window -> window.acceptance().ifPresent(acceptance ->
                lines.add("accepted: " + window.window() + " until " + acceptance.until() + " by " + acceptance.by() + ": " + acceptance.reason())));
        return lines;
    }

    private List<String> table(List<WindowResult> shown)
    {
        List<Figure> figures = Stream.of(
                        new Figure("missing", WindowResult::missing),
                        new Figure("extra", WindowResult::extra),
                        new Figure("changed", WindowResult::changed),
                        new Figure("duplicate", WindowResult::duplicate))
                .filter(figure -> report.windows().stream().anyMatch(window -> figure.value().apply(window).isPresent()))
                .toList();
        List<String> headings = new ArrayList<>(List.of("window", "legacy", "mesh", "net"));
        figures.forEach(figure -> headings.add(figure.name()));
        headings.addAll(List.of("completeness", "state"));
        TextTable table = TextTable.list(headings.toArray(String[]::new));
        for (int column = 1; column < headings.size() - 1; column++) {
            table.alignRight(column);
        }
        for (WindowResult window : shown) {
            List<Object> cells = new ArrayList<>(List.of(window.window(), window.legacy(), window.mesh(), window.net()));
            figures.forEach(figure -> cells.add(figure(figure.value().apply(window))));
            cells.addAll(List.of(Texts.percent(window.completeness()), window.state().label()));
            table.row(cells.toArray());
        }
        return table.lines();
    }

    private record Figure(String name, Function<WindowResult, OptionalLong> value) {}

    private static int severity(State state)
    {
        return switch (state) {
            case CONFIRMED -> 0;
            case SKIPPED -> 1;
            case SETTLING -> 2;
            case ACCEPTED -> 3;
            case OK -> 4;
        };
    }

    private void differences()
    {
        Map<String, List<String>> keys = report.differences().stream().collect(groupingBy(
                difference -> WindowResult.label(difference.window()) + ": " + difference.kind() + (difference.columns().isEmpty() ? "" : " in " + String.join(", ", difference.columns())),
                LinkedHashMap::new,
                mapping(ReconciliationReport.Difference::key, toList())));
        keys.entrySet().stream().limit(DIFFERENCES_SHOWN).forEach(entry -> console.data(
                entry.getKey() + ", key " + entry.getValue().stream().limit(KEYS_SHOWN).collect(joining("; ")) + (entry.getValue().size() > KEYS_SHOWN ? "; ..." : "")));
        if (keys.size() > DIFFERENCES_SHOWN || keys.values().stream().anyMatch(sample -> sample.size() > KEYS_SHOWN)) {
            console.data("-o json has all %s keys of the sample".formatted(report.differences().size()));
        }
    }

    private void gates()
    {
        if (gates.isEmpty()) {
            return;
        }
        boolean go = gates.stream().allMatch(Gate::isPassed);
        console.data((go ? Style.GREEN : Style.YELLOW).paint(go ? "GO" : "NO-GO", console.isColor()) + " for cutover: " + gates.stream().filter(Gate::isPassed).count() + " of " + gates.size() + " gates passed");
        gates.stream().filter(gate -> !gate.isPassed()).forEach(gate -> console.data("  gate " + gate.name() + " " + gate.status().label() + ": " + gate.words()));
    }

    /**
     * The window that decides a breach: the ratio over all windows may look fine beside it.
     */
    private String worst()
    {
        return report.windows().stream()
                .filter(this::isBreach)
                .min(Comparator.comparing(WindowResult::completeness))
                .map(window -> "worst window " + window.window() + " with " + Texts.percent(window.completeness()) + "; ")
                .orElse("");
    }

    private boolean isBreach(WindowResult window)
    {
        return window.state() == State.CONFIRMED && window.completeness().compareTo(report.threshold()) < 0;
    }

    private String junit()
    {
        Stream<JUnitReport.Case> windows = report.windows().stream().map(window -> new JUnitReport.Case(report.product(), window.window(), outcome(window), text(window)));
        Stream<JUnitReport.Case> notCompared = report.notCompared().stream().map(this::notCompared);
        // what no window tells would be lost
        Stream<JUnitReport.Case> open = report.verdict() == Verdict.OK || report.windows().stream().anyMatch(window -> outcome(window) != JUnitReport.Outcome.PASSED)
                ? Stream.of()
                : Stream.of(new JUnitReport.Case(
                report.product(), "verdict", report.verdict() == Verdict.BREACH ? JUnitReport.Outcome.FAILED : JUnitReport.Outcome.ERROR, String.join("; ", report.reasons())));
        return JUnitReport.write("mesh reconcile " + report.product(), Stream.of(windows, notCompared, open).flatMap(cases -> cases).toList());
    }

    private JUnitReport.Case notCompared(NotCompared left)
    {
        return new JUnitReport.Case(report.product(), "not compared: " + left.what(), JUnitReport.Outcome.SKIPPED, left.reason());
    }

    /**
     * A build server shows what the exit code says.
     */
    private JUnitReport.Outcome outcome(WindowResult window)
    {
        return switch (window.state()) {
            case OK -> JUnitReport.Outcome.PASSED;
            case CONFIRMED -> isBreach(window) ? JUnitReport.Outcome.FAILED : JUnitReport.Outcome.PASSED;
            case SETTLING, SKIPPED -> JUnitReport.Outcome.ERROR;
            case ACCEPTED -> JUnitReport.Outcome.SKIPPED;
        };
    }

    private static String text(WindowResult window)
    {
        return window.state().label() + ": legacy " + window.legacy() + ", mesh " + window.mesh() + ", net " + window.net()
                + figure(", missing ", window.missing()) + figure(", extra ", window.extra()) + figure(", changed ", window.changed()) + figure(", duplicate ", window.duplicate())
                + ", completeness " + Texts.percent(window.completeness())
                + window.acceptance().map(acceptance -> ", accepted until " + acceptance.until() + " by " + acceptance.by() + ": " + acceptance.reason()).orElse("")
                + window.reason().map(reason -> ", " + reason).orElse("");
    }

    private FileFindings findings()
    {
        CliRule rule = report.verdict() == Verdict.BREACH ? CliRule.RECONCILIATION_BREACH : CliRule.RECONCILIATION_OPEN;
        List<Finding> findings = report.verdict() == Verdict.OK
                ? List.of()
                : report.reasons().stream()
                  .map(reason -> new Finding(rule, Severity.ERROR, SourceLocation.startOf(specification), "spec.migration", reason, "see which rows differ: mesh reconcile " + report.product() + " --html report.html"))
                  .toList();
        return new FileFindings(findings, 1);
    }

    private static String figure(OptionalLong value)
    {
        return value.isPresent() ? Long.toString(value.orElseThrow()) : "-";
    }

    private static String figure(String label, OptionalLong value)
    {
        return figure(label, value, "");
    }

    private static String figure(String label, OptionalLong value, String end)
    {
        return value.isPresent() ? label + value.orElseThrow() + end : "";
    }
}
