package io.meshwright.cli.command;

import io.meshwright.bridge.result.PortQuality;
import io.meshwright.bridge.result.PortQuality.DimensionScore;
import io.meshwright.bridge.result.PortQuality.ScorePoint;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.Style;
import io.meshwright.cli.output.TextTable;
import io.meshwright.cli.report.QualityReport;
import io.meshwright.cli.report.QualityReport.Tested;
import io.meshwright.cli.report.QualityReport.Untested;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * A report of quality for terminals and as a document.
 */
final class QualityReportText
{
    private QualityReportText() {}

    static Map<String, Object> document(QualityReport report)
    {
        Map<String, Object> document = Json.document("QualityReport");
        document.put("from", report.from());
        document.put("to", report.to());
        document.put("summary", Json.object("fine", report.fine(), "failed", report.failed(), "unknown", report.unknown(), "unreadable", report.unreadable()));
        document.put("products", report.tested().stream().map(QualityReportText::item).toList());
        document.put("untested", report.untested());
        return document;
    }

    private static Map<String, Object> item(Tested tested)
    {
        Map<String, Object> item = Json.object("product", tested.product(), "domain", tested.domain(), "owner", tested.owner(), "contractCurrent", tested.contractCurrent());
        Json.tree(Json.object("quality", tested.quality())).forEach((_, quality) -> ((Map<?, ?>) quality).forEach((key, value) -> item.put((String) key, value)));
        return item;
    }

    /**
     * What {@code mesh catalog get --show quality} tells.
     */
    static Object section(QualityReport report)
    {
        return report.tested().stream().map(QualityReportText::summary).toList();
    }

    private static Map<String, Object> summary(Tested tested)
    {
        PortQuality quality = tested.quality();
        return Json.object(
                "port",
                quality.port(),
                "status",
                quality.status(),
                "contractCurrent",
                tested.contractCurrent(),
                "contractVersion",
                quality.contractVersion(),
                "testedAt",
                quality.testedAt(),
                "snapshotId",
                quality.snapshotId(),
                "openFailures",
                tested.open().stream().map(check -> Json.object("check", check.name(), "since", check.openSince())).toList(),
                "scores",
                quality.scores());
    }

    static List<String> overview(QualityReport report, boolean color)
    {
        List<String> dimensions = new ArrayList<>(new TreeSet<>(report.tested().stream().flatMap(tested -> tested.quality().scores().stream()).map(DimensionScore::dimension).toList()));
        List<String> headings = new ArrayList<>(List.of("product", "port", "status", "tested"));
        headings.addAll(dimensions);
        TextTable table = TextTable.list(headings.toArray(String[]::new));
        for (int column = 4; column < headings.size(); column++) {
            table.alignRight(column);
        }
        for (Tested tested : report.tested()) {
            Map<String, String> scores = new LinkedHashMap<>();
            tested.quality().scores().forEach(score -> scores.put(score.dimension(), percent(score.score())));
            List<String> row = new ArrayList<>(List.of(tested.product(), tested.quality().port(), status(tested), time(tested.quality().testedAt())));
            dimensions.forEach(dimension -> row.add(scores.getOrDefault(dimension, "-")));
            table.row(row);
        }
        List<String> lines = new ArrayList<>(report.tested().isEmpty() ? List.of() : table.lines());
        TextTable open = TextTable.list("open failure", "check", "status", "actual", "threshold", "since").alignRight(3);
        report.tested().forEach(tested -> tested.open().forEach(check -> open.row(
                tested.product(), check.name(), check.status(), plain(check.actual()), check.threshold().orElse("-"), time(check.openSince().orElseThrow()))));
        if (open.size() > 0) {
            lines.add("");
            lines.addAll(open.lines());
        }
        lines.addAll(untested(report));
        Style style = report.failed() > 0 ? Style.RED : report.unknown() > 0 ? Style.YELLOW : Style.GREEN;
        lines.add(style.paint(report.failed() > 0 ? "FAILED" : report.unknown() > 0 || report.tested().isEmpty() ? "UNKNOWN" : "PASSED", color) +
                ": " + report.fine() + " keep their contracts, " + report.failed() + " do not, of " + report.unknown() + " it is not known");
        return lines;
    }

    static List<String> lines(QualityReport report, boolean color)
    {
        List<String> lines = new ArrayList<>();
        for (Tested tested : report.tested()) {
            PortQuality quality = tested.quality();
            Style style = tested.isFailed() ? Style.RED : tested.isFine() ? Style.GREEN : Style.YELLOW;
            lines.add(tested.product() + " (port " + quality.port() + "): " + style.paint(status(tested).toUpperCase(Locale.ROOT), color) + ", tested " + time(quality.testedAt()) +
                    " against " + quality.contract() + " " + quality.contractVersion() + quality.snapshotId().map(snapshot -> ", snapshot " + snapshot).orElse(""));
            TextTable scores = TextTable.list("dimension", "score", "average", "lowest", "checks").alignRight(1).alignRight(2).alignRight(3).alignRight(4);
            quality.scores().forEach(score -> scores.row(
                    score.dimension(),
                    percent(score.score()),
                    score.average().map(QualityReportText::percent).orElse("-"),
                    score.trend().stream().map(ScorePoint::score).min(BigDecimal::compareTo).map(QualityReportText::percent).orElse("-"),
                    score.checks()));
            lines.addAll(scores.lines());
            lines.add("");
            TextTable checks = TextTable.list("status", "check", "actual", "threshold", "open since", "failed", "rung", "bytes", "seconds").alignRight(2).alignRight(5).alignRight(7).alignRight(8);
            quality.checks().forEach(check -> checks.row(
                    check.status().toUpperCase(Locale.ROOT),
                    check.name(),
                    plain(check.actual()),
                    check.threshold().orElse("-"),
                    check.openSince().map(QualityReportText::time).orElse("-"),
                    check.findings() + "/" + check.results(),
                    check.rung().orElse("-"),
                    figure(check.bytesRead()),
                    plain(check.durationSeconds())));
            lines.addAll(checks.lines());
            lines.add(quality.tests() + (quality.tests() == 1 ? " test" : " tests") + " since " + time(report.from()) + "; the last took " + plain(Optional.of(quality.seconds())) + " s" +
                    quality.jobId().map(job -> ", Spark application " + job).orElse(", without Spark"));
        }
        lines.addAll(untested(report));
        return lines;
    }

    private static List<String> untested(QualityReport report)
    {
        List<String> lines = new ArrayList<>();
        for (Untested untested : report.untested()) {
            lines.add("not tested: " + untested.product() + untested.port().map(port -> " (port " + port + ")").orElse("") + ": " + untested.reason());
        }
        if (report.unreadable() > 0) {
            lines.add(report.unreadable() + " registered products cannot be read");
        }
        return lines;
    }

    private static String status(Tested tested)
    {
        return tested.quality().status() + (tested.contractCurrent() ? "" : ", of an earlier contract");
    }

    private static String percent(BigDecimal ratio)
    {
        return Texts.percent(ratio.setScale(5, RoundingMode.DOWN));
    }

    private static String plain(Optional<BigDecimal> figure)
    {
        return figure.map(number -> number.stripTrailingZeros().toPlainString()).orElse("-");
    }

    private static String figure(OptionalLong figure)
    {
        return figure.isPresent() ? String.valueOf(figure.orElseThrow()) : "-";
    }

    private static String time(Instant instant)
    {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
