package io.meshwright.cli.report;

import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.Difference;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;
import io.meshwright.model.reconciliation.ReconciliationReport.Totals;
import io.meshwright.model.reconciliation.WindowResult;

import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

import static io.meshwright.cli.report.HtmlPage.cell;
import static io.meshwright.cli.report.HtmlPage.column;
import static io.meshwright.cli.report.HtmlPage.count;
import static io.meshwright.cli.report.HtmlPage.number;
import static io.meshwright.cli.report.HtmlPage.numbers;
import static io.meshwright.cli.report.HtmlPage.percent;
import static io.meshwright.cli.report.HtmlPage.time;
import static io.meshwright.cli.report.HtmlText.escape;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * A reconciliation as one HTML file.
 */
public final class ReconciliationHtml
{
    private final ReconciliationReport report;
    private final HtmlPage page;

    private ReconciliationHtml(ReconciliationReport report)
    {
        this.report = requireNonNull(report, "report is null");
        this.page = new HtmlPage("Reconciliation of " + report.product(), "against <b>" + escape(report.legacy()) + "</b>, " + escape(time(report.finishedAt())));
    }

    public static String render(ReconciliationReport report)
    {
        return new ReconciliationHtml(report).render();
    }

    private String render()
    {
        verdict();
        figures();
        days();
        windows();
        differences();
        notCompared();
        origin();
        return page.end();
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
                .figure("Net difference", signed(totals.net()), gross())
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

    private void days()
    {
        if (report.windows().size() < 2) {
            return;
        }
        page.heading("At a glance")
                .note("Rows that the product has more or less than the legacy table, by day (" + report.zone() + ").")
                .html("<p>")
                .html(Arrays.stream(WindowVerdict.values())
                        .map(verdict -> HtmlPage.stateHtml(verdict.styleClass(), verdict.words() + ": " + windows(verdict)))
                        .collect(joining(" ")))
                .html("</p>\n<ul class=\"days\">\n");
        for (WindowResult window : report.windows()) {
            WindowVerdict verdict = WindowVerdict.of(window, report.threshold());
            page.html("<li class=\"" + verdict.styleClass() + "\" title=\"" + verdict.words() + "\">" + escape(window.window()) + "<b>" + signed(window.net()) + "</b></li>\n");
        }
        page.html("</ul>\n");
    }

    private long windows(WindowVerdict verdict)
    {
        return report.windows().stream().filter(window -> WindowVerdict.of(window, report.threshold()) == verdict).count();
    }

    private void windows()
    {
        page.heading("Day by day").cells(
                List.of(column("Day"), column("State"), numbers("Net"), numbers("Completeness"), numbers("Legacy"), numbers("Product")),
                report.windows().reversed().stream().map(this::row).toList());
    }

    private List<String> row(WindowResult window)
    {
        WindowVerdict verdict = WindowVerdict.of(window, report.threshold());
        return List.of(
                cell(window.window()),
                HtmlPage.state(verdict.styleClass(), verdict.words()),
                number(signed(window.net())),
                number(percent(window.completeness())),
                number(count(window.legacy())),
                number(count(window.mesh())));
    }

    private void differences()
    {
        if (!report.differences().isEmpty()) {
            page.heading("Rows that differ").note("Keys are masked.").table(List.of("Kind", "Key", "Columns"), report.differences().stream().map(ReconciliationHtml::row).toList());
        }
    }

    private static List<String> row(Difference difference)
    {
        return List.of(difference.kind(), difference.key(), String.join(", ", difference.columns()));
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

    private void origin()
    {
        ReconciliationReport.Cost cost = report.cost();
        page.heading("How this was measured").table(List.of("", ""), List.of(
                List.of("Compared by", report.profile()),
                List.of("Days of zone", report.zone()),
                List.of("Legacy table read at", report.legacyAsOf().map(HtmlPage::time).orElse("not read")),
                List.of("Snapshot of the product", report.snapshotId().orElse("none")),
                List.of("Cost on the legacy side", cost.statements() + (cost.statements() == 1 ? " statement, " : " statements, ")
                        + cost.legacySeconds().setScale(1, RoundingMode.HALF_UP).toPlainString() + " s"),
                List.of("Run", report.runId()),
                List.of("Started and finished", time(report.startedAt()) + ", " + time(report.finishedAt()))));
    }

    private static String signed(long number)
    {
        return number == 0 ? "0" : (number > 0 ? "+" : "-") + count(Math.abs(number));
    }
}
