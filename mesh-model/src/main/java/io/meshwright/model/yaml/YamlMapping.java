package io.meshwright.model.yaml;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.finding.SourceLocation;

import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A mapping in the order of the text.
 *
 * @param entries keys are scalars as written; a duplicate key is a finding of the reader, so it cannot occur here
 */
public record YamlMapping(Map<String, Entry> entries, SourceLocation location, String path)
        implements YamlNode
{
    /**
     * A value together with the place of its key.
     */
    public record Entry(SourceLocation keyLocation, YamlNode value)
    {
        public Entry
        {
            requireNonNull(keyLocation, "keyLocation is null");
            requireNonNull(value, "value is null");
        }
    }

    public YamlMapping
    {
        entries = ImmutableMap.copyOf(entries);
        requireNonNull(location, "location is null");
        requireNonNull(path, "path is null");
    }

    public Optional<YamlNode> get(String key)
    {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }
}
