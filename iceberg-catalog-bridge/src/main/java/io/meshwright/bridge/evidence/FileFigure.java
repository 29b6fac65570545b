package io.meshwright.bridge.evidence;

import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What a data file contributes to a measure.
 *
 * @param value empty where the file has nothing to tell, for example no newest time
 */
public record FileFigure(OptionalLong value)
{
    static final FileFigure NONE = new FileFigure(OptionalLong.empty());

    public FileFigure
    {
        requireNonNull(value, "value is null");
    }

    public static FileFigure of(long value)
    {
        return new FileFigure(OptionalLong.of(value));
    }
}
