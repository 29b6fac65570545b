package io.meshwright.cli.report;

import com.google.common.io.Resources;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.Difference;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;
import io.meshwright.model.reconciliation.ReconciliationReport.Totals;
import io.meshwright.model.reconciliation.WindowResult;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

import static io.meshwright.cli.report.HtmlText.escape;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * A reconciliation as one HTML file that needs nothing else: no script, no font, no network. It can be mailed and printed.
 */
public final class ReconciliationHtml
{
    private final ReconciliationReport report;
    private final StringBuilder html = new StringBuilder();

    private ReconciliationHtml(ReconciliationReport report)
    {
        this.report = requireNonNull(report, "report is null");
    }

    public static String render(ReconciliationReport report)
    {
        return new ReconciliationHtml(report).render();
    }

    private String render()
    {
        String title = "Reconciliation of " + report.product();
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>").append(escape(title)).append("</title>\n")
                .append("<style>\n").append(resource("report.css")).append("</style>\n</head>\n<body>\n<main>\n");
        html.append("<h1>").append(escape(title)).append("</h1>\n");
        html.append("<p class=\"quiet\">against <b>").append(escape(report.legacy())).append("</b>, ")
                .append(escape(time(report.finishedAt()))).append("</p>\n");
        verdict();
        figures();
        days();
        windows();
        differences();
        notCompared();
        origin();
        html.append("</main>\n</body>\n</html>\n");
        return html.toString();
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
        html.append("<div class=\"verdict ").append(styleClass).append("\"><strong>").append(words).append("</strong>\n");
        if (!report.reasons().isEmpty()) {
            html.append("<ul>\n");
            report.reasons().forEach(reason -> html.append("<li>").append(escape(reason)).append("</li>\n"));
            html.append("</ul>\n");
        }
        html.append("</div>\n");
    }

    private void figures()
    {
        Totals totals = report.totals();
        html.append("<dl class=\"figures\">\n");
        figure("Legacy rows", count(totals.legacy()), "");
        figure("Product rows", count(totals.mesh()), "");
        figure("Net difference", signed(totals.net()), gross());
        figure("Completeness",
                report.completeness().map(ReconciliationHtml::percent).orElse("not known"),
                "declared " + percent(report.threshold()) + (report.completenessIsUpperBound() ? "; by counts, so at most this" : ""));
        optionalFigure("Missing", totals.missing());
        optionalFigure("of these late", totals.late());
        optionalFigure("Extra", totals.extra());
        optionalFigure("Changed", totals.changed());
        optionalFigure("of these in format only", totals.formatOnly());
        optionalFigure("Duplicate", totals.duplicate());
        html.append("</dl>\n");
    }

    private String gross()
    {
        long less = report.windows().stream().mapToLong(window -> Math.max(0, -window.net())).sum();
        long more = report.windows().stream().mapToLong(window -> Math.max(0, window.net())).sum();
        return less == 0 && more == 0 ? "" : "-" + count(less) + " and +" + count(more) + " over the windows";
    }

    private void figure(String name, String value, String note)
    {
        html.append("<div><dt>").append(escape(name)).append("</dt><dd>").append(escape(value));
        if (!note.isEmpty()) {
            html.append("<small>").append(escape(note)).append("</small>");
        }
        html.append("</dd></div>\n");
    }

    private void optionalFigure(String name, OptionalLong value)
    {
        value.ifPresent(present -> figure(name, count(present), ""));
    }

    private void days()
    {
        if (report.windows().size() < 2) {
            return;
        }
        html.append("<h2>At a glance</h2>\n<p class=\"quiet\">Rows that the product has more or less than the legacy table, by day (")
                .append(escape(report.zone())).append(").</p>\n<p>")
                .append(Arrays.stream(WindowVerdict.values())
                        .map(verdict -> "<span class=\"state " + verdict.styleClass() + "\">" + verdict.words() + ": " + windows(verdict) + "</span>")
                        .collect(joining(" ")))
                .append("</p>\n<ul class=\"days\">\n");
        for (WindowResult window : report.windows()) {
            WindowVerdict verdict = WindowVerdict.of(window, report.threshold());
            html.append("<li class=\"").append(verdict.styleClass()).append("\" title=\"").append(verdict.words()).append("\">")
                    .append(escape(window.window())).append("<b>").append(signed(window.net())).append("</b></li>\n");
        }
        html.append("</ul>\n");
    }

    private long windows(WindowVerdict verdict)
    {
        return report.windows().stream().filter(window -> WindowVerdict.of(window, report.threshold()) == verdict).count();
    }

    private void windows()
    {
        html.append("<h2>Day by day</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th>Day</th><th>State</th><th class=\"number\">Net</th>")
                .append("<th class=\"number\">Completeness</th><th class=\"number\">Legacy</th><th class=\"number\">Product</th></tr></thead>\n<tbody>\n");
        for (WindowResult window : report.windows().reversed()) {
            WindowVerdict verdict = WindowVerdict.of(window, report.threshold());
            html.append("<tr><td>").append(escape(window.window())).append("</td><td><span class=\"state ").append(verdict.styleClass()).append("\">")
                    .append(verdict.words()).append("</span></td><td class=\"number\">").append(signed(window.net()))
                    .append("</td><td class=\"number\">").append(percent(window.completeness()))
                    .append("</td><td class=\"number\">").append(count(window.legacy()))
                    .append("</td><td class=\"number\">").append(count(window.mesh())).append("</td></tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }

    private void differences()
    {
        if (report.differences().isEmpty()) {
            return;
        }
        html.append("<h2>Rows that differ</h2>\n<p class=\"quiet\">Keys are masked.</p>\n");
        table(List.of("Kind", "Key", "Columns"), report.differences().stream().map(ReconciliationHtml::row).toList());
    }

    private static List<String> row(Difference difference)
    {
        return List.of(difference.kind(), difference.key(), String.join(", ", difference.columns()));
    }

    private void notCompared()
    {
        html.append("<h2>Not compared</h2>\n");
        if (report.notCompared().isEmpty()) {
            html.append("<p>Nothing was left out.</p>\n");
            return;
        }
        table(List.of("What", "Why"), report.notCompared().stream().map(ReconciliationHtml::row).toList());
    }

    private static List<String> row(NotCompared notCompared)
    {
        return List.of(notCompared.what(), notCompared.reason());
    }

    private void origin()
    {
        html.append("<h2>How this was measured</h2>\n");
        ReconciliationReport.Cost cost = report.cost();
        table(List.of("", ""), List.of(
                List.of("Compared by", report.profile()),
                List.of("Days of zone", report.zone()),
                List.of("Legacy table read at", report.legacyAsOf().map(ReconciliationHtml::time).orElse("not read")),
                List.of("Snapshot of the product", report.snapshotId().orElse("none")),
                List.of("Cost on the legacy side", cost.statements() + (cost.statements() == 1 ? " statement, " : " statements, ")
                        + cost.legacySeconds().setScale(1, RoundingMode.HALF_UP).toPlainString() + " s"),
                List.of("Run", report.runId()),
                List.of("Started and finished", time(report.startedAt()) + ", " + time(report.finishedAt()))));
    }

    private void table(List<String> headings, List<List<String>> rows)
    {
        html.append("<div class=\"scroll\"><table>\n");
        if (headings.stream().anyMatch(heading -> !heading.isEmpty())) {
            html.append("<thead><tr>");
            headings.forEach(heading -> html.append("<th>").append(escape(heading)).append("</th>"));
            html.append("</tr></thead>\n");
        }
        html.append("<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            row.forEach(cell -> html.append("<td class=\"wrap\">").append(escape(cell)).append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }

    /**
     * Rounded down, so that a figure below the threshold never looks like it.
     */
    private static String percent(BigDecimal ratio)
    {
        BigDecimal percent = ratio.movePointRight(2).setScale(3, RoundingMode.DOWN).stripTrailingZeros();
        return (percent.scale() < 0 ? percent.setScale(0) : percent).toPlainString() + " %";
    }

    private static String count(long number)
    {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    private static String signed(long number)
    {
        return number == 0 ? "0" : (number > 0 ? "+" : "-") + count(Math.abs(number));
    }

    private static String time(Instant instant)
    {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    private static String resource(String name)
    {
        try {
            return Resources.toString(Resources.getResource(ReconciliationHtml.class, name), UTF_8);
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + " of the command", e);
        }
    }
}
