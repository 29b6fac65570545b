package io.meshwright.cli.command;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.config.EngineProperties;
import io.meshwright.bridge.config.MeshConfiguration;
import io.meshwright.bridge.config.TrinoSettings;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.trino.KeyRingFile;
import io.meshwright.cli.trino.LegacyCatalog;
import io.meshwright.cli.trino.LocalTrinoSettings;
import io.meshwright.cli.trino.TrinoFolder;
import io.meshwright.cli.trino.TrinoUser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The local Trino of the current folder, as the configuration describes it.
 */
public final class LocalTrinos
{
    private LocalTrinos() {}

    public static TrinoFolder folder(CommandContext context)
    {
        return LocalTrinoSettings.folderBelow(meshFolder(context));
    }

    private static Path meshFolder(CommandContext context)
    {
        return context.workingDirectory().resolve(".mesh");
    }

    /**
     * What a local Trino on the configured catalog is started with; makes the key ring of the masks where there is none yet.
     */
    public static LocalTrinoSettings settings(CommandContext context, OptionalInt port)
    {
        MeshConfiguration configuration = Configurations.load(context);
        // makes the embedded catalog where there is none yet, and finds one that does not answer before a server starts
        CatalogSettings catalog;
        try (MeshCatalog opened = IcebergCatalogs.open(configuration.catalog())) {
            catalog = opened.settings();
        }
        Map<String, List<String>> groups = new LinkedHashMap<>();
        configuration.userGroups().forEach((user, names) -> groups.put(user, ImmutableList.copyOf(names)));
        return settings(context, configuration, catalog, TrinoUser.of(groups), port);
    }

    /**
     * The same with other users than the configured ones.
     */
    public static LocalTrinoSettings settings(CommandContext context, MeshConfiguration configuration, List<TrinoUser> users, OptionalInt port)
    {
        return settings(context, configuration, configuration.catalog(), users, port);
    }

    private static LocalTrinoSettings settings(CommandContext context, MeshConfiguration configuration, CatalogSettings catalog, List<TrinoUser> users, OptionalInt port)
    {
        Map<String, String> iceberg = EngineProperties.trinoIcebergProperties(catalog);
        Path keyRing = KeyRingFile.ensure(keyRingFile(context));
        Map<String, String> mesh = ImmutableMap.<String, String>builder()
                .putAll(iceberg)
                .put("mesh.token.key-file", keyRing.toString())
                .put("mesh.environment", configuration.environment())
                .buildOrThrow();
        return new LocalTrinoSettings(folder(context), mesh, iceberg, LegacyCatalog.of(configuration, context.console()), users, port);
    }

    /**
     * The key ring of the local Trino; empty before its first start.
     */
    static Optional<Path> keyRing(CommandContext context)
    {
        return Optional.of(keyRingFile(context)).filter(Files::isRegularFile);
    }

    private static Path keyRingFile(CommandContext context)
    {
        return meshFolder(context).resolve("mask-keys");
    }

    /**
     * The Trino that the configuration names; empty when it names none.
     */
    static Optional<TrinoSettings> configuredTrino(MeshConfiguration configuration)
    {
        boolean named = configuration.values().stream().anyMatch(value -> value.name().equals("trino.uri") && !value.origin().equals("default"));
        return named ? Optional.of(configuration.trino()) : Optional.empty();
    }
}
