package io.meshwright.bridge.table;

import io.meshwright.bridge.catalog.CatalogSettings;
import io.meshwright.bridge.catalog.IcebergCatalogs;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static java.util.concurrent.Executors.callable;
import static java.util.concurrent.Executors.newFixedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;

class TestRowTable
{
    public record Part(String name, OptionalInt size) {}

    public record Sample(
            String id,
            Optional<String> note,
            int number,
            OptionalLong bytes,
            boolean good,
            BigDecimal ratio,
            Optional<BigDecimal> share,
            Instant at,
            Optional<Instant> until,
            LocalDate day,
            List<String> tags,
            List<Part> parts) {}

    static final RowSchema<Part> PART = RowSchema.<Part>builder()
            .string("name", "", Part::name)
            .optionalInteger("size", "", Part::size)
            .build(row -> new Part(row.string("name"), row.optionalInteger("size")));

    static final RowSchema<Sample> SAMPLE = RowSchema.<Sample>builder()
            .string("id", "The id", Sample::id)
            .optionalString("note", "", Sample::note)
            .integer("number", "", Sample::number)
            .optionalBigint("bytes", "", Sample::bytes)
            .bool("good", "", Sample::good)
            .decimal("ratio", 38, 9, "", Sample::ratio)
            .optionalDecimal("share", 10, 3, "", Sample::share)
            .timestamp("at", "", Sample::at)
            .optionalTimestamp("until", "", Sample::until)
            .date("day", "", Sample::day)
            .strings("tags", "", Sample::tags)
            .structs("parts", "", PART, Sample::parts)
            .build(row -> new Sample(
                    row.string("id"),
                    row.optionalString("note"),
                    row.integer("number"),
                    row.optionalBigint("bytes"),
                    row.bool("good"),
                    row.decimal("ratio"),
                    row.optionalDecimal("share"),
                    row.timestamp("at"),
                    row.optionalTimestamp("until"),
                    row.date("day"),
                    row.strings("tags"),
                    row.structs("parts", PART)));

    private static final Sample FULL = new Sample(
            "a",
            Optional.of("na\u00efve \ud83d\ude80"),
            -7,
            OptionalLong.of(1L << 40),
            true,
            new BigDecimal("0.123456789"),
            Optional.of(new BigDecimal("-12.500")),
            Instant.parse("2026-03-29T00:59:59.123456Z"),
            Optional.of(Instant.parse("1969-12-31T23:59:59.999999Z")),
            LocalDate.of(2026, 2, 28),
            List.of("x", ""),
            List.of(new Part("p", OptionalInt.of(1)), new Part("q", OptionalInt.empty())));
    private static final Sample SPARSE = new Sample(
            "b",
            Optional.empty(),
            0,
            OptionalLong.empty(),
            false,
            new BigDecimal("1.000000000"),
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            LocalDate.EPOCH,
            List.of(),
            List.of());

    @TempDir
    private Path folder;

    @Test
    void testEveryTypeIsReadAsWritten()
    {
        try (MeshCatalog catalog = IcebergCatalogs.open(embedded(folder.resolve("50%25 of")))) {
            RowTable<Sample> table = new RowTable<>(catalog, "samples", SAMPLE);
            assertThat(table.read().rows()).isEmpty();
            assertThat(catalog.findTable(table.identifier())).isEmpty();

            table.append(List.of(FULL));
            RowTable.Content<Sample> first = table.read();
            assertThat(first.rows()).containsExactly(FULL);
            table.append(List.of(SPARSE));
            assertThat(table.read().rows()).containsExactlyInAnyOrder(FULL, SPARSE);
            assertThat(new RowTable<>(catalog, "samples", SAMPLE).read().rows()).containsExactlyInAnyOrder(FULL, SPARSE);
            assertThat(table.readAt(first.snapshotId().orElseThrow()).rows()).containsExactly(FULL);
        }
    }

    @Test
    void testATableOfAnEarlierVersionIsWidened()
            throws Exception
    {
        record Name(String name) {}

        record Earlier(String id, List<Name> parts) {}

        record Later(String id, Optional<String> note, List<Part> parts) {}

        RowSchema<Name> name = RowSchema.<Name>builder().string("name", "", Name::name).build(row -> new Name(row.string("name")));
        RowSchema<Earlier> earlier = RowSchema.<Earlier>builder()
                .string("id", "", Earlier::id)
                .structs("parts", "", name, Earlier::parts)
                .build(row -> new Earlier(row.string("id"), row.structs("parts", name)));
        RowSchema<Later> later = RowSchema.<Later>builder()
                .string("id", "", Later::id)
                .optionalString("note", "", Later::note)
                .structs("parts", "", PART, Later::parts)
                .build(row -> new Later(row.string("id"), row.optionalString("note"), row.structs("parts", PART)));
        try (MeshCatalog catalog = IcebergCatalogs.open(embedded(folder))) {
            RowTable<Earlier> old = new RowTable<>(catalog, "samples", earlier);
            old.append(List.of(new Earlier("a", List.of(new Name("p")))));

            List<Later> rows = IntStream.range(0, 4)
                    .mapToObj(number -> new Later("b" + number, Optional.of("x"), List.of(new Part("q", OptionalInt.of(number)))))
                    .toList();
            ExecutorService writers = newFixedThreadPool(rows.size());
            try {
                for (Future<?> writer : writers.invokeAll(rows.stream()
                        .map(row -> callable(() -> new RowTable<>(catalog, "samples", later).append(List.of(row))))
                        .toList())) {
                    writer.get();
                }
            }
            finally {
                writers.shutdownNow();
            }
            assertThat(new RowTable<>(catalog, "samples", later).read().rows())
                    .hasSize(5)
                    .contains(new Later("a", Optional.empty(), List.of(new Part("p", OptionalInt.empty()))))
                    .containsAll(rows);
            // a writer of the earlier version goes on
            old.append(List.of(new Earlier("c", List.of())));
            assertThat(old.read().rows()).hasSize(6);
        }
    }

    static CatalogSettings embedded(Path folder)
    {
        return TestingCatalogs.embedded(folder);
    }

    /**
     * Leaves a table in a folder, for other engines to read.
     */
    public static void main(String[] arguments)
    {
        try (MeshCatalog catalog = IcebergCatalogs.open(embedded(Path.of(arguments[0])))) {
            RowTable<Sample> table = new RowTable<>(catalog, "samples", SAMPLE);
            table.append(List.of(FULL, SPARSE));
            System.out.println(table.read());
        }
    }
}
