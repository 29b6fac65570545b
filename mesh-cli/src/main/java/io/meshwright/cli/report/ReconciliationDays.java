package io.meshwright.cli.report;

import io.meshwright.model.reconciliation.ReconciliationHistory;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.WindowResult;
import io.meshwright.model.reconciliation.WindowResult.State;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import static io.meshwright.cli.report.HtmlPage.cell;
import static io.meshwright.cli.report.HtmlPage.column;
import static io.meshwright.cli.report.HtmlPage.count;
import static io.meshwright.cli.report.HtmlPage.number;
import static io.meshwright.cli.report.HtmlPage.numbers;
import static io.meshwright.cli.report.HtmlPage.percent;
import static io.meshwright.cli.report.HtmlText.escape;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The days of a reconciliation: all that the record knows as coloured fields, and those of the run as a table.
 */
final class ReconciliationDays
{
    private final ReconciliationReport report;
    private final HtmlPage page;

    ReconciliationDays(ReconciliationReport report, HtmlPage page)
    {
        this.report = requireNonNull(report, "report is null");
        this.page = requireNonNull(page, "page is null");
    }

    private record Day(String window, WindowVerdict verdict, long net) {}

    private record Figure(String name, Function<WindowResult, OptionalLong> value) {}

    /**
     * The record's newest days, overlaid by those of the run.
     */
    void atAGlance()
    {
        Map<String, Day> days = new TreeMap<>();
        report.history().map(ReconciliationHistory::windows).orElse(List.of())
                .forEach(window -> days.put(window.window(), new Day(window.window(), WindowVerdict.of(window.state(), window.completeness(), window.threshold()), window.net())));
        report.windows().forEach(window -> days.put(window.window(), new Day(window.window(), WindowVerdict.of(window, report.threshold()), window.net())));
        if (days.size() < 2) {
            return;
        }
        page.heading("At a glance")
                .note("Rows that the product has more or less than the legacy table, by day (" + report.zone() + "), as the last comparison of each day found them.")
                .html("<p class=\"legend\">")
                .html(Arrays.stream(WindowVerdict.values())
                        .filter(verdict -> isShown(verdict, days))
                        .map(verdict -> HtmlPage.stateHtml(verdict.styleClass(), verdict.words() + ": " + days.values().stream().filter(day -> day.verdict() == verdict).count()))
                        .collect(joining(" ")))
                .html("</p>\n<ul class=\"days\">\n");
        days.values().forEach(day -> page.html("<li class=\"" + day.verdict().styleClass() + "\" title=\"" + day.verdict().words() + "\">"
                + escape(WindowResult.label(day.window())) + "<b>" + mark(day) + "</b></li>\n"));
        page.html("</ul>\n");
    }

    /**
     * What differs although the numbers of rows are the same, and what is open, is no zero.
     */
    private static String mark(Day day)
    {
        if (day.net() != 0) {
            return signed(day.net());
        }
        return switch (day.verdict()) {
            case EQUAL -> "0";
            case WITHIN, BREACH, ACCEPTED -> "\u2260";
            case OPEN -> "\u2026";
            case SKIPPED -> "\u2013";
        };
    }

    private static boolean isShown(WindowVerdict verdict, Map<String, Day> days)
    {
        return verdict == WindowVerdict.EQUAL || verdict == WindowVerdict.BREACH || days.values().stream().anyMatch(day -> day.verdict() == verdict);
    }

    /**
     * The days that are not fine, the newest first; the others below, folded.
     */
    void dayByDay()
    {
        List<WindowResult> fine = report.windows().stream().filter(window -> window.state() == State.OK).toList().reversed();
        List<WindowResult> others = report.windows().stream().filter(window -> window.state() != State.OK).toList().reversed();
        page.heading("Day by day");
        if (!others.isEmpty()) {
            table(others);
        }
        if (!fine.isEmpty()) {
            page.html("<details" + (fine.size() == 1 ? " open" : "") + "><summary>" + count(fine.size()) + (fine.size() == 1 ? " day without a difference" : " days without a difference") + "</summary>\n");
            table(fine);
            page.html("</details>\n");
        }
    }

    private void table(List<WindowResult> windows)
    {
        List<Figure> figures = Stream.of(
                        new Figure("Missing", WindowResult::missing),
                        new Figure("Extra", WindowResult::extra),
                        new Figure("Changed", WindowResult::changed),
                        new Figure("Duplicate", WindowResult::duplicate))
                .filter(figure -> windows.stream().anyMatch(window -> figure.value().apply(window).isPresent()))
                .toList();
        List<String> headings = new ArrayList<>(List.of(column("Day"), column("State"), numbers("Net"), numbers("Completeness"), numbers("Legacy"), numbers("Product")));
        figures.forEach(figure -> headings.add(numbers(figure.name())));
        page.cells(headings, windows.stream().map(window -> row(window, figures)).toList());
    }

    private List<String> row(WindowResult window, List<Figure> figures)
    {
        WindowVerdict verdict = WindowVerdict.of(window, report.threshold());
        List<String> cells = new ArrayList<>(List.of(
                cell(WindowResult.label(window.window())),
                state(window, verdict),
                number(signed(window.net())),
                number(percent(window.completeness())),
                number(count(window.legacy())),
                number(count(window.mesh()))));
        figures.forEach(figure -> {
            OptionalLong value = figure.value().apply(window);
            cells.add(number(value.isPresent() ? count(value.orElseThrow()) : "not known"));
        });
        return cells;
    }

    private static String state(WindowResult window, WindowVerdict verdict)
    {
        String more = window.acceptance()
                .map(acceptance -> "until " + acceptance.until() + " by " + acceptance.by() + ": " + acceptance.reason())
                .or(window::reason)
                .map(text -> "<small>" + escape(text) + "</small>")
                .orElse("");
        return "<td" + (more.isEmpty() ? "" : " class=\"wrap\"") + ">" + HtmlPage.stateHtml(verdict.styleClass(), verdict.words()) + more + "</td>";
    }

    static String signed(long number)
    {
        return number == 0 ? "0" : (number > 0 ? "+" : "-") + count(Math.abs(number));
    }
}
