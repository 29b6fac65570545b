package io.meshwright.cli.report;

import io.meshwright.bridge.migration.Gate;
import io.meshwright.bridge.result.PortQuality.ScorePoint;
import io.meshwright.model.reconciliation.ColumnResult;
import io.meshwright.model.reconciliation.ReconciliationHistory;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.Cost;
import io.meshwright.model.reconciliation.ReconciliationReport.Difference;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;
import io.meshwright.model.reconciliation.ReconciliationReport.Totals;
import io.meshwright.model.reconciliation.WindowResult;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import static io.meshwright.cli.report.HtmlPage.column;
import static io.meshwright.cli.report.HtmlPage.count;
import static io.meshwright.cli.report.HtmlPage.number;
import static io.meshwright.cli.report.HtmlPage.numbers;
import static io.meshwright.cli.report.HtmlPage.percent;
import static io.meshwright.cli.report.HtmlPage.state;
import static io.meshwright.cli.report.HtmlPage.time;
import static io.meshwright.cli.report.HtmlPage.wide;
import static io.meshwright.cli.report.HtmlPage.wrapped;
import static io.meshwright.cli.report.HtmlText.escape;
import static java.util.Objects.requireNonNull;

/**
 * A reconciliation as one HTML file: whether to cut over, what the run found, the days, the columns, what was not compared, and what it cost.
 */
public final class ReconciliationHtml
{
    private final ReconciliationReport report;
    private final List<Gate> gates;
    private final HtmlPage page;

    private ReconciliationHtml(ReconciliationReport report, List<Gate> gates)
    {
        this.report = requireNonNull(report, "report is null");
        this.gates = List.copyOf(gates);
        this.page = new HtmlPage("Reconciliation of " + report.product(), "against <b>" + escape(report.legacy()) + "</b>, " + escape(time(report.finishedAt())));
    }

    /**
     * @param gates of the cutover, by the whole record; none where the product declares no migration
     */
    public static String render(ReconciliationReport report, List<Gate> gates)
    {
        return new ReconciliationHtml(report, gates).render();
    }

    private String render()
    {
        cutover();
        verdict();
        figures();
        ReconciliationDays days = new ReconciliationDays(report, page);
        days.atAGlance();
        record();
        days.dayByDay();
        columns();
        differences();
        notCompared();
        rules();
        origin();
        return page.end();
    }

    private void cutover()
    {
        if (gates.isEmpty()) {
            return;
        }
        List<String> open = gates.stream().filter(gate -> !gate.isPassed()).map(gate -> gate.name() + ": " + gate.words()).toList();
        String words = open.isEmpty() ? "GO: every gate of the cutover is passed." : "NO-GO for cutover: " + open.size() + " of " + gates.size() + " gates " + (open.size() == 1 ? "is" : "are") + " not passed.";
        page.verdict(styleClass(Gate.worst(gates)), words, open);
    }

    private void verdict()
    {
        String styleClass = switch (report.verdict()) {
            case OK -> "equal";
            case BREACH -> "breach";
            case UNKNOWN -> "open";
        };
        String words = switch (report.verdict()) {
            case OK -> "Within the SLA: the product has what the legacy table has.";
            case BREACH -> "Breach: the product and the legacy table differ by more than the SLA allows.";
            case UNKNOWN -> "Open: it cannot be told yet whether the SLA holds.";
        };
        page.verdict(styleClass, words, report.reasons());
    }

    private void figures()
    {
        Totals totals = report.totals();
        page.beginFigures()
                .figure("Legacy rows", count(totals.legacy()), "")
                .figure("Product rows", count(totals.mesh()), "")
                .figure("Net difference", ReconciliationDays.signed(totals.net()), gross())
                .figure(
                        "Completeness",
                        report.completeness().map(HtmlPage::percent).orElse("not known"),
                        "declared " + percent(report.threshold()) + (report.completenessIsUpperBound() ? "; by counts, so at most this" : ""));
        optionalFigure("Missing", totals.missing());
        optionalFigure("of these late", totals.late());
        optionalFigure("Extra", totals.extra());
        optionalFigure("Changed", totals.changed());
        optionalFigure("of these in format only", totals.formatOnly());
        optionalFigure("Duplicate", totals.duplicate());
        page.endFigures();
    }

    private String gross()
    {
        long less = report.windows().stream().mapToLong(window -> Math.max(0, -window.net())).sum();
        long more = report.windows().stream().mapToLong(window -> Math.max(0, window.net())).sum();
        return less == 0 && more == 0 ? "" : "-" + count(less) + " and +" + count(more) + " over the windows";
    }

    private void optionalFigure(String name, OptionalLong value)
    {
        value.ifPresent(present -> page.figure(name, count(present), ""));
    }

    private void record()
    {
        if (report.history().isEmpty()) {
            return;
        }
        ReconciliationHistory history = report.history().orElseThrow();
        List<ScorePoint> trend = history.trend().stream().flatMap(run -> run.completeness().map(completeness -> new ScorePoint(run.at(), completeness)).stream()).toList();
        page.heading("The migration so far").beginFigures()
                .figure("Runs", count(history.runs()), "")
                .figure("Worst day, run by run", trend.isEmpty() ? "not known" : percent(trend.getLast().score()), trend.size() < 2 ? "" : "the last run of each of " + trend.size() + " days", TrendLine.html(trend))
                .figure("First difference", history.firstMismatch().map(HtmlPage::day).orElse("none"), "found")
                .figure("Last difference", history.lastMismatch().map(HtmlPage::day).orElse("none"), "found")
                .figure("Oldest open one", age(history.oldestOpenSeconds(), "none"), "since it was found")
                .figure("Time to settle", age(history.meanSettleSeconds(), "not known"), "on average, as often as it is compared")
                .figure("Legacy time, all runs", history.cost().statements() == 0 ? "not known" : seconds(history.cost()), history.cost().statements() == 0 ? "" : history.cost().statements() + " statements")
                .endFigures();
    }

    private static String age(OptionalLong seconds, String absent)
    {
        if (seconds.isEmpty()) {
            return absent;
        }
        Duration age = Duration.ofSeconds(seconds.orElseThrow());
        return age.toDays() > 1 ? age.toDays() + " days" : age.toHours() > 1 ? age.toHours() + " h" : age.toMinutes() + " min";
    }

    private void columns()
    {
        if (report.columns().isEmpty()) {
            return;
        }
        page.heading("Columns that differ")
                .note("Of the rows of keys that both sides have and whose values were looked at. Keys of classified columns are tokens that are good for this report only; values are never shown.")
                .cells(
                        List.of(column("Column"), numbers("Rows"), numbers("Share"), numbers("In format only"), column("Likely cause"), column("Some keys")),
                        report.columns().stream().map(ReconciliationHtml::row).toList());
    }

    private static List<String> row(ColumnResult column)
    {
        return List.of(
                wrapped(column.column()),
                number(count(column.differing()) + " of " + count(column.sampled())),
                number(share(column.differing(), column.sampled())),
                number(share(column.formatOnly(), column.differing())),
                wide(column.cause().orElse("not told by the values")),
                wide(String.join(", ", column.keys())));
    }

    private static String share(long part, long whole)
    {
        return whole == 0 ? "" : percent(BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 3, RoundingMode.HALF_UP));
    }

    private void differences()
    {
        if (!report.differences().isEmpty()) {
            page.heading("Rows that differ").note("A sample. Keys of classified columns are masked.").table(List.of("Day", "Kind", "Key", "Columns"), report.differences().stream().map(ReconciliationHtml::row).toList());
        }
    }

    private static List<String> row(Difference difference)
    {
        return List.of(WindowResult.label(difference.window()), difference.kind(), difference.key(), String.join(", ", difference.columns()));
    }

    private void notCompared()
    {
        page.heading("Not compared");
        if (report.notCompared().isEmpty()) {
            page.paragraph("Nothing was left out.");
            return;
        }
        page.table(List.of("What", "Why"), report.notCompared().stream().map(ReconciliationHtml::row).toList());
    }

    private static List<String> row(NotCompared notCompared)
    {
        return List.of(notCompared.what(), notCompared.reason());
    }

    private void rules()
    {
        if (!gates.isEmpty()) {
            page.heading("Gates of the cutover").cells(
                    List.of(column("Gate"), column("Status"), column("Why")),
                    gates.stream().map(gate -> List.of(wrapped(gate.name()), state(styleClass(gate.status()), gate.status().label()), wide(gate.words()))).toList());
        }
        if (!report.rules().isEmpty()) {
            page.heading("Rules of the comparison").table(List.of(""), report.rules().stream().map(List::of).toList());
        }
    }

    private static String styleClass(Gate.Status status)
    {
        return switch (status) {
            case PASSED -> "equal";
            case FAILED -> "breach";
            case UNKNOWN -> "open";
        };
    }

    private void origin()
    {
        Cost cost = report.cost();
        List<List<String>> facts = new ArrayList<>(List.of(
                List.of("Compared by", report.profile()),
                List.of("Days of zone", report.zone()),
                List.of("Legacy table read at", report.legacyAsOf().map(HtmlPage::time).orElse("not read")),
                List.of("Snapshot of the product", report.snapshotId().orElse("none")),
                List.of("Cost on the legacy side", cost.statements() + (cost.statements() == 1 ? " statement, " : " statements, ") + seconds(cost) + bytes(cost))));
        report.history().filter(history -> history.cost().statements() > 0).ifPresent(history -> facts.add(List.of("Cost of the whole migration", history.cost().statements() + " statements, " + seconds(history.cost()) + bytes(history.cost()) + ", as far as it was recorded")));
        facts.add(List.of("Run", report.runId()));
        facts.add(List.of("Started and finished", time(report.startedAt()) + ", " + time(report.finishedAt())));
        page.heading("How this was measured").table(List.of("", ""), facts);
    }

    private static String seconds(Cost cost)
    {
        return cost.legacySeconds().setScale(1, RoundingMode.HALF_UP).toPlainString() + " s";
    }

    private static String bytes(Cost cost)
    {
        return cost.bytes().isPresent() ? ", " + count(cost.bytes().orElseThrow()) + " bytes" : "";
    }
}
