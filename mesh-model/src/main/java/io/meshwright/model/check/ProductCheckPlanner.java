package io.meshwright.model.check;

import io.meshwright.model.check.CheckSpec.Unit;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.product.ProductCheck;
import io.meshwright.model.sla.FreshnessSources;
import io.meshwright.model.yaml.DidYouMean;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The checks that a product declares by itself.
 */
final class ProductCheckPlanner
{
    private final ContractModel model;

    ProductCheckPlanner(ContractModel model)
    {
        this.model = requireNonNull(model, "model is null");
    }

    CheckSpec plan(ProductCheck check)
    {
        CheckMetric metric = metric(check.kind());
        return new CheckSpec(
                "quality." + check.name() + check.column().filter(column -> !check.name().endsWith(column)).map(column -> "." + column).orElse(""),
                check.column(),
                metric,
                measure(check),
                check.thresholds(),
                unit(check.kind()),
                "error",
                metric.dimension(),
                check.path());
    }

    private static CheckMetric metric(ProductCheck.Kind kind)
    {
        return switch (kind) {
            case ROW_COUNT -> CheckMetric.ROW_COUNT;
            case NULL_VALUES, NULL_PERCENTAGE -> CheckMetric.NULL_VALUES;
            case COMPLETENESS -> CheckMetric.COMPLETENESS;
            case DUPLICATES -> CheckMetric.DUPLICATE_VALUES;
            case FRESHNESS -> CheckMetric.FRESHNESS;
            case SOURCE_ROWS -> CheckMetric.SOURCE_ROWS;
        };
    }

    private static Unit unit(ProductCheck.Kind kind)
    {
        return switch (kind) {
            case NULL_PERCENTAGE -> Unit.PERCENT;
            case COMPLETENESS -> Unit.SHARE_KEPT;
            case ROW_COUNT, NULL_VALUES, DUPLICATES, FRESHNESS, SOURCE_ROWS -> Unit.ROWS;
        };
    }

    private Measure measure(ProductCheck check)
    {
        Optional<Measure> unknown = check.column().filter(column -> !hasField(column)).map(this::unknownField);
        if (unknown.isPresent()) {
            return unknown.orElseThrow();
        }
        return switch (check.kind()) {
            case ROW_COUNT -> new Measure.RowCount();
            case NULL_VALUES, NULL_PERCENTAGE, COMPLETENESS -> new Measure.Violations(check.column().orElseThrow(), new ValueRule.NotNull());
            case DUPLICATES -> new Measure.Duplicates(List.of(check.column().orElseThrow()));
            case FRESHNESS -> new Measure.Age(check.freshness().orElseThrow(), FreshnessSources.choose(check.freshness().orElseThrow(), model).orElseThrow());
            case SOURCE_ROWS -> new Measure.SourceRows();
        };
    }

    /**
     * Dots lead into structs.
     */
    private boolean hasField(String column)
    {
        List<ContractField> fields = model.fields();
        for (String step : column.split("\\.", -1)) {
            Optional<ContractField> field = fields.stream().filter(candidate -> candidate.name().equals(step)).findFirst();
            if (field.isEmpty()) {
                return false;
            }
            fields = field.orElseThrow().fields();
        }
        return true;
    }

    private Measure unknownField(String column)
    {
        List<String> names = model.fields().stream().map(ContractField::name).collect(toImmutableList());
        return new Measure.CannotRun("The contract has no field " + column + DidYouMean.suggest(column, names).map(", did you mean %s?"::formatted).orElse(""));
    }
}
