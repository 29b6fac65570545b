package io.meshwright.cli.trino;

import com.google.common.collect.ImmutableMap;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import static io.meshwright.cli.trino.LocalTrinoSettings.LAKE_CATALOG;
import static io.meshwright.cli.trino.LocalTrinoSettings.MESH_CATALOG;
import static io.meshwright.cli.trino.TrinoFolder.write;
import static java.util.stream.Collectors.joining;

/**
 * Writes the configuration files of a local Trino. Secrets are not written: a file names an environment
 * variable, and {@link #environment} holds its value for the server's process.
 */
final class TrinoConfiguration
{
    private static final Pattern SECRET = Pattern.compile(".*(password|secret|token|credential|access-key|session-key).*");
    private static final String REFERENCE = "file|path";

    private final Map<String, String> environment = new LinkedHashMap<>();
    // tells this server from another one that took the same port first
    private final String serverName = "local_" + UUID.randomUUID().toString().replace("-", "");

    static TrinoConfiguration create(LocalTrinoSettings settings, int port, Path plugins)
    {
        TrinoConfiguration configuration = new TrinoConfiguration();
        configuration.writeAll(settings, port, plugins);
        return configuration;
    }

    Map<String, String> environment()
    {
        return ImmutableMap.copyOf(environment);
    }

    /**
     * What only this start of the server answers to; it is Trino's {@code node.environment}.
     */
    String serverName()
    {
        return serverName;
    }

    private void writeAll(LocalTrinoSettings settings, int port, Path plugins)
    {
        TrinoFolder folder = settings.folder();
        folder.create();
        Path etc = folder.etc();
        write(etc.resolve("config.properties"), properties(ImmutableMap.<String, String>builder()
                .put("node.environment", serverName)
                .put("node.id", "mesh-local")
                .put("node.bind-ip", "127.0.0.1")
                .put("node.internal-address", "127.0.0.1")
                .put("coordinator", "true")
                .put("node-scheduler.include-coordinator", "true")
                .put("http-server.http.port", Integer.toString(port))
                .put("discovery.uri", "http://127.0.0.1:" + port)
                .put("plugin.dir", plugins.toString())
                .put("catalog.config-dir", etc.resolve("catalog").toString())
                .put("access-control.config-files", etc.resolve("access-control.properties").toString())
                .put("event-listener.config-files", etc.resolve("event-listener.properties").toString())
                .put("web-ui.enabled", "false")
                .buildOrThrow()));
        write(etc.resolve("log.properties"), "io.trino=INFO\n");
        write(etc.resolve("access-control.properties"), properties(ImmutableMap.of(
                "access-control.name", "file",
                "security.config-file", etc.resolve("rules.json").toString())));
        write(etc.resolve("rules.json"), AccessRules.json(MESH_CATALOG, LAKE_CATALOG, settings.legacyCatalogs()));
        write(etc.resolve("group-provider.properties"), properties(ImmutableMap.of(
                "group-provider.name", "mesh-file",
                "group-file", etc.resolve("groups.txt").toString())));
        write(etc.resolve("groups.txt"), TrinoUser.groupFile(settings.users()));
        Path meshCatalog = etc.resolve("catalog").resolve(MESH_CATALOG + ".properties");
        write(etc.resolve("event-listener.properties"), properties(ImmutableMap.<String, String>builder()
                .put("event-listener.name", "mesh")
                .put("mesh.catalog-file", meshCatalog.toString())
                .put("mesh.usage.spool-directory", folder.root().resolve("usage").toString())
                .put("mesh.usage.node", "mesh-local")
                .put("mesh.usage.producer-catalogs", LAKE_CATALOG)
                // who tries something out wants to see it soon
                .put("mesh.usage.batch-interval", "2s")
                .put("mesh.usage.heartbeat-interval", "1m")
                .put("mesh.usage.shutdown-timeout", "5s")
                .buildOrThrow()));
        folder.deleteCatalogs();
        Map<String, String> meshProperties = new LinkedHashMap<>(settings.meshProperties());
        if (!settings.legacyCatalogs().isEmpty()) {
            meshProperties.put("mesh.legacy-catalogs", settings.legacyCatalogs().stream().map(legacy -> legacy.name() + ":" + legacy.name() + "." + legacy.schema()).collect(joining(",")));
            // of all warehouses together; which of them a group reads is decided by the access rules
            meshProperties.put("mesh.legacy-reader-groups", settings.legacyCatalogs().stream().flatMap(legacy -> legacy.groups().stream()).distinct().collect(joining(",")));
        }
        write(meshCatalog, catalog("mesh", meshProperties));
        settings.legacyCatalogs().forEach(legacy -> write(etc.resolve("catalog").resolve(legacy.name() + ".properties"), catalog(LegacyCatalog.CONNECTOR, legacy.properties())));
        write(etc.resolve("catalog").resolve(LAKE_CATALOG + ".properties"), catalog("iceberg", settings.icebergProperties()));
    }

    private String catalog(String connector, Map<String, String> properties)
    {
        Map<String, String> catalog = new LinkedHashMap<>();
        catalog.put("connector.name", connector);
        properties.forEach((key, value) -> catalog.put(key, isSecret(key) ? reference(value) : escapeReferences(value)));
        return properties(catalog);
    }

    private static boolean isSecret(String key)
    {
        String lowerCase = key.toLowerCase(Locale.ROOT);
        return SECRET.matcher(lowerCase).matches() && !lowerCase.matches(".*(" + REFERENCE + ")$");
    }

    private String reference(String value)
    {
        String name = "MESH_LOCAL_SECRET_" + (environment.size() + 1);
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            if (entry.getValue().equals(value)) {
                return "${ENV:" + entry.getKey() + "}";
            }
        }
        environment.put(name, value);
        return "${ENV:" + name + "}";
    }

    /**
     * A value that looks like a reference goes through the environment as well, so that Trino takes it as it is.
     */
    private String escapeReferences(String value)
    {
        return value.contains("${") ? reference(value) : value;
    }

    static String properties(Map<String, String> properties)
    {
        StringBuilder text = new StringBuilder();
        properties.forEach((key, value) -> text.append(key).append('=').append(escape(value)).append('\n'));
        return text.toString();
    }

    private static String escape(String value)
    {
        StringBuilder escaped = new StringBuilder();
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            switch (character) {
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case ' ' -> escaped.append(index == 0 ? "\\ " : " ");
                default -> {
                    if (character < 0x20 || character > 0x7E) {
                        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
                    }
                    else {
                        escaped.append(character);
                    }
                }
            }
        }
        return escaped.toString();
    }
}
