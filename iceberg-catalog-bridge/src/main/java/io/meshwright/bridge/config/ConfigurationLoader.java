package io.meshwright.bridge.config;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.product.ProductAddress;
import io.meshwright.model.yaml.DidYouMean;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * Lays the sources of a configuration over each other and gives the result its types.
 */
final class ConfigurationLoader
{
    private static final List<String> SIMPLE_SETTINGS = List.of(
            "catalog.name", "catalog.type", "catalog.uri", "catalog.warehouse", "trino.uri", "trino.catalog", "environment", "domains");
    private static final String CONFIG_VARIABLE = "MESH_CONFIG";
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String PROPERTIES = "catalog.properties.";

    private final ConfigurationSources sources;
    private final Findings findings = new Findings();
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    ConfigurationLoader(ConfigurationSources sources)
    {
        this.sources = sources;
    }

    Parsed<MeshConfiguration> load()
    {
        // from the weakest to the strongest
        Path userFile = sources.home().resolve(".config").resolve("mesh").resolve("config.yaml");
        if (Files.exists(userFile)) {
            settings.putAll(SettingsFile.read(userFile, findings));
        }
        projectFile().ifPresent(file -> settings.putAll(SettingsFile.read(file, findings)));
        readVariables();
        sources.flags().forEach((name, value) -> putText(name, value, "--" + name.replace('.', '-')));
        if (findings.hasErrors()) {
            return new Parsed<>(Optional.empty(), findings.sorted());
        }
        boolean embedded = putDefaults();
        CatalogSettings catalog = catalog(embedded);
        TrinoSettings trino = new TrinoSettings(trinoUri(), text("trino.catalog"));
        List<String> domains = domains();
        Map<String, LegacySettings> legacy = legacy();
        AlertSettings alerts = new AlertSection(settings, sources.environment(), findings).read();
        MeshConfiguration configuration = new MeshConfiguration(catalog, trino, text("environment"), domains, legacy, userGroups(), alerts, effectiveValues());
        return new Parsed<>(findings.hasErrors() ? Optional.empty() : Optional.of(configuration), findings.sorted());
    }

    private Optional<Path> projectFile()
    {
        String named = sources.environment().get(CONFIG_VARIABLE);
        if (named == null || named.isBlank()) {
            return Optional.of(sources.workingDirectory().resolve("mesh.yaml")).filter(Files::exists);
        }
        Path file = sources.workingDirectory().resolve(named);
        if (!Files.exists(file)) {
            findings.add(ConfigRule.FILE_MISSING, SourceLocation.startOf(file.toString()), "", "there is no such file, although MESH_CONFIG names it", "correct or unset MESH_CONFIG");
            return Optional.empty();
        }
        return Optional.of(file);
    }

    private void readVariables()
    {
        Map<String, String> names = new TreeMap<>();
        for (String setting : SIMPLE_SETTINGS) {
            names.put("MESH_" + setting.replace('.', '_').toUpperCase(Locale.ROOT), setting);
        }
        sources.environment().forEach((variable, value) -> {
            if (names.containsKey(variable)) {
                if (!value.isBlank()) {
                    putText(names.get(variable), value, variable);
                }
            }
            else if (variable.startsWith("MESH_") && !variable.equals(CONFIG_VARIABLE)) {
                // other MESH_ variables are not ours to judge, unless one looks like a misspelt one
                DidYouMean.suggest(variable, names.keySet()).ifPresent(meant -> findings.add(
                        ConfigRule.UNKNOWN_VARIABLE, SourceLocation.startOf(variable), "", "variable %s is not known, did you mean %s?".formatted(variable, meant), "rename it to " + meant));
            }
        });
    }

    private void putText(String name, String value, String origin)
    {
        boolean list = name.equals("domains");
        List<String> values = list ? Splitter.on(',').trimResults().omitEmptyStrings().splitToList(value) : List.of(value);
        settings.put(name, new Setting(name, values, list, origin, SourceLocation.startOf(origin), sources.workingDirectory()));
    }

    /**
     * @return whether the catalog is the embedded one, which nobody configured
     */
    private boolean putDefaults()
    {
        boolean embedded = !settings.containsKey("catalog.uri") && !settings.containsKey("catalog.type");
        Path folder = sources.workingDirectory().resolve(".mesh");
        putDefault("catalog.name", "mesh");
        if (embedded) {
            putDefault("catalog.type", "jdbc");
            putDefault("catalog.uri", SQLITE + folder.resolve("catalog.db"));
            putDefault("catalog.warehouse", LocalFileIO.toLocation(folder.resolve("warehouse")));
        }
        else if (!settings.containsKey("catalog.type")) {
            putDefault("catalog.type", text("catalog.uri").startsWith("jdbc:") ? "jdbc" : "rest");
        }
        putDefault("trino.uri", "http://localhost:8080");
        putDefault("trino.catalog", "mesh");
        // whoever does not say where this is gets no clear values
        putDefault("environment", "development");
        return embedded;
    }

    private void putDefault(String name, String value)
    {
        settings.putIfAbsent(name, new Setting(name, List.of(value), false, "default", SourceLocation.startOf("default"), sources.workingDirectory()));
    }

    private CatalogSettings catalog(boolean embedded)
    {
        ImmutableMap.Builder<String, String> properties = ImmutableMap.builder();
        settings.forEach((name, setting) -> {
            if (name.startsWith(PROPERTIES)) {
                properties.put(name.substring(PROPERTIES.length()), property(setting));
            }
        });
        return new CatalogSettings(
                text("catalog.name"),
                text("catalog.type"),
                Optional.ofNullable(settings.get("catalog.uri")).map(this::catalogUri),
                Optional.ofNullable(settings.get("catalog.warehouse")).map(this::warehouse),
                properties.buildOrThrow(),
                embedded);
    }

    private String property(Setting setting)
    {
        if (!SecretReference.isSecretName(setting.name())) {
            return expand(setting);
        }
        if (setting.origin().matches(".*:[0-9]+") && !SecretReference.isReference(setting.value())) {
            findings.add(ConfigRule.PLAIN_SECRET, setting.location(), setting.name(), "%s is written in clear".formatted(setting.name()), "write ${VARIABLE} or file:PATH instead");
        }
        try {
            return SecretReference.of(setting.value(), setting.base(), sources.environment()).resolve();
        }
        catch (MeshException e) {
            findings.add(ConfigRule.REFERENCE, setting.location(), setting.name(), e.getMessage(), e.fix());
            return "";
        }
    }

    /**
     * A relative SQLite path is meant from the file that names it.
     */
    private String catalogUri(Setting setting)
    {
        String uri = expand(setting);
        if (!uri.startsWith(SQLITE)) {
            return uri;
        }
        String file = uri.substring(SQLITE.length());
        if (file.isEmpty() || file.startsWith(":") || file.startsWith("file:")) {
            findings.add(ConfigRule.INVALID_VALUE, setting.location(), setting.name(), "%s names no database file".formatted(uri), "write  uri: jdbc:sqlite:/path/to/catalog.db");
            return uri;
        }
        return SQLITE + setting.base().resolve(file).normalize();
    }

    private String warehouse(Setting setting)
    {
        String warehouse = expand(setting);
        if (warehouse.startsWith("file:")) {
            return warehouse.startsWith("file:///") || warehouse.startsWith("file://") ? warehouse : "file://" + warehouse.substring("file:".length());
        }
        // a Glue or REST warehouse can be a mere name; a path shows itself by its slash
        boolean path = warehouse.startsWith("/") || warehouse.startsWith("./") || warehouse.startsWith("../") || (text("catalog.type").equals("jdbc") && !warehouse.contains("://"));
        return path ? LocalFileIO.toLocation(setting.base().resolve(warehouse)) : warehouse;
    }

    private URI trinoUri()
    {
        Setting setting = settings.get("trino.uri");
        String text = expand(setting);
        try {
            URI uri = URI.create(text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        }
        catch (IllegalArgumentException e) {
            // reported like a URI of another kind
        }
        findings.add(ConfigRule.INVALID_VALUE, setting.location(), setting.name(), "%s is not the address of a Trino server".formatted(text), "write  uri: http://host:8080");
        return URI.create("http://localhost:8080");
    }

    private List<String> domains()
    {
        Setting setting = settings.get("domains");
        if (setting == null) {
            return List.of();
        }
        for (String domain : setting.values()) {
            if (!ProductAddress.isValidName(domain)) {
                findings.add(ConfigRule.INVALID_VALUE, setting.location(), setting.name(), "%s is not a domain name".formatted(domain), "use lower-case letters, digits and single hyphens, for example  order-management");
            }
        }
        return setting.values();
    }

    private Map<String, LegacySettings> legacy()
    {
        ImmutableMap.Builder<String, LegacySettings> legacy = ImmutableMap.builder();
        for (String name : names("legacy.", ".url")) {
            String prefix = "legacy." + name + ".";
            Setting url = settings.get(prefix + "url");
            if (!url.value().startsWith("jdbc:")) {
                findings.add(ConfigRule.INVALID_VALUE, url.location(), url.name(), "%s is not a JDBC URL".formatted(url.value()), "write  url: jdbc:postgresql://host/database");
            }
            Optional<Setting> password = Optional.ofNullable(settings.get(prefix + "password"));
            Optional<Setting> passwordFile = Optional.ofNullable(settings.get(prefix + "password-file"));
            if (password.isPresent() && passwordFile.isPresent()) {
                findings.add(ConfigRule.INVALID_VALUE, password.orElseThrow().location(), password.orElseThrow().name(), "legacy.%s has both password and password-file".formatted(name), "keep password-file");
            }
            Optional<SecretReference> secret = password
                    .map(setting -> SecretReference.of(setting.value(), setting.base(), sources.environment()))
                    .or(() -> passwordFile.map(setting -> SecretReference.ofFile(setting.base().resolve(expand(setting)))));
            password.filter(setting -> !SecretReference.isReference(setting.value())).ifPresent(setting -> findings.add(
                    ConfigRule.PLAIN_SECRET, setting.location(), setting.name(), "%s is written in clear".formatted(setting.name()), "write it to a file of its own and name that by  password-file:"));
            legacy.put(name, new LegacySettings(
                    name,
                    expand(url),
                    Optional.ofNullable(settings.get(prefix + "user")).map(this::expand),
                    secret,
                    Optional.ofNullable(settings.get(prefix + "pause-file")).map(setting -> setting.base().resolve(expand(setting))),
                    Optional.ofNullable(settings.get(prefix + "decommission-user")).map(this::expand),
                    Optional.ofNullable(settings.get(prefix + "decommission-password-file")).map(setting -> SecretReference.ofFile(setting.base().resolve(expand(setting)))),
                    Optional.ofNullable(settings.get(prefix + "trino-groups")).map(Setting::values).orElse(List.of())));
        }
        return legacy.buildOrThrow();
    }

    private Map<String, Set<String>> userGroups()
    {
        ImmutableMap.Builder<String, Set<String>> users = ImmutableMap.builder();
        for (String name : names("users.", ".groups")) {
            users.put(name, ImmutableSet.copyOf(settings.get("users." + name + ".groups").values()));
        }
        return users.buildOrThrow();
    }

    private Set<String> names(String prefix, String suffix)
    {
        return settings.keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.endsWith(suffix))
                .map(name -> name.substring(prefix.length(), name.length() - suffix.length()))
                .collect(toImmutableSet());
    }

    private String text(String name)
    {
        return expand(settings.get(name));
    }

    private String expand(Setting setting)
    {
        try {
            return SecretReference.expand(setting.value(), sources.environment());
        }
        catch (MeshException e) {
            findings.add(ConfigRule.REFERENCE, setting.location(), setting.name(), e.getMessage(), e.fix());
            return setting.value();
        }
    }

    private List<EffectiveValue> effectiveValues()
    {
        Map<String, EffectiveValue> values = new HashMap<>();
        settings.forEach((name, setting) -> values.put(name, new EffectiveValue(name, shown(setting), setting.isList(), setting.origin())));
        return values.values().stream()
                .sorted((left, right) -> left.name().compareTo(right.name()))
                .collect(toImmutableList());
    }

    private List<String> shown(Setting setting)
    {
        Optional<List<String>> ofAlerts = AlertSection.shown(setting);
        if (ofAlerts.isPresent()) {
            return ofAlerts.orElseThrow();
        }
        if (setting.isList()) {
            return setting.values();
        }
        if (setting.name().endsWith(".password-file")) {
            return setting.values();
        }
        if (SecretReference.isSecretName(setting.name())) {
            return List.of("***");
        }
        String value = setting.name().equals("catalog.uri") ? catalogUri(setting) : setting.name().equals("catalog.warehouse") ? warehouse(setting) : expand(setting);
        return List.of(CatalogSettings.withoutSecrets(value));
    }
}
