package io.meshwright.cli.output;

import com.google.common.collect.ImmutableSet;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The formats of {@code -o}.
 */
public enum OutputFormat
{
    TABLE,
    JSON,
    YAML,
    NAME,
    CSV,
    JUNIT,
    SARIF,
    GITHUB,
    HTML,
    OPENMETRICS;

    /**
     * What every command offers.
     */
    public static final Set<OutputFormat> DOCUMENTS = ImmutableSet.of(TABLE, JSON, YAML);
    /**
     * What lists offer: one name for each line as well.
     */
    public static final Set<OutputFormat> LISTS = ImmutableSet.of(TABLE, JSON, YAML, NAME);
    /**
     * What commands offer that a build stops at.
     */
    public static final Set<OutputFormat> GATES = ImmutableSet.of(TABLE, JSON, YAML, JUNIT, SARIF, GITHUB);

    /**
     * What commands offer that report on many things.
     */
    public static final Set<OutputFormat> REPORTS = ImmutableSet.of(TABLE, JSON, YAML, HTML, OPENMETRICS);

    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OutputFormat> of(String label)
    {
        for (OutputFormat format : values()) {
            if (format.label().equals(label)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
