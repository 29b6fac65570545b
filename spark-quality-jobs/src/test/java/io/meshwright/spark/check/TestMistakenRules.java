package io.meshwright.spark.check;

import io.meshwright.bridge.check.CheckRun;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.spark.session.TestingLake;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static io.meshwright.spark.check.TestingChecks.byName;
import static io.meshwright.spark.check.TestingChecks.create;
import static io.meshwright.spark.check.TestingChecks.plan;
import static io.meshwright.spark.check.TestingChecks.run;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules that cannot be run are in error, and keep no other from running.
 */
final class TestMistakenRules
{
    private final TestingLake lake = TestingLake.get();

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
        Map<String, CheckResult> results = byName(outcome);
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
}
