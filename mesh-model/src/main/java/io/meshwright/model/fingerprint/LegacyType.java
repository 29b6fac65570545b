package io.meshwright.model.fingerprint;

import java.io.Serializable;
import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * The type of a legacy column, as JDBC's metadata of a result tell it.
 *
 * @param name in lower case, without length or digits, for example {@code numeric} or {@code timestamp with time zone}
 * @param precision digits of a number, or greatest length of a text or binary, or 0 where it is unknown
 * @param scale digits after the point of a number or of a second, or 0
 */
public record LegacyType(String name, int precision, int scale)
        implements Serializable
{
    public LegacyType
    {
        requireNonNull(name, "name is null");
        name = name.toLowerCase(Locale.ROOT).replaceAll("\\(.*?\\)", "").replaceAll("\\s+", " ").strip();
    }

    public static LegacyType of(String name)
    {
        return new LegacyType(name, 0, 0);
    }

    @Override
    public String toString()
    {
        return name;
    }
}
