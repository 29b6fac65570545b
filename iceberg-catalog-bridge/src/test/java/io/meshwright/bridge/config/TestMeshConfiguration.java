package io.meshwright.bridge.config;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestMeshConfiguration
{
    @TempDir
    private Path folder;

    @Test
    void testDefaultsAreTheEmbeddedCatalog()
    {
        MeshConfiguration configuration = load(Map.of(), Map.of()).value().orElseThrow();
        assertThat(configuration.catalog().name()).isEqualTo("mesh");
        assertThat(configuration.catalog().type()).isEqualTo("jdbc");
        assertThat(configuration.catalog().uri()).contains("jdbc:sqlite:" + folder.resolve(".mesh/catalog.db"));
        assertThat(configuration.catalog().warehouse()).contains("file://" + folder.resolve(".mesh/warehouse"));
        assertThat(configuration.catalog().createIfAbsent()).isTrue();
        assertThat(configuration.trino()).isEqualTo(new TrinoSettings(URI.create("http://localhost:8080"), "mesh"));
        assertThat(configuration.environment()).isEqualTo("development");
        assertThat(configuration.isProduction()).isFalse();
        assertThat(configuration.domains()).isEmpty();
        assertThat(configuration.values()).extracting(EffectiveValue::origin).containsOnly("default");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void testStrongerSourcesWin()
            throws IOException
    {
        write("home/.config/mesh/config.yaml", "environment: laptop\ntrino: {uri: \"http://user:1\"}\ncatalog: {name: user}\n");
        write("mesh.yaml", "trino: {uri: \"http://project:1\", catalog: project}\ncatalog: {name: project}\n");
        MeshConfiguration configuration = load(
                Map.of("MESH_TRINO_URI", "http://variable:1", "MESH_CATALOG_NAME", "variable"),
                Map.of("trino.uri", "http://flag:1")).value().orElseThrow();
        assertThat(configuration.trino()).isEqualTo(new TrinoSettings(URI.create("http://flag:1"), "project"));
        assertThat(configuration.catalog().name()).isEqualTo("variable");
        assertThat(configuration.environment()).isEqualTo("laptop");
        assertThat(configuration.isProduction()).isFalse();
        assertThat(origin(configuration, "trino.uri")).isEqualTo("--trino-uri");
        assertThat(origin(configuration, "trino.catalog")).isEqualTo(folder.resolve("mesh.yaml") + ":1");
        assertThat(origin(configuration, "catalog.name")).isEqualTo("MESH_CATALOG_NAME");
        assertThat(origin(configuration, "environment")).isEqualTo(folder.resolve("home/.config/mesh/config.yaml") + ":1");
    }

    @Test
    void testEverySection()
            throws IOException
    {
        write("secret", "s3cr3t\n");
        write("mesh.yaml",
                """
                catalog:
                  name: lake
                  type: rest
                  uri: https://catalog.example/api
                  warehouse: s3://lake-eu-central-1/warehouse
                  properties:
                    s3.endpoint: "http://${HOST}:9000"
                    s3.secret-access-key: file:secret
                    credential: ${CREDENTIAL}
                domains: [orders, customer-care]
                environment: production
                legacy:
                  legacy_warehouse: {url: "jdbc:postgresql://host/db", user: recon, password-file: secret}
                  other: {url: "jdbc:postgresql://u:geheim@host/db?password=geheim"}
                users:
                  alice: {groups: [analytics, sales]}
                """);
        MeshConfiguration configuration = load(Map.of("HOST", "store", "CREDENTIAL", "id:geheim"), Map.of()).value().orElseThrow();
        assertThat(configuration.catalog().properties()).isEqualTo(ImmutableMap.of("s3.endpoint", "http://store:9000", "s3.secret-access-key", "s3cr3t", "credential", "id:geheim"));
        assertThat(configuration.catalog().createIfAbsent()).isFalse();
        assertThat(configuration.domains()).containsExactly("orders", "customer-care");
        assertThat(configuration.userGroups()).isEqualTo(Map.of("alice", Set.of("analytics", "sales")));
        LegacySettings legacy = configuration.legacyWarehouse("legacy_warehouse").orElseThrow();
        assertThat(legacy.url()).isEqualTo("jdbc:postgresql://host/db");
        assertThat(legacy.user()).contains("recon");
        assertThat(legacy.resolvePassword()).contains("s3cr3t");
        assertThat(configuration.values().toString()).contains("***").doesNotContain("geheim").doesNotContain("s3cr3t");
        assertThat(configuration.toString()).doesNotContain("geheim").doesNotContain("s3cr3t");
    }

    @Test
    void testPathsAreMeantFromTheFile()
            throws IOException
    {
        write("conf/mesh.yaml", "catalog: {uri: \"jdbc:sqlite:../data/catalog.db\", warehouse: \"../data/50%20 off\"}\n");
        MeshConfiguration configuration = load(Map.of("MESH_CONFIG", "conf/mesh.yaml"), Map.of()).value().orElseThrow();
        assertThat(configuration.catalog().type()).isEqualTo("jdbc");
        assertThat(configuration.catalog().uri()).contains("jdbc:sqlite:" + folder.resolve("data/catalog.db"));
        assertThat(configuration.catalog().warehouse()).contains("file://" + folder.resolve("data/50%20 off"));
    }

    @Test
    void testFindingsComeTogether()
            throws IOException
    {
        write("mesh.yaml", "catalogue: {}\ntrino: {url: x}\nlegacy: {w: {user: a}}\ncatalog:\n  properties: {jdbc.password: clear}\n");
        Parsed<MeshConfiguration> parsed = load(Map.of(), Map.of());
        assertThat(parsed.value()).isEmpty();
        assertThat(parsed.findings()).extracting(Finding::message).containsExactly(
                "unknown key \"catalogue\", did you mean catalog?",
                "unknown key \"url\", did you mean uri?",
                "url is missing in legacy.w");
        assertThat(parsed.findings()).extracting(finding -> finding.location().line()).containsExactly(1, 2, 3);
    }

    @Test
    void testWhatIsNamedMustExist()
            throws IOException
    {
        assertThat(load(Map.of("MESH_CONFIG", "nowhere.yaml"), Map.of()).findings()).singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo(ConfigRule.FILE_MISSING));
        write("mesh.yaml", "catalog:\n  properties:\n    credential: ${NOWHERE}\n    token: file:nowhere\nlegacy: {w: {url: \"jdbc:x:y\", password: \"${NOWHERE}\"}}\n");
        assertThat(load(Map.of(), Map.of()).findings()).extracting(Finding::message).containsExactly(
                "Variable NOWHERE is not set",
                "Cannot read the secret in file " + folder.resolve("nowhere"));
        // who only looks at the registry needs no password of a legacy warehouse
        write("mesh.yaml", "legacy: {w: {url: \"jdbc:x:y\", password: \"${NOWHERE}\"}}\n");
        LegacySettings legacy = load(Map.of(), Map.of()).value().orElseThrow().legacyWarehouse("w").orElseThrow();
        assertThatThrownBy(legacy::resolvePassword).isInstanceOf(MeshException.class).hasMessage("Variable NOWHERE is not set");
    }

    @Test
    void testSuspiciousButUsable()
            throws IOException
    {
        write("mesh.yaml", "catalog:\n  properties:\n    jdbc.password: clear\n");
        Parsed<MeshConfiguration> parsed = load(Map.of("MESH_CATALOG_URL", "x", "MESH_HOME", "/opt"), Map.of());
        assertThat(parsed.value()).isPresent();
        assertThat(parsed.findings()).extracting(Finding::message).containsExactlyInAnyOrder(
                "variable MESH_CATALOG_URL is not known, did you mean MESH_CATALOG_URI?",
                "catalog.properties.jdbc.password is written in clear");
    }

    @Test
    void testInvalidValues()
            throws IOException
    {
        write("mesh.yaml", "trino: {uri: \"localhost:8080\"}\ndomains: [Orders]\nlegacy: {w: {url: \"postgres://x\"}}\ncatalog: {uri: \"jdbc:sqlite:\"}\n");
        assertThat(load(Map.of(), Map.of()).findings()).extracting(Finding::message).contains(
                "localhost:8080 is not the address of a Trino server",
                "Orders is not a domain name",
                "postgres://x is not a JDBC URL",
                "jdbc:sqlite: names no database file");
    }

    @Test
    void testAFileOfCommentsIsEmpty()
            throws IOException
    {
        write("mesh.yaml", "# catalog:\n#   type: rest\n");
        assertThat(load(Map.of(), Map.of()).value()).isPresent();
    }

    @Test
    void testAlerts()
            throws IOException
    {
        write("mesh.yaml",
                """
                alerts:
                  escalate-after: [30m, 4h]
                  unknown-after: 3
                  hooks:
                    on-call:
                      type: webhook
                      url: ${PAGER_URL}
                      headers: {Authorization: "Bearer ${TOKEN}", X-Team: orders}
                      timeout: 5s
                    am: {type: alertmanager, url: "http://alertmanager:9093", allow-http: true, labels: {severity: page}, level: 1}
                    program: {type: exec, command: [bin/page, --key, k], environment: [PAGER_KEY], attempts: 1}
                """);
        MeshConfiguration configuration = load(Map.of("PAGER_URL", "https://hooks.example/s3cr3t"), Map.of()).value().orElseThrow();
        AlertSettings alerts = configuration.alerts();
        assertThat(alerts.escalateAfter()).containsExactly(Duration.ofMinutes(30), Duration.ofHours(4));
        assertThat(alerts.unknownAfter()).hasValue(3);
        assertThat(alerts.hooks()).extracting(HookSettings::toString).containsExactly("webhook hook on-call", "alertmanager hook am", "exec hook program");
        assertThat(alerts.hooks().get(0).address("")).isEqualTo(URI.create("https://hooks.example/s3cr3t"));
        assertThat(alerts.hooks().get(0).timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(alerts.hooks().get(0).attempts()).isEqualTo(3);
        assertThat(alerts.hooks().get(1).fromLevel()).isEqualTo(1);
        assertThat(alerts.hooks().get(2).command()).containsExactly(folder.resolve("bin/page").toString(), "--key", "k");
        assertThat(configuration.values()).filteredOn(value -> value.name().startsWith("alerts.hooks.") && value.name().matches(".*(url|headers.*|command)"))
                .extracting(value -> String.join(" ", value.values()))
                .containsExactlyInAnyOrder("***", "***", "***", "***", "bin/page ***");
    }

    @Test
    void testBadAlerts()
            throws IOException
    {
        write("mesh.yaml",
                """
                alerts:
                  escalate-after: [4h, 30m]
                  unknown-after: 0
                  hook: {}
                  hooks:
                    a: {type: webhok, url: "https://a"}
                    b: {type: webhook}
                    c: {type: exec, url: "https://a"}
                    d: {type: webhook, url: "http://a/x"}
                    e: {type: webhook, url: "https://user:pw@a", timeout: 1h, attempts: 99}
                    f: {url: "https://a"}
                    g: {type: webhook, url: "https://a", headers: {Authorization: Bearer clear}}
                """);
        assertThat(load(Map.of(), Map.of()).findings()).extracting(finding -> finding.location().line() + " " + finding.message())
                .contains("4 unknown key \"hook\", did you mean hooks?")
                .anyMatch(text -> text.startsWith("11 ") && text.contains("type"));
        write("mesh.yaml", Files.readString(folder.resolve("mesh.yaml")).replace("  hook: {}\n", "").replace("    f: {url: \"https://a\"}\n", ""));
        assertThat(load(Map.of(), Map.of()).findings()).extracting(finding -> finding.location().line() + " " + finding.message()).containsExactly(
                "2 the times of alerts.escalate-after do not ascend",
                "3 alerts.unknown-after takes a number from 1 to 1000",
                "5 unknown type of a hook \"webhok\", did you mean webhook?",
                "6 hook b has no url",
                "7 hook c has no command",
                "7 a hook of type exec has no url",
                "8 the url of hook d is not https, so everybody on the way can read it; allow-http: true permits that",
                "9 the url of hook e holds a user; write an Authorization header instead",
                "9 1h is longer than 5m, and a check waits for it",
                "9 alerts.hooks.e.attempts takes a number from 1 to 10",
                "10 alerts.hooks.g.headers.Authorization is written in clear");
    }

    private Parsed<MeshConfiguration> load(Map<String, String> environment, Map<String, String> flags)
    {
        return MeshConfiguration.load(new ConfigurationSources(folder, folder.resolve("home"), environment, flags));
    }

    private static String origin(MeshConfiguration configuration, String name)
    {
        return configuration.values().stream().filter(value -> value.name().equals(name)).findFirst().orElseThrow().origin();
    }

    private void write(String name, String text)
            throws IOException
    {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }
}
