package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.yaml.YamlNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.contract.ContractRule.DEPRECATED;
import static io.meshwright.model.contract.ContractRule.QUALITY_ARGUMENT;
import static io.meshwright.model.contract.ContractRule.QUALITY_METRIC;
import static io.meshwright.model.contract.ContractRule.QUALITY_OPERATOR;
import static io.meshwright.model.contract.ContractRule.QUALITY_TYPE;
import static io.meshwright.model.contract.QualityRule.Type.CUSTOM;
import static io.meshwright.model.contract.QualityRule.Type.LIBRARY;
import static io.meshwright.model.contract.QualityRule.Type.SQL;
import static io.meshwright.model.contract.QualityRule.Type.TEXT;
import static io.meshwright.model.finding.Severity.WARNING;
import static java.util.Objects.requireNonNull;

/**
 * Reads quality rules, which both standards spell almost alike.
 */
final class QualityReader
{
    static final String ROW_COUNT = "rowCount";
    static final List<String> METRICS = ImmutableList.of("nullValues", "missingValues", "invalidValues", "duplicateValues", ROW_COUNT);

    private static final List<String> TYPES = ImmutableList.of("text", "library", "sql", "custom");
    private static final List<String> UNITS = ImmutableList.of("rows", "percent");

    /**
     * Where a rule stands, which decides what it may say.
     */
    enum Place
    {
        FIELD,
        MODEL,
    }

    private final ContractReading reading;
    private final boolean ruleIsDeprecated;
    private final boolean oneOperator;

    /**
     * @param ruleIsDeprecated whether the standard's version has {@code metric} in place of {@code rule}
     * @param oneOperator whether the standard's version allows a rule one operator only
     */
    QualityReader(ContractReading reading, boolean ruleIsDeprecated, boolean oneOperator)
    {
        this.reading = requireNonNull(reading, "reading is null");
        this.ruleIsDeprecated = ruleIsDeprecated;
        this.oneOperator = oneOperator;
    }

    List<QualityRule> read(ContractNode owner, Place place)
    {
        ImmutableList.Builder<QualityRule> rules = ImmutableList.builder();
        for (ContractNode node : owner.children("quality")) {
            rule(node, place).ifPresent(rules::add);
        }
        return rules.build();
    }

    Optional<QualityRule> rule(ContractNode node, Place place)
    {
        Optional<QualityRule.Type> type = type(node);
        node.describes("businessImpact", "method", "scheduler", "schedule", "tags", "authoritativeDefinitions", "customProperties", "dialect", "title");
        if (type.filter(CUSTOM::equals).isPresent() && node.name("engine").filter(OwnRuleReader.ENGINE::equalsIgnoreCase).isPresent()) {
            Optional<QualityRule> own = new OwnRuleReader(reading, this).read(node, place);
            node.rejectUnknown("a quality rule");
            return own;
        }
        List<ThresholdSpec> thresholds = thresholds(node);
        Optional<String> metric = Optional.empty();
        Map<String, List<String>> arguments = Map.of();
        Optional<String> query = node.text("query").filter(text -> !text.isBlank());
        boolean implementation = node.has("implementation");
        Optional<String> engine = node.text("engine");
        Optional<String> description = node.text("description");
        if (type.isPresent() && type.orElseThrow() == LIBRARY) {
            metric = metric(node, place);
            if (metric.isEmpty()) {
                type = Optional.empty();
            }
            else {
                arguments = new MetricArguments(reading).read(node, metric.orElseThrow(), place);
            }
        }
        node.describes("metric", "rule", "arguments", "id", "name");
        String unit = unit(node);
        QualityRule rule = new QualityRule(
                type.orElse(TEXT),
                node.name("name").or(() -> node.name("id")),
                description,
                metric,
                query,
                thresholds,
                unit,
                node.name("dimension"),
                node.name("severity"),
                arguments,
                node.location(),
                node.path());
        rejectUnknownOperators(node);
        node.rejectUnknown("a quality rule");
        return type.isEmpty() ? Optional.empty() : Optional.of(check(rule, node, engine, implementation));
    }

    /**
     * A misspelt operator would leave the rule with another threshold than its author meant.
     */
    private void rejectUnknownOperators(ContractNode node)
    {
        node.mapping().entries().forEach((key, entry) -> {
            if (key.startsWith("must") && !ContractOperators.spellings().containsKey(key)) {
                node.describes(key);
                reading.findings().add(
                        QUALITY_OPERATOR,
                        entry.keyLocation(),
                        entry.value().path(),
                        "Unknown operator '%s'".formatted(ContractNode.abbreviate(key)),
                        ContractReading.suggest(key, ContractOperators.keywords()));
            }
        });
    }

    private QualityRule check(QualityRule rule, ContractNode node, Optional<String> engine, boolean implementation)
    {
        switch (rule.type()) {
            case TEXT -> {
                if (rule.description().isEmpty()) {
                    reading.add(QUALITY_TYPE, node.mapping(), "A text rule needs a description", "Say in description what is expected.");
                }
                reading.notChecked(node.mapping(), "a text rule is for people");
            }
            case CUSTOM -> {
                if (engine.isEmpty() || !implementation) {
                    reading.add(QUALITY_TYPE, WARNING, node.location(), node.path(), "A custom rule names its engine and its implementation", "Give it both, or write it as an sql rule.");
                }
                reading.notChecked(node.mapping(), "a custom rule runs on its own engine" + engine.map(name -> " '" + ContractNode.abbreviate(name) + "'").orElse(""));
            }
            case SQL -> {
                if (rule.query().isEmpty()) {
                    reading.add(QUALITY_TYPE, node.mapping(), "An sql rule needs a query", "Give it a query that returns one figure, for example SELECT COUNT(*) FROM {model} WHERE ...");
                }
                else if (rule.thresholds().isEmpty()) {
                    withoutOperator(node);
                }
            }
            case LIBRARY -> {
                if (rule.thresholds().isEmpty()) {
                    withoutOperator(node);
                }
            }
        }
        return rule;
    }

    void withoutOperator(ContractNode node)
    {
        if (ContractOperators.spellings().keySet().stream().anyMatch(node::has)) {
            // what is wrong with its operand is told already
            return;
        }
        if (oneOperator) {
            reading.add(QUALITY_OPERATOR, node.mapping(), "The rule has no operator, so it cannot fail", "Add one of: %s.".formatted(String.join(", ", ContractOperators.keywords())));
        }
        reading.notChecked(node.mapping(), "the rule has no operator with a number, so it cannot fail");
    }

    private Optional<QualityRule.Type> type(ContractNode node)
    {
        Optional<String> type = node.name("type");
        if (type.isEmpty()) {
            if (node.has("metric") || node.has("rule")) {
                return Optional.of(LIBRARY);
            }
            if (node.has("query")) {
                return Optional.of(SQL);
            }
            return Optional.of(node.has("implementation") || node.has("engine") ? CUSTOM : TEXT);
        }
        if (TYPES.contains(type.orElseThrow())) {
            return Optional.of(QualityRule.Type.valueOf(type.orElseThrow().toUpperCase(Locale.ROOT)));
        }
        YamlNode value = node.node("type").orElseThrow();
        String fix = OldRules.metric(type.orElseThrow())
                .map(metric -> "Write type: library and metric: %s.".formatted(metric))
                .orElseGet(() -> ContractReading.suggest(type.orElseThrow(), TYPES));
        reading.add(QUALITY_TYPE, value, "Unknown type of quality rule '%s'".formatted(ContractNode.abbreviate(type.orElseThrow())), fix);
        return Optional.empty();
    }

    private Optional<String> metric(ContractNode node, Place place)
    {
        Optional<String> metric = node.name("metric");
        Optional<String> rule = node.name("rule");
        if (metric.isPresent()) {
            String written = metric.orElseThrow();
            if (!METRICS.contains(written)) {
                String fix = OldRules.metric(written)
                        .map("Did you mean '%s'?"::formatted)
                        .orElseGet(() -> ContractReading.suggest(written, METRICS));
                reading.add(QUALITY_METRIC, node.node("metric").orElseThrow(), "Unknown metric '%s'".formatted(ContractNode.abbreviate(written)), fix);
                return Optional.empty();
            }
        }
        else if (rule.isPresent()) {
            YamlNode value = node.node("rule").orElseThrow();
            Optional<String> known = OldRules.metric(rule.orElseThrow());
            if (known.isEmpty()) {
                reading.add(QUALITY_METRIC, WARNING, value.location(), value.path(), "The library rule '%s' is not known here".formatted(ContractNode.abbreviate(rule.orElseThrow())), ContractReading.suggest(rule.orElseThrow(), METRICS));
                reading.notChecked(node.mapping(), "the library rule '%s' is not known here".formatted(ContractNode.abbreviate(rule.orElseThrow())));
                return Optional.empty();
            }
            if (ruleIsDeprecated) {
                reading.add(DEPRECATED, value, "rule: %s is an old spelling".formatted(rule.orElseThrow()), "Write metric: %s.".formatted(known.orElseThrow()));
            }
            metric = known;
        }
        else {
            reading.add(QUALITY_METRIC, node.mapping(), "A library rule needs a metric", "Add metric: one of %s.".formatted(String.join(", ", METRICS)));
            return Optional.empty();
        }
        return place(node, metric.orElseThrow(), place);
    }

    private Optional<String> place(ContractNode node, String metric, Place place)
    {
        if (place == Place.FIELD && metric.equals(ROW_COUNT)) {
            reading.add(QUALITY_METRIC, node.mapping(), "rowCount counts the rows of the table, not the values of a field", "Move the rule from the field to its table.");
            return Optional.empty();
        }
        if (place == Place.MODEL && !metric.equals(ROW_COUNT) && !metric.equals("duplicateValues")) {
            reading.add(QUALITY_METRIC, node.mapping(), "%s counts the values of one field, and stands at a table".formatted(metric), "Move the rule to the field that it is about.");
            return Optional.empty();
        }
        return Optional.of(metric);
    }

    List<ThresholdSpec> thresholds(ContractNode node)
    {
        List<ThresholdSpec> thresholds = new ArrayList<>();
        List<String> spelled = new ArrayList<>();
        for (Map.Entry<String, ThresholdSpec.Operator> spelling : ContractOperators.spellings().entrySet()) {
            if (node.has(spelling.getKey())) {
                spelled.add(spelling.getKey());
                ContractOperators.threshold(node, spelling.getKey(), spelling.getValue(), reading).ifPresent(thresholds::add);
            }
        }
        if (spelled.size() > 1 && oneOperator) {
            reading.add(QUALITY_OPERATOR, node.mapping(), "The rule has %s operators: %s".formatted(spelled.size(), String.join(", ", spelled)), "Keep one, use mustBeBetween for a range, or write one rule for each.");
        }
        if (spelled.isEmpty() && countsViolations(node)) {
            return List.of(new ThresholdSpec(ThresholdSpec.Operator.MUST_BE, List.of(BigDecimal.ZERO)));
        }
        return thresholds;
    }

    /**
     * Rules like nullCheck have been written without an operator: what they count must not occur.
     */
    private static boolean countsViolations(ContractNode node)
    {
        Optional<String> metric = node.name("metric").or(() -> node.name("rule")).flatMap(OldRules::metric);
        return metric.isPresent() && !metric.orElseThrow().equals(ROW_COUNT);
    }

    private String unit(ContractNode node)
    {
        Optional<String> unit = node.name("unit");
        if (unit.isEmpty()) {
            return "rows";
        }
        String word = unit.orElseThrow().toLowerCase(Locale.ROOT);
        if (word.equals("%") || word.equals("percentage")) {
            return "percent";
        }
        if (word.equals("row")) {
            return "rows";
        }
        if (!UNITS.contains(word)) {
            reading.add(QUALITY_ARGUMENT, node.node("unit").orElseThrow(), "Unknown unit '%s'".formatted(ContractNode.abbreviate(unit.orElseThrow())), ContractReading.suggest(word, UNITS));
            return "rows";
        }
        return word;
    }
}
