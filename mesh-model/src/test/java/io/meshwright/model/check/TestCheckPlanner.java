package io.meshwright.model.check;

import io.meshwright.model.check.CheckSpec.Unit;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.FieldConstraints;
import io.meshwright.model.contract.FieldType;
import io.meshwright.model.contract.QualityRule;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.product.ProductCheck;
import io.meshwright.model.sla.FreshnessSource;
import io.meshwright.model.sla.ServiceLevels;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static io.meshwright.model.check.TestingContracts.contract;
import static io.meshwright.model.check.TestingContracts.field;
import static io.meshwright.model.check.TestingContracts.library;
import static io.meshwright.model.check.TestingContracts.model;
import static io.meshwright.model.check.TestingContracts.required;
import static io.meshwright.model.check.TestingContracts.rule;
import static io.meshwright.model.check.TestingContracts.sql;
import static io.meshwright.model.check.TestingContracts.threshold;
import static io.meshwright.model.contract.ThresholdSpec.Operator.MUST_BE;
import static io.meshwright.model.contract.ThresholdSpec.Operator.MUST_BE_GREATER_THAN;
import static io.meshwright.model.contract.ThresholdSpec.Operator.MUST_BE_LESS_THAN;
import static org.assertj.core.api.Assertions.assertThat;

final class TestCheckPlanner
{
    private static final OptionalInt NO_KEY = OptionalInt.empty();

    @Test
    void testColumns()
    {
        CheckPlan plan = plan(model("m", List.of(
                field("a", FieldType.STRING, true, true, NO_KEY, FieldConstraints.NONE),
                field("b", FieldType.LONG))));
        assertThat(plan.checks()).extracting(CheckSpec::name).containsExactly("a.schema", "a.required", "a.unique", "b.schema");
        assertThat(plan.profileColumns()).containsExactly("a", "b");
        assertThat(plan.checks().get(1).measure()).isEqualTo(new Measure.Violations("a", new ValueRule.NotNull()));
        assertThat(plan.checks().get(1).thresholdText()).contains("mustBe 0");
    }

    @Test
    void testCompositeKeyInItsDeclaredOrder()
    {
        CheckPlan plan = plan(model("m", List.of(
                field("line", FieldType.INTEGER, false, false, OptionalInt.of(2), FieldConstraints.NONE),
                field("id", FieldType.STRING, false, true, OptionalInt.of(1), FieldConstraints.NONE))));
        assertThat(plan.checks()).extracting(CheckSpec::name)
                .containsExactly("line.schema", "line.required", "id.schema", "id.required", "id.unique", "primaryKey");
        assertThat(plan.checks().get(5).measure()).isEqualTo(new Measure.Duplicates(List.of("id", "line")));
    }

    @Test
    void testSingleKeyIsOneCheck()
    {
        CheckPlan plan = plan(model("m", List.of(field("id", FieldType.STRING, true, true, OptionalInt.of(1), FieldConstraints.NONE))));
        assertThat(plan.checks()).extracting(CheckSpec::name).containsExactly("id.schema", "id.required", "id.primaryKey");
    }

    @Test
    void testConstraints()
    {
        FieldConstraints text = new FieldConstraints(
                List.of("x", "y"),
                Optional.of("^a"),
                Optional.of("email"),
                OptionalInt.of(1),
                OptionalInt.of(9),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        FieldConstraints number = new FieldConstraints(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                NO_KEY,
                NO_KEY,
                Optional.of("0"),
                Optional.of("-1"),
                Optional.of("1e3"),
                Optional.of("1001"),
                Optional.of("5"));
        CheckPlan plan = plan(model("m", List.of(
                field("t", FieldType.STRING, false, false, NO_KEY, text),
                field("n", FieldType.DECIMAL, false, false, NO_KEY, number))));
        assertThat(plan.checks()).extracting(CheckSpec::name).containsExactly(
                "t.schema",
                "t.enum",
                "t.pattern",
                "t.format",
                "t.minLength",
                "t.maxLength",
                "n.schema",
                "n.minimum",
                "n.exclusiveMinimum",
                "n.maximum",
                "n.exclusiveMaximum",
                "n.multipleOf");
        assertThat(plan.notChecked()).isEmpty();
        assertThat(plan.checks().get(9).measure())
                .isEqualTo(new Measure.Violations("n", new ValueRule.Bound(ValueRule.Bound.Side.UPPER, true, "1000", FieldType.DECIMAL)));
    }

    @Test
    void testWhatCannotRunIsAnError()
    {
        FieldConstraints wrong = new FieldConstraints(
                List.of(),
                Optional.of("("),
                Optional.empty(),
                NO_KEY,
                NO_KEY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        FieldConstraints date = new FieldConstraints(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                NO_KEY,
                NO_KEY,
                Optional.of("yesterday"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        CheckPlan plan = plan(model(
                "m",
                List.of(field("t", FieldType.STRING, false, false, NO_KEY, wrong), field("d", FieldType.DATE, false, false, NO_KEY, date)),
                sql("DELETE FROM m", MUST_BE, "0"),
                library("duplicateValues", MUST_BE, "0", Map.of("properties", List.of("t", "nope"))),
                library("nullValues", MUST_BE, "0", Map.of())));
        assertThat(plan.checks()).filteredOn(check -> check.measure() instanceof Measure.CannotRun)
                .extracting(check -> ((Measure.CannotRun) check.measure()).reason())
                .containsExactly(
                        "The pattern ( is no regular expression: Unclosed group",
                        "minimum is yesterday, which is no value of type date",
                        "MESH-CHECK-002: The statement is no SELECT",
                        "arguments.properties names fields that are not in the model: nope",
                        "The rule counts values, but stands on no field");
    }

    @Test
    void testWhatIsNotCheckedIsSaid()
    {
        FieldConstraints odd = new FieldConstraints(
                List.of(),
                Optional.of("x"),
                Optional.of("iban"),
                NO_KEY,
                NO_KEY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        CheckPlan plan = plan(model(
                "m",
                List.of(field("n", FieldType.LONG, false, false, NO_KEY, odd)),
                rule(QualityRule.Type.TEXT, Optional.empty(), Optional.empty(), List.of(), "rows", Optional.empty(), Map.of()),
                rule(QualityRule.Type.CUSTOM, Optional.empty(), Optional.empty(), List.of(), "rows", Optional.empty(), Map.of()),
                library("rowCount", MUST_BE_GREATER_THAN, "0", Map.of()),
                library("entropy", MUST_BE, "0", Map.of()),
                rule(QualityRule.Type.LIBRARY, Optional.of("rowCount"), Optional.empty(), List.of(), "rows", Optional.empty(), Map.of()),
                rule(QualityRule.Type.LIBRARY, Optional.of("rowCount"), Optional.empty(), List.of(threshold(MUST_BE, "1")), "percent", Optional.empty(), Map.of())));
        assertThat(plan.checks()).extracting(CheckSpec::name).containsExactly("n.schema", "rowCount");
        assertThat(plan.notChecked()).extracting(CheckPlan.Unchecked::reason).containsExactly(
                "pattern is not verified for type long",
                "The format iban is not verified for type long",
                "A text rule is for people",
                "The rule is for another engine",
                "The metric entropy is not known; known are rowCount, nullValues, missingValues, invalidValues and duplicateValues",
                "The rule has no operator such as mustBe, so nothing can be held against it",
                "unit: percent is not run for rowCount");
    }

    @Test
    void testRulesOnFields()
    {
        QualityRule missing = rule(
                QualityRule.Type.LIBRARY,
                Optional.of("missingValues"),
                Optional.empty(),
                List.of(threshold(MUST_BE_LESS_THAN, "5")),
                "percent",
                Optional.of("Warning"),
                Map.of("missingValues", List.of("", "N/A")));
        QualityRule invalid = library("invalidValues", MUST_BE, "0", Map.of("validValues", List.of("a"), "pattern", List.of("^a$")));
        QualityRule statement = sql("SELECT count(*) FROM {model} WHERE {field} IS NULL", MUST_BE, "0");
        ContractField field = field("t", FieldType.STRING, false, false, NO_KEY, FieldConstraints.NONE, missing, invalid, statement);
        CheckPlan plan = plan(model("m", List.of(field)));
        assertThat(plan.checks()).extracting(CheckSpec::name).containsExactly("t.schema", "t.missingValues", "t.invalidValues", "t.sql");
        CheckSpec first = plan.checks().get(1);
        assertThat(first.unit()).isEqualTo(Unit.PERCENT);
        assertThat(first.thresholdText()).contains("mustBeLessThan 5 percent");
        assertThat(first.violationStatus()).isEqualTo(CheckStatus.WARNING);
        assertThat(plan.checks().get(2).measure()).isEqualTo(new Measure.Violations(
                "t",
                new ValueRule.AllOf(List.of(new ValueRule.OneOf(List.of("a")), new ValueRule.Matches("^a$")))));
        assertThat(plan.checks().get(3).measure()).isEqualTo(new Measure.RowCount(
                Optional.of(RowFilter.parse("`t` IS NULL", Optional.empty())),
                Optional.of("SELECT count(*) FROM {model} WHERE {field} IS NULL")));
    }

    @Test
    void testWhatTheProductDeclares()
    {
        ContractModel model = model("m", List.of(field("order_id", FieldType.STRING)));
        List<CheckSpec> checks = CheckPlanner.plan(contract(model, ServiceLevels.NONE), model, Set.of(), List.of(
                product(ProductCheck.Kind.COMPLETENESS, "completeness", Optional.of("order_id")),
                product(ProductCheck.Kind.NULL_VALUES, "no_nulls_in_order_id", Optional.of("order_id")),
                product(ProductCheck.Kind.NULL_VALUES, "no_nulls_in_orderid", Optional.of("orderid")),
                product(ProductCheck.Kind.SOURCE_ROWS, "row_count_vs_source", Optional.empty()))).checks();
        assertThat(checks).extracting(CheckSpec::name).containsExactly(
                "order_id.schema", "quality.completeness.order_id", "quality.no_nulls_in_order_id", "quality.no_nulls_in_orderid", "quality.row_count_vs_source");
        assertThat(checks.get(1).unit()).isEqualTo(Unit.SHARE_KEPT);
        assertThat(checks.get(3).measure()).isEqualTo(new Measure.CannotRun("The contract has no field orderid, did you mean order_id?"));
        assertThat(checks.get(4).measure()).isEqualTo(new Measure.SourceRows());
    }

    private static ProductCheck product(ProductCheck.Kind kind, String name, Optional<String> column)
    {
        return new ProductCheck(kind, name, column, List.of(threshold(MUST_BE, "0")), Optional.empty(), SourceLocation.startOf("dataproduct.yaml"), "spec.quality");
    }

    @Test
    void testNamesAreUnique()
    {
        CheckPlan plan = plan(model("m", List.of(field("a", FieldType.STRING)), library("rowCount", MUST_BE, "1", Map.of()), library("rowCount", MUST_BE, "2", Map.of())));
        assertThat(plan.checks()).extracting(CheckSpec::name).containsExactly("a.schema", "rowCount", "rowCount#2");
    }

    @ParameterizedTest
    @CsvSource({
            "info, WARNING", "warning, WARNING", "WARN, WARNING", "low, WARNING", "minor, WARNING", "trivial, WARNING",
            "error, FAILED", "critical, FAILED", "blocker, FAILED", "anything, FAILED",
    })
    void testSeverity(String severity, CheckStatus expected)
    {
        QualityRule rule = rule(QualityRule.Type.LIBRARY, Optional.of("rowCount"), Optional.empty(), List.of(threshold(MUST_BE, "1")), "rows", Optional.of(severity), Map.of());
        CheckSpec check = plan(model("m", List.of(field("a", FieldType.STRING)), rule)).checks().get(1);
        assertThat(check.violationStatus()).isEqualTo(expected);
    }

    @Test
    void testFreshnessSources()
    {
        Freshness undeclared = freshness(Optional.empty());
        assertThat(source(undeclared, required("at", FieldType.TIMESTAMP), field("b", FieldType.TIMESTAMP)))
                .isEqualTo(new FreshnessSource(FreshnessSource.Kind.ONLY_REQUIRED_TIMESTAMP, Optional.of("at")));
        assertThat(source(undeclared, required("at", FieldType.TIMESTAMP), required("b", FieldType.TIMESTAMP)))
                .isEqualTo(FreshnessSource.LAST_DATA_COMMIT);
        assertThat(source(undeclared, field("at", FieldType.TIMESTAMP))).isEqualTo(FreshnessSource.LAST_DATA_COMMIT);
        assertThat(source(freshness(Optional.of("m.b")), required("at", FieldType.TIMESTAMP), field("b", FieldType.DATE)))
                .isEqualTo(new FreshnessSource(FreshnessSource.Kind.DECLARED_FIELD, Optional.of("b")));
        ContractModel model = model("m", List.of(field("a", FieldType.STRING)));
        assertThat(CheckPlanner.plan(contract(model, levels(freshness(Optional.of("a")))), model, Set.of()).checks().get(1).measure())
                .isEqualTo(new Measure.CannotRun("The timestamp field a of the freshness objective is no date or timestamp of the model"));
    }

    private static FreshnessSource source(Freshness objective, ContractField... fields)
    {
        ContractModel model = model("m", List.of(fields));
        CheckPlan plan = CheckPlanner.plan(contract(model, levels(objective)), model, Set.of());
        CheckSpec last = plan.checks().get(plan.checks().size() - 1);
        return ((Measure.Age) last.measure()).source();
    }

    private static Freshness freshness(Optional<String> field)
    {
        return new Freshness(Optional.of(Duration.ofMinutes(15)), false, Optional.empty(), Optional.empty(), field);
    }

    private static ServiceLevels levels(Freshness freshness)
    {
        return new ServiceLevels(Optional.of(freshness), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static CheckPlan plan(ContractModel model)
    {
        return CheckPlanner.plan(contract(model, ServiceLevels.NONE), model, Set.of("orders.order-events"));
    }
}
