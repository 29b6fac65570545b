package io.meshwright.model.contract;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;
import io.meshwright.model.yaml.YamlSequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How rules of quality were written before the standards had metrics.
 */
final class OldRules
{
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
            .put("rowcount", QualityReader.ROW_COUNT)
            .put("countcheck", QualityReader.ROW_COUNT)
            .buildOrThrow();

    private OldRules() {}

    /**
     * The metric that such a rule is now.
     */
    static Optional<String> metric(String rule)
    {
        return Optional.ofNullable(OLD_RULES.get(rule.toLowerCase(Locale.ROOT).replace("_", "")));
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
            if (key.equals("type") && entry.value() instanceof YamlScalar type && metric(type.text()).isPresent()) {
                entries.add("type: library");
                entries.add("metric: " + metric(type.text()).orElseThrow());
                return;
            }
            entries.add(key + ": " + inline(entry.value()));
        });
        return "{" + String.join(", ", entries) + "}";
    }

    private static String inline(YamlNode node)
    {
        if (node instanceof YamlSequence list) {
            return "[" + String.join(", ", list.elements().stream().map(OldRules::inline).toList()) + "]";
        }
        if (node instanceof YamlScalar scalar) {
            boolean plain = scalar.kind() != YamlScalar.Kind.STRING || scalar.text().matches("[A-Za-z][A-Za-z0-9]*");
            return plain ? scalar.text() : "\"" + scalar.text().strip().replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\s+", " ") + "\"";
        }
        return "{...}";
    }
}
