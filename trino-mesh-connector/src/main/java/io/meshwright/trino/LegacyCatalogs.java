package io.meshwright.trino;

import com.google.common.collect.ImmutableMap;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which catalog of the same Trino each legacy warehouse is.
 *
 * @param byReference the catalog by the warehouse's name, in lower case
 */
public record LegacyCatalogs(Map<String, String> byReference)
{
    public static final String PROPERTY = "mesh.legacy-catalogs";
    /**
     * Where a legacy table lies whose name has no schema.
     */
    public static final String DEFAULT_SCHEMA = "public";

    public LegacyCatalogs
    {
        byReference = ImmutableMap.copyOf(byReference);
    }

    /**
     * @param entries of the form {@code warehouse:catalog}
     */
    public static LegacyCatalogs of(List<String> entries)
    {
        ImmutableMap.Builder<String, String> catalogs = ImmutableMap.builder();
        for (String entry : entries) {
            if (!entry.matches("[A-Za-z_][A-Za-z0-9_-]*:[a-z_][a-z0-9_-]*")) {
                throw new IllegalArgumentException("%s has \"%s\": write the name of a legacy warehouse, a colon and the catalog of this Trino that shows it, for example legacy_warehouse:legacy_warehouse".formatted(PROPERTY, entry));
            }
            catalogs.put(entry.substring(0, entry.indexOf(':')).toLowerCase(Locale.ROOT), entry.substring(entry.indexOf(':') + 1));
        }
        return new LegacyCatalogs(catalogs.buildOrThrow());
    }

    /**
     * The warehouse that a catalog shows.
     */
    public Optional<String> reference(String catalog)
    {
        return byReference.entrySet().stream().filter(entry -> entry.getValue().equals(catalog)).map(Map.Entry::getKey).findFirst();
    }

    Optional<String> catalog(String reference)
    {
        return Optional.ofNullable(byReference.get(reference));
    }
}
