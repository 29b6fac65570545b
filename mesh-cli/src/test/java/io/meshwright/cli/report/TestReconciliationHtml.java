package io.meshwright.cli.report;

import io.meshwright.bridge.migration.Gate;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.Cost;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;
import io.meshwright.model.reconciliation.WindowComparison;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

public class TestReconciliationHtml
{
    private static final Instant TIME = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    public void testBreach()
    {
        String html = ReconciliationHtml.render(report("orders.order-events", Map.of("2026-11-19", 28800L, "2026-11-20", 28512L, "2026-11-21", 10L)), List.of());

        assertThat(html)
                .startsWith("<!doctype html>")
                .contains("Breach: the product and the legacy table differ by more than the SLA allows.")
                .contains("<li>2026-11-20: legacy 28800, mesh 28512 (-288), completeness at most 0.99, declared 0.999</li>")
                .contains("<td>2026-11-20</td><td><span class=\"state breach\">breach</span></td><td class=\"number\">-288</td><td class=\"number\">99 %</td><td class=\"number\">28\u202f800</td><td class=\"number\">28\u202f512</td>")
                .contains("<td>2026-11-19</td><td><span class=\"state equal\">equal</span></td>")
                .contains("<td>2026-11-21</td><td><span class=\"state open\">settling</span></td>")
                .contains("equal: 1</span>")
                .contains("values of columns")
                .doesNotContain("http:", "https:", "<script", "<link", "<img");
    }

    @Test
    public void testWithinSla()
    {
        String html = ReconciliationHtml.render(report("orders.order-events", Map.of("2026-11-19", 28820L, "2026-11-20", 28780L)), List.of());

        assertThat(html)
                .contains("Within the SLA: the product has what the legacy table has.")
                .contains("-20 and +20 over the windows")
                .contains("within the SLA: 2</span>")
                .contains("99.93 %");
    }

    @Test
    public void testFigureBelowThresholdNeverLooksLikeIt()
    {
        assertThat(ReconciliationHtml.render(report("orders.order-events", Map.of("2026-11-19", 28771L, "2026-11-20", 28800L)), List.of()))
                .contains("99.899 %");
    }

    @Test
    public void testTextsAreEscaped()
    {
        assertThat(ReconciliationHtml.render(report("<script>alert('x & \"y\"')</script>", Map.of("2026-11-19", 1L)), List.of()))
                .contains("Reconciliation of &lt;script&gt;alert(&#39;x &amp; &quot;y&quot;&#39;)&lt;/script&gt;")
                .doesNotContain("<script");
    }

    @Test
    public void testGatesSayWhetherToCutOver()
    {
        ReconciliationReport report = report("orders.order-events", Map.of("2026-11-19", 28800L));
        Gate green = new Gate("green-days", Gate.Status.PASSED, "14 green days in a row");
        assertThat(ReconciliationHtml.render(report, List.of(green)))
                .contains("<div class=\"verdict equal\"><strong>GO: every gate of the cutover is passed.</strong>")
                .doesNotContain("NO-GO");
        assertThat(ReconciliationHtml.render(report, List.of(green, new Gate("contract-test", Gate.Status.UNKNOWN, "never <tested>"))))
                .contains("<div class=\"verdict open\"><strong>NO-GO for cutover: 1 of 2 gates is not passed.</strong>\n<ul>\n<li>contract-test: never &lt;tested&gt;</li>")
                .contains("<td><span class=\"state equal\">passed</span></td><td class=\"wide\">14 green days in a row</td>")
                .doesNotContain("GO: every gate");
        assertThat(ReconciliationHtml.render(report, List.of(green, new Gate("full-pass", Gate.Status.FAILED, "none"))))
                .contains("<div class=\"verdict breach\"><strong>NO-GO for cutover");
    }

    @Test
    public void testColumnsDaysAndRecord()
    {
        String html = ReconciliationHtml.render(TestingReconciliation.report(), List.of());

        assertThat(html)
                .contains("<td class=\"wrap\">occurred_at</td><td class=\"number\">40 of 50</td><td class=\"number\">80 %</td><td class=\"number\">0 %</td><td class=\"wide\">time zone: the product is 1 h later</td>")
                .contains("<span class=\"state accepted\">accepted</span><small>until 2026-12-31 by ana@retailer.example: &lt;b&gt;test orders&lt;/b&gt;</small>")
                .contains("<span class=\"state skipped\">not compared</span><small>the legacy warehouse is left alone at 08:00-18:00</small>")
                .contains("<td>no day</td>")
                .contains("3 days without a difference")
                .contains("<dt>Oldest open one</dt><dd>6 days<small>since it was found</small>")
                .contains("<dt>Time to settle</dt><dd>26 h")
                .contains("<dt>Legacy time, all runs</dt><dd>91.5 s<small>74 statements</small>")
                .contains("<td class=\"wrap\">decimals to 2 digits</td>")
                .contains("74 statements, 91.5 s, 1\u202f048\u202f576 bytes")
                .contains("<polyline")
                .doesNotContain("<b>test", "http:", "https:", "<script", "<link", "<img", "url(");
    }

    @Test
    public void testHostileNames()
    {
        String hostile = "<img src=x onerror=alert(1)>\"'&";
        String html = ReconciliationHtml.render(TestingReconciliation.report(hostile), List.of(new Gate(hostile, Gate.Status.FAILED, hostile)));
        assertThat(html)
                .doesNotContain("<img", "onerror=alert(1)>\"")
                .contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
    }

    private static ReconciliationReport report(String product, Map<String, Long> mesh)
    {
        Map<String, Long> legacy = Map.of("2026-11-19", 28800L, "2026-11-20", 28800L);
        return new ReconciliationReport(
                product,
                "legacy_warehouse.fct_orders",
                Optional.of("42"),
                Optional.of(TIME),
                "counts",
                "Europe/Berlin",
                WindowComparison.ofCounts(Set.of(), legacy, mesh, window -> !window.equals("2026-11-21"), new BigDecimal("0.999")),
                List.of(new NotCompared("values of columns", "only counts are compared")),
                new Cost(new BigDecimal("0.412"), 1, OptionalLong.empty()),
                "run-1",
                TIME,
                TIME);
    }
}
