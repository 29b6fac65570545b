package io.meshwright.cli.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.config.LegacySettings;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.cli.CliRule;
import io.meshwright.cli.output.Console;
import io.meshwright.model.finding.MeshException;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static io.meshwright.cli.trino.LocalTrinoSettings.LAKE_CATALOG;
import static io.meshwright.cli.trino.LocalTrinoSettings.MESH_CATALOG;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * A legacy warehouse as a catalog of the local Trino. Nothing in it is masked, so only producers and the groups named for it read it.
 *
 * @param name of the warehouse and of its catalog
 * @param schema where a table lies whose name has no schema
 * @param properties without {@code connector.name}
 * @param groups that read it
 */
public record LegacyCatalog(String name, String schema, Map<String, String> properties, List<String> groups)
{
    static final String CONNECTOR = "legacy_postgresql";
    // of the driver: the schemas in which the database looks for names
    private static final Pattern SEARCH_PATH = Pattern.compile("[?&]currentSchema=(?<schema>[A-Za-z_][A-Za-z0-9_$]*)");
    private static final String DEFAULT_SCHEMA = "public";
    private static final Set<String> TAKEN = Set.of(MESH_CATALOG, LAKE_CATALOG, "system");

    public LegacyCatalog
    {
        requireNonNull(name, "name is null");
        requireNonNull(schema, "schema is null");
        properties = ImmutableMap.copyOf(properties);
        groups = ImmutableList.copyOf(groups);
    }

    /**
     * Those of the configuration that are PostgreSQL databases.
     */
    public static List<LegacyCatalog> of(MeshConfiguration configuration, Console console)
    {
        ImmutableList.Builder<LegacyCatalog> catalogs = ImmutableList.builder();
        for (LegacySettings settings : configuration.legacy().values()) {
            String name = settings.name().toLowerCase(Locale.ROOT);
            if (!settings.url().startsWith("jdbc:postgresql:")) {
                console.info("%s is not shown in Trino: it is no PostgreSQL database".formatted(settings.name()));
            }
            else if (TAKEN.contains(name) || !name.matches("[a-z][a-z0-9_]*")) {
                throw new MeshException(CliRule.USAGE, USER, "legacy.%s cannot be a catalog of that name".formatted(settings.name()), "name it with letters, digits and underscores, and neither mesh, lake nor system");
            }
            else {
                catalogs.add(of(settings, name));
            }
        }
        return catalogs.build();
    }

    private static LegacyCatalog of(LegacySettings settings, String name)
    {
        ImmutableMap.Builder<String, String> properties = ImmutableMap.builder();
        properties.put("connection-url", settings.url());
        settings.user().ifPresent(user -> properties.put("connection-user", user));
        settings.resolvePassword().ifPresent(password -> properties.put("connection-password", password));
        Matcher searchPath = SEARCH_PATH.matcher(settings.url());
        return new LegacyCatalog(
                name,
                searchPath.find() ? searchPath.group("schema").toLowerCase(Locale.ROOT) : DEFAULT_SCHEMA,
                properties.buildOrThrow(),
                Stream.concat(Stream.of(TrinoUser.PRODUCERS), settings.trinoGroups().stream()).distinct().toList());
    }
}
