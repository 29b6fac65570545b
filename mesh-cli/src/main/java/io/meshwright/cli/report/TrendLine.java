package io.meshwright.cli.report;

import io.meshwright.bridge.result.PortQuality.ScorePoint;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

import static io.meshwright.cli.report.HtmlText.escape;
import static java.util.stream.Collectors.joining;

/**
 * Scores over time as a small drawing within a page. Its lower edge is the lowest score, so that small changes are seen; words tell the figures.
 */
final class TrendLine
{
    private static final int WIDTH = 120;
    private static final int HEIGHT = 28;
    private static final int MARGIN = 3;

    private TrendLine() {}

    /**
     * Nothing for less than two points, which are no trend.
     */
    static String html(List<ScorePoint> trend)
    {
        if (trend.size() < 2) {
            return "";
        }
        BigDecimal lowest = trend.stream().map(ScorePoint::score).min(BigDecimal::compareTo).orElseThrow();
        BigDecimal highest = trend.stream().map(ScorePoint::score).max(BigDecimal::compareTo).orElseThrow();
        long begin = trend.getFirst().at().toEpochMilli();
        long length = Math.max(1, trend.getLast().at().toEpochMilli() - begin);
        double range = highest.subtract(lowest).doubleValue();
        String points = trend.stream()
                .map(point -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        MARGIN + (WIDTH - 2 * MARGIN) * (point.at().toEpochMilli() - begin) / (double) length,
                        range == 0 ? HEIGHT / 2.0 : MARGIN + (HEIGHT - 2 * MARGIN) * highest.subtract(point.score()).doubleValue() / range))
                .collect(joining(" "));
        String words = "from " + HtmlPage.percent(trend.getFirst().score()) + " to " + HtmlPage.percent(trend.getLast().score()) + ", lowest " + HtmlPage.percent(lowest);
        return "<svg class=\"trend\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\" aria-label=\"" + escape(words) + "\"><title>" + escape(words) + "</title><polyline points=\"" + points + "\"/></svg>";
    }
}
