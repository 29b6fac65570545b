package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;
import io.meshwright.model.yaml.YamlSequence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    private static final List<String> FILTERS = ImmutableList.of(QualityRule.FILTER, "where");
    private static final List<String> ARGUMENTS = ImmutableList.of("missingValues", "validValues", "pattern", "properties");

    /**
     * Names of library rules before there were metrics, without regard to case and underscores.
     */
    private static final Map<String, String> OLD_RULES = ImmutableMap.<String, String>builder()
            .put("nullvalues", "nullValues")
            .put("nullcheck", "nullValues")
            .put("nullcount", "nullValues")
            .put("missingvalues", "missingValues")
            .put("missingcount", "missingValues")
            .put("invalidvalues", "invalidValues")
            .put("invalidcount", "invalidValues")
            .put("validvalues", "invalidValues")
            .put("duplicatevalues", "duplicateValues")
            .put("duplicatecount", "duplicateValues")
            .put("duplicatecheck", "duplicateValues")
            .put("uniquecheck", "duplicateValues")
            .put("rowcount", ROW_COUNT)
            .put("countcheck", ROW_COUNT)
            .buildOrThrow();

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
                arguments = arguments(node, metric.orElseThrow(), place);
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
        String fix = oldMetric(type.orElseThrow())
                .map(metric -> "Write type: library and metric: %s.".formatted(metric))
                .orElseGet(() -> ContractReading.suggest(type.orElseThrow(), TYPES));
        reading.add(QUALITY_TYPE, value, "Unknown type of quality rule '%s'".formatted(ContractNode.abbreviate(type.orElseThrow())), fix);
        return Optional.empty();
    }

    static Optional<String> oldMetric(String rule)
    {
        return Optional.ofNullable(OLD_RULES.get(rule.toLowerCase(Locale.ROOT).replace("_", "")));
    }

    private Optional<String> metric(ContractNode node, Place place)
    {
        Optional<String> metric = node.name("metric");
        Optional<String> rule = node.name("rule");
        if (metric.isPresent()) {
            String written = metric.orElseThrow();
            if (!METRICS.contains(written)) {
                String fix = oldMetric(written)
                        .map("Did you mean '%s'?"::formatted)
                        .orElseGet(() -> ContractReading.suggest(written, METRICS));
                reading.add(QUALITY_METRIC, node.node("metric").orElseThrow(), "Unknown metric '%s'".formatted(ContractNode.abbreviate(written)), fix);
                return Optional.empty();
            }
        }
        else if (rule.isPresent()) {
            YamlNode value = node.node("rule").orElseThrow();
            Optional<String> known = oldMetric(rule.orElseThrow());
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

    private Map<String, List<String>> arguments(ContractNode node, String metric, Place place)
    {
        Map<String, List<String>> arguments = new LinkedHashMap<>();
        node.child("arguments").ifPresent(declared -> {
            ARGUMENTS.forEach(argument -> argument(declared, argument, arguments));
            filter(declared, arguments);
            declared.rejectUnknown("the arguments of a metric");
        });
        // the standard's own example has the pattern beside empty arguments, and ODCS 3.0 had the values there
        ARGUMENTS.forEach(argument -> argument(node, argument, arguments));
        filter(node, arguments);
        if (metric.equals("invalidValues") && !arguments.containsKey("validValues") && !arguments.containsKey("pattern")) {
            reading.add(QUALITY_ARGUMENT, node.mapping(), "invalidValues does not say which values are valid", "Add arguments with validValues, a list, or pattern, a regular expression.");
        }
        if (metric.equals("duplicateValues") && place == Place.MODEL && arguments.getOrDefault("properties", List.of()).isEmpty()) {
            reading.add(QUALITY_ARGUMENT, node.mapping(), "duplicateValues of a table does not say in which fields", "Add arguments with properties, a list of field names.");
        }
        return ImmutableMap.copyOf(arguments);
    }

    /**
     * Neither standard has a word for the rows that a rule is about; other engines say filter or where.
     */
    void filter(ContractNode node, Map<String, List<String>> arguments)
    {
        for (String key : FILTERS) {
            node.text(key).filter(text -> !text.isBlank()).ifPresent(text -> {
                if (arguments.putIfAbsent(QualityRule.FILTER, List.of(text)) != null) {
                    reading.add(QUALITY_ARGUMENT, node.node(key).orElseThrow(), "The rule has two filters", "Keep one, and join its conditions by AND.");
                }
            });
        }
    }

    /**
     * Values are texts; NULL is left out, since it is never invalid and always missing.
     */
    private void argument(ContractNode node, String name, Map<String, List<String>> arguments)
    {
        Optional<YamlNode> value = node.node(name);
        if (value.isEmpty()) {
            return;
        }
        List<YamlNode> elements = value.orElseThrow() instanceof YamlSequence list ? list.elements() : List.of(value.orElseThrow());
        ImmutableList.Builder<String> texts = ImmutableList.builder();
        for (YamlNode element : elements) {
            if (!(element instanceof YamlScalar scalar)) {
                node.refuse(element, name, "a list of single values");
            }
            else if (!scalar.isNull()) {
                texts.add(scalar.text());
            }
        }
        arguments.put(name, texts.build());
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
        Optional<String> metric = node.name("metric").or(() -> node.name("rule")).flatMap(QualityReader::oldMetric);
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

    /**
     * The rule of the dialect as the standard writes it, for example {@code {type: library, metric: rowCount, mustBe: 1}}.
     */
    static String canonical(YamlMapping rule)
    {
        List<String> entries = new ArrayList<>();
        rule.entries().forEach((key, entry) -> {
            if (key.equals("model") || key.equals("field") || key.equals("column")) {
                return;
            }
            if (key.equals("type") && entry.value() instanceof YamlScalar type && oldMetric(type.text()).isPresent()) {
                entries.add("type: library");
                entries.add("metric: " + oldMetric(type.text()).orElseThrow());
                return;
            }
            entries.add(key + ": " + inline(entry.value()));
        });
        return "{" + String.join(", ", entries) + "}";
    }

    private static String inline(YamlNode node)
    {
        if (node instanceof YamlSequence list) {
            return "[" + String.join(", ", list.elements().stream().map(QualityReader::inline).toList()) + "]";
        }
        if (node instanceof YamlScalar scalar) {
            boolean plain = scalar.kind() != YamlScalar.Kind.STRING || scalar.text().matches("[A-Za-z][A-Za-z0-9]*");
            return plain ? scalar.text() : "\"" + scalar.text().strip().replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\s+", " ") + "\"";
        }
        return "{...}";
    }
}
