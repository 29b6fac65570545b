package io.meshwright.spark.check;

import io.meshwright.bridge.check.CheckRun;
import io.meshwright.bridge.check.FormerResults;
import io.meshwright.bridge.check.Surroundings;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.bridge.evidence.PartitionSlice;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.check.ContractTestReport.ColumnCompleteness;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.contract.ThresholdSpec;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.product.ProductCheck;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.TestingLake;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

final class TestCheckRun
{
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-02T00:00:00Z"), ZoneOffset.UTC);

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
        Map<String, CheckResult> results = outcome.checks().stream().collect(Collectors.toMap(CheckResult::name, Function.identity()));
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
    void testFilterThatIsNoCondition()
    {
        create("conditions", new RandomOrders(9, 10).rows(5), 2);
        List<CheckResult> results = run(plan(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      name: {type: string, required: true, config: {filter: "id in (select id from orders)"}}
                    quality:
                      - {type: library, metric: rowCount, mustBe: 0, filter: "no_such_column = 1"}
                      - {type: library, metric: rowCount, mustBe: 0, filter: "id + 1"}
                      - {type: library, metric: rowCount, mustBe: 0, filter: "sum(id) = 1"}
                      - {type: library, metric: rowCount, mustBe: 0, filter: "row_number() over (order by id) = 1"}
                      - {type: library, metric: rowCount, mustBe: 0, filter: "id = 1; drop table orders"}
                      - {type: library, metric: rowCount, mustBe: 0, filter: "input_file_name() = 'a'"}
                """), "conditions").checks();
        assertThat(results).filteredOn(result -> !result.metric().equals("schema"))
                .hasSize(7)
                .allSatisfy(result -> assertThat(result.status()).as(result.name()).isEqualTo(CheckStatus.ERROR))
                .extracting(result -> result.message().orElseThrow())
                .satisfiesExactly(
                        message -> assertThat(message).isEqualTo("MESH-CHECK-003: The expression has a subquery"),
                        message -> assertThat(message).isEqualTo("Column no_such_column is not in the table"),
                        message -> assertThat(message).contains("DATATYPE_MISMATCH"),
                        message -> assertThat(message).contains("INVALID_WHERE_CONDITION"),
                        message -> assertThat(message).isEqualTo("MESH-CHECK-002: The filter looks at more than one row"),
                        message -> assertThat(message).isEqualTo("MESH-CHECK-002: There is more than one statement"),
                        message -> assertThat(message).startsWith("MESH-CHECK-004: The function input_file_name is not allowed"));
    }

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
    void testReferencesCountRowsWithoutParent()
    {
        List<Map<String, Object>> children = create("children", new RandomOrders(22, 20).rows(60), 2);
        List<Map<String, Object>> parents = create("parents", new RandomOrders(23, 20).rows(40), 2);
        Set<Object> known = parents.stream().map(row -> row.get("name")).filter(name -> name != null && !name.equals("Zoë")).collect(Collectors.toSet());
        lake.sql("DELETE FROM mesh.shop.parents WHERE name = 'Zoë'");
        long orphans = children.stream().filter(row -> row.get("name") != null && !known.contains(row.get("name"))).count();
        CheckPlan plan = plan(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      name: {type: string, references: shop.parents.name}
                      status: {type: string, references: shop.parents.no_such_column}
                      line: {type: int, references: shop.nobody.line}
                """);
        assertThat(orphans).isPositive();
        try (PinnedTable child = lake.pin("shop", "children")) {
            Map<String, CheckResult> results = byName(run(plan, child, new TestingSurroundings(List.of())));
            assertThat(results.get("name.references").actual().orElseThrow()).isEqualByComparingTo(BigDecimal.valueOf(orphans));
            assertThat(results.get("name.references").status()).isEqualTo(CheckStatus.FAILED);
            assertThat(results.get("name.references").message()).contains("%s rows refer to nothing; snapshot %s against snapshot %s of shop.parents".formatted(
                    orphans, child.snapshotId().orElseThrow(), lake.table("shop", "parents").currentSnapshot().snapshotId()));
            assertThat(results.get("status.references").message()).contains("Product shop.parents has no column no_such_column");
            assertThat(results.get("line.references").status()).isEqualTo(CheckStatus.ERROR);
            assertThat(results.get("line.references").message()).contains("MESH-CHECK-015: Product shop.nobody is not registered");
        }
    }

    private final class TestingSurroundings
            implements Surroundings
    {
        private final List<BigDecimal> former;

        private TestingSurroundings(List<BigDecimal> former)
        {
            this.former = former;
        }

        @Override
        public SlaMeasurement completeness()
        {
            return SlaMeasurement.ratio(new BigDecimal("0.9985"), CLOCK.instant(), "reconciliation r1");
        }

        @Override
        public List<BigDecimal> formerFigures(String checkName)
        {
            return former;
        }

        @Override
        public Parent parent(String product)
        {
            return product.equals("shop.parents") ? new Parent(product, lake.table("shop", "parents")) : NONE.parent(product);
        }
    }

    @Test
    void testServiceLevelsOfTime()
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.times",
                "CREATE TABLE mesh.shop.times (at timestamp, loaded timestamp) USING iceberg",
                "INSERT INTO mesh.shop.times VALUES (timestamp'2026-08-02 00:00:00Z', timestamp'2026-08-02 00:05:00Z'), (timestamp'2026-11-01 12:00:00Z', timestamp'2026-11-01 12:20:30Z'), (timestamp'2020-01-01 00:00:00Z', NULL)",
                "DELETE FROM mesh.shop.times WHERE at < timestamp'2021-01-01 00:00:00Z'");
        String contract =
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields: {at: {type: timestamp}, loaded: {type: timestamp}}
                servicelevels:
                  retention: {period: %s, timestampField: orders.at}
                  latency: {threshold: %s, sourceTimestampField: at, processedTimestampField: loaded}
                """;
        Map<String, CheckResult> kept = byName(run(plan(contract.formatted("3m", "21m")), "times"));
        assertThat(kept.get("retention").status()).isEqualTo(CheckStatus.PASSED);
        assertThat(kept.get("retention").actual().orElseThrow()).isEqualByComparingTo(BigDecimal.valueOf(92 * 86_400));
        assertThat(kept.get("latency").status()).isEqualTo(CheckStatus.PASSED);
        assertThat(kept.get("latency").actual().orElseThrow()).isEqualByComparingTo("1230");
        Map<String, CheckResult> broken = byName(run(plan(contract.formatted("91d", "20 minutes")), "times"));
        assertThat(broken.get("retention").status()).isEqualTo(CheckStatus.FAILED);
        assertThat(broken.get("latency").status()).isEqualTo(CheckStatus.FAILED);
        assertThat(broken.get("latency").message()).contains("from at to loaded, the slowest row");
    }

    @Test
    void testWhatIsUsualAndWhatHasArrived()
    {
        create("usual", new RandomOrders(24, 0).rows(30), 2);
        DataContract contract = DataContractParser.parse(
                "contract.yaml",
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields: {id: {type: long}}
                    quality:
                      - {type: custom, engine: meshwright, implementation: {metric: anomaly, history: 4}}
                """).value().orElseThrow();
        ProductCheck source = new ProductCheck(
                ProductCheck.Kind.SOURCE_ROWS, "row_count_vs_source", Optional.empty(), List.of(new ThresholdSpec(ThresholdSpec.Operator.MUST_BE_GREATER_OR_EQUAL_TO, List.of(new BigDecimal("0.999")))), Optional.empty(), SourceLocation.startOf("dataproduct.yaml"), "spec.quality");
        ProductCheck complete = new ProductCheck(
                ProductCheck.Kind.COMPLETENESS, "completeness", Optional.of("id"), List.of(new ThresholdSpec(ThresholdSpec.Operator.MUST_BE_GREATER_OR_EQUAL_TO, List.of(BigDecimal.ONE))), Optional.empty(), SourceLocation.startOf("dataproduct.yaml"), "spec.quality");
        CheckPlan plan = CheckPlanner.plan(contract, contract.models().get(0), Set.of("shop.usual"), List.of(source, complete));
        try (PinnedTable table = lake.pin("shop", "usual")) {
            Map<String, CheckResult> odd = byName(run(plan, table, new TestingSurroundings(figures(300, 310, 290, 305))));
            assertThat(odd.get("anomaly").status()).isEqualTo(CheckStatus.FAILED);
            assertThat(odd.get("anomaly").message().orElseThrow()).startsWith("ANOMALY: 30 rows, usual are 280 to 325 by 4 former snapshots");
            assertThat(byName(run(plan, table, new TestingSurroundings(figures(29, 31, 30, 28)))).get("anomaly").status()).isEqualTo(CheckStatus.PASSED);
            assertThat(odd.get("quality.row_count_vs_source").status()).isEqualTo(CheckStatus.FAILED);
            assertThat(odd.get("quality.row_count_vs_source").actual().orElseThrow()).isEqualByComparingTo("0.9985");
            assertThat(odd.get("quality.completeness.id").actual().orElseThrow()).isEqualByComparingTo("1");
            Map<String, CheckResult> unknown = byName(run(plan, table, Surroundings.NONE));
            assertThat(unknown.get("anomaly").status()).isEqualTo(CheckStatus.SKIPPED);
            assertThat(unknown.get("anomaly").message()).contains("0 former snapshots were counted, 4 are needed to tell what is usual");
            assertThat(unknown.get("quality.row_count_vs_source").status()).isEqualTo(CheckStatus.ERROR);
        }
    }

    @Test
    void testPatternThatNeverEndsIsAnError()
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.slow",
                "CREATE TABLE mesh.shop.slow (name string) USING iceberg",
                "INSERT INTO mesh.shop.slow VALUES (concat(repeat('a', 5000), '!')), ('b')");
        Map<String, CheckResult> results = byName(run(plan(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields: {name: {type: string, pattern: '(a+)+$', quality: [{type: library, metric: invalidValues, mustBe: 0, arguments: {pattern: '^[ab]+!?$'}}]}}
                """), "slow"));
        assertThat(results.get("name.pattern").status()).isEqualTo(CheckStatus.ERROR);
        assertThat(results.get("name.pattern").message().orElseThrow()).isNotBlank().doesNotContain("aaaa");
        assertThat(results.get("name.invalidValues").status()).isEqualTo(CheckStatus.PASSED);
    }

    @Test
    void testOnePartition()
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.sliced",
                "CREATE TABLE mesh.shop.sliced (id bigint, at timestamp) USING iceberg PARTITIONED BY (days(at))",
                "INSERT INTO mesh.shop.sliced VALUES (1, timestamp'2026-11-18 01:00:00Z'), (NULL, timestamp'2026-11-18 02:00:00Z'), (2, timestamp'2026-11-19 01:00:00Z'), (2, timestamp'2026-11-20 01:00:00Z'), (3, timestamp'2026-11-20 23:59:59Z')");
        CheckPlan plan = plan(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields: {id: {type: long, required: true, unique: true, maximum: 2}, at: {type: timestamp}}
                    quality:
                      - {type: library, metric: rowCount, mustBe: 2}
                      - {type: sql, query: "SELECT count(*) FROM {model} WHERE id IS NULL", mustBe: 0}
                      - {type: custom, engine: meshwright, implementation: {metric: anomaly}}
                """);
        try (PinnedTable table = lake.pin("shop", "sliced")) {
            PartitionSlice latest = slice(table, "latest");
            assertThat(latest.label()).isEqualTo("at_day=2026-11-20");
            Map<String, CheckResult> newest = byName(run(plan, table, Optional.of(latest), Surroundings.NONE));
            assertThat(newest.values()).filteredOn(result -> result.status() != CheckStatus.PASSED).extracting(CheckResult::name).containsExactlyInAnyOrder("id.maximum", "anomaly");
            assertThat(newest.get("rowCount").actual().orElseThrow()).isEqualByComparingTo("2");
            assertThat(newest.get("anomaly").status()).isEqualTo(CheckStatus.SKIPPED);
            Map<String, CheckResult> older = byName(run(plan, table, Optional.of(slice(table, "day=2026-11-18")), Surroundings.NONE));
            assertThat(older.values()).filteredOn(result -> result.status() == CheckStatus.FAILED).extracting(CheckResult::name).containsExactlyInAnyOrder("id.required", "sql");
            assertThatThrownBy(() -> slice(table, "day=2026-11-21")).hasMessage("No data file is in the partition at_day=2026-11-21");
            assertThatThrownBy(() -> slice(table, "at_dya=2026-11-20")).hasMessage("The table is not partitioned by one at_dya, did you mean at_day?");
        }
        lake.table("shop", "sliced").updateSpec().removeField("at_day").addField(Expressions.hour("at")).commit();
        try (PinnedTable table = lake.pin("shop", "sliced")) {
            assertThatThrownBy(() -> slice(table, "latest")).hasMessageStartingWith("Some data files are not partitioned by at_hour");
        }
        create("whole", new RandomOrders(25, 0).rows(3), 2);
        try (PinnedTable table = lake.pin("shop", "whole")) {
            assertThatThrownBy(() -> slice(table, "latest")).hasMessage("The table is not partitioned");
        }
    }

    private static PartitionSlice slice(PinnedTable table, String wanted)
    {
        return PartitionSlice.resolve(table.table(), Optional.of(table.table().currentSnapshot()), wanted);
    }

    private static List<BigDecimal> figures(long... figures)
    {
        return Arrays.stream(figures).mapToObj(BigDecimal::valueOf).toList();
    }

    private static Map<String, CheckResult> byName(CheckRun.Outcome outcome)
    {
        return outcome.checks().stream().collect(Collectors.toMap(CheckResult::name, Function.identity()));
    }

    private enum Deletes
    {
        NONE,
        POSITION,
        VECTOR,
        ALL,
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

    private List<Map<String, Object>> create(String table, List<Map<String, Object>> rows, int version)
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop." + table,
                "CREATE TABLE mesh.shop." + table + " (" + RandomOrders.COLUMNS + ") USING iceberg TBLPROPERTIES ('format-version'='" + version
                        + "', 'write.delete.mode'='merge-on-read')");
        int half = rows.size() / 2;
        for (List<Map<String, Object>> part : List.of(rows.subList(0, half), rows.subList(half, rows.size()))) {
            if (!part.isEmpty()) {
                try {
                    lake.session().createDataFrame(RandomOrders.toSpark(part), RandomOrders.schema()).coalesce(1).writeTo("mesh.shop." + table).append();
                }
                catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return rows;
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
        assertThat(outcome.checks()).filteredOn(check -> check.rung().equals(java.util.Optional.of(EvidenceRung.R5)))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.bytesRead().orElseThrow()).isPositive());
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

    @Test
    void testSchemaMismatchIsNeverPassed()
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.other",
                "CREATE TABLE mesh.shop.other (id string, Name string, extra int) USING iceberg",
                "INSERT INTO mesh.shop.other VALUES ('1', 'a', 1), ('2', NULL, 2)");
        CheckPlan plan = plan(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      id: {type: long, required: true, minimum: 0}
                      name: {type: string, required: true, unique: true}
                    quality:
                      - {type: library, metric: rowCount, mustBe: 2}
                """);
        CheckRun.Outcome outcome = run(plan, "other");
        Map<String, CheckResult> results = outcome.checks().stream().collect(Collectors.toMap(CheckResult::name, Function.identity()));
        assertThat(results.get("id.schema").status()).isEqualTo(CheckStatus.FAILED);
        assertThat(results.get("id.schema").message()).contains("column id is string in the table, the contract says long");
        assertThat(results.get("id.required").status()).isEqualTo(CheckStatus.PASSED);
        assertThat(results.get("id.minimum").status()).isEqualTo(CheckStatus.ERROR);
        assertThat(results.get("name.schema").message()).contains("column name is not in the table, but Name is");
        assertThat(results.get("name.required").status()).isEqualTo(CheckStatus.ERROR);
        assertThat(results.get("name.unique").status()).isEqualTo(CheckStatus.ERROR);
        assertThat(results.get("rowCount").status()).isEqualTo(CheckStatus.PASSED);
        assertThat(outcome.notChecked()).extracting(CheckPlan.Unchecked::path).contains("extra");
    }

    @ParameterizedTest
    @CsvSource({"24h, PASSED", "1h, FAILED"})
    void testFreshness(String threshold, CheckStatus expected)
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.fresh",
                "CREATE TABLE mesh.shop.fresh (at timestamp) USING iceberg",
                "INSERT INTO mesh.shop.fresh VALUES (timestamp'2026-11-01 06:00:00Z'), (timestamp'2026-11-01 12:00:00.123456Z'), (NULL)");
        CheckResult result = run(freshnessPlan(threshold), "fresh").checks().stream().filter(check -> check.metric().equals("freshness")).findFirst().orElseThrow();
        assertThat(result.status()).isEqualTo(expected);
        assertThat(result.actual().orElseThrow()).isEqualByComparingTo("43199.876");
        assertThat(result.message().orElseThrow()).contains("at (declared)");
    }

    @Test
    void testFreshnessOfEmptyTableFails()
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.empty",
                "CREATE TABLE mesh.shop.empty (at timestamp) USING iceberg");
        CheckResult result = run(freshnessPlan("1h"), "empty").checks().stream().filter(check -> check.metric().equals("freshness")).findFirst().orElseThrow();
        assertThat(result.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(result.actual()).isEmpty();
        assertThat(result.message().orElseThrow()).startsWith("no timestamp");
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

    private static CheckPlan freshnessPlan(String threshold)
    {
        return plan(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      at: {type: timestamp}
                servicelevels:
                  freshness: {threshold: %s, timestampField: orders.at}
                """.formatted(threshold));
    }

    private static CheckRun.Outcome run(CheckPlan plan, PinnedTable pinned)
    {
        return run(plan, pinned, Surroundings.NONE);
    }

    private static CheckRun.Outcome run(CheckPlan plan, PinnedTable pinned, Surroundings surroundings)
    {
        return run(plan, pinned, Optional.empty(), surroundings);
    }

    private static CheckRun.Outcome run(CheckPlan plan, PinnedTable pinned, Optional<PartitionSlice> slice, Surroundings surroundings)
    {
        return new CheckRun(plan, pinned.table(), Optional.ofNullable(pinned.table().currentSnapshot()), slice, FormerResults.NONE, KeptEvidence.OfTable::none, EnumSet.allOf(EvidenceRung.class), surroundings, CLOCK, message -> {})
                .finish(new SparkTableReader(pinned));
    }

    private CheckRun.Outcome run(CheckPlan plan, String table)
    {
        try (PinnedTable pinned = lake.pin("shop", table)) {
            return run(plan, pinned);
        }
    }

    private static CheckPlan plan(String yaml)
    {
        Parsed<DataContract> contract = DataContractParser.parse("contract.yaml", yaml);
        assertThat(contract.value()).as("%s", contract.findings()).isPresent();
        return CheckPlanner.plan(contract.value().orElseThrow(), contract.value().orElseThrow().models().get(0), Set.of("shop.orders"));
    }
}
