package io.meshwright.bridge.table;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.LocalFileIO;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.table.TestRowTable.Part;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class TestRegistryMaintenance
{
    @TempDir
    private Path folder;

    @Test
    void testManyCommitsBecomeFewFiles()
            throws IOException
    {
        try (MeshCatalog catalog = IcebergCatalogs.open(TestRowTable.embedded(folder))) {
            RowTable<Part> table = new RowTable<>(catalog, "parts", TestRowTable.PART);
            List<Part> parts = new ArrayList<>();
            for (int number = 0; number < 70; number++) {
                parts.add(new Part("part " + number, OptionalInt.of(number)));
                table.append(List.of(parts.get(number)));
            }
            OptionalLong old = table.read().snapshotId();
            RegistryMaintenance maintenance = new RegistryMaintenance(catalog);

            MaintenanceReport kept = maintenance.run(Duration.ofDays(7)).get(0);
            assertThat(kept.before().dataFiles()).isEqualTo(70);
            assertThat(kept.after().dataFiles()).isEqualTo(1);
            assertThat(kept.after().manifests()).isEqualTo(1);
            assertThat(kept.after().snapshots()).isGreaterThanOrEqualTo(kept.before().snapshots());
            assertThat(table.read().rows()).containsExactlyInAnyOrderElementsOf(parts);
            assertThat(table.readAt(old.orElseThrow()).rows()).containsExactlyInAnyOrderElementsOf(parts);

            maintenance.run(Duration.ZERO);
            maintenance.run(Duration.ZERO);
            assertThat(new RowTable<>(catalog, "parts", TestRowTable.PART).read().rows()).containsExactlyInAnyOrderElementsOf(parts);
            assertThat(table.appendIfUnchanged(table.read().snapshotId(), List.of(new Part("one more", OptionalInt.empty())))).isTrue();
            assertThat(table.read().rows()).hasSize(71);
            // 20 former metadata files and what the last snapshots refer to
            assertThat(files(catalog, table)).hasSizeLessThan(35);
        }
    }

    @Test
    void testLeftoversGoAndFreshFilesStay()
            throws IOException
    {
        try (MeshCatalog catalog = IcebergCatalogs.open(TestRowTable.embedded(folder))) {
            RowTable<Part> table = new RowTable<>(catalog, "parts", TestRowTable.PART);
            for (int number = 0; number < 7; number++) {
                table.append(List.of(new Part("part", OptionalInt.of(number))));
            }
            Path data = LocalFileIO.toPath(catalog.findTable(table.identifier()).orElseThrow().location()).resolve("data");
            Files.writeString(data.resolve("old.avro"), "x");
            Files.writeString(data.resolve("fresh.avro"), "x");
            FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile).filter(path -> !path.endsWith("fresh.avro"))::iterator) {
                    Files.setLastModifiedTime(file, longAgo);
                }
            }
            MaintenanceReport report = new RegistryMaintenance(catalog).run(Duration.ofDays(7)).get(0);
            assertThat(report.orphansRemoved()).isEqualTo(1);
            assertThat(data.resolve("old.avro")).doesNotExist();
            assertThat(data.resolve("fresh.avro")).exists();
            assertThat(new RowTable<>(catalog, "parts", TestRowTable.PART).read().rows()).hasSize(7);
        }
    }

    @Test
    void testWritersNeedNotStop()
            throws Exception
    {
        try (MeshCatalog catalog = IcebergCatalogs.open(TestRowTable.embedded(folder))) {
            new RowTable<>(catalog, "parts", TestRowTable.PART).createIfAbsent();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                RowTable<Part> table = new RowTable<>(catalog, "parts", TestRowTable.PART);
                for (int number = 0; number < 25; number++) {
                    Part part = new Part("part " + number, OptionalInt.empty());
                    assertThat(table.appendOnce(part::equals, List.of(part))).isTrue();
                    assertThat(table.appendOnce(part::equals, List.of(part))).isFalse();
                }
            });
            RegistryMaintenance maintenance = new RegistryMaintenance(catalog);
            while (!writer.isDone()) {
                maintenance.run(Duration.ofDays(1));
            }
            writer.get();
            assertThat(new RowTable<>(catalog, "parts", TestRowTable.PART).read().rows()).hasSize(25).doesNotHaveDuplicates();
        }
    }

    private static List<FileInfo> files(MeshCatalog catalog, RowTable<?> table)
    {
        Table iceberg = catalog.findTable(table.identifier()).orElseThrow();
        return ImmutableList.copyOf(new LocalFileIO().listPrefix(iceberg.location()));
    }
}
