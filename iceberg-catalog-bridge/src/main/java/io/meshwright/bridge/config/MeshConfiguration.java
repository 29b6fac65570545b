package io.meshwright.bridge.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.model.finding.Parsed;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What {@code mesh.yaml}, variables and flags say together: a flag wins over a {@code MESH_*} variable, that over {@code ./mesh.yaml}
 * (or the file in {@code MESH_CONFIG}), that over {@code ~/.config/mesh/config.yaml}, that over the default.
 *
 * @param environment masks are lifted for cleared readers in {@code production} only
 * @param domains the only domains there may be; empty when a first product creates its domain
 * @param legacy legacy warehouses by name
 * @param userGroups users of a local Trino with their groups
 * @param alerts who is told when a promise is broken
 * @param values every setting in force with its origin, for people; secrets are masked
 */
public record MeshConfiguration(
        CatalogSettings catalog,
        TrinoSettings trino,
        String environment,
        List<String> domains,
        Map<String, LegacySettings> legacy,
        Map<String, Set<String>> userGroups,
        AlertSettings alerts,
        List<EffectiveValue> values)
{
    public MeshConfiguration
    {
        requireNonNull(catalog, "catalog is null");
        requireNonNull(trino, "trino is null");
        requireNonNull(environment, "environment is null");
        domains = ImmutableList.copyOf(domains);
        legacy = ImmutableMap.copyOf(legacy);
        userGroups = ImmutableMap.copyOf(userGroups);
        requireNonNull(alerts, "alerts is null");
        values = ImmutableList.copyOf(values);
    }

    /**
     * Reads all sources. Findings are about files by line, or about a variable or flag by its name.
     */
    public static Parsed<MeshConfiguration> load(ConfigurationSources sources)
    {
        return new ConfigurationLoader(sources).load();
    }

    public boolean isProduction()
    {
        return environment.equals("production");
    }

    public Optional<LegacySettings> legacyWarehouse(String name)
    {
        return Optional.ofNullable(legacy.get(name));
    }
}
