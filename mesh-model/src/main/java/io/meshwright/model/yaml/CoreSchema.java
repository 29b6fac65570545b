package io.meshwright.model.yaml;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The YAML 1.2 core schema: what a plain scalar means. {@code yes}, {@code no}, {@code on} and {@code off} are strings in it.
 */
final class CoreSchema
{
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> BOOLEANS = Set.of("true", "True", "TRUE", "false", "False", "FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private CoreSchema() {}

    static YamlScalar.Kind kindOf(String text)
    {
        if (NULLS.contains(text)) {
            return YamlScalar.Kind.NULL;
        }
        if (BOOLEANS.contains(text)) {
            return YamlScalar.Kind.BOOLEAN;
        }
        if (INTEGER.matcher(text).matches()) {
            return YamlScalar.Kind.INTEGER;
        }
        return FLOAT.matcher(text).matches() ? YamlScalar.Kind.FLOAT : YamlScalar.Kind.STRING;
    }

    /**
     * A tag can only turn a value into a string: a number stays what its text says.
     */
    static YamlScalar.Kind kindOf(String tag, String text)
    {
        return tag.equals("!") || tag.endsWith(":str") ? YamlScalar.Kind.STRING : kindOf(text);
    }
}
