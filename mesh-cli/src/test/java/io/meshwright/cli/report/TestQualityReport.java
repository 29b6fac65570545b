package io.meshwright.cli.report;

import io.meshwright.bridge.result.PortQuality;
import io.meshwright.bridge.result.PortQuality.CheckPoint;
import io.meshwright.bridge.result.PortQuality.CheckQuality;
import io.meshwright.bridge.result.PortQuality.DimensionScore;
import io.meshwright.bridge.result.PortQuality.ScorePoint;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.report.QualityReport.Tested;
import io.meshwright.cli.report.QualityReport.Untested;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

public class TestQualityReport
{
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant FROM = NOW.minus(Duration.ofDays(30));
    private static final String EVIL = "<script>alert(\"x\\y\")</script>\n&'";

    @Test
    public void testExitCodes()
    {
        assertThat(report(tested("a.b", "passed", true), tested("a.c", "warning", true)).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(report(tested("a.b", "passed", true), tested("a.c", "failed", true), tested("a.d", "error", true)).exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(report(tested("a.b", "passed", true), tested("a.c", "error", true)).exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(report(tested("a.b", "passed", true), tested("a.c", "skipped", true)).exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(report(tested("a.b", "passed", false)).exitCode()).as("tested with an earlier contract").isEqualTo(ExitCode.UNKNOWN);
        assertThat(report().exitCode()).as("nothing is known of nothing").isEqualTo(ExitCode.UNKNOWN);
        List<Tested> fine = List.of(tested("a.b", "passed", true));
        assertThat(new QualityReport(FROM, NOW, fine, List.of(new Untested("a.c", "a", "o", Optional.of("p"), "never tested")), 0).exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(new QualityReport(FROM, NOW, fine, List.of(new Untested("a.c", "a", "o", Optional.empty(), "no table")), 0).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(new QualityReport(FROM, NOW, fine, List.of(), 1).exitCode()).as("unreadable").isEqualTo(ExitCode.UNKNOWN);
    }

    @Test
    public void testPageNeedsNothingElse()
    {
        String html = QualityHtml.render(report(tested("orders.order-events", "failed", true), tested("pricing.prices", "passed", false)));
        assertThat(html)
                .startsWith("<!doctype html>")
                .contains("One product does not keep its contract.")
                .contains("Open failures")
                .contains("2026-11-19 10:00:00 UTC")
                .contains("98.5 %")
                .contains("from 100 % to 98.5 %, lowest 97 %")
                .contains("passed, of an earlier contract")
                .contains("<a href=\"#orders.order-events-curated\">")
                .contains("id=\"orders.order-events-curated\"")
                .contains("<i class=\"breach\" title=\"2026-11-20 10:00:00 UTC: failed, 3\"></i>")
                .contains("prefers-color-scheme: dark", "width=device-width")
                .doesNotContain("http:", "https:", "<script", "<link", "<img", "@import", "url(");
    }

    @Test
    public void testTextsOfOthersAreEscaped()
    {
        String html = QualityHtml.render(report(tested(EVIL, "failed", true), tested("a.b", "passed", true)));
        assertThat(html).contains("&lt;script&gt;alert(&quot;x\\y&quot;)&lt;/script&gt;").doesNotContain("<script", "alert(\"");
    }

    @Test
    public void testOpenMetrics()
    {
        String text = QualityMetrics.write(new QualityReport(
                FROM,
                NOW,
                List.of(tested("orders.order-events", "failed", true), tested(EVIL, "passed", true)),
                List.of(new Untested("a.c", "a", "o", Optional.of("p"), "never tested")),
                0));
        OpenMetricsText metrics = OpenMetricsText.parse(text);

        assertThat(metrics.units()).containsOnly(
                Map.entry("mesh_quality_test_timestamp_seconds", "seconds"),
                Map.entry("mesh_quality_test_duration_seconds", "seconds"),
                Map.entry("mesh_quality_test_read_bytes", "bytes"),
                Map.entry("mesh_quality_dimension_score_ratio", "ratio"),
                Map.entry("mesh_quality_check_valid_ratio", "ratio"),
                Map.entry("mesh_quality_data_age_seconds", "seconds"));
        Map<String, String> port = Map.of("product", "orders.order-events", "domain", "orders", "port", "curated");
        assertThat(metrics.families().get("mesh_quality_dimension_score_ratio")).containsEntry(with(port, "dimension", "completeness"), 0.985);
        assertThat(metrics.families().get("mesh_quality_test_timestamp_seconds")).containsEntry(port, (double) NOW.getEpochSecond());
        assertThat(metrics.families().get("mesh_quality_open_failures")).containsEntry(port, 1.0);
        assertThat(metrics.families().get("mesh_quality_product_status"))
                .containsEntry(with(port, "status", "failed"), 1.0)
                .containsEntry(with(port, "status", "passed"), 0.0)
                .containsEntry(Map.of("product", "a.c", "domain", "a", "port", "p", "status", "untested"), 1.0);
        assertThat(metrics.families().get("mesh_quality_check_figure").keySet()).extracting(labels -> labels.get("product")).containsExactlyInAnyOrder("orders.order-events", EVIL);
        assertThat(metrics.families().get("mesh_quality_data_age_seconds").values()).containsOnly(60.0);
    }

    @Test
    public void testNothingTestedIsAnExposition()
    {
        assertThat(OpenMetricsText.parse(QualityMetrics.write(report())).families()).isEmpty();
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value)
    {
        Map<String, String> all = new HashMap<>(labels);
        all.put(name, value);
        return all;
    }

    private static QualityReport report(Tested... tested)
    {
        return new QualityReport(FROM, NOW, List.of(tested), List.of(), 0);
    }

    private static Tested tested(String product, String status, boolean contractCurrent)
    {
        List<ScorePoint> trend = List.of(point(3, "1"), point(2, "0.97"), point(0, "0.985"));
        List<CheckPoint> results = List.of(new CheckPoint(NOW.minus(Duration.ofDays(1)), "failed", Optional.of(new BigDecimal(3))), new CheckPoint(NOW, status, Optional.of(new BigDecimal("3"))));
        Optional<Instant> openSince = status.equals("failed") ? Optional.of(NOW.minus(Duration.ofDays(2))) : Optional.empty();
        PortQuality quality = new PortQuality(
                product,
                "curated",
                status,
                "order-events",
                "1.0.0",
                Optional.of("hash"),
                Optional.of("42"),
                "run",
                Optional.of("local-17"),
                NOW,
                new BigDecimal("4.250"),
                OptionalLong.of(12_345_678),
                3,
                List.of(new DimensionScore("completeness", new BigDecimal("0.985"), 2, Optional.of(new BigDecimal("0.985")), trend)),
                List.of(check("order_id.required", "nullValues", status, new BigDecimal("3"), openSince, results), check("freshness", "freshness", "passed", new BigDecimal("60"), Optional.empty(), List.of())));
        return new Tested(product, product.split("\\.")[0], "orders-data@example.com", contractCurrent, quality);
    }

    private static ScorePoint point(int daysAgo, String score)
    {
        return new ScorePoint(NOW.minus(Duration.ofDays(daysAgo)), new BigDecimal(score));
    }

    private static CheckQuality check(String name, String metric, String status, BigDecimal actual, Optional<Instant> openSince, List<CheckPoint> trend)
    {
        return new CheckQuality(
                name,
                Optional.of("order_id"),
                metric,
                "completeness",
                "error",
                status,
                Optional.of(actual),
                Optional.of("mustBe 0"),
                Optional.of(new BigDecimal("0.97")),
                Optional.of("3 of 100 rows"),
                Optional.of("R4"),
                OptionalLong.of(12_345_678),
                Optional.of(new BigDecimal("3.100")),
                openSince,
                3,
                1,
                trend);
    }
}
