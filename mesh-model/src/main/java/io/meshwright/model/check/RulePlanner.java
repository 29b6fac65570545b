package io.meshwright.model.check;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.check.CheckSpec.Unit;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.FieldType;
import io.meshwright.model.contract.QualityRule;
import io.meshwright.model.finding.MeshException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * One quality rule as a check.
 */
final class RulePlanner
{
    private static final Set<CheckMetric> PERCENT_METRICS = ImmutableSet.of(CheckMetric.NULL_VALUES, CheckMetric.MISSING_VALUES, CheckMetric.INVALID_VALUES);

    private final ContractModel model;
    private final Set<String> tableNames;
    private final QualityRule rule;
    private final Optional<String> column;
    private final Optional<ContractField> field;

    RulePlanner(ContractModel model, Set<String> tableNames, QualityRule rule, Optional<String> column, Optional<ContractField> field)
    {
        this.model = requireNonNull(model, "model is null");
        this.tableNames = requireNonNull(tableNames, "tableNames is null");
        this.rule = requireNonNull(rule, "rule is null");
        this.column = requireNonNull(column, "column is null");
        this.field = requireNonNull(field, "field is null");
    }

    /**
     * Empty where {@link #reasonNotToRun} says why.
     */
    Optional<CheckSpec> plan()
    {
        Optional<CheckMetric> metric = metric(rule);
        if (metric.isEmpty() || rule.thresholds().isEmpty() || isUnsupportedUnit(rule)) {
            return Optional.empty();
        }
        Unit unit = isPercent(rule) ? Unit.PERCENT : Unit.ROWS;
        return Optional.of(new CheckSpec(
                name(metric.orElseThrow()),
                column,
                metric.orElseThrow(),
                measure(metric.orElseThrow()),
                rule.thresholds(),
                unit,
                rule.severity().map(severity -> severity.toLowerCase(Locale.ROOT)).orElse("error"),
                rule.dimension().orElse(metric.orElseThrow().dimension()),
                rule.path()));
    }

    static String reasonNotToRun(QualityRule rule)
    {
        if (rule.type() == QualityRule.Type.TEXT) {
            return "A text rule is for people";
        }
        if (rule.type() == QualityRule.Type.CUSTOM) {
            return "The rule is for another engine";
        }
        if (metric(rule).isEmpty()) {
            return "The metric " + rule.metric().orElse("(none)") + " is not known; known are rowCount, nullValues, missingValues, invalidValues and duplicateValues";
        }
        if (rule.thresholds().isEmpty()) {
            return "The rule has no operator such as mustBe, so nothing can be held against it";
        }
        return "unit: percent is not run for " + metric(rule).orElseThrow().label();
    }

    private static Optional<CheckMetric> metric(QualityRule rule)
    {
        if (rule.type() == QualityRule.Type.SQL) {
            return Optional.of(CheckMetric.SQL);
        }
        if (rule.type() != QualityRule.Type.LIBRARY) {
            return Optional.empty();
        }
        return switch (rule.metric().orElse("")) {
            case "rowCount" -> Optional.of(CheckMetric.ROW_COUNT);
            case "nullValues" -> Optional.of(CheckMetric.NULL_VALUES);
            case "missingValues" -> Optional.of(CheckMetric.MISSING_VALUES);
            case "invalidValues" -> Optional.of(CheckMetric.INVALID_VALUES);
            case "duplicateValues" -> Optional.of(CheckMetric.DUPLICATE_VALUES);
            default -> Optional.empty();
        };
    }

    private static boolean isPercent(QualityRule rule)
    {
        return rule.unit().equalsIgnoreCase("percent");
    }

    private static boolean isUnsupportedUnit(QualityRule rule)
    {
        return isPercent(rule) && !PERCENT_METRICS.contains(metric(rule).orElseThrow());
    }

    private String name(CheckMetric metric)
    {
        return column.map(prefix -> prefix + ".").orElse("") + rule.name().orElse(metric.label());
    }

    private Measure measure(CheckMetric metric)
    {
        return switch (metric) {
            case ROW_COUNT -> new Measure.RowCount();
            case NULL_VALUES -> onColumn(new ValueRule.NotNull());
            case MISSING_VALUES -> onColumn(new ValueRule.NotMissing(rule.arguments().getOrDefault("missingValues", List.of())));
            case INVALID_VALUES -> invalidValues();
            case DUPLICATE_VALUES -> duplicates();
            case SQL -> statement();
            case SCHEMA, FRESHNESS -> throw new IllegalStateException("No rule has the metric " + metric);
        };
    }

    private Measure onColumn(ValueRule valueRule)
    {
        return column.<Measure>map(name -> new Measure.Violations(name, valueRule))
                .orElseGet(() -> new Measure.CannotRun("The rule counts values, but stands on no field"));
    }

    private Measure invalidValues()
    {
        List<ValueRule> rules = new ArrayList<>();
        List<String> validValues = rule.arguments().getOrDefault("validValues", List.of());
        if (!validValues.isEmpty()) {
            rules.add(new ValueRule.OneOf(validValues));
        }
        for (String pattern : rule.arguments().getOrDefault("pattern", List.of())) {
            Optional<String> error = ConstraintPlanner.syntaxError(pattern);
            if (error.isPresent()) {
                return new Measure.CannotRun("The pattern " + pattern + " is no regular expression: " + error.orElseThrow());
            }
            if (field.isPresent() && field.orElseThrow().type() != FieldType.STRING) {
                return new Measure.CannotRun("A pattern is for texts, the field is " + field.orElseThrow().declaredType());
            }
            rules.add(new ValueRule.Matches(pattern));
        }
        if (rules.isEmpty()) {
            return new Measure.CannotRun("invalidValues needs arguments.validValues or arguments.pattern");
        }
        return onColumn(rules.size() == 1 ? rules.get(0) : new ValueRule.AllOf(rules));
    }

    private Measure duplicates()
    {
        List<String> columns = rule.arguments().getOrDefault("properties", List.of());
        if (columns.isEmpty()) {
            return column.<Measure>map(name -> new Measure.Duplicates(List.of(name)))
                    .orElseGet(() -> new Measure.CannotRun("duplicateValues on the table needs arguments.properties"));
        }
        List<String> unknown = columns.stream().filter(name -> model.field(name.split("\\.", 2)[0]).isEmpty()).collect(toImmutableList());
        return unknown.isEmpty()
                ? new Measure.Duplicates(columns)
                : new Measure.CannotRun("arguments.properties names fields that are not in the model: " + String.join(", ", unknown));
    }

    private Measure statement()
    {
        if (rule.query().isEmpty()) {
            return new Measure.CannotRun("The SQL rule has no query");
        }
        try {
            String query = rule.query().orElseThrow();
            String text = rule.description().map(description -> description + ": ").orElse("") + query.strip().replaceAll("\\s+", " ");
            return new Measure.Statement(ReadOnlySql.parse(query, tableNames, column), text);
        }
        catch (MeshException e) {
            return new Measure.CannotRun(e.rule().id() + ": " + e.getMessage());
        }
    }
}
