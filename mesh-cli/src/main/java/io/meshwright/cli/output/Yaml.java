package io.meshwright.cli.output;

import com.google.common.collect.ImmutableSet;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes the same trees as {@link Json}, as YAML. Texts that YAML could read as something else are quoted as in JSON.
 */
public final class Yaml
{
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./@+-]*( [A-Za-z0-9_./@+()-]+)*");
    private static final Set<String> RESERVED = ImmutableSet.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private Yaml() {}

    public static String write(Object tree)
    {
        StringBuilder text = new StringBuilder();
        writeNode(text, JsonTree.of(tree), 0);
        return text.toString();
    }

    private static void writeNode(StringBuilder text, Object node, int indent)
    {
        switch (node) {
            case Map<?, ?> map when !map.isEmpty() -> map.forEach((key, value) -> {
                text.append(" ".repeat(indent)).append(scalar(key)).append(':');
                writeValue(text, value, indent + 2);
            });
            case List<?> list when !list.isEmpty() -> list.forEach(element -> {
                text.append(" ".repeat(indent)).append('-');
                if (element instanceof Map<?, ?> map && !map.isEmpty()) {
                    StringBuilder nested = new StringBuilder();
                    writeNode(nested, map, indent + 2);
                    text.append(' ').append(nested.substring(indent + 2));
                }
                else {
                    writeValue(text, element, indent + 2);
                }
            });
            case null, default -> text.append(scalar(node)).append('\n');
        }
    }

    private static void writeValue(StringBuilder text, Object value, int indent)
    {
        if ((value instanceof Map<?, ?> map && !map.isEmpty()) || (value instanceof List<?> list && !list.isEmpty())) {
            text.append('\n');
            writeNode(text, value, indent);
        }
        else {
            text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static String scalar(Object value)
    {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> _ -> "{}";
            case List<?> _ -> "[]";
            case BigDecimal number -> number.toPlainString();
            case String word -> PLAIN.matcher(word).matches() && !RESERVED.contains(word.toLowerCase(java.util.Locale.ROOT)) ? word : Json.quote(word);
            default -> value.toString();
        };
    }
}
