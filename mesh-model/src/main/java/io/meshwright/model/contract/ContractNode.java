package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.yaml.DidYouMean;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;
import io.meshwright.model.yaml.YamlSequence;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

import static io.meshwright.model.contract.ContractRule.UNKNOWN_KEY;
import static io.meshwright.model.contract.ContractRule.VALUE;
import static java.util.Objects.requireNonNull;

/**
 * A mapping of a contract while it is read: it remembers the keys that were asked for, so that the others can be
 * reported. A key without a value counts as absent.
 */
final class ContractNode
{
    private final YamlMapping mapping;
    private final ContractReading reading;
    private final Set<String> known = new TreeSet<>();

    ContractNode(YamlMapping mapping, ContractReading reading)
    {
        this.mapping = requireNonNull(mapping, "mapping is null");
        this.reading = requireNonNull(reading, "reading is null");
    }

    YamlMapping mapping()
    {
        return mapping;
    }

    SourceLocation location()
    {
        return mapping.location();
    }

    String path()
    {
        return mapping.path();
    }

    String pathOf(String key)
    {
        return mapping.get(key).map(YamlNode::path).orElse(path().isEmpty() ? key : path() + "." + key);
    }

    SourceLocation keyLocation(String key)
    {
        YamlMapping.Entry entry = mapping.entries().get(key);
        return entry == null ? location() : entry.keyLocation();
    }

    /**
     * The value of a key, which counts as known from here on; empty for null.
     */
    Optional<YamlNode> node(String key)
    {
        known.add(key);
        return mapping.get(key).filter(value -> !(value instanceof YamlScalar scalar && scalar.isNull()));
    }

    boolean has(String key)
    {
        return node(key).isPresent();
    }

    /**
     * Keys that are understood and say nothing that could be verified.
     */
    void describes(String... keys)
    {
        known.addAll(Arrays.asList(keys));
    }

    /**
     * Keys that are understood and promise something that is not verified.
     */
    void notChecked(String reason, String... keys)
    {
        for (String key : keys) {
            node(key).ifPresent(value -> reading.notChecked(pathOf(key), reason, keyLocation(key)));
        }
    }

    Optional<YamlScalar> scalar(String key, String expected)
    {
        Optional<YamlNode> value = node(key);
        if (value.isPresent() && !(value.orElseThrow() instanceof YamlScalar)) {
            refuse(value.orElseThrow(), key, expected);
            return Optional.empty();
        }
        return value.map(YamlScalar.class::cast);
    }

    Optional<String> text(String key)
    {
        return scalar(key, "a text").map(YamlScalar::text);
    }

    /**
     * A text that is not blank.
     */
    Optional<String> name(String key)
    {
        Optional<YamlScalar> value = scalar(key, "a text");
        if (value.isPresent() && value.orElseThrow().text().isBlank()) {
            reading.add(VALUE, value.orElseThrow(), "%s is empty".formatted(key), "Give %s a value, or remove the key.".formatted(key));
            return Optional.empty();
        }
        return value.map(YamlScalar::text);
    }

    Optional<Boolean> flag(String key)
    {
        Optional<YamlScalar> value = scalar(key, "true or false");
        if (value.isPresent() && value.orElseThrow().kind() != YamlScalar.Kind.BOOLEAN) {
            refuse(value.orElseThrow(), key, "true or false");
            return Optional.empty();
        }
        return value.map(scalar -> scalar.text().equalsIgnoreCase("true"));
    }

    OptionalInt integer(String key)
    {
        Optional<YamlScalar> value = scalar(key, "a whole number");
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(number(value.orElseThrow().text()).orElseThrow(ArithmeticException::new).intValueExact());
        }
        catch (ArithmeticException e) {
            refuse(value.orElseThrow(), key, "a whole number");
            return OptionalInt.empty();
        }
    }

    /**
     * A number or, for bounds of dates and timestamps, a text, as written.
     */
    Optional<String> bound(String key)
    {
        Optional<YamlScalar> value = scalar(key, "a number, a date or a timestamp");
        if (value.isPresent() && (value.orElseThrow().kind() == YamlScalar.Kind.BOOLEAN || value.orElseThrow().text().isBlank())) {
            refuse(value.orElseThrow(), key, "a number, a date or a timestamp");
            return Optional.empty();
        }
        return value.map(YamlScalar::text);
    }

    Optional<ContractNode> child(String key)
    {
        Optional<YamlNode> value = node(key);
        if (value.isPresent() && !(value.orElseThrow() instanceof YamlMapping)) {
            refuse(value.orElseThrow(), key, "a mapping of keys to values");
            return Optional.empty();
        }
        return value.map(child -> new ContractNode((YamlMapping) child, reading));
    }

    List<YamlNode> elements(String key)
    {
        Optional<YamlNode> value = node(key);
        if (value.isPresent() && !(value.orElseThrow() instanceof YamlSequence)) {
            refuse(value.orElseThrow(), key, "a list");
            return List.of();
        }
        return value.map(list -> ((YamlSequence) list).elements()).orElse(List.of());
    }

    /**
     * The mappings of a list; another element is a finding.
     */
    List<ContractNode> children(String key)
    {
        ImmutableList.Builder<ContractNode> children = ImmutableList.builder();
        for (YamlNode element : elements(key)) {
            if (element instanceof YamlMapping child) {
                children.add(new ContractNode(child, reading));
            }
            else {
                refuse(element, key, "a list of mappings");
            }
        }
        return children.build();
    }

    /**
     * The texts of a list, null as an empty one; another element is a finding.
     */
    List<String> texts(String key)
    {
        ImmutableList.Builder<String> texts = ImmutableList.builder();
        for (YamlNode element : elements(key)) {
            if (element instanceof YamlScalar scalar) {
                texts.add(scalar.text());
            }
            else {
                refuse(element, key, "a list of single values");
            }
        }
        return texts.build();
    }

    /**
     * Named mappings below a key, such as the models of a contract or the fields of a model.
     */
    Map<String, YamlMapping.Entry> named(String key)
    {
        return child(key).map(child -> child.mapping().entries()).orElse(Map.of());
    }

    /**
     * Reports the keys that nobody asked for.
     */
    void rejectUnknown(String where)
    {
        for (Map.Entry<String, YamlMapping.Entry> entry : mapping.entries().entrySet()) {
            String key = entry.getKey();
            if (!known.contains(key) && !key.startsWith("x-")) {
                reading.findings().add(
                        UNKNOWN_KEY,
                        entry.getValue().keyLocation(),
                        entry.getValue().value().path(),
                        "Unknown key '%s' in %s".formatted(abbreviate(key), where),
                        DidYouMean.suggest(key, known)
                                .map(near -> "Did you mean '%s'?".formatted(near))
                                .orElse("Remove it, or keep what is your own under %s.".formatted(known.contains("customProperties") ? "customProperties" : "config")));
            }
        }
    }

    void refuse(YamlNode value, String key, String expected)
    {
        String actual = "a list";
        if (value instanceof YamlMapping) {
            actual = "a mapping";
        }
        else if (value instanceof YamlScalar scalar) {
            actual = scalar.isNull() ? "empty" : "'" + abbreviate(scalar.text()) + "'";
        }
        reading.add(VALUE, value, "%s must be %s, and is %s".formatted(key, expected, actual), "Write %s as %s.".formatted(key, expected));
    }

    /**
     * Reads a number of a size that arithmetic can bear.
     */
    static Optional<BigDecimal> number(String text)
    {
        if (text.length() > 64) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text.strip());
            return Math.abs((long) number.scale()) > 1_000 ? Optional.empty() : Optional.of(number);
        }
        catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static String abbreviate(String text)
    {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > 80 ? line.substring(0, 77) + "..." : line;
    }
}
