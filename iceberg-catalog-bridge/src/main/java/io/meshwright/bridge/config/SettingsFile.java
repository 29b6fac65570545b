package io.meshwright.bridge.config;

import io.meshwright.model.finding.Findings;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.yaml.KeySet;
import io.meshwright.model.yaml.MappingReader;
import io.meshwright.model.yaml.YamlDocuments;
import io.meshwright.model.yaml.YamlMapping;
import io.meshwright.model.yaml.YamlRule;
import io.meshwright.model.yaml.YamlScalar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one configuration file into settings by name.
 */
final class SettingsFile
{
    private static final KeySet ROOT = KeySet.of("catalog", "trino", "environment", "domains", "legacy", "users", "alerts")
            .withSynonyms(Map.of("env", "environment", "domain", "domains", "iceberg", "catalog", "groups", "users", "alerting", "alerts", "hooks", "alerts"));
    private static final KeySet CATALOG = KeySet.of("name", "type", "uri", "warehouse", "properties")
            .withSynonyms(Map.of("url", "uri", "connection-url", "uri"));
    private static final KeySet TRINO = KeySet.of("uri", "catalog").withSynonyms(Map.of("url", "uri", "server", "uri"));
    private static final KeySet LEGACY = KeySet.of("url", "user", "password", "password-file", "pause-file", "decommission-user", "decommission-password-file", "trino-groups").withSynonyms(Map.of("uri", "url", "username", "user"));
    private static final KeySet USER = KeySet.of("groups").withSynonyms(Map.of("group", "groups", "roles", "groups"));

    private static final KeySet ALERTS = KeySet.of("escalate-after", "unknown-after", "hooks")
            .withSynonyms(Map.of("escalation", "escalate-after", "webhooks", "hooks", "receivers", "hooks"));
    private static final KeySet HOOK = KeySet.of("type", "url", "allow-http", "headers", "labels", "command", "environment", "timeout", "attempts", "level")
            .withSynonyms(Map.of("uri", "url", "program", "command", "env", "environment", "retries", "attempts", "insecure", "allow-http"));

    private final Path file;
    private final Findings findings;
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    private SettingsFile(Path file, Findings findings)
    {
        this.file = file;
        this.findings = findings;
    }

    static Map<String, Setting> read(Path file, Findings findings)
    {
        SettingsFile reader = new SettingsFile(file, findings);
        reader.root().ifPresent(reader::readRoot);
        return reader.settings;
    }

    private Optional<YamlMapping> root()
    {
        String name = file.toString();
        byte[] bytes;
        try {
            long size = Files.size(file);
            if (YamlDocuments.checkSize(name, size).isPresent()) {
                findings.add(YamlDocuments.checkSize(name, size).orElseThrow());
                return Optional.empty();
            }
            bytes = Files.readAllBytes(file);
        }
        catch (IOException e) {
            findings.add(ConfigRule.UNREADABLE, SourceLocation.startOf(name), "", "the file cannot be read: %s".formatted(e.getClass().getSimpleName()), "make it readable for this user");
            return Optional.empty();
        }
        Parsed<String> text = YamlDocuments.decode(name, bytes);
        findings.addAll(text.findings());
        if (text.value().isEmpty() || text.value().orElseThrow().lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
            // a file with comments only is a template that nobody filled in yet
            return Optional.empty();
        }
        Parsed<YamlMapping> parsed = YamlDocuments.readMapping(name, text.value().orElseThrow());
        findings.addAll(parsed.findings());
        return parsed.value();
    }

    private void readRoot(YamlMapping root)
    {
        MappingReader reader = new MappingReader(root, ROOT, findings);
        reader.section("catalog", CATALOG).ifPresent(catalog -> {
            for (String key : List.of("name", "type", "uri", "warehouse")) {
                text(catalog, "catalog.", key);
            }
            catalog.stringMap("properties").ifPresent(properties -> properties.forEach((key, value) -> put("catalog.properties." + key, value)));
        });
        reader.section("trino", TRINO).ifPresent(trino -> {
            text(trino, "trino.", "uri");
            text(trino, "trino.", "catalog");
        });
        text(reader, "", "environment");
        list(reader, "", "domains");
        reader.freeMapping("legacy").ifPresent(legacy -> sections(legacy, LEGACY).forEach((name, section) -> {
            section.require("url", "\"jdbc:postgresql://host/database\"");
            list(section, "legacy." + name + ".", "trino-groups");
            for (String key : LEGACY.keys().stream().filter(key -> !key.equals("trino-groups")).toList()) {
                text(section, "legacy." + name + ".", key);
            }
        }));
        reader.freeMapping("users").ifPresent(users -> sections(users, USER).forEach((name, section) -> list(section, "users." + name + ".", "groups")));
        reader.section("alerts", ALERTS).ifPresent(this::readAlerts);
    }

    private void readAlerts(MappingReader alerts)
    {
        list(alerts, "alerts.", "escalate-after");
        scalar(alerts, "alerts.", "unknown-after");
        alerts.freeMapping("hooks").ifPresent(hooks -> sections(hooks, HOOK).forEach((name, hook) -> {
            if (name.contains(".")) {
                findings.add(YamlRule.WRONG_TYPE, hook.mapping().location(), hook.mapping().path(), "the name of a hook has no dot: %s".formatted(name), "write for example  on-call:");
                return;
            }
            String prefix = "alerts.hooks." + name + ".";
            hook.require("type", "webhook");
            AlertSection.HOOK_TEXTS.forEach(key -> scalar(hook, prefix, key));
            AlertSection.HOOK_LISTS.forEach(key -> list(hook, prefix, key));
            AlertSection.HOOK_MAPS.forEach(key -> hook.stringMap(key).ifPresent(values -> values.forEach((entry, value) -> put(prefix + key + "." + entry, value))));
        }));
    }

    private Map<String, MappingReader> sections(YamlMapping mapping, KeySet keys)
    {
        Map<String, MappingReader> sections = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> {
            if (entry.value() instanceof YamlMapping) {
                sections.put(name, new MappingReader((YamlMapping) entry.value(), keys, findings));
            }
            else {
                findings.add(
                        YamlRule.WRONG_TYPE,
                        entry.value().location(),
                        entry.value().path(),
                        "%s takes a mapping, not %s".formatted(name, MappingReader.describe(entry.value())),
                        "write its keys indented below %s: %s".formatted(name, String.join(", ", keys.keys())));
            }
        });
        return sections;
    }

    private void text(MappingReader reader, String prefix, String key)
    {
        reader.stringScalar(key).ifPresent(value -> put(prefix + key, value));
    }

    private void scalar(MappingReader reader, String prefix, String key)
    {
        reader.scalar(key).ifPresent(value -> put(prefix + key, value));
    }

    private void list(MappingReader reader, String prefix, String key)
    {
        reader.strings(key).ifPresent(values -> {
            List<String> texts = new ArrayList<>();
            values.forEach(value -> texts.add(value.text()));
            settings.put(prefix + key, new Setting(prefix + key, texts, true, origin(reader.keyLocation(key)), reader.keyLocation(key), folder()));
        });
    }

    private void put(String name, YamlScalar value)
    {
        settings.put(name, new Setting(name, List.of(value.text()), false, origin(value.location()), value.location(), folder()));
    }

    private Path folder()
    {
        return file.toAbsolutePath().getParent();
    }

    private static String origin(SourceLocation location)
    {
        return location.file() + ":" + location.line();
    }
}
