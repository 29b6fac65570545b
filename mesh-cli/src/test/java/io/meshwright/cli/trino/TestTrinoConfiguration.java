package io.meshwright.cli.trino;

import io.meshwright.cli.output.Json;
import io.meshwright.model.finding.MeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestTrinoConfiguration
{
    @TempDir
    private Path temporary;

    @Test
    void testSecretsAreNotWritten()
            throws IOException
    {
        TrinoFolder folder = new TrinoFolder(temporary.resolve("a b/.mesh/trino"));
        Map<String, String> properties = Map.of(
                "iceberg.rest-catalog.oauth2.credential", "id:hunter2",
                "iceberg.rest-catalog.uri", "http://x/${odd}",
                "mesh.token.key-file", "/keys");
        TrinoConfiguration configuration = TrinoConfiguration.create(
                new LocalTrinoSettings(folder, properties, properties, List.of(), List.of(new TrinoUser("paul", List.of("producers"))), OptionalInt.empty()),
                1234,
                temporary.resolve("plugin"));

        String catalog = Files.readString(folder.etc().resolve("catalog/lake.properties"));
        assertThat(catalog).doesNotContain("hunter2").contains("mesh.token.key-file=/keys");
        assertThat(configuration.environment().values()).containsExactlyInAnyOrder("id:hunter2", "http://x/${odd}");
        assertThat(Files.readString(folder.etc().resolve("config.properties"))).contains("node.bind-ip=127.0.0.1").contains("http-server.http.port=1234").contains("web-ui.enabled=false");
        assertThat(Files.readString(folder.etc().resolve("groups.txt"))).isEqualTo("producers:paul\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.etc()))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.etc().resolve("catalog/mesh.properties")))).isEqualTo("rw-------");
    }

    @Test
    void testLegacyWarehouses()
            throws IOException
    {
        TrinoFolder folder = new TrinoFolder(temporary.resolve("trino"));
        folder.create();
        Files.writeString(folder.etc().resolve("catalog/former.properties"), "connector.name=postgresql");
        LegacyCatalog legacy = new LegacyCatalog("dwh", "sales", Map.of("connection-url", "jdbc:postgresql://db/dwh", "connection-user", "recon", "connection-password", "hunter2"), List.of("producers", "finance"));
        TrinoConfiguration configuration = TrinoConfiguration.create(
                new LocalTrinoSettings(folder, Map.of(), Map.of(), List.of(legacy), TrinoUser.DEFAULTS, OptionalInt.empty()),
                1234,
                temporary.resolve("plugin"));

        Path catalog = folder.etc().resolve("catalog/dwh.properties");
        assertThat(Files.readString(catalog)).contains("connector.name=legacy_postgresql").contains("connection-user=recon").doesNotContain("hunter2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(catalog))).isEqualTo("rw-------");
        assertThat(configuration.environment().values()).contains("hunter2");
        assertThat(Files.readString(folder.etc().resolve("catalog/mesh.properties"))).contains("mesh.legacy-catalogs=dwh:dwh.sales", "mesh.legacy-reader-groups=producers,finance");
        assertThat(folder.etc().resolve("catalog/former.properties")).as("no longer configured").doesNotExist();

        Map<?, ?> rules = (Map<?, ?>) Json.read(Files.readString(folder.etc().resolve("rules.json")));
        assertThat((List<?>) rules.get("catalogs")).anyMatch(rule -> rule.equals(Map.of("group", "\\Qproducers\\E|\\Qfinance\\E", "catalog", "dwh", "allow", "read-only")));
        assertThat((List<?>) rules.get("tables")).anyMatch(rule -> rule.equals(Map.of("group", "\\Qproducers\\E|\\Qfinance\\E", "catalog", "dwh", "privileges", List.of("SELECT"))));
    }

    @Test
    void testValuesSurviveTheFormat()
            throws IOException
    {
        Map<String, String> values = Map.of("a", " leading", "b", "back\\slash", "c", "Zoë\n日本", "d", "x=y:z#");

        Properties read = new Properties();
        read.load(Reader.of(TrinoConfiguration.properties(values)));

        assertThat(read).isEqualTo(values);
    }

    @Test
    void testAccessRulesDenyByDefault()
            throws IOException
    {
        Map<?, ?> rules = (Map<?, ?>) Json.read(AccessRules.json("mesh", "lake", List.of()));

        assertThat((Map<?, ?>) ((List<?>) rules.get("catalogs")).getLast()).isEqualTo(Map.of("allow", "none"));
        for (String section : List.of("tables", "functions", "procedures")) {
            assertThat((Map<?, ?>) ((List<?>) rules.get(section)).getLast()).as(section).isEqualTo(Map.of("privileges", List.of()));
        }
        assertThat((Map<?, ?>) ((List<?>) rules.get("schemas")).getLast()).isEqualTo(Map.of("owner", false));
        assertThat(((Map<?, ?>) ((List<?>) rules.get("impersonation")).getLast()).get("allow")).isEqualTo(false);
        assertThat(((List<?>) rules.get("tables")).stream().map(rule -> (Map<?, ?>) rule).filter(rule -> "lake".equals(rule.get("catalog"))))
                .allMatch(rule -> "producers".equals(rule.get("group")));
        for (String section : List.of("functions", "procedures")) {
            assertThat((List<?>) rules.get(section)).as(section).noneMatch(rule -> "mesh".equals(((Map<?, ?>) rule).get("catalog")));
        }
    }

    @Test
    void testNamesOfUsersAreChecked()
    {
        assertThatThrownBy(() -> new TrinoUser("eve,producers", List.of()))
                .isInstanceOf(MeshException.class)
                .hasMessage("Invalid name of a user: \"eve,producers\"");
        assertThatThrownBy(() -> new TrinoUser("eve", List.of("a\nproducers:eve")))
                .isInstanceOf(MeshException.class)
                .hasMessageStartingWith("Invalid name of a group");
        assertThat(TrinoUser.of(Map.of())).isEqualTo(TrinoUser.DEFAULTS);
    }

    @Test
    void testKeyRingIsMadeOnce()
            throws IOException
    {
        Path file = KeyRingFile.ensure(temporary.resolve("new/mask-keys"));
        byte[] first = Files.readAllBytes(file);

        assertThat(KeyRingFile.ensure(file)).isEqualTo(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(file.getParent().toFile().list()).containsExactly("mask-keys");
    }

    @Test
    void testStateOfADeadProcessIsStale()
    {
        Path file = temporary.resolve("state.json");
        long pid = ProcessHandle.current().pid();
        new TrinoState(pid, Instant.EPOCH.plusSeconds(1), 8080, false).write(file);

        assertThat(TrinoState.read(file).orElseThrow().process()).as("same id, another start time").isEmpty();
        TrinoState.of(ProcessHandle.current(), 8080).write(file);
        assertThat(TrinoState.read(file).orElseThrow().process()).contains(ProcessHandle.current());
        TrinoFolder.write(file, "{\"pid\":");
        assertThat(TrinoState.read(file)).isEmpty();
    }
}
