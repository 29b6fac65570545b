package io.meshwright.bridge.evidence;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.ValueRule;
import io.meshwright.model.check.ValueRule.Bound;
import io.meshwright.model.contract.FieldType;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What manifests tell, and above all what they do not: everything that is open is read.
 */
final class TestMetadataEvidence
{
    private static final OptionalLong OPEN = OptionalLong.of(Long.MIN_VALUE);
    private static final ValueRule POSITIVE = new Bound(Bound.Side.LOWER, true, "0", FieldType.DOUBLE);
    private static final ValueRule KNOWN = new ValueRule.OneOf(List.of("new", "aaaaaaaaaaaaaaaa"));

    @TempDir
    private Path folder;

    private MeshCatalog catalog;
    private Table table;

    @BeforeEach
    void setUp()
    {
        catalog = TestingCatalogs.openEmbedded(folder);
        catalog.createNamespaceIfAbsent(Namespace.of("shop"), Map.of());
        table = catalog.catalog().createTable(
                TableIdentifier.of("shop", "orders"),
                new Schema(
                        optional(1, "id", Types.LongType.get()),
                        optional(2, "status", Types.StringType.get()),
                        optional(3, "amount", Types.DoubleType.get()),
                        optional(4, "at", Types.TimestampType.withZone()),
                        optional(5, "tags", Types.ListType.ofOptional(6, Types.StringType.get())),
                        optional(7, "address", Types.StructType.of(optional(8, "zip", Types.StringType.get())))),
                PartitionSpec.unpartitioned(),
                Map.of("format-version", "3"));
    }

    @AfterEach
    void tearDown()
    {
        catalog.close();
    }

    @Test
    void testCountsThatAddUp()
    {
        file(10).counts("status", 10, 3).append();
        file(5).counts("status", 5, 0).append();
        assertThat(figure(nulls("status"))).hasValue(3);
        assertThat(figure(new FileMeasure.Values("status"))).hasValue(12);
        assertThat(figure(new FileMeasure.Rows())).hasValue(15);
    }

    @Test
    void testCountsThatDoNot()
    {
        for (TestingFiles file : List.of(
                // metrics mode none, a column that was added later (NULL or its initial default), and a writer that does not count
                file(10),
                // importers of foreign files add up -1 for row groups without a count
                file(10).counts("status", 10, -1),
                file(10).counts("status", 10, 11),
                file(10).counts("status", 9, 0))) {
            DataFile added = file.append();
            assertThat(figure(nulls("status"))).as("%s", added).isEqualTo(OPEN);
            assertThat(figure(new FileMeasure.Values("status"))).isEqualTo(OPEN);
            assertThat(figure(new FileMeasure.Rows())).hasValue(10);
            table.newDelete().deleteFile(added).commit();
        }
    }

    @Test
    void testNestedColumns()
    {
        file(10).counts("tags.element", 25, 0).counts("address.zip", 10, 0).append();
        assertThat(figure(nulls("tags"))).isEqualTo(OPEN);
        assertThat(figure(nulls("address"))).isEqualTo(OPEN);
        // in files of writers that count none under a struct that is NULL
        assertThat(figure(nulls("address.zip"))).isEqualTo(OPEN);
    }

    @Test
    void testNaN()
    {
        file(10).counts("amount", 10, 0).nans("amount", 0).bounds("amount", 0.0, 7.0).append();
        assertThat(figure(violations("amount", POSITIVE))).hasValue(0);
        file(10).counts("amount", 10, 0).nans("amount", 1).bounds("amount", 0.0, 7.0).append();
        assertThat(figure(violations("amount", POSITIVE))).as("NaN is outside of every bound").isEqualTo(OPEN);
    }

    @Test
    void testNaNThatWasNotCounted()
    {
        file(10).counts("amount", 10, 0).bounds("amount", 0.0, 7.0).append();
        assertThat(figure(violations("amount", POSITIVE))).isEqualTo(OPEN);
    }

    @Test
    void testBoundsProveNothingButZero()
    {
        file(10).counts("amount", 10, 0).nans("amount", 0).bounds("amount", -1.0, 7.0).append();
        assertThat(figure(violations("amount", POSITIVE))).isEqualTo(OPEN);
    }

    @Test
    void testOneValue()
    {
        file(10).counts("status", 10, 2).bounds("status", "new", "new").append();
        assertThat(figure(violations("status", KNOWN))).hasValue(0);
        file(7).counts("status", 7, 3).bounds("status", "lost", "lost").append();
        assertThat(figure(violations("status", KNOWN))).hasValue(4);
    }

    @Test
    void testTruncatedBoundsAreNoValues()
    {
        file(10).counts("status", 10, 0).bounds("status", "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaab").append();
        assertThat(figure(violations("status", KNOWN))).isEqualTo(OPEN);
    }

    @Test
    void testNewest()
    {
        file(10).counts("at", 10, 0).bounds("at", 5L, 7_000_000L).append();
        file(10).counts("at", 10, 10).append();
        assertThat(figure(new FileMeasure.Newest("at"))).hasValue(7_000_000);
        file(10).format(FileFormat.ORC).counts("at", 10, 0).bounds("at", 5L, 9_000_000L).append();
        assertThat(figure(new FileMeasure.Newest("at"))).as("times in milliseconds").isEqualTo(OPEN);
    }

    @Test
    void testDeletesLeaveOnlyZero()
    {
        DataFile file = file(10).counts("status", 10, 3).counts("id", 10, 0).counts("at", 10, 0).bounds("at", 5L, 7L).append();
        table.newRowDelta().addDeletes(FileMetadata.deleteFileBuilder(table.spec())
                .ofPositionDeletes()
                .withPath(table.location() + "/data/deletes.puffin")
                .withFormat(FileFormat.PUFFIN)
                .withReferencedDataFile(file.location())
                .withContentOffset(4)
                .withContentSizeInBytes(40)
                .withFileSizeInBytes(60)
                .withRecordCount(2)
                .build()).commit();
        assertThat(figure(new FileMeasure.Rows())).as("a deletion vector tells its rows").hasValue(8);
        assertThat(figure(nulls("id"))).hasValue(0);
        assertThat(figure(nulls("status"))).isEqualTo(OPEN);
        assertThat(figure(new FileMeasure.Values("id"))).isEqualTo(OPEN);
        assertThat(figure(new FileMeasure.Newest("at"))).isEqualTo(OPEN);
    }

    @Test
    void testUntrustedMetrics()
    {
        file(10).counts("status", 10, 3).append();
        table.updateProperties().set("mesh.quality.trust-metrics", "false").commit();
        assertThat(figure(nulls("status"))).isEqualTo(OPEN);
        assertThat(figure(new FileMeasure.Rows())).hasValue(10);
    }

    @Test
    void testKeysOfDisjointFiles()
    {
        file(10).counts("id", 10, 0).bounds("id", 0L, 9L).append();
        file(10).counts("id", 10, 0).bounds("id", 10L, 30L).append();
        assertThat(layout("id").disjoint()).isTrue();
        assertThat(layout("id").ranges()).containsEntry("id", new KeyLayout.Range(0, 30));
        file(10).counts("id", 10, 0).bounds("id", 30L, 31L).append();
        assertThat(layout("id").disjoint()).as("both ends are in the range").isFalse();
    }

    @Test
    void testKeysOfFilesOfWhichLittleIsKnown()
    {
        file(10).counts("id", 10, 0).bounds("id", 0L, 9L).append();
        file(10).counts("id", 10, 10).append();
        assertThat(layout("id").disjoint()).as("a key with a NULL part is none").isTrue();
        file(10).append();
        assertThat(layout("id").disjoint()).isFalse();
        assertThat(layout("id").ranges()).isEmpty();
    }

    @Test
    void testKeysOfTextsLieInTheOrderOfTheirBytes()
    {
        file(10).counts("status", 10, 0).bounds("status", "a", "z").append();
        // an emoji is greater than every letter of the plane below, by bytes though not by UTF-16 units
        file(10).counts("status", 10, 0).bounds("status", "\uFF5A", "\uD83D\uDE00").append();
        assertThat(layout("status").disjoint()).isTrue();
        file(10).counts("status", 10, 0).bounds("status", "\uD83D\uDE00", "\uD83D\uDE01").append();
        assertThat(layout("status").disjoint()).isFalse();
    }

    private TestingFiles file(long rows)
    {
        return new TestingFiles(table, rows);
    }

    private static FileMeasure nulls(String column)
    {
        return violations(column, new ValueRule.NotNull());
    }

    private static FileMeasure violations(String column, ValueRule rule)
    {
        return new FileMeasure.Violations(column, rule, Optional.empty());
    }

    private OptionalLong figure(FileMeasure measure)
    {
        FileEvidence files = gather(measure);
        return files.open(measure).isEmpty() ? files.total(measure) : OPEN;
    }

    private KeyLayout layout(String column)
    {
        return gather(new FileMeasure.RecurringKeys(List.of(column), Optional.empty())).keyLayout(List.of(column));
    }

    private FileEvidence gather(FileMeasure measure)
    {
        table.refresh();
        return FileEvidence.gather(table, Optional.ofNullable(table.currentSnapshot()), List.of(measure), KeptEvidence.OfTable::none, Set.of(EvidenceRung.R2));
    }
}
