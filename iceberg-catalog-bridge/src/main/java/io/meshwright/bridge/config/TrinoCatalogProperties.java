package io.meshwright.bridge.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.catalog.CatalogRule;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.model.finding.MeshException;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * The catalog that a catalog file of Trino's connectors {@code iceberg} and {@code mesh} names, in the words of Iceberg: the way back
 * from {@link EngineProperties}.
 *
 * @param settings what the file says, with the overrides laid over it
 * @param driver the JDBC driver's class, for a JDBC catalog
 * @param untranslated properties about the catalog or its storage that have no known counterpart
 */
public record TrinoCatalogProperties(CatalogSettings settings, Optional<String> driver, List<String> untranslated)
{
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-zA-Z]+):([^}]*)}");
    private static final Map<String, String> STORAGE = ImmutableMap.of(
            "s3.endpoint", "s3.endpoint",
            "s3.aws-access-key", "s3.access-key-id",
            "s3.aws-secret-key", "s3.secret-access-key",
            "s3.path-style-access", "s3.path-style-access",
            "s3.region", "client.region");
    private static final Map<String, String> JDBC = ImmutableMap.of(
            "iceberg.jdbc-catalog.connection-user", "jdbc.user",
            "iceberg.jdbc-catalog.connection-password", "jdbc.password",
            "iceberg.jdbc-catalog.schema-version", "jdbc.schema-version");
    private static final Map<String, String> REST = ImmutableMap.of(
            "iceberg.rest-catalog.prefix", "prefix",
            "iceberg.rest-catalog.oauth2.credential", "credential",
            "iceberg.rest-catalog.oauth2.token", "token",
            "iceberg.rest-catalog.oauth2.scope", "scope",
            "iceberg.rest-catalog.oauth2.server-uri", "oauth2-server-uri");
    private static final Map<String, String> NESSIE = ImmutableMap.of(
            "iceberg.nessie-catalog.ref", "ref",
            "iceberg.nessie-catalog.authentication.token", "authentication.token");
    private static final Map<String, String> GLUE = ImmutableMap.of(
            "hive.metastore.glue.region", "client.region",
            "hive.metastore.glue.endpoint-url", "glue.endpoint",
            "hive.metastore.glue.catalogid", "glue.id");
    private static final List<String> ABOUT_ACCESS = ImmutableList.of(
            "s3.", "iceberg.jdbc-catalog.", "iceberg.rest-catalog.", "iceberg.nessie-catalog.", "hive.metastore.");
    // what only matters to Trino
    private static final Set<String> IRRELEVANT = Set.of(
            "iceberg.nessie-catalog.authentication.type",
            "iceberg.rest-catalog.security",
            "iceberg.rest-catalog.session",
            "iceberg.rest-catalog.view-endpoints-enabled",
            "iceberg.rest-catalog.nested-namespace-enabled",
            "iceberg.rest-catalog.case-insensitive-name-matching",
            "iceberg.jdbc-catalog.retryable-status-codes");

    public TrinoCatalogProperties
    {
        requireNonNull(settings, "settings is null");
        requireNonNull(driver, "driver is null");
        untranslated = ImmutableList.copyOf(untranslated);
    }

    /**
     * @param trino of the catalog file, with references to variables such as <code>${ENV:NAME}</code>
     * @param overrides in Iceberg's own words: {@code name}, {@code type}, {@code uri}, {@code warehouse}, and properties
     * @throws MeshException when the file names no catalog that is known, or a variable that is not set
     */
    public static TrinoCatalogProperties of(Map<String, String> trino, Map<String, String> overrides, Map<String, String> environment)
    {
        Translation translation = new Translation(resolve(trino, environment));
        String type = overrides.getOrDefault("type", translation.type());
        translation.translate(type);
        Map<String, String> properties = new HashMap<>(translation.properties);
        overrides.forEach((key, value) -> {
            if (!Set.of("name", "type", "uri", "warehouse").contains(key)) {
                properties.put(key, value);
            }
        });
        CatalogSettings settings = new CatalogSettings(
                overrides.getOrDefault("name", translation.name),
                type,
                Optional.ofNullable(overrides.get("uri")).or(() -> translation.uri),
                Optional.ofNullable(overrides.get("warehouse")).or(() -> translation.warehouse),
                properties,
                false);
        return new TrinoCatalogProperties(settings, translation.driver, translation.untranslated());
    }

    private static Map<String, String> resolve(Map<String, String> trino, Map<String, String> environment)
    {
        ImmutableMap.Builder<String, String> resolved = ImmutableMap.builder();
        trino.forEach((key, value) -> resolved.put(key, VARIABLE.matcher(value).replaceAll(reference -> Matcher.quoteReplacement(variable(key, reference.group(1), reference.group(2), environment)))));
        return resolved.buildOrThrow();
    }

    private static String variable(String key, String provider, String name, Map<String, String> environment)
    {
        if (!provider.equalsIgnoreCase("ENV")) {
            throw new MeshException(
                    CatalogRule.BAD_SETTINGS,
                    USER,
                    "Property %s of the catalog file is a secret of the provider %s, which only Trino itself can ask".formatted(key, provider),
                    "Give the value to the event listener in its own file, in Iceberg's words, for example  mesh.catalog.jdbc.password=${%s:%s}".formatted(provider, name));
        }
        return Optional.ofNullable(environment.get(name)).orElseThrow(() -> new MeshException(
                CatalogRule.BAD_SETTINGS,
                USER,
                "Property %s of the catalog file refers to the variable %s, which is not set".formatted(key, name),
                "Set the variable for Trino's process"));
    }

    private static final class Translation
    {
        private final Map<String, String> trino;
        private final Set<String> used = new HashSet<>();
        private final Map<String, String> properties = new HashMap<>();
        private String name = "mesh";
        private Optional<String> uri = Optional.empty();
        private Optional<String> warehouse = Optional.empty();
        private Optional<String> driver = Optional.empty();

        private Translation(Map<String, String> trino)
        {
            this.trino = trino;
        }

        private String type()
        {
            String type = trino.getOrDefault("iceberg.catalog.type", "hive_metastore");
            return type.equals("hive_metastore") ? "hive" : type;
        }

        private void translate(String type)
        {
            switch (type) {
                case "jdbc" -> {
                    take("iceberg.jdbc-catalog.catalog-name").ifPresent(value -> name = value);
                    uri = take("iceberg.jdbc-catalog.connection-url");
                    warehouse = take("iceberg.jdbc-catalog.default-warehouse-dir");
                    driver = take("iceberg.jdbc-catalog.driver-class");
                    copy(JDBC);
                }
                case "rest" -> {
                    uri = take("iceberg.rest-catalog.uri");
                    warehouse = take("iceberg.rest-catalog.warehouse");
                    copy(REST);
                    take("iceberg.rest-catalog.vended-credentials-enabled")
                            .filter("true"::equals)
                            .ifPresent(enabled -> properties.put("header.X-Iceberg-Access-Delegation", "vended-credentials"));
                }
                case "nessie" -> {
                    uri = take("iceberg.nessie-catalog.uri");
                    warehouse = take("iceberg.nessie-catalog.default-warehouse-dir");
                    copy(NESSIE);
                    if (properties.containsKey("authentication.token")) {
                        properties.put("authentication.type", "BEARER");
                    }
                }
                case "glue" -> {
                    warehouse = take("hive.metastore.glue.default-warehouse-dir");
                    copy(GLUE);
                }
                case "hive" -> {
                    uri = take("hive.metastore.uri");
                }
                default -> {
                    if (!type.contains(".")) {
                        throw new MeshException(
                                CatalogRule.BAD_SETTINGS,
                                USER,
                                "The catalog file has iceberg.catalog.type=%s, which the event listener cannot open".formatted(type),
                                "Name the catalog to the event listener in Iceberg's own words: mesh.catalog.type, mesh.catalog.uri, mesh.catalog.warehouse");
                    }
                }
            }
            copy(STORAGE);
        }

        private List<String> untranslated()
        {
            return trino.keySet().stream()
                    .filter(key -> ABOUT_ACCESS.stream().anyMatch(key::startsWith))
                    .filter(key -> !used.contains(key) && !IRRELEVANT.contains(key))
                    .sorted()
                    .collect(toImmutableList());
        }

        private void copy(Map<String, String> names)
        {
            names.forEach((from, to) -> take(from).ifPresent(value -> properties.put(to, value)));
        }

        private Optional<String> take(String key)
        {
            used.add(key);
            return Optional.ofNullable(trino.get(key));
        }
    }
}
