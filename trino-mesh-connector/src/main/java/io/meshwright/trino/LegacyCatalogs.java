package io.meshwright.trino;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Which catalog of the same Trino each legacy warehouse is, and who reads legacy tables by the names that the mesh gives them.
 *
 * @param byReference the place by the warehouse's name, in lower case
 * @param readerGroups groups whose members read legacy tables, in which nothing is masked
 */
public record LegacyCatalogs(Map<String, Place> byReference, Set<String> readerGroups)
{
    public static final String PROPERTY = "mesh.legacy-catalogs";
    public static final String READER_GROUPS_PROPERTY = "mesh.legacy-reader-groups";
    private static final String DEFAULT_SCHEMA = "public";
    private static final Pattern ENTRY = Pattern.compile("(?<warehouse>[A-Za-z_][A-Za-z0-9_-]*):(?<catalog>[a-z_][a-z0-9_-]*)(?:\\.(?<schema>[a-z_][a-z0-9_$]*))?");

    /**
     * @param schema where a legacy table lies whose name has no schema
     */
    public record Place(String catalog, String schema)
    {
        public Place
        {
            requireNonNull(catalog, "catalog is null");
            requireNonNull(schema, "schema is null");
        }
    }

    public LegacyCatalogs
    {
        byReference = ImmutableMap.copyOf(byReference);
        readerGroups = ImmutableSet.copyOf(readerGroups);
    }

    /**
     * @param entries of the form {@code warehouse:catalog} or {@code warehouse:catalog.schema}
     */
    public static LegacyCatalogs of(List<String> entries, Collection<String> readerGroups)
    {
        ImmutableMap.Builder<String, Place> places = ImmutableMap.builder();
        for (String entry : entries) {
            Matcher matcher = ENTRY.matcher(entry);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("%s has \"%s\": write the name of a legacy warehouse, a colon and the catalog of this Trino that shows it, for example legacy_warehouse:legacy_warehouse, and a dot and a schema where its tables do not lie in %s"
                        .formatted(PROPERTY, entry, DEFAULT_SCHEMA));
            }
            places.put(matcher.group("warehouse").toLowerCase(Locale.ROOT), new Place(matcher.group("catalog"), Optional.ofNullable(matcher.group("schema")).orElse(DEFAULT_SCHEMA)));
        }
        return new LegacyCatalogs(places.buildOrThrow(), ImmutableSet.copyOf(readerGroups));
    }

    public Set<String> catalogs()
    {
        return byReference.values().stream().map(Place::catalog).collect(toImmutableSet());
    }

    /**
     * The warehouse that a catalog shows.
     */
    public Optional<String> reference(String catalog)
    {
        return byReference.entrySet().stream().filter(entry -> entry.getValue().catalog().equals(catalog)).map(Map.Entry::getKey).findFirst();
    }

    Optional<Place> place(String reference)
    {
        return Optional.ofNullable(byReference.get(reference));
    }
}
