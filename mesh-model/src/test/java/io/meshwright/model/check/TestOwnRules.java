package io.meshwright.model.check;

import io.meshwright.model.check.Measure.Aggregate.Function;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What contracts say beyond the metrics of the standards, and the service levels of time.
 */
final class TestOwnRules
{
    @Test
    void testFiguresAndUsualBand()
    {
        List<CheckSpec> checks = plan(odcs(
                """
                      - name: amount
                        logicalType: number
                        physicalType: double
                        quality:
                          - {type: custom, engine: meshwright, name: p99, implementation: {metric: percentile, percentile: 0.99, approximate: true, mustBeLessThan: 5000}}
                          - {type: custom, engine: meshwright, implementation: {metric: mean, filter: "amount > 0", mustBeBetween: [1, 2]}, severity: warning}
                    quality:
                      - {type: custom, engine: meshwright, implementation: {metric: anomaly, history: 14, deviations: 2.5}}
                """)).checks();
        assertThat(checks).extracting(CheckSpec::name).containsExactly("amount.schema", "amount.p99", "amount.mean", "anomaly");
        assertThat(checks.get(1).measure()).isEqualTo(new Measure.Aggregate("amount", Function.PERCENTILE, Optional.of(new BigDecimal("0.99")), true, Optional.empty()));
        assertThat(checks.get(1).thresholdText()).contains("mustBeLessThan 5000");
        assertThat(checks.get(2).measure().rowFilter().orElseThrow().text()).isEqualTo("(amount > 0)");
        assertThat(checks.get(2).violationStatus()).isEqualTo(CheckStatus.WARNING);
        assertThat(checks.get(3).measure()).isEqualTo(new Measure.UsualRowCount(new UsualBand(14, new BigDecimal("2.5"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{metric: percentil, mustBe: 1} | Unknown metric 'percentil'",
            "{metric: percentile, percentile: 99, mustBe: 1} | The percentile is no share from 0 to 1",
            "{metric: mean, mustBe: 1, mustNotBe: 2} | The rule has 2 operators: mustBe, mustNotBe",
            "{metric: mean} | The rule has no operator, so it cannot fail",
            "{metric: anomaly} | anomaly is about the rows of the table, and stands at a field",
    })
    void testWhatIsNotUnderstood(String implementation, String message)
    {
        Parsed<DataContract> parsed = DataContractParser.parse("c.yaml", odcs(
                """
                      - name: amount
                        logicalType: number
                        physicalType: double
                        quality:
                          - {type: custom, engine: meshwright, implementation: %s}
                """.formatted(implementation)));
        assertThat(parsed.findings()).extracting(Finding::message).contains(message);
    }

    @Test
    void testRulesOfOtherEnginesAreNotChecked()
    {
        CheckPlan plan = plan(odcs(
                """
                      - name: amount
                        logicalType: number
                        physicalType: double
                        quality:
                          - {type: custom, engine: greatExpectations, implementation: {type: expect_column_max_to_be_between}}
                """));
        assertThat(plan.notChecked()).extracting(CheckPlan.Unchecked::reason).contains("a custom rule runs on its own engine 'greatExpectations'");
    }

    @Test
    void testServiceLevelsOfTime()
    {
        CheckPlan plan = plan(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      at: {type: timestamp, references: customer.customer-profile.since}
                      loaded: {type: timestamp}
                servicelevels:
                  retention: {period: 3m, timestampField: orders.at}
                  latency: {threshold: 15m, sourceTimestampField: orders.at, processedTimestampField: orders.loaded}
                  frequency: {type: batch, interval: daily, cron: "0 0 * * *"}
                """);
        assertThat(plan.checks()).extracting(CheckSpec::name).containsExactly("at.schema", "at.references", "loaded.schema", "retention", "latency", "frequency");
        assertThat(plan.checks().get(1).measure()).isEqualTo(new Measure.Orphans(List.of("at"), "customer.customer-profile", List.of("since"), Optional.empty()));
        assertThat(plan.checks().get(3).measure()).isEqualTo(new Measure.Retention("at", Period.ofMonths(3)));
        assertThat(plan.checks().get(4).measure()).isEqualTo(new Measure.Latency("at", Optional.of("loaded"), Duration.ofMinutes(15)));
        assertThat(((Measure.Age) plan.checks().get(5).measure()).objective().maxAge()).contains(Duration.ofDays(1));
        assertThat(plan.notChecked()).extracting(CheckPlan.Unchecked::path).containsExactly("servicelevels.frequency.cron");
    }

    @Test
    void testReferencesOfSeveralFields()
    {
        CheckPlan plan = plan(odcs(
                """
                      - {name: id, logicalType: string, relationships: [{type: foreignKey, to: customer.customer-profile.id}]}
                      - {name: region, logicalType: string}
                    relationships:
                      - {type: foreignKey, from: [orders.id, orders.region], to: [customer.customer-profile.id, customer.customer-profile.region]}
                      - {type: foreignKey, from: [orders.id, orders.region], to: [regions.id, regions.region]}
                """));
        assertThat(plan.checks()).extracting(CheckSpec::name).containsExactly("id.schema", "id.references", "region.schema", "id+region.references");
        assertThat(plan.checks().get(3).measure()).isEqualTo(new Measure.Orphans(List.of("id", "region"), "customer.customer-profile", List.of("id", "region"), Optional.empty()));
        assertThat(plan.notChecked()).extracting(CheckPlan.Unchecked::reason).containsExactly("regions is no other product; write domain.product.field");
    }

    @Test
    void testUsualBand()
    {
        UsualBand band = new UsualBand(5, BigDecimal.valueOf(3));
        assertThat(band.limits(figures(1, 2, 3, 4))).isEmpty();
        UsualBand.Limits limits = band.limits(figures(100, 110, 90, 105, 95, 5_000)).orElseThrow();
        // one odd figure among the former ones moves neither the middle nor the width much
        assertThat(limits.median()).isEqualByComparingTo("102.5");
        assertThat(limits.contains(BigDecimal.valueOf(130))).isTrue();
        assertThat(limits.contains(BigDecimal.valueOf(200))).isFalse();
        UsualBand.Limits constant = band.limits(figures(1_000, 1_000, 1_000, 1_000, 1_000)).orElseThrow();
        assertThat(constant.contains(BigDecimal.valueOf(1_010))).isTrue();
        assertThat(constant.contains(BigDecimal.valueOf(1_011))).isFalse();
    }

    private static List<BigDecimal> figures(long... figures)
    {
        return java.util.Arrays.stream(figures).mapToObj(BigDecimal::valueOf).toList();
    }

    private static String odcs(String rest)
    {
        return """
               apiVersion: v3.1.0
               kind: DataContract
               id: orders
               version: 1.0.0
               status: active
               schema:
                 - name: orders
                   properties:
               """ + rest;
    }

    private static CheckPlan plan(String yaml)
    {
        Parsed<DataContract> contract = DataContractParser.parse("contract.yaml", yaml);
        assertThat(contract.value()).as("%s", contract.findings()).isPresent();
        assertThat(contract.findings()).filteredOn(Finding::isError).isEmpty();
        return CheckPlanner.plan(contract.value().orElseThrow(), contract.value().orElseThrow().models().get(0), Set.of("shop.orders"));
    }
}
