package io.meshwright.bridge.config;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.SourceLocation;

import java.nio.file.Path;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A setting as somebody wrote it.
 *
 * @param name dotted, for example {@code catalog.properties.s3.endpoint}
 * @param values one, unless it is a list
 * @param origin for people: a file with line, a variable, a flag or {@code default}
 * @param base the folder from which a relative path in the value is meant
 */
record Setting(String name, List<String> values, boolean isList, String origin, SourceLocation location, Path base)
{
    Setting
    {
        requireNonNull(name, "name is null");
        values = ImmutableList.copyOf(values);
        requireNonNull(origin, "origin is null");
        requireNonNull(location, "location is null");
        requireNonNull(base, "base is null");
    }

    String value()
    {
        return values.get(0);
    }
}
