package io.meshwright.model.contract;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.contract.ThresholdSpec.Operator;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;
import io.meshwright.model.yaml.YamlSequence;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.contract.ContractRule.IMPOSSIBLE_CONSTRAINT;
import static io.meshwright.model.contract.ContractRule.VALUE;
import static io.meshwright.model.contract.ThresholdSpec.Operator.MUST_BE;
import static io.meshwright.model.contract.ThresholdSpec.Operator.MUST_BE_BETWEEN;
import static io.meshwright.model.contract.ThresholdSpec.Operator.MUST_BE_GREATER_OR_EQUAL_TO;
import static io.meshwright.model.contract.ThresholdSpec.Operator.MUST_BE_LESS_OR_EQUAL_TO;
import static io.meshwright.model.contract.ThresholdSpec.Operator.MUST_NOT_BE;
import static io.meshwright.model.contract.ThresholdSpec.Operator.MUST_NOT_BE_BETWEEN;

/**
 * The operators of quality rules in all the spellings that the versions of the standards have had.
 */
final class ContractOperators
{
    private static final Map<String, Operator> SPELLINGS = spell();

    private ContractOperators() {}

    static Map<String, Operator> spellings()
    {
        return SPELLINGS;
    }

    static List<String> keywords()
    {
        return Arrays.stream(Operator.values()).map(Operator::keyword).collect(toImmutableList());
    }

    /**
     * Reads the operand of an operator that is there; an operand that is no number is a finding, or not checked where the standard allows any.
     */
    static Optional<ThresholdSpec> threshold(ContractNode node, String key, Operator operator, ContractReading reading)
    {
        YamlNode value = node.node(key).orElseThrow();
        if (operator == MUST_BE_BETWEEN || operator == MUST_NOT_BE_BETWEEN) {
            return between(value, key, operator, reading);
        }
        Optional<BigDecimal> operand = operand(value);
        if (operand.isPresent()) {
            return Optional.of(new ThresholdSpec(operator, List.of(operand.orElseThrow())));
        }
        if ((operator == MUST_BE || operator == MUST_NOT_BE) && value instanceof YamlScalar) {
            reading.notChecked(value, "%s is held against figures, and is no number".formatted(key));
            return Optional.empty();
        }
        reading.add(VALUE, value, "%s must be a number".formatted(key), "Write the number that the figure is held against.");
        return Optional.empty();
    }

    private static Optional<ThresholdSpec> between(YamlNode value, String key, Operator operator, ContractReading reading)
    {
        List<BigDecimal> bounds = value instanceof YamlSequence list
                ? list.elements().stream().map(ContractOperators::operand).flatMap(Optional::stream).toList()
                : List.of();
        if (bounds.size() != 2 || ((YamlSequence) value).elements().size() != 2) {
            reading.add(VALUE, value, "%s must be a list of two numbers".formatted(key), "Write %s: [lower, upper]; both ends are included.".formatted(key));
            return Optional.empty();
        }
        if (bounds.get(0).compareTo(bounds.get(1)) > 0) {
            reading.add(
                    IMPOSSIBLE_CONSTRAINT,
                    value,
                    "%s has its lower end %s above its upper end %s".formatted(key, bounds.get(0).toPlainString(), bounds.get(1).toPlainString()),
                    "Write the lower end first.");
            return Optional.empty();
        }
        return Optional.of(new ThresholdSpec(operator, bounds));
    }

    // a query may answer true or false, which is held against the thresholds as 1 or 0
    private static Optional<BigDecimal> operand(YamlNode value)
    {
        if (!(value instanceof YamlScalar scalar)) {
            return Optional.empty();
        }
        return switch (scalar.kind()) {
            case BOOLEAN -> Optional.of(scalar.text().equalsIgnoreCase("true") ? BigDecimal.ONE : BigDecimal.ZERO);
            case INTEGER, FLOAT -> ContractNode.number(scalar.text());
            case STRING, NULL -> Optional.empty();
        };
    }

    private static Map<String, Operator> spell()
    {
        ImmutableMap.Builder<String, Operator> spellings = ImmutableMap.builder();
        for (Operator operator : Operator.values()) {
            spellings.put(operator.keyword(), operator);
        }
        return spellings
                .put("mustBeGreaterThanOrEqualTo", MUST_BE_GREATER_OR_EQUAL_TO)
                .put("mustBeLessThanOrEqualTo", MUST_BE_LESS_OR_EQUAL_TO)
                .buildOrThrow();
    }
}
