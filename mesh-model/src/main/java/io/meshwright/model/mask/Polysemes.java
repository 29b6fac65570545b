package io.meshwright.model.mask;

import com.google.common.io.Resources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The shipped polysemes: field names that mean the same in every domain, so that their masked values join although
 * no contract says so.
 */
public final class Polysemes
{
    private static final Set<String> SHIPPED = load();

    private Polysemes() {}

    public static boolean isShipped(String fieldName)
    {
        return SHIPPED.contains(fieldName.toLowerCase(Locale.ROOT));
    }

    public static Set<String> shipped()
    {
        return SHIPPED;
    }

    private static Set<String> load()
    {
        try {
            return Resources.readLines(Resources.getResource(Polysemes.class, "polysemes.txt"), UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(toImmutableSet());
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
