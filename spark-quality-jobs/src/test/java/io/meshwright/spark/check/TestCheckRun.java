package io.meshwright.spark.check;

import io.meshwright.bridge.check.CheckRun;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport.ColumnCompleteness;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.TestingLake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static io.meshwright.spark.check.TestingChecks.byName;
import static io.meshwright.spark.check.TestingChecks.create;
import static io.meshwright.spark.check.TestingChecks.plan;
import static io.meshwright.spark.check.TestingChecks.run;
import static org.assertj.core.api.Assertions.assertThat;

final class TestCheckRun
{
    private static final String CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: orders
            info: {title: Orders, version: 1.0.0}
            models:
              orders:
                type: table
                primaryKey: [id, line]
                fields:
                  id: {type: long, required: true, unique: true, minimum: 10, exclusiveMaximum: 500}
                  line: {type: int, required: true, enum: ['0', '1']}
                  name:
                    type: string
                    unique: true
                    pattern: 'ORD-[0-9]'
                    format: email
                    minLength: 1
                    maxLength: 5
                    quality:
                      - {type: library, metric: missingValues, mustBeLessThan: 20, unit: percent, arguments: {missingValues: ['', 'N/A']}, severity: warning}
                      - {type: library, metric: nullValues, mustBeBetween: [0, 1000]}
                      - {type: library, metric: duplicateValues, mustBe: 0}
                      - {type: library, metric: invalidValues, mustBe: 0, unit: percent, arguments: {validValues: [Zoë, 名前], pattern: '^.{2,}$'}}
                  status: {type: string, enum: [placed, fulfilled, cancelled]}
                  amount: {type: double, minimum: 0, maximum: 100, unique: true}
                  price: {type: decimal, precision: 10, scale: 2, exclusiveMinimum: 0, enum: ['1', '2.50', '3.00']}
                  day: {type: date, minimum: '2026-11-01', unique: true}
                  at: {type: timestamp, exclusiveMaximum: '2026-11-01T12:00:00Z'}
                  local: {type: timestamp_ntz, minimum: '2026-11-01T06:00:00'}
                  flag: {type: boolean, enum: ['true']}
                  tags: {type: array, maxLength: 2, items: {type: string, required: true, enum: ['', 'N/A', Zoë], maxLength: 3}}
                  address:
                    type: object
                    required: true
                    config: {filter: "NOT day < DATE '2026-11-05'"}
                    fields:
                      street: {type: string, required: true, minLength: 2}
                      zip: {type: string, pattern: '^100'}
                  lines:
                    type: array
                    items:
                      type: record
                      required: true
                      fields:
                        sku: {type: string, required: true, pattern: 'ORD'}
                        quantity:
                          type: int
                          minimum: 1
                          quality:
                            - {type: library, metric: missingValues, mustBe: 0, arguments: {missingValues: ['3'], filter: "status = 'placed'"}}
                        weights: {type: array, minLength: 1, items: {type: double, required: true, maximum: 100}}
                  labels: {type: map, keys: {type: string, minLength: 1}, values: {type: int, required: true, enum: ['0', '1']}}
                quality:
                  - {type: library, metric: rowCount, mustBeGreaterThan: 5}
                  - {type: library, metric: rowCount, mustBeGreaterThan: 5, where: "line >= 1 and name is not null"}
                  - {type: library, metric: duplicateValues, mustBe: 0, arguments: {properties: [line, name], filter: "line in (0, 2) or `address`.`zip` like '100%'"}}
                  - {type: library, metric: duplicateValues, mustBe: 0, arguments: {properties: [status, day]}}
            """;

    private final TestingLake lake = TestingLake.get();

    @ParameterizedTest
    @CsvSource({
            // seed, rows, nulls in 100, version, deletes
            "1, 300, 10, 2, NONE",
            "2, 300, 0, 2, NONE",
            "3, 0, 10, 2, NONE",
            "4, 50, 100, 2, NONE",
            "5, 300, 10, 2, POSITION",
            "6, 300, 10, 3, VECTOR",
            "7, 40, 30, 2, ALL",
    })
    void testEqualsNaiveEvaluation(long seed, int count, int nulls, int version, Deletes deletes)
    {
        String table = "random_" + seed;
        List<Map<String, Object>> rows = create(table, new RandomOrders(seed, nulls).rows(count), version);
        rows = delete(table, rows, deletes);

        CheckPlan plan = plan(CONTRACT);
        NaiveOracle oracle = new NaiveOracle(rows);
        CheckRun.Outcome outcome = run(plan, table);
        Map<String, CheckResult> results = byName(outcome);
        assertThat(outcome.checks()).hasSameSizeAs(plan.checks());
        for (CheckSpec check : plan.checks()) {
            CheckResult result = results.get(check.name());
            assertThat(result.actual()).as("%s: %s", check.name(), result.message()).isPresent();
            assertThat(result.actual().orElseThrow()).as(check.name()).isEqualByComparingTo(oracle.figure(check));
            assertThat(result.status()).as(check.name()).isEqualTo(check.verdict(oracle.figure(check)));
        }
        assertCompleteness(outcome.completeness(), rows);
    }

    @Test
    void testSizesAndRepetitionEqualNaiveEvaluation()
    {
        List<Map<String, Object>> rows = create("sizes", new RandomOrders(8, 10).rows(200), 2);
        CheckPlan plan = plan(
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: orders
                version: 1.0.0
                status: active
                schema:
                  - name: orders
                    properties:
                      - {name: tags, logicalType: array, items: {logicalType: string}, logicalTypeOptions: {minItems: 1, maxItems: 2, uniqueItems: true}}
                      - name: address
                        logicalType: object
                        logicalTypeOptions: {minProperties: 2, maxProperties: 2, required: [zip]}
                        properties: [{name: street, logicalType: string}, {name: zip, logicalType: string}]
                      - name: lines
                        logicalType: array
                        items:
                          logicalType: object
                          properties:
                            - {name: weights, logicalType: array, items: {logicalType: number, physicalType: double}, logicalTypeOptions: {uniqueItems: true}}
                """);
        NaiveOracle oracle = new NaiveOracle(rows);
        List<CheckResult> results = run(plan, "sizes").checks();
        assertThat(results).extracting(CheckResult::name)
                .contains("tags.minLength", "tags.maxLength", "tags.uniqueItems", "address.minProperties", "address.maxProperties", "address.zip.required", "lines.element.weights.uniqueItems");
        for (int index = 0; index < results.size(); index++) {
            CheckResult result = results.get(index);
            if (!result.metric().equals("schema")) {
                assertThat(result.actual()).as("%s: %s", result.name(), result.message()).isPresent();
                assertThat(result.actual().orElseThrow()).as(result.name()).isEqualByComparingTo(oracle.figure(plan.checks().get(index)));
            }
        }
    }

    @Test
    void testRowCountWithoutReadingData()
    {
        create("counted", new RandomOrders(11, 0).rows(20), 2);
        CheckPlan plan = plan(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields: {}
                    quality:
                      - {type: library, metric: rowCount, mustBe: 20}
                """);
        CheckResult result = run(plan, "counted").checks().get(0);
        assertThat(result.status()).isEqualTo(CheckStatus.PASSED);
        assertThat(result.rung()).contains(EvidenceRung.R1);
        assertThat(result.bytesRead()).hasValue(0);
    }

    @Test
    void testScanTellsBytes()
    {
        create("measured", new RandomOrders(12, 0).rows(200), 2);
        CheckRun.Outcome outcome = run(plan(CONTRACT), "measured");
        assertThat(outcome.checks()).filteredOn(check -> check.rung().equals(Optional.of(EvidenceRung.R5)))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.bytesRead().orElseThrow()).isPositive());
    }

    @Test
    void testRunSeesOneSnapshot()
    {
        create("moving", new RandomOrders(14, 0).rows(20), 2);
        CheckPlan plan = plan(CONTRACT);
        try (PinnedTable pinned = lake.pin("shop", "moving")) {
            lake.sql("DELETE FROM mesh.shop.moving WHERE true");
            CheckResult rows = run(plan, pinned).checks().stream()
                    .filter(check -> check.name().equals("rowCount")).findFirst().orElseThrow();
            assertThat(rows.actual().orElseThrow()).isEqualByComparingTo("20");
            assertThat(pinned.rows().count()).isEqualTo(20);
        }
    }

    private void assertCompleteness(List<ColumnCompleteness> profile, List<Map<String, Object>> rows)
    {
        Map<String, ColumnCompleteness> byName = profile.stream().collect(Collectors.toMap(ColumnCompleteness::field, Function.identity()));
        for (String column : List.of("id", "name", "amount", "tags", "address")) {
            long nulls = rows.stream().filter(row -> row.get(column) == null).count();
            assertThat(byName.get(column).rows()).isEqualTo(rows.size());
            assertThat(byName.get(column).nullValues()).isEqualTo(nulls);
            assertThat(byName.get(column).completeness().isPresent()).isEqualTo(!rows.isEmpty());
        }
        assertThat(byName).containsKey("address.street");
    }

    private List<Map<String, Object>> delete(String table, List<Map<String, Object>> rows, Deletes deletes)
    {
        if (deletes == Deletes.NONE) {
            return rows;
        }
        Predicate<Map<String, Object>> deleted = row -> deletes == Deletes.ALL || "placed".equals(row.get("status")) || row.get("id") == null;
        lake.sql("DELETE FROM mesh.shop." + table + " WHERE " + (deletes == Deletes.ALL ? "true" : "status = 'placed' OR id IS NULL"));
        return new ArrayList<>(rows.stream().filter(deleted.negate()).toList());
    }

    private enum Deletes
    {
        NONE,
        POSITION,
        VECTOR,
        ALL,
    }
}
