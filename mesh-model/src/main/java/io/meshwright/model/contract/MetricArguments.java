package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;
import io.meshwright.model.yaml.YamlSequence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.contract.ContractRule.QUALITY_ARGUMENT;
import static java.util.Objects.requireNonNull;

/**
 * What a metric is told beside its threshold: values, patterns, fields, and the rows that it is about.
 */
final class MetricArguments
{
    private static final List<String> FILTERS = ImmutableList.of(QualityRule.FILTER, "where");
    private static final List<String> ARGUMENTS = ImmutableList.of("missingValues", "validValues", "pattern", "properties");

    private final ContractReading reading;

    MetricArguments(ContractReading reading)
    {
        this.reading = requireNonNull(reading, "reading is null");
    }

    Map<String, List<String>> read(ContractNode node, String metric, QualityReader.Place place)
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
        if (metric.equals("duplicateValues") && place == QualityReader.Place.MODEL && arguments.getOrDefault("properties", List.of()).isEmpty()) {
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
}
