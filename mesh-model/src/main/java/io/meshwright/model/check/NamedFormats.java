package io.meshwright.model.check;

import com.google.common.collect.ImmutableMap;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The named formats of texts that are verified, as expressions for the whole value.
 */
final class NamedFormats
{
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final String DATE = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";

    private static final Map<String, String> FORMATS = ImmutableMap.of(
            "email", "[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+",
            "uuid", "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "uri", "[A-Za-z][A-Za-z0-9+.-]*:[^\\s]+",
            "url", "[A-Za-z][A-Za-z0-9+.-]*://[^\\s]+",
            "ipv4", OCTET + "(\\." + OCTET + "){3}",
            "date", DATE,
            "date-time", DATE + "[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])",
            "time", "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?");

    private NamedFormats() {}

    static Optional<String> regex(String format)
    {
        // \A and \z, since $ also stands before a last line end
        return Optional.ofNullable(FORMATS.get(format.toLowerCase(Locale.ROOT))).map(expression -> "\\A(?:" + expression + ")\\z");
    }
}
