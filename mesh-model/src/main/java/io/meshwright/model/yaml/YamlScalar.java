package io.meshwright.model.yaml;

import io.meshwright.model.finding.SourceLocation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A scalar as written.
 *
 * @param text the text after unquoting, so {@code 1.10} stays {@code 1.10}; empty for null
 * @param kind the type by the YAML 1.2 core schema; a quoted scalar is always a string
 * @param quoted whether the text stands between quotes
 */
public record YamlScalar(String text, Kind kind, boolean quoted, SourceLocation location, String path)
        implements YamlNode
{
    public enum Kind
    {
        STRING,
        INTEGER,
        FLOAT,
        BOOLEAN,
        NULL,
    }

    public YamlScalar
    {
        requireNonNull(text, "text is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(location, "location is null");
        requireNonNull(path, "path is null");
    }

    public boolean isNull()
    {
        return kind == Kind.NULL;
    }

    /**
     * Where a character of the text stands, for a scalar that is written on one line.
     */
    public SourceLocation locationOf(int offset)
    {
        checkArgument(offset >= 0 && offset <= text.length(), "offset is outside the text: %s", offset);
        int column = location.column() + (quoted ? 1 : 0) + text.codePointCount(0, offset);
        return new SourceLocation(location.file(), location.line(), column);
    }
}
