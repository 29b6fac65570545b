package io.meshwright.spark.check;

import io.meshwright.bridge.check.Surroundings;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.model.contract.ThresholdSpec;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.product.ProductCheck;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.TestingLake;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static io.meshwright.spark.check.TestingChecks.CLOCK;
import static io.meshwright.spark.check.TestingChecks.byName;
import static io.meshwright.spark.check.TestingChecks.create;
import static io.meshwright.spark.check.TestingChecks.plan;
import static io.meshwright.spark.check.TestingChecks.run;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is held against more than the table: other products, former figures, and what the source has.
 */
final class TestSurroundingChecks
{
    private final TestingLake lake = TestingLake.get();

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

    private static List<BigDecimal> figures(long... figures)
    {
        return Arrays.stream(figures).mapToObj(BigDecimal::valueOf).toList();
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
}
