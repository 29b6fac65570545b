package io.meshwright.cli.report;

import io.meshwright.bridge.result.PortQuality;
import io.meshwright.bridge.result.PortQuality.CheckPoint;
import io.meshwright.bridge.result.PortQuality.CheckQuality;
import io.meshwright.bridge.result.PortQuality.DimensionScore;
import io.meshwright.bridge.result.PortQuality.ScorePoint;
import io.meshwright.cli.report.QualityReport.Tested;
import io.meshwright.cli.report.QualityReport.Untested;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import static io.meshwright.cli.report.HtmlPage.cell;
import static io.meshwright.cli.report.HtmlPage.column;
import static io.meshwright.cli.report.HtmlPage.count;
import static io.meshwright.cli.report.HtmlPage.number;
import static io.meshwright.cli.report.HtmlPage.numbers;
import static io.meshwright.cli.report.HtmlPage.percent;
import static io.meshwright.cli.report.HtmlPage.state;
import static io.meshwright.cli.report.HtmlPage.stateHtml;
import static io.meshwright.cli.report.HtmlPage.time;
import static io.meshwright.cli.report.HtmlPage.wrapped;
import static io.meshwright.cli.report.HtmlText.escape;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

/**
 * The quality of products as one HTML file: first what is wrong, then each domain, then each product.
 */
public final class QualityHtml
{
    private final QualityReport report;
    private final HtmlPage page;

    private QualityHtml(QualityReport report)
    {
        this.report = requireNonNull(report, "report is null");
        String title = report.tested().size() == 1 && report.untested().isEmpty() ? "Quality of " + report.tested().getFirst().product() : "Quality of data products";
        this.page = new HtmlPage(title, escape(time(report.to()) + "; figures over time since " + time(report.from())));
    }

    public static String render(QualityReport report)
    {
        return new QualityHtml(report).render();
    }

    private String render()
    {
        verdict();
        if (report.tested().size() + report.untested().size() > 1) {
            page.beginFigures()
                    .figure("Keep their contracts", count(report.fine()), "")
                    .figure("Do not", count(report.failed()), "")
                    .figure("Not known", count(report.unknown()), "")
                    .figure("Open failures", count(report.tested().stream().mapToLong(tested -> tested.open().size()).sum()), "")
                    .endFigures();
        }
        openFailures();
        if (report.tested().size() > 1) {
            domains();
        }
        untested();
        report.tested().forEach(this::product);
        page.heading("How to read this").paragraph("The score of a dimension is the mean of the scores of its checks in the last test: the share of rows that keep the rule where a check is about rows, "
                + "else 100 % where it holds and 0 % where it does not. A check that could not run has shown nothing, and counts 0 %.");
        return page.end();
    }

    private void verdict()
    {
        if (report.failed() > 0) {
            page.verdict("breach", report.failed() == 1 ? "One product does not keep its contract." : report.failed() + " products do not keep their contracts.", List.of());
        }
        else if (report.unknown() > 0 || report.tested().isEmpty()) {
            page.verdict("open", "It is not known of all products whether they keep their contracts.", List.of());
        }
        else {
            page.verdict("equal", "All contracts are kept.", List.of());
        }
    }

    private void openFailures()
    {
        List<List<String>> rows = new ArrayList<>();
        report.tested().forEach(tested -> tested.open().forEach(check -> rows.add(List.of(
                wrapped(tested.product()),
                wrapped(check.name()),
                state(styleClass(check.status()), check.status()),
                cell(time(check.openSince().orElseThrow())),
                number(figure(check.actual())),
                cell(check.threshold().orElse("")),
                wrapped(check.message().orElse("")),
                wrapped(tested.owner())))));
        if (!rows.isEmpty()) {
            page.heading("Open failures").cells(
                    List.of(column("Product"), column("Check"), column("Verdict"), column("Since"), numbers("Figure"), column("Must"), column("Found"), column("Owner")), rows);
        }
    }

    private void domains()
    {
        Map<String, List<Tested>> domains = report.tested().stream().collect(groupingBy(Tested::domain, TreeMap::new, toList()));
        domains.forEach((domain, products) -> {
            TreeSet<String> dimensions = new TreeSet<>(products.stream().flatMap(tested -> tested.quality().scores().stream()).map(DimensionScore::dimension).toList());
            List<String> headings = new ArrayList<>(List.of(column("Product"), column("Verdict"), column("Tested")));
            dimensions.forEach(dimension -> headings.add(numbers(dimension)));
            page.heading("Domain " + domain).cells(headings, products.stream().map(tested -> overview(tested, dimensions)).toList());
        });
    }

    private static List<String> overview(Tested tested, TreeSet<String> dimensions)
    {
        List<String> row = new ArrayList<>(List.of(
                "<td><a href=\"#" + anchor(tested) + "\">" + escape(tested.product()) + "</a></td>",
                state(styleClass(tested), words(tested)),
                cell(time(tested.quality().testedAt()))));
        for (String dimension : dimensions) {
            Optional<DimensionScore> score = tested.quality().scores().stream().filter(found -> found.dimension().equals(dimension)).findFirst();
            row.add("<td class=\"number\">" + score.map(found -> escape(percent(found.score())) + TrendLine.html(found.trend())).orElse("") + "</td>");
        }
        return row;
    }

    private void untested()
    {
        if (!report.untested().isEmpty() || report.unreadable() > 0) {
            page.heading("Not tested").cells(
                    List.of(column("Product"), column("Port"), column("Why"), column("Owner")),
                    report.untested().stream().map(QualityHtml::row).toList());
            if (report.unreadable() > 0) {
                page.paragraph(report.unreadable() + " registered products cannot be read.");
            }
        }
    }

    private static List<String> row(Untested untested)
    {
        return List.of(wrapped(untested.product()), cell(untested.port().orElse("")), wrapped(untested.reason()), wrapped(untested.owner()));
    }

    private void product(Tested tested)
    {
        PortQuality quality = tested.quality();
        page.html("<h2 id=\"" + anchor(tested) + "\">" + escape(tested.product()) + " " + stateHtml(styleClass(tested), words(tested)) + "</h2>\n")
                .note("port " + quality.port() + ", contract " + quality.contract() + " " + quality.contractVersion() + ", owner " + tested.owner())
                .beginFigures();
        for (DimensionScore score : quality.scores()) {
            String lowest = score.trend().stream().map(ScorePoint::score).min(BigDecimal::compareTo).map(value -> ", lowest " + percent(value)).orElse("");
            page.figure(score.dimension(), percent(score.score()), score.average().map(average -> "average " + percent(average) + lowest).orElse("not tested in this time"), TrendLine.html(score.trend()));
        }
        page.endFigures()
                .cells(
                        List.of(column("Verdict"), column("Check"), numbers("Figure"), column("Must"), numbers("Failed"), column("Last results"), column("Rung"), numbers("Bytes"), numbers("Seconds")),
                        quality.checks().stream().map(QualityHtml::row).toList())
                .note("Tested " + time(quality.testedAt()) + " in " + quality.seconds().toPlainString() + " s" + quality.jobId().map(job -> " by Spark application " + job).orElse(" without Spark")
                        + quality.snapshotId().map(snapshot -> ", snapshot " + snapshot).orElse("") + "; " + quality.tests() + (quality.tests() == 1 ? " test" : " tests") + " in this time.");
    }

    private static List<String> row(CheckQuality check)
    {
        return List.of(
                state(styleClass(check.status()), check.status()),
                "<td class=\"wide\">" + escape(check.name()) + check.message().map(message -> "<small>" + escape(message) + "</small>").orElse("") + "</td>",
                number(figure(check.actual())),
                cell(check.threshold().orElse("")),
                number(check.findings() + "/" + check.results()),
                "<td>" + strip(check.trend()) + "</td>",
                cell(check.rung().orElse("")),
                number(check.bytesRead().isPresent() ? count(check.bytesRead().orElseThrow()) : ""),
                number(figure(check.durationSeconds())));
    }

    /**
     * A box for each result, the newest on the right.
     */
    private static String strip(List<CheckPoint> trend)
    {
        return "<span class=\"strip\">" + trend.stream()
                .map(point -> "<i class=\"" + styleClass(point.status()) + "\" title=\"" + escape(time(point.at()) + ": " + point.status() + point.actual().map(actual -> ", " + figure(Optional.of(actual))).orElse("")) + "\"></i>")
                .collect(joining()) + "</span>";
    }

    private static String words(Tested tested)
    {
        return tested.quality().status() + (tested.contractCurrent() ? "" : ", of an earlier contract");
    }

    private static String styleClass(Tested tested)
    {
        return tested.contractCurrent() || tested.isFailed() ? styleClass(tested.quality().status()) : "open";
    }

    private static String styleClass(String status)
    {
        return switch (status) {
            case "passed" -> "equal";
            case "warning" -> "within";
            case "failed" -> "breach";
            default -> "open";
        };
    }

    private static String anchor(Tested tested)
    {
        return escape((tested.product() + "-" + tested.quality().port()).replaceAll("[^A-Za-z0-9.-]", "-"));
    }

    private static String figure(Optional<BigDecimal> figure)
    {
        return figure.map(number -> number.stripTrailingZeros().toPlainString()).orElse("");
    }
}
