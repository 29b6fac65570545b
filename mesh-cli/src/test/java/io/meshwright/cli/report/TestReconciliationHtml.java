package io.meshwright.cli.report;

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
        String html = ReconciliationHtml.render(report("orders.order-events", Map.of("2026-11-19", 28800L, "2026-11-20", 28512L, "2026-11-21", 10L)));

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
        String html = ReconciliationHtml.render(report("orders.order-events", Map.of("2026-11-19", 28820L, "2026-11-20", 28780L)));

        assertThat(html)
                .contains("Within the SLA: the product has what the legacy table has.")
                .contains("-20 and +20 over the windows")
                .contains("within the SLA: 2</span>")
                .contains("99.93 %");
    }

    @Test
    public void testFigureBelowThresholdNeverLooksLikeIt()
    {
        assertThat(ReconciliationHtml.render(report("orders.order-events", Map.of("2026-11-19", 28771L, "2026-11-20", 28800L))))
                .contains("99.899 %");
    }

    @Test
    public void testTextsAreEscaped()
    {
        assertThat(ReconciliationHtml.render(report("<script>alert('x & \"y\"')</script>", Map.of("2026-11-19", 1L))))
                .contains("Reconciliation of &lt;script&gt;alert(&#39;x &amp; &quot;y&quot;&#39;)&lt;/script&gt;")
                .doesNotContain("<script");
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
