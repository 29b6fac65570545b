package io.meshwright.model.check;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.check.CheckSpec.Unit;
import io.meshwright.model.check.Measure.Aggregate.Function;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.FieldType;
import io.meshwright.model.contract.QualityRule;
import io.meshwright.model.finding.MeshException;

import java.math.BigDecimal;
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

    private static final Set<FieldType> NUMBERS = ImmutableSet.of(FieldType.INTEGER, FieldType.LONG, FieldType.DECIMAL, FieldType.FLOAT, FieldType.DOUBLE);

    private final ContractModel model;
    private final Set<String> tableNames;
    private final QualityRule rule;
    private final Optional<FieldTarget> target;
    private final Optional<ContractField> field;

    /**
     * @param target where the values of the field are, for a rule on a field
     */
    RulePlanner(ContractModel model, Set<String> tableNames, QualityRule rule, Optional<FieldTarget> target, Optional<ContractField> field)
    {
        this.model = requireNonNull(model, "model is null");
        this.tableNames = requireNonNull(tableNames, "tableNames is null");
        this.rule = requireNonNull(rule, "rule is null");
        this.target = requireNonNull(target, "target is null");
        this.field = requireNonNull(field, "field is null");
    }

    /**
     * Empty where {@link #reasonNotToRun} says why.
     */
    Optional<CheckSpec> plan()
    {
        Optional<CheckMetric> metric = metric(rule);
        boolean withoutThreshold = rule.thresholds().isEmpty() && metric.filter(CheckMetric.ANOMALY::equals).isEmpty();
        if (metric.isEmpty() || withoutThreshold || isUnsupportedUnit(rule)) {
            return Optional.empty();
        }
        Unit unit = isPercent(rule) ? Unit.PERCENT : Unit.ROWS;
        return Optional.of(new CheckSpec(
                name(metric.orElseThrow()),
                target.map(FieldTarget::name),
                metric.orElseThrow(),
                filtered(metric.orElseThrow()),
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
            case "min" -> Optional.of(CheckMetric.MIN);
            case "max" -> Optional.of(CheckMetric.MAX);
            case "mean" -> Optional.of(CheckMetric.MEAN);
            case "sum" -> Optional.of(CheckMetric.SUM);
            case "stddev" -> Optional.of(CheckMetric.STDDEV);
            case "distinctCount" -> Optional.of(CheckMetric.DISTINCT_COUNT);
            case "percentile" -> Optional.of(CheckMetric.PERCENTILE);
            case "anomaly" -> Optional.of(CheckMetric.ANOMALY);
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
        return target.map(field -> field.name() + ".").orElse("") + rule.name().orElse(metric.label());
    }

    /**
     * The filter of the rule stands in place of that of its field.
     */
    private Measure filtered(CheckMetric metric)
    {
        Optional<String> text = rule.arguments().getOrDefault(QualityRule.FILTER, List.of()).stream().findFirst();
        if (text.isEmpty()) {
            return measure(metric, target, target.flatMap(FieldTarget::filter));
        }
        if (metric == CheckMetric.SQL) {
            return new Measure.CannotRun("An SQL rule has its filter in its query");
        }
        try {
            RowFilter filter = RowFilter.parse(text.orElseThrow(), column());
            return measure(metric, target.map(field -> field.where(filter)), Optional.of(filter));
        }
        catch (MeshException e) {
            return new Measure.CannotRun(e.rule().id() + ": " + e.getMessage());
        }
    }

    private Optional<String> column()
    {
        return target.filter(FieldTarget::isColumn).map(FieldTarget::column);
    }

    private Measure measure(CheckMetric metric, Optional<FieldTarget> place, Optional<RowFilter> filter)
    {
        return switch (metric) {
            case ROW_COUNT -> new Measure.RowCount(filter);
            case NULL_VALUES -> onField(place, new ValueRule.NotNull());
            case MISSING_VALUES -> onField(place, new ValueRule.NotMissing(rule.arguments().getOrDefault("missingValues", List.of())));
            case INVALID_VALUES -> invalidValues(place);
            case DUPLICATE_VALUES -> duplicates(filter);
            case SQL -> statement();
            case MIN -> aggregate(Function.MIN, filter);
            case MAX -> aggregate(Function.MAX, filter);
            case MEAN -> aggregate(Function.MEAN, filter);
            case SUM -> aggregate(Function.SUM, filter);
            case STDDEV -> aggregate(Function.STDDEV, filter);
            case DISTINCT_COUNT -> aggregate(Function.DISTINCT_COUNT, filter);
            case PERCENTILE -> aggregate(Function.PERCENTILE, filter);
            case ANOMALY -> anomaly(filter);
            case SCHEMA, FRESHNESS, COMPLETENESS, REFERENCES, SOURCE_ROWS, RETENTION, LATENCY, FREQUENCY -> throw new IllegalStateException("No rule has the metric " + metric);
        };
    }

    private Measure aggregate(Function function, Optional<RowFilter> filter)
    {
        if (column().isEmpty()) {
            return new Measure.CannotRun("The figure is one over a column, and the field lies within a list or map");
        }
        FieldType type = field.orElseThrow().type();
        if (function != Function.DISTINCT_COUNT && !NUMBERS.contains(type)) {
            return new Measure.CannotRun(rule.metric().orElseThrow() + " is for numbers, the field is " + field.orElseThrow().declaredType());
        }
        if (type == FieldType.MAP) {
            return new Measure.CannotRun("Maps cannot be compared");
        }
        Optional<BigDecimal> share = argument(QualityRule.SHARE).map(BigDecimal::new);
        if (function == Function.PERCENTILE && share.isEmpty()) {
            return new Measure.CannotRun("percentile needs the share of values, 0..1");
        }
        return new Measure.Aggregate(column().orElseThrow(), function, share, argument(QualityRule.APPROXIMATE).filter(Boolean::parseBoolean).isPresent(), filter);
    }

    private Measure anomaly(Optional<RowFilter> filter)
    {
        if (filter.isPresent()) {
            return new Measure.CannotRun("anomaly counts all rows of the table, and takes no filter");
        }
        int history = argument(QualityRule.HISTORY).map(Integer::parseInt).orElse(UsualBand.DEFAULT.history());
        BigDecimal deviations = argument(QualityRule.DEVIATIONS).map(BigDecimal::new).orElse(UsualBand.DEFAULT.deviations());
        return new Measure.UsualRowCount(new UsualBand(history, deviations));
    }

    private Optional<String> argument(String name)
    {
        return rule.arguments().getOrDefault(name, List.of()).stream().findFirst();
    }

    private static Measure onField(Optional<FieldTarget> place, ValueRule valueRule)
    {
        return place.map(field -> field.violations(valueRule))
                .orElseGet(() -> new Measure.CannotRun("The rule counts values, but stands on no field"));
    }

    private Measure invalidValues(Optional<FieldTarget> place)
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
        return onField(place, rules.size() == 1 ? rules.get(0) : new ValueRule.AllOf(rules));
    }

    private Measure duplicates(Optional<RowFilter> filter)
    {
        List<String> columns = rule.arguments().getOrDefault("properties", List.of());
        if (columns.isEmpty()) {
            if (target.isPresent() && column().isEmpty()) {
                return new Measure.CannotRun("duplicateValues counts keys of rows, and the field lies within a list or map; the elements of a list are distinct by uniqueItems");
            }
            return column().<Measure>map(name -> new Measure.Duplicates(List.of(name), filter))
                    .orElseGet(() -> new Measure.CannotRun("duplicateValues on the table needs arguments.properties"));
        }
        List<String> unknown = columns.stream().filter(name -> model.field(name.split("\\.", 2)[0]).isEmpty()).collect(toImmutableList());
        return unknown.isEmpty()
                ? new Measure.Duplicates(columns, filter)
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
            ReadOnlySql sql = ReadOnlySql.parse(query, tableNames, column());
            // a name that is spelled in another way than in the contract is left to the engine, which does not mind
            return sql.countedRows()
                    .filter(rows -> rows.columns().stream().allMatch(name -> model.field(name).isPresent()))
                    .<Measure>map(rows -> new Measure.RowCount(Optional.of(rows), Optional.of(text)))
                    .orElseGet(() -> new Measure.Statement(sql, text));
        }
        catch (MeshException e) {
            return new Measure.CannotRun(e.rule().id() + ": " + e.getMessage());
        }
    }
}
