package io.meshwright.bridge.config;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A setting in force, fit to be shown.
 *
 * @param values one, unless it is a list; a secret is {@code ***}
 * @param origin a file with line, a variable, a flag or {@code default}
 */
public record EffectiveValue(String name, List<String> values, boolean isList, String origin)
{
    public EffectiveValue
    {
        requireNonNull(name, "name is null");
        values = ImmutableList.copyOf(values);
        requireNonNull(origin, "origin is null");
    }
}
