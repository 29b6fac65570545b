package io.meshwright.bridge.reconciliation;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.evidence.TestingFiles;
import io.meshwright.bridge.reconciliation.WindowFiles.Counts;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.CountPlan.WindowColumn;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What manifests tell of windows, and what they leave open, is all there is to it: counts of windows that a scan has to add to are never complete by mistake.
 */
final class TestWindowFiles
{
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<String> WINDOWS = Set.of("2026-11-19", "2026-11-20", "2026-11-21", "null");

    @TempDir
    private Path folder;

    private MeshCatalog catalog;
    private Table table;

    @BeforeEach
    void setUp()
    {
        catalog = TestingCatalogs.openEmbedded(folder);
        catalog.createNamespaceIfAbsent(Namespace.of("shop"), Map.of());
        table = catalog.catalog().buildTable(
                        TableIdentifier.of("shop", "orders"),
                        new Schema(
                                optional(1, "id", Types.LongType.get()),
                                optional(2, "at", Types.TimestampType.withZone()),
                                optional(3, "local", Types.TimestampType.withoutZone()),
                                optional(4, "day", Types.DateType.get())))
                .withProperty("format-version", "3")
                .create();
    }

    @AfterEach
    void tearDown()
    {
        catalog.close();
    }

    @Test
    void testFilesWithinOneDay()
    {
        file(10, "at", "2026-11-20T00:00:00Z", "2026-11-20T23:59:59.999999Z", 0).append();
        file(7, "at", "2026-11-20T05:00:00Z", "2026-11-20T05:00:00Z", 2).append();
        file(5, "at", "2026-12-24T00:00:00Z", "2027-12-24T00:00:00Z", 1).append();
        new TestingFiles(table, 4).counts("at", 4, 4).append();
        assertThat(count("at", UTC, WINDOWS)).isEqualTo(new Counts(Map.of("2026-11-20", 15L, "null", 7L), List.of()));
        assertThat(count("at", UTC, Set.of("2026-11-20"))).isEqualTo(new Counts(Map.of("2026-11-20", 15L), List.of()));
    }

    @Test
    void testFilesOfSeveralDaysAreOpenForTheseDaysOnly()
    {
        DataFile straddling = file(10, "at", "2026-11-19T23:59:59.999999Z", "2026-11-20T00:00:00Z", 0).append();
        assertThat(count("at", UTC, Set.of("2026-11-20")).open()).extracting(file -> file.path()).containsExactly(straddling.location());
        assertThat(count("at", UTC, Set.of("2026-11-21", "null"))).isEqualTo(new Counts(Map.of(), List.of()));
        assertThat(files("at", UTC).filesOf(Set.of("2026-11-21", "null"))).isEmpty();
    }

    @Test
    void testDayIsThatOfTheZone()
    {
        file(10, "at", "2026-11-19T23:00:00Z", "2026-11-20T22:59:59Z", 0).append();
        assertThat(count("at", BERLIN, WINDOWS)).isEqualTo(new Counts(Map.of("2026-11-20", 10L), List.of()));
        assertThat(count("at", UTC, WINDOWS).open()).hasSize(1);
    }

    @Test
    void testPartitionsTellDaysWithoutMetrics()
    {
        table.updateSpec().addField(Expressions.day("at")).commit();
        new TestingFiles(table, 10).partition("at_day=2026-11-20").append();
        new TestingFiles(table, 3).partition("at_day=__HIVE_DEFAULT_PARTITION__").append();
        assertThat(count("at", UTC, WINDOWS)).isEqualTo(new Counts(Map.of("2026-11-20", 10L, "null", 3L), List.of()));
        assertThat(count("at", BERLIN, WINDOWS).open()).as("begins and ends within days of Berlin").hasSize(1);
        assertThat(count("at", BERLIN, Set.of("2026-11-19"))).isEqualTo(new Counts(Map.of(), List.of()));

        table.updateSpec().removeField("at_day").addField(Expressions.month("at")).commit();
        new TestingFiles(table, 2).partition("at_month=681").append();
        new TestingFiles(table, 2).partition("at_month=682").append();
        assertThat(count("at", UTC, WINDOWS).open()).hasSize(1);
    }

    @Test
    void testTimesWithoutZoneAndDatesHaveTheSameDayEverywhere()
    {
        table.updateSpec().addField(Expressions.day("local")).commit();
        new TestingFiles(table, 10).partition("local_day=2026-11-20").append();
        assertThat(count("local", BERLIN, WINDOWS).counts()).containsEntry("2026-11-20", 10L);
        table.updateSpec().removeField("local_day").addField("day").commit();
        new TestingFiles(table, 6).partition("day=2026-11-21").append();
        new TestingFiles(table, 6).partition("day=2026-11-20").counts("day", 6, 0).bounds("day", (int) LocalDate.parse("2026-11-20").toEpochDay(), (int) LocalDate.parse("2026-11-20").toEpochDay()).append();
        assertThat(count("day", BERLIN, WINDOWS).counts()).containsEntry("2026-11-21", 6L).containsEntry("2026-11-20", 6L);
        assertThat(count("day", BERLIN, WINDOWS).open()).as("the file of which nothing is known").hasSize(1);
    }

    @Test
    void testWhatIsNotKnownIsOpen()
    {
        // no metrics, counts that do not add up, bounds alone, bounds that contradict each other
        new TestingFiles(table, 10).append();
        file(10, "at", "2026-11-20T05:00:00Z", "2026-11-20T05:00:00Z", -1).append();
        new TestingFiles(table, 10).bounds("at", micros("2026-11-20T05:00:00Z"), micros("2026-11-20T05:00:00Z")).append();
        file(10, "at", "2026-11-20T05:00:00Z", "2026-11-18T05:00:00Z", 0).append();
        assertThat(count("at", UTC, WINDOWS)).satisfies(counts -> assertThat(counts.open()).hasSize(4)).satisfies(counts -> assertThat(counts.counts()).isEmpty());

        file(10, "at", "2026-11-20T05:00:00Z", "2026-11-20T05:00:00Z", 0).append();
        assertThat(count("at", UTC, WINDOWS).open()).hasSize(4);
        table.updateProperties().set("mesh.quality.trust-metrics", "false").commit();
        assertThat(count("at", UTC, WINDOWS).open()).hasSize(5);
    }

    @Test
    void testDeletes()
    {
        DataFile file = file(10, "at", "2026-11-20T05:00:00Z", "2026-11-20T06:00:00Z", 0).append();
        String before = files("at", UTC).names(WINDOWS).get("2026-11-20");
        deletionVector(file, 3);
        assertThat(count("at", UTC, WINDOWS).counts()).as("a deletion vector tells how many rows it takes").containsEntry("2026-11-20", 7L);
        assertThat(files("at", UTC).names(WINDOWS).get("2026-11-20")).isNotEqualTo(before);

        DataFile other = file(10, "at", "2026-11-21T05:00:00Z", "2026-11-21T06:00:00Z", 1).append();
        deletionVector(other, 1);
        assertThat(count("at", UTC, WINDOWS).open()).as("of the rows with or without a day").extracting(open -> open.path()).containsExactly(other.location());

        table.newRowDelta().addDeletes(FileMetadata.deleteFileBuilder(table.spec())
                .ofEqualityDeletes(1)
                .withPath(table.location() + "/data/deletes.parquet")
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(60)
                .withRecordCount(1)
                .build()).commit();
        assertThat(count("at", UTC, WINDOWS).open()).as("nobody knows how many rows a key deletes").hasSize(2);
    }

    @Test
    void testNamesChangeWithTheFilesOfTheWindow()
    {
        file(10, "at", "2026-11-20T05:00:00Z", "2026-11-20T06:00:00Z", 0).append();
        Map<String, String> before = files("at", UTC).names(WINDOWS);
        assertThat(files("at", UTC).names(WINDOWS)).isEqualTo(before);
        file(10, "at", "2026-11-20T05:00:00Z", "2026-11-21T06:00:00Z", 0).append();
        Map<String, String> after = files("at", UTC).names(WINDOWS);
        assertThat(WINDOWS).allSatisfy(window -> assertThat(after.get(window).equals(before.get(window))).as(window).isEqualTo(window.equals("2026-11-19") || window.equals("null")));
        table.updateSchema().deleteColumn("id").commit();
        table.updateSchema().addColumn("id", Types.LongType.get()).commit();
        assertThat(files("at", UTC).names(WINDOWS).get("2026-11-19")).as("another column of the same name").isNotEqualTo(after.get("2026-11-19"));
    }

    @Test
    void testWholeTable()
    {
        new TestingFiles(table, 10).append();
        DataFile file = new TestingFiles(table, 5).append();
        deletionVector(file, 1);
        WindowFiles files = WindowFiles.of(table, Optional.of(table.currentSnapshot()), Optional.empty(), UTC, List.of());
        assertThat(files.count(Set.of("all"))).isEqualTo(new Counts(Map.of("all", 14L), List.of()));
        assertThat(files.filesOf(Set.of("all"))).hasSize(2);
    }

    @Test
    void testColumnsWithoutDays()
    {
        assertThatThrownBy(() -> files("att", UTC))
                .isInstanceOf(MeshException.class)
                .hasMessageContaining("migration.window.column att is not in the table, did you mean at?");
        assertThatThrownBy(() -> files("id", UTC))
                .isInstanceOf(MeshException.class)
                .hasMessageContaining("migration.window.column is of type long, which has no day");
    }

    private void deletionVector(DataFile file, long rows)
    {
        table.newRowDelta().addDeletes(FileMetadata.deleteFileBuilder(table.spec())
                .ofPositionDeletes()
                .withPath(file.location() + ".puffin")
                .withFormat(FileFormat.PUFFIN)
                .withReferencedDataFile(file.location())
                .withContentOffset(4)
                .withContentSizeInBytes(40)
                .withFileSizeInBytes(60)
                .withRecordCount(rows)
                .build()).commit();
    }

    private TestingFiles file(long rows, String column, String least, String greatest, long nulls)
    {
        return new TestingFiles(table, rows).counts(column, rows, nulls).bounds(column, micros(least), micros(greatest));
    }

    private static long micros(String instant)
    {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
    }

    private Counts count(String column, ZoneId zone, Set<String> windows)
    {
        return files(column, zone).count(windows);
    }

    private WindowFiles files(String column, ZoneId zone)
    {
        return WindowFiles.of(table, Optional.ofNullable(table.currentSnapshot()), Optional.of(new WindowColumn(column, ReadOnlyExpression.parse(column))), zone, List.of());
    }
}
