package io.meshwright.spark.check;

import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.EvidenceRung;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static io.meshwright.spark.check.TestingChecks.byName;
import static io.meshwright.spark.check.TestingChecks.create;
import static io.meshwright.spark.check.TestingChecks.plan;
import static io.meshwright.spark.check.TestingChecks.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Rules that are a query of their own: figures over columns, and statements.
 */
final class TestQueryChecks
{
    @Test
    void testFiguresOverColumnsEqualPlainArithmetic()
    {
        List<Map<String, Object>> rows = create("figures", new RandomOrders(21, 10).rows(120), 2);
        List<Double> prices = rows.stream().map(row -> (BigDecimal) row.get("price")).filter(Objects::nonNull).map(BigDecimal::doubleValue).sorted().toList();
        List<Long> ids = rows.stream().filter(row -> "placed".equals(row.get("status"))).map(row -> (Long) row.get("id")).filter(Objects::nonNull).toList();
        double mean = prices.stream().mapToDouble(Double::doubleValue).sum() / prices.size();
        double deviation = Math.sqrt(prices.stream().mapToDouble(price -> (price - mean) * (price - mean)).sum() / (prices.size() - 1));
        double position = 0.9 * (prices.size() - 1);
        double below = prices.get((int) Math.floor(position));
        double percentile = below + (position - Math.floor(position)) * (prices.get((int) Math.ceil(position)) - below);
        Map<String, CheckResult> results = byName(run(plan(
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: orders
                version: 1.0.0
                status: active
                schema:
                  - name: orders
                    properties:
                      - name: id
                        logicalType: integer
                        physicalType: bigint
                        quality:
                          - {type: custom, engine: meshwright, implementation: {metric: sum, mustBe: 1, filter: "status = 'placed'"}}
                          - {type: custom, engine: meshwright, implementation: {metric: distinctCount, mustBe: 1, filter: "status = 'placed'"}}
                          - {type: custom, engine: meshwright, name: none, implementation: {metric: max, mustBe: 1, filter: "1 = 0"}}
                      - name: price
                        logicalType: number
                        physicalType: decimal(10,2)
                        quality:
                          - {type: custom, engine: meshwright, implementation: {metric: min, mustBeGreaterThan: -100}}
                          - {type: custom, engine: meshwright, implementation: {metric: max, mustBe: 0}}
                          - {type: custom, engine: meshwright, implementation: {metric: mean, mustBe: 0}}
                          - {type: custom, engine: meshwright, implementation: {metric: stddev, mustBe: 0}}
                          - {type: custom, engine: meshwright, implementation: {metric: percentile, percentile: 0.9, mustBe: 0}}
                          - {type: custom, engine: meshwright, name: about, implementation: {metric: percentile, percentile: 0.9, approximate: true, mustBe: 0}}
                """), "figures"));
        assertFigure(results, "id.sum", ids.stream().mapToLong(Long::longValue).sum());
        assertFigure(results, "id.distinctCount", ids.stream().distinct().count());
        assertFigure(results, "price.min", prices.get(0));
        assertFigure(results, "price.max", prices.get(prices.size() - 1));
        assertFigure(results, "price.mean", mean);
        assertFigure(results, "price.stddev", deviation);
        assertFigure(results, "price.percentile", percentile);
        assertThat(results.get("price.min").status()).isEqualTo(CheckStatus.PASSED);
        assertThat(results.get("price.about").message()).contains("approximate");
        assertThat(results.get("id.none").status()).isEqualTo(CheckStatus.SKIPPED);
        assertThat(results.get("id.none").message()).contains("no row has a value");
    }

    private static void assertFigure(Map<String, CheckResult> results, String name, double expected)
    {
        assertThat(results.get(name).actual()).as("%s: %s", name, results.get(name).message()).isPresent();
        assertThat(results.get(name).actual().orElseThrow().doubleValue()).as(name).isCloseTo(expected, within(1e-3));
    }

    @Test
    void testStatements()
    {
        List<Map<String, Object>> rows = create("stated", new RandomOrders(13, 10).rows(100), 2);
        long placed = rows.stream().filter(row -> "placed".equals(row.get("status"))).count();
        CheckPlan plan = plan(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      status:
                        type: string
                        quality:
                          - {type: sql, query: "SELECT count(*) FROM {model} WHERE {field} = 'placed'", mustBe: %s}
                    quality:
                      - {type: sql, query: "SELECT count(*) FROM orders WHERE status = 'placed'", mustBeLessThan: %s}
                      - {type: sql, query: "SELECT sum(amount) FROM orders WHERE 1 = 0", mustBe: 0}
                      - {type: sql, query: "SELECT status FROM orders", mustBe: 0}
                      - {type: sql, query: "SELECT max(status) FROM orders", mustBe: 0}
                      - {type: sql, query: "SELECT count(*) FROM orders WHERE no_such_column = 1", mustBe: 0}
                      - {type: sql, query: "SELECT count(*) / 0 FROM orders", mustBe: 0}
                      - {type: sql, query: "SELECT count(*) FROM orders WHERE cast(name AS int) = 1", mustBe: 0}
                      - {type: sql, query: "WITH o AS (SELECT id FROM orders GROUP BY id HAVING count(*) > 1) SELECT count(*) FROM o", mustBeGreaterThan: 0}
                """.formatted(placed, placed));
        List<CheckResult> checks = run(plan, "stated").checks().stream().filter(check -> check.metric().equals("sql")).toList();
        assertThat(checks).extracting(CheckResult::status).containsExactly(
                CheckStatus.PASSED,
                CheckStatus.FAILED,
                CheckStatus.ERROR,
                CheckStatus.ERROR,
                CheckStatus.ERROR,
                CheckStatus.ERROR,
                CheckStatus.ERROR,
                CheckStatus.ERROR,
                CheckStatus.PASSED);
        assertThat(checks.get(1).message()).contains("SELECT count(*) FROM orders WHERE status = 'placed'");
        assertThat(checks.get(2).message()).contains("The statement returned NULL, where one number was expected");
        assertThat(checks.get(3).message()).contains("The statement returned more than one value, where one number was expected");
        assertThat(checks.get(4).message()).contains("The statement returned a String, where one number was expected");
        assertThat(checks.get(5).message().orElseThrow()).contains("no_such_column");
        assertThat(checks.get(6).message()).contains("Spark: DIVIDE_BY_ZERO");
        assertThat(checks.get(7).message().orElseThrow()).isEqualTo("Spark: CAST_INVALID_INPUT").doesNotContain("ORD-1");
        // a count of rows adds up over files, another statement is a query of its own
        assertThat(checks.get(1).rung()).contains(EvidenceRung.R5);
        assertThat(checks.get(8).rung()).contains(EvidenceRung.R6);
    }
}
