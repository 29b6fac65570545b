package io.meshwright.model.yaml;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.SourceLocation;

import java.util.List;

import static java.util.Objects.requireNonNull;

public record YamlSequence(List<YamlNode> elements, SourceLocation location, String path)
        implements YamlNode
{
    public YamlSequence
    {
        elements = ImmutableList.copyOf(elements);
        requireNonNull(location, "location is null");
        requireNonNull(path, "path is null");
    }
}
