package io.meshwright.model.product;

import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that a product declares by itself, in the spellings that people use.
 */
final class TestProductQuality
{
    @Test
    void testCompletenessAndFreshness()
    {
        DataProductSpec spec = spec(
                """
                    completeness:
                      customer_id: 1.0
                      predicted_ltv: 0.95
                    freshness: "24h"
                """);
        assertThat(texts(spec)).containsExactly(
                "COMPLETENESS customer_id [mustBeGreaterOrEqualTo 1]",
                "COMPLETENESS predicted_ltv [mustBeGreaterOrEqualTo 0.95]",
                "FRESHNESS - []");
        assertThat(spec.serviceLevels().freshness().orElseThrow().maxAge().orElseThrow()).hasHours(24);
    }

    @Test
    void testNamedChecksWithThresholds()
    {
        DataProductSpec spec = spec(
                """
                    framework: "great-expectations"
                    checks:
                      - name: "row_count"
                        threshold: "> 1000"
                      - name: "null_percentage"
                        column: "customer_id"
                        threshold: "< 1%"
                      - name: "freshness"
                        threshold: "< 24 hours"
                """);
        assertThat(texts(spec)).containsExactly(
                "ROW_COUNT - [mustBeGreaterThan 1000]",
                "NULL_PERCENTAGE customer_id [mustBeLessThan 1]",
                "FRESHNESS - []");
        assertThat(spec.quality().get(2).freshness().orElseThrow().strict()).isTrue();
    }

    @Test
    void testListOfMetrics()
    {
        DataProductSpec spec = spec(
                """
                    - metric: "row_count_vs_source"
                      threshold: 99.9%
                    - metric: "no_nulls_in_order_id"
                    - metric: "no_duplicates_in_order_id"
                """);
        assertThat(texts(spec)).containsExactly(
                "SOURCE_ROWS - [mustBeGreaterOrEqualTo 0.999]",
                "NULL_VALUES order_id [mustBe 0]",
                "DUPLICATES order_id [mustBe 0]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "checks: [{name: row_cuont, threshold: '> 1'}] | the check \"row_cuont\" is not known, did you mean row_count?",
            "checks: [{name: row_count}] | the check row_count has no threshold, so it cannot fail",
            "checks: [{name: row_count, threshold: '1000'}] | \"1000\" is no threshold of this check",
            "checks: [{name: row_count, threshold: '> 1%'}] | \"> 1%\" is no threshold of this check",
            "checks: [{name: null_percentage, threshold: '< 1%'}] | the check null_percentage names no column",
            "checks: [{threshold: '< 1%'}] | the check has no name",
            "checks: [{name: row_count_vs_source, threshold: 99.9}] | 99.9 is no share, did you mean 99.9% or 0.999?",
            "completeness: {a: [1]} | completeness of a is no share",
            "freshness: soon | freshness: \"soon\" is no duration",
    })
    void testWhatIsNotUnderstood(String quality, String message)
    {
        Parsed<DataProductSpec> parsed = parse("    " + quality + "\n");
        assertThat(parsed.value()).isEmpty();
        assertThat(parsed.findings()).extracting(Finding::rule).containsExactly(SpecRule.QUALITY);
        assertThat(parsed.findings().get(0).message()).isEqualTo(message);
        assertThat(parsed.findings().get(0).location().line()).isEqualTo(12);
    }

    private static List<String> texts(DataProductSpec spec)
    {
        return spec.quality().stream().map(check -> "%s %s %s".formatted(check.kind(), check.column().orElse("-"), check.thresholds())).toList();
    }

    private static DataProductSpec spec(String quality)
    {
        Parsed<DataProductSpec> parsed = parse(quality);
        assertThat(parsed.findings()).isEmpty();
        return parsed.value().orElseThrow();
    }

    private static Parsed<DataProductSpec> parse(String quality)
    {
        return DataProductSpecParser.parse(
                "dataproduct.yaml",
                """
                apiVersion: dataproduct.kloudvin.io/v1
                kind: DataProduct
                metadata: {name: order-events, domain: orders, owner: orders-data@retailer.example}
                spec:
                  description: Orders
                  outputPorts:
                    - name: iceberg-curated
                      type: iceberg
                      location: s3://mesh-orders/order_events/
                      contract: ./contracts/order-events.v2.yaml
                  quality:
                """ + quality + (quality.contains("freshness: \"24h\"") ? "" : "  sla: {freshness: 15m}\n"));
    }
}
