package io.meshwright.model.yaml;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.SourceLocation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static io.meshwright.model.finding.QuotedText.quoted;
import static java.util.Objects.requireNonNull;

/**
 * Strict access to a mapping whose keys are known. Every key that is unknown, missing, empty or of another type is a finding;
 * the value is then empty and the reading goes on, so that all findings come at once. Keys that begin with {@code x-} are free.
 */
public final class MappingReader
{
    private static final String FREE_PREFIX = "x-";

    private final YamlMapping mapping;
    private final KeySet keys;
    private final Findings findings;
    private final SourceLocation origin;

    public MappingReader(YamlMapping mapping, KeySet keys, Findings findings)
    {
        this(mapping, keys, findings, mapping.location());
    }

    /**
     * @param origin where the mapping is introduced, for findings about what it lacks
     */
    private MappingReader(YamlMapping mapping, KeySet keys, Findings findings, SourceLocation origin)
    {
        this.mapping = requireNonNull(mapping, "mapping is null");
        this.origin = requireNonNull(origin, "origin is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.findings = requireNonNull(findings, "findings is null");
        mapping.entries().forEach((key, entry) -> {
            if (!keys.keys().contains(key) && !key.startsWith(FREE_PREFIX)) {
                reportUnknown(key, entry.keyLocation());
            }
        });
    }

    public YamlMapping mapping()
    {
        return mapping;
    }

    public Findings findings()
    {
        return findings;
    }

    /**
     * Whether the key is written, even without a value.
     */
    public boolean has(String key)
    {
        checkKnown(key);
        return mapping.get(key).isPresent();
    }

    /**
     * Where the key stands, or where the mapping is introduced when the key is absent.
     */
    public SourceLocation keyLocation(String key)
    {
        checkKnown(key);
        YamlMapping.Entry entry = mapping.entries().get(key);
        return entry == null ? origin : entry.keyLocation();
    }

    public String path(String key)
    {
        return YamlPaths.child(mapping.path(), key);
    }

    /**
     * The value of a key; a key without a value is a finding.
     */
    public Optional<YamlNode> node(String key)
    {
        checkKnown(key);
        Optional<YamlNode> value = mapping.get(key);
        if (value.isPresent() && value.orElseThrow() instanceof YamlScalar scalar && (scalar.isNull() || scalar.text().isBlank())) {
            findings.add(YamlRule.EMPTY_VALUE, keyLocation(key), path(key), "%s has no value".formatted(key), "give %s a value, or remove the key".formatted(key));
            return Optional.empty();
        }
        return value;
    }

    public Optional<YamlScalar> scalar(String key)
    {
        return node(key).flatMap(value -> {
            if (value instanceof YamlScalar scalar) {
                return Optional.of(scalar);
            }
            wrongType(key, value, "a single value", "write %s: followed by one value".formatted(key));
            return Optional.empty();
        });
    }

    /**
     * A text; a number counts as its digits as written, a bare {@code true} or {@code false} does not.
     */
    public Optional<String> string(String key)
    {
        return stringScalar(key).map(YamlScalar::text);
    }

    /**
     * A text together with its place.
     */
    public Optional<YamlScalar> stringScalar(String key)
    {
        return scalar(key).flatMap(value -> text(key, value));
    }

    /**
     * @param example a value that would be valid, for the fix
     */
    public Optional<String> requiredString(String key, String example)
    {
        require(key, example);
        return string(key);
    }

    /**
     * Reports the key when it is absent.
     */
    public void require(String key, String example)
    {
        if (!has(key)) {
            String parent = mapping.path().isEmpty() ? "the document" : mapping.path();
            findings.add(YamlRule.REQUIRED_KEY, origin, path(key), "%s is missing in %s".formatted(key, parent), "add  %s: %s".formatted(key, example));
        }
    }

    public Optional<Boolean> bool(String key)
    {
        return scalar(key).flatMap(value -> {
            if (value.kind() == YamlScalar.Kind.BOOLEAN) {
                return Optional.of(Boolean.parseBoolean(value.text()));
            }
            Optional<String> meant = Optional.ofNullable(Map.of("yes", "true", "on", "true", "y", "true", "no", "false", "off", "false", "n", "false", "true", "true", "false", "false").get(value.text().toLowerCase(Locale.ROOT)));
            wrongType(key, value, "true or false", meant.map(word -> "did you mean %s: %s?".formatted(key, word)).orElse("write true or false, without quotes"));
            return Optional.empty();
        });
    }

    /**
     * A whole number from the range, both ends included.
     */
    public Optional<Integer> integer(String key, int minimum, int maximum)
    {
        return scalar(key).flatMap(value -> {
            if (value.kind() == YamlScalar.Kind.INTEGER && value.text().length() <= 10) {
                try {
                    long number = Long.parseLong(value.text());
                    if (number >= minimum && number <= maximum) {
                        return Optional.of((int) number);
                    }
                }
                catch (NumberFormatException e) {
                    // an octal or hexadecimal number: reported below like any other wrong value
                }
            }
            String range = maximum == Integer.MAX_VALUE ? "a whole number of at least %s".formatted(minimum) : "a whole number from %s to %s".formatted(minimum, maximum);
            wrongType(key, value, range, "write %s, without quotes".formatted(range));
            return Optional.empty();
        });
    }

    /**
     * A list of texts; empty when the key is absent or something in it is wrong.
     */
    public Optional<List<YamlScalar>> strings(String key)
    {
        return elements(key).flatMap(elements -> {
            ImmutableList.Builder<YamlScalar> texts = ImmutableList.builder();
            boolean complete = true;
            for (YamlNode element : elements) {
                Optional<YamlScalar> text = Optional.empty();
                if (!(element instanceof YamlScalar scalar)) {
                    wrongType(key, element, "a list of texts", "write one text per element");
                }
                else if (scalar.isNull() || scalar.text().isBlank()) {
                    findings.add(YamlRule.EMPTY_VALUE, element.location(), element.path(), "an element of %s is empty".formatted(key), "write the element, or remove it");
                }
                else {
                    text = text(key, scalar);
                }
                complete &= text.isPresent();
                text.ifPresent(texts::add);
            }
            return complete ? Optional.of(texts.build()) : Optional.empty();
        });
    }

    /**
     * The elements of a list.
     */
    public Optional<List<YamlNode>> elements(String key)
    {
        return node(key).flatMap(value -> {
            if (value instanceof YamlSequence sequence) {
                return Optional.of(sequence.elements());
            }
            wrongType(key, value, "a list", value instanceof YamlScalar scalar ? "write  %s: [%s]".formatted(key, scalar.text()) : "begin each element with a dash");
            return Optional.empty();
        });
    }

    /**
     * A nested mapping with keys of its own.
     */
    public Optional<MappingReader> section(String key, KeySet sectionKeys)
    {
        return freeMapping(key).map(value -> new MappingReader(value, sectionKeys, findings, keyLocation(key)));
    }

    /**
     * A nested mapping whose keys are the user's own.
     */
    public Optional<YamlMapping> freeMapping(String key)
    {
        return node(key).flatMap(value -> {
            if (value instanceof YamlMapping nested) {
                return Optional.of(nested);
            }
            wrongType(key, value, "a mapping", "write its keys indented below %s:".formatted(key));
            return Optional.empty();
        });
    }

    /**
     * A list of mappings; elements that are no mapping are findings and left out.
     */
    public List<MappingReader> sections(String key, KeySet elementKeys)
    {
        ImmutableList.Builder<MappingReader> sections = ImmutableList.builder();
        for (YamlNode element : elements(key).orElse(List.of())) {
            if (element instanceof YamlMapping nested) {
                sections.add(new MappingReader(nested, elementKeys, findings));
            }
            else {
                wrongType(key, element, "a list of mappings", "write the element's keys below the dash");
            }
        }
        return sections.build();
    }

    /**
     * A mapping of the user's own keys to texts.
     */
    public Optional<Map<String, YamlScalar>> stringMap(String key)
    {
        return freeMapping(key).map(nested -> {
            ImmutableMap.Builder<String, YamlScalar> texts = ImmutableMap.builder();
            nested.entries().forEach((name, entry) -> {
                if (entry.value() instanceof YamlScalar scalar && !scalar.isNull()) {
                    texts.put(name, scalar);
                }
                else {
                    wrongType(key, entry.value(), "one text per key", "write %s: followed by one value".formatted(name));
                }
            });
            return texts.buildOrThrow();
        });
    }

    /**
     * One of a closed list of words.
     */
    public <T> Optional<T> word(String key, Map<String, T> words)
    {
        return word(key, words, Map.of());
    }

    /**
     * @param synonyms what people write instead, in lower case, to one of the words
     */
    public <T> Optional<T> word(String key, Map<String, T> words, Map<String, String> synonyms)
    {
        return scalar(key).flatMap(value -> {
            T meaning = words.get(value.text());
            if (meaning == null) {
                Optional<String> suggestion = DidYouMean.suggest(value.text(), words.keySet(), synonyms);
                findings.add(
                        YamlRule.UNKNOWN_VALUE,
                        value.location(),
                        value.path(),
                        "unknown %s %s%s".formatted(key, quoted(value.text()), suggestion.map(", did you mean %s?"::formatted).orElse("")),
                        suggestion.map(word -> "write  %s: %s".formatted(key, word)).orElse("use one of: " + String.join(", ", words.keySet())));
            }
            return Optional.ofNullable(meaning);
        });
    }

    /**
     * Reports a value that is not what the key takes.
     */
    public void wrongType(String key, YamlNode value, String expected, String fix)
    {
        findings.add(YamlRule.WRONG_TYPE, value.location(), value.path(), "%s takes %s, not %s".formatted(key, expected, describe(value)), fix);
    }

    /**
     * For example {@code the text "bob"}, {@code a list}.
     */
    public static String describe(YamlNode node)
    {
        if (node instanceof YamlMapping) {
            return "a mapping";
        }
        if (node instanceof YamlSequence) {
            return "a list";
        }
        YamlScalar scalar = (YamlScalar) node;
        return switch (scalar.kind()) {
            case STRING -> "the text " + quoted(scalar.text());
            case INTEGER, FLOAT -> "the number " + quoted(scalar.text()).replace("\"", "");
            case BOOLEAN -> scalar.text();
            case NULL -> "nothing";
        };
    }

    private Optional<YamlScalar> text(String key, YamlScalar value)
    {
        if (value.kind() == YamlScalar.Kind.BOOLEAN) {
            wrongType(key, value, "a text", "put it in quotes when it is a text: \"%s\"".formatted(value.text()));
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private void reportUnknown(String key, SourceLocation location)
    {
        Optional<String> suggestion = DidYouMean.suggest(key, keys.keys(), keys.synonyms());
        findings.add(
                YamlRule.UNKNOWN_KEY,
                location,
                path(key),
                "unknown key %s%s".formatted(quoted(key), suggestion.map(", did you mean %s?"::formatted).orElse("")),
                suggestion.map("write  %s:"::formatted).orElse("known here: %s; keys of your own begin with x-".formatted(String.join(", ", keys.keys()))));
    }

    private void checkKnown(String key)
    {
        checkArgument(keys.keys().contains(key), "Not among the known keys: %s", key);
    }
}
