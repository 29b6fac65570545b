package io.meshwright.cli.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What a local Trino is started with.
 *
 * @param folder for configuration, log and state
 * @param meshProperties of the catalog {@code mesh}, without {@code connector.name}
 * @param icebergProperties of the raw catalog {@code lake}, without {@code connector.name}
 * @param legacyCatalogs of legacy warehouses
 * @param users with their groups
 * @param port a fixed one; without it 8080 or, where that is taken, a free one
 */
public record LocalTrinoSettings(
        TrinoFolder folder,
        Map<String, String> meshProperties,
        Map<String, String> icebergProperties,
        List<LegacyCatalog> legacyCatalogs,
        List<TrinoUser> users,
        OptionalInt port)
{
    public static final String MESH_CATALOG = "mesh";
    public static final String LAKE_CATALOG = "lake";

    public LocalTrinoSettings
    {
        requireNonNull(folder, "folder is null");
        meshProperties = ImmutableMap.copyOf(meshProperties);
        icebergProperties = ImmutableMap.copyOf(icebergProperties);
        legacyCatalogs = ImmutableList.copyOf(legacyCatalogs);
        users = ImmutableList.copyOf(users);
        requireNonNull(port, "port is null");
        checkArgument(port.isEmpty() || (port.orElseThrow() > 0 && port.orElseThrow() <= 65535), "Invalid port: %s", port);
    }

    public static TrinoFolder folderBelow(Path meshFolder)
    {
        return new TrinoFolder(meshFolder.resolve("trino"));
    }
}
