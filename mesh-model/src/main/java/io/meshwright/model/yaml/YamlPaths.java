package io.meshwright.model.yaml;

import java.util.regex.Pattern;

/**
 * Builds paths such as {@code spec.outputPorts[1].name} and {@code metadata.labels["team/cost"]}.
 */
public final class YamlPaths
{
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_$-]+");

    private YamlPaths() {}

    public static String child(String path, String key)
    {
        if (!PLAIN_KEY.matcher(key).matches()) {
            return path + "[\"" + key.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    public static String element(String path, int index)
    {
        return path + "[" + index + "]";
    }
}
