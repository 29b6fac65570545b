package io.meshwright.cli.demo;

import com.google.common.collect.ImmutableMap;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A statement with variables in the spelling of {@code psql}, for example {@code :orders}, so that people can run the same file by hand.
 */
final class SqlTemplate
{
    private static final Pattern VARIABLE = Pattern.compile("(?<!:):([a-z_]+)");

    private SqlTemplate() {}

    /**
     * @param variables plain numbers and dates only: they are put in as they are
     * @throws IllegalArgumentException when the statement names a variable that is not there
     */
    static String expand(String statement, Map<String, String> variables)
    {
        Map<String, String> known = ImmutableMap.copyOf(variables);
        Matcher matcher = VARIABLE.matcher(statement);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            checkArgument(known.containsKey(name), "Unknown variable :%s", name);
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(known.get(name)));
        }
        matcher.appendTail(expanded);
        return expanded.toString();
    }
}
