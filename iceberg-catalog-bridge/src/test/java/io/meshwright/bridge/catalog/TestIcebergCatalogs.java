package io.meshwright.bridge.catalog;

import io.meshwright.bridge.table.RowSchema;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.finding.MeshException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestIcebergCatalogs
{
    private static final RowSchema<String> TEXT = RowSchema.<String>builder()
            .string("text", "", text -> text)
            .build(row -> row.string("text"));

    @TempDir
    private Path folder;

    @Test
    void testAPostgresCatalog()
            throws IOException
    {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            CatalogSettings settings = jdbc(postgres.getJdbcUrl("postgres", "postgres"), Map.of("jdbc.user", "postgres", "jdbc.password", "postgres"), false);
            try (MeshCatalog catalog = IcebergCatalogs.open(settings)) {
                RowTable<String> table = new RowTable<>(catalog, "texts", TEXT);
                assertThat(table.appendIfUnchanged(OptionalLong.empty(), List.of("one"))).isTrue();
                assertThat(table.appendIfUnchanged(OptionalLong.empty(), List.of("two"))).isFalse();
                assertThat(table.appendIfUnchanged(table.read().snapshotId(), List.of("two"))).isTrue();
                assertThat(table.read().rows()).containsExactlyInAnyOrder("one", "two");
            }
        }
    }

    @Test
    void testADatabaseThatDoesNotAnswer()
            throws IOException
    {
        int port = closedPort();
        Instant start = Instant.now();
        assertFailure(jdbc("jdbc:postgresql://localhost:" + port + "/lake?password=geheim", Map.of("jdbc.password", "geheim"), false), CatalogRule.UNREACHABLE, "localhost:" + port);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void testARestCatalogThatDoesNotAnswer()
            throws IOException
    {
        int port = closedPort();
        Instant start = Instant.now();
        assertFailure(
                new CatalogSettings("mesh", "rest", Optional.of("http://user:geheim@localhost:" + port), Optional.empty(), Map.of("credential", "id:geheim"), false),
                CatalogRule.UNREACHABLE,
                "localhost:" + port);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void testAWrongPathIsNoNewCatalog()
    {
        Path nowhere = folder.resolve("nowhere/catalog.db");
        assertThatThrownBy(() -> IcebergCatalogs.open(jdbc("jdbc:sqlite:" + nowhere, Map.of(), false)))
                .isInstanceOfSatisfying(MeshException.class, failure -> {
                    assertThat(failure.rule()).isEqualTo(CatalogRule.NO_SUCH_CATALOG);
                    assertThat(failure.kind()).isEqualTo(USER);
                    assertThat(failure.fix()).contains("touch");
                })
                .hasMessage("There is no catalog database " + nowhere);
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void testADatabaseThatIsNone()
            throws IOException
    {
        Path file = folder.resolve("catalog.db");
        Files.writeString(file, "This is not a database, although it has the name of one. ".repeat(40));
        assertFailure(jdbc("jdbc:sqlite:" + file, Map.of(), false), CatalogRule.BROKEN, "catalog.db");
    }

    @Test
    void testMetadataThatIsGone()
            throws IOException
    {
        CatalogSettings settings = jdbc("jdbc:sqlite:" + folder.resolve("catalog.db"), Map.of(), true);
        try (MeshCatalog catalog = IcebergCatalogs.open(settings)) {
            RowTable<String> table = new RowTable<>(catalog, "texts", TEXT);
            table.append(List.of("one"));
            Table iceberg = catalog.findTable(table.identifier()).orElseThrow();
            Path metadata = LocalFileIO.toPath(((org.apache.iceberg.BaseTable) iceberg).operations().current().metadataFileLocation());
            byte[] content = Files.readAllBytes(metadata);
            Files.delete(metadata);
            assertThatThrownBy(() -> new RowTable<>(catalog, "texts", TEXT).append(List.of("two")))
                    .isInstanceOfSatisfying(MeshException.class, failure -> assertThat(failure.rule()).isEqualTo(CatalogRule.BROKEN))
                    .hasMessageContaining("Cannot load table mesh.texts in catalog mesh");
            Files.write(metadata, content);
            assertThat(new RowTable<>(catalog, "texts", TEXT).read().rows()).containsExactly("one");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void testAWarehouseThatCannotBeWritten()
    {
        // not even root can write here
        CatalogSettings settings = new CatalogSettings(
                "mesh", "jdbc", Optional.of("jdbc:sqlite:" + folder.resolve("catalog.db")), Optional.of("file:///sys/mesh"), Map.of(), true);
        try (MeshCatalog catalog = IcebergCatalogs.open(settings)) {
            RowTable<String> table = new RowTable<>(catalog, "texts", TEXT);
            assertThatThrownBy(() -> table.append(List.of("one")))
                    .isInstanceOfSatisfying(MeshException.class, failure -> assertThat(failure.rule()).isEqualTo(CatalogRule.READ_ONLY))
                    .hasMessageContaining("Cannot create table mesh.texts in catalog mesh");
            assertThat(catalog.findTable(table.identifier())).isEmpty();
        }
    }

    @Test
    void testSettingsThatDoNotSuffice()
    {
        assertThatThrownBy(() -> IcebergCatalogs.open(new CatalogSettings("mesh", "jdbc", Optional.empty(), Optional.empty(), Map.of(), false)))
                .isInstanceOf(MeshException.class).hasMessage("catalog mesh (jdbc) has no uri");
        assertThatThrownBy(() -> IcebergCatalogs.open(new CatalogSettings("mesh", "rest", Optional.empty(), Optional.empty(), Map.of(), false)))
                .isInstanceOf(MeshException.class).hasMessage("catalog mesh (rest) has no uri");
        assertThatThrownBy(() -> IcebergCatalogs.open(new CatalogSettings("mesh", "no.such.Catalog", Optional.empty(), Optional.empty(), Map.of(), false)))
                .isInstanceOf(MeshException.class).hasMessageContaining("no.such.Catalog");
    }

    @Test
    void testTheLocationIsTakenCharacterByCharacter()
            throws IOException
    {
        Path odd = folder.resolve("a%20b c+d%2Fe");
        LocalFileIO io = new LocalFileIO();
        String location = LocalFileIO.toLocation(odd) + "/\u00fc.txt";
        try (java.io.OutputStream output = io.newOutputFile(location).create()) {
            output.write(7);
        }
        assertThat(odd.resolve("\u00fc.txt")).exists();
        assertThatThrownBy(() -> io.newOutputFile(location).create()).hasMessageContaining("File already exists");
        try (java.io.InputStream input = io.newInputFile(location.replace("file:///", "file:/")).newStream()) {
            assertThat(input.readAllBytes()).containsExactly(7);
        }
        assertThat(io.listPrefix(LocalFileIO.toLocation(odd))).extracting(org.apache.iceberg.io.FileInfo::location).containsExactly(location);
        io.deleteFile(location);
        assertThatThrownBy(() -> io.deleteFile(location)).hasMessageContaining("File does not exist");
        assertThatThrownBy(() -> io.newInputFile("file://host/x")).hasMessageContaining("names no host");
        try (Stream<Path> left = Files.list(odd)) {
            assertThat(left).isEmpty();
        }
    }

    private void assertFailure(CatalogSettings settings, CatalogRule rule, String place)
    {
        assertThatThrownBy(() -> IcebergCatalogs.open(settings).close())
                .isInstanceOfSatisfying(MeshException.class, failure -> {
                    assertThat(failure.rule()).isEqualTo(rule);
                    assertThat(failure.kind()).isEqualTo(EXTERNAL);
                    assertThat(failure.getMessage()).contains(place).doesNotContain("geheim").doesNotContain("\n");
                })
                .hasMessageStartingWith("Cannot ");
    }

    private CatalogSettings jdbc(String uri, Map<String, String> properties, boolean createIfAbsent)
    {
        return new CatalogSettings("mesh", "jdbc", Optional.of(uri), Optional.of(LocalFileIO.toLocation(folder.resolve("warehouse"))), properties, createIfAbsent);
    }

    private static int closedPort()
            throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
