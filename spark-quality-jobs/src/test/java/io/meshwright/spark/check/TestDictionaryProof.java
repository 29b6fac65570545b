package io.meshwright.spark.check;

import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.FileMeasure;
import io.meshwright.model.check.ValueRule;
import io.meshwright.model.check.ValueRule.Bound;
import io.meshwright.model.contract.FieldType;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.TestingLake;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

final class TestDictionaryProof
{
    private static final String ROWS =
            """
            SELECT cast(id %% 3 AS int) i, id %% 3 l, cast(id %% 3 AS float) f, cast(id %% 3 AS double) d,
                cast(id %% 3 AS decimal(9, 2)) d9, cast(id %% 3 AS decimal(18, 2)) d18, cast(id %% 3 AS decimal(38, 2)) d38,
                cast(id %% 3 AS string) s, date_add(DATE'2026-01-01', cast(id %% 3 AS int)) dt,
                timestamp'2026-01-01 00:00:00Z' + make_dt_interval(cast(id %% 3 AS int)) ts,
                timestamp_ntz'2026-01-01 00:00:00' + make_dt_interval(cast(id %% 3 AS int)) ntz,
                id %% 3 = 1 bo, cast(cast(id %% 3 AS string) AS binary) bi
            FROM range(%s)""";
    private static final Map<String, FieldType> NUMBERS = Map.of(
            "i", FieldType.INTEGER, "l", FieldType.LONG, "f", FieldType.FLOAT, "d", FieldType.DOUBLE, "d9", FieldType.DECIMAL, "d18", FieldType.DECIMAL, "d38", FieldType.DECIMAL);

    private static final TestingLake LAKE = TestingLake.get();

    @BeforeAll
    static void createNamespace()
    {
        LAKE.sql("CREATE NAMESPACE IF NOT EXISTS mesh.proof");
    }

    private static void create(String table, String rows, String properties)
    {
        LAKE.sql(
                "DROP TABLE IF EXISTS mesh.proof." + table,
                "CREATE TABLE mesh.proof." + table + " USING iceberg TBLPROPERTIES (" + properties + ") AS " + rows);
    }

    @Test
    void testEveryType()
    {
        create("types", ROWS.formatted(200), "'format-version'='2'");
        Map<String, ValueRule> kept = new LinkedHashMap<>();
        Map<String, ValueRule> broken = new LinkedHashMap<>();
        NUMBERS.forEach((column, type) -> {
            // version 1 of Parquet has no dictionary for the fixed length of decimals beyond 18 digits
            if (!column.equals("d38")) {
                kept.put(column, upTo("2", type));
            }
            broken.put(column, upTo("1", type));
        });
        kept.put("s", new ValueRule.Matches("^[0-2]$"));
        broken.put("s", new ValueRule.Matches("^[0-1]$"));
        kept.put("dt", upTo("2026-01-03", FieldType.DATE));
        broken.put("dt", upTo("2026-01-02", FieldType.DATE));
        kept.put("ts", upTo("2026-01-03T00:00:00Z", FieldType.TIMESTAMP));
        broken.put("ts", upTo("2026-01-02T00:00:00Z", FieldType.TIMESTAMP));
        kept.put("ntz", upTo("2026-01-03T00:00:00", FieldType.TIMESTAMP_NTZ));
        broken.put("ntz", upTo("2026-01-02T00:00:00", FieldType.TIMESTAMP_NTZ));
        assertThat(proven("types", kept)).containsExactlyInAnyOrderElementsOf(kept.keySet());
        assertThat(proven("types", broken)).isEmpty();
        // none has a dictionary whose values are understood
        assertThat(proven("types", Map.of("d38", upTo("2", FieldType.DECIMAL), "bo", new ValueRule.OneOf(List.of("true", "false")), "bi", new ValueRule.Length(0, 10)))).isEmpty();
    }

    @Test
    void testNullsMatterForMissingValuesOnly()
    {
        create("nulls", "SELECT if(id % 5 = 0, NULL, cast(id % 3 AS string)) s FROM range(100)", "'format-version'='2'");
        assertThat(proven("nulls", Map.of("s", new ValueRule.Matches("^[0-2]$")))).containsExactly("s");
        assertThat(proven("nulls", Map.of("s", new ValueRule.NotMissing(List.of("-"))))).isEmpty();
    }

    @Test
    void testPagesWithoutDictionaryProveNothing()
    {
        // the dictionary holds few of the values, and pages that follow it are plain
        create("fallback", "SELECT concat('value-', cast(id AS string)) s FROM range(20000)", "'write.parquet.dict-size-bytes'='256', 'write.parquet.page-row-limit'='100'");
        assertThat(proven("fallback", Map.of("s", new ValueRule.Matches("^value-")))).isEmpty();
    }

    @Test
    void testForeignFilesProveNothing()
            throws IOException
    {
        create("foreign_files", "SELECT timestamp'2026-01-01 00:00:00Z' ts, 'x' s WHERE false", "'format-version'='2'");
        java.nio.file.Path folder = Files.createTempDirectory(LAKE.folder(), "foreign");
        LAKE.session().conf().set("spark.sql.parquet.outputTimestampType", "INT96");
        try {
            LAKE.session().sql("SELECT timestamp'2026-01-01 00:00:00Z' ts, 'x' s FROM range(10)").coalesce(1).write().mode("overwrite").parquet(folder.toUri().toString());
        }
        finally {
            LAKE.session().conf().unset("spark.sql.parquet.outputTimestampType");
        }
        File file = List.of(folder.toFile().listFiles((unused, name) -> name.endsWith(".parquet"))).get(0);
        Table table = LAKE.table("proof", "foreign_files");
        table.updateProperties().set("schema.name-mapping.default", NameMappingParser.toJson(MappingUtil.create(table.schema()))).commit();
        table.newAppend().appendFile(DataFiles.builder(table.spec()).withPath(new Path(file.toURI()).toString().replace("file:/", "file:///")).withFileSizeInBytes(file.length()).withRecordCount(10).build()).commit();
        // no identifiers of fields, and no type by which an INT96 were a time
        assertThat(proven("foreign_files", Map.of("ts", upTo("2027-01-01T00:00:00Z", FieldType.TIMESTAMP), "s", new ValueRule.OneOf(List.of("x"))))).isEmpty();
    }

    private static ValueRule upTo(String value, FieldType type)
    {
        return new Bound(Bound.Side.UPPER, true, value, type);
    }

    /**
     * The columns that keep their rule in every file.
     */
    private static Set<String> proven(String table, Map<String, ValueRule> rules)
    {
        Map<String, FileMeasure> measures = new LinkedHashMap<>();
        rules.forEach((column, rule) -> measures.put(column, new FileMeasure.Violations(column, rule, Optional.empty())));
        try (PinnedTable pinned = LAKE.pin("proof", table)) {
            FileEvidence files = FileEvidence.gather(pinned.table(), Optional.of(pinned.table().currentSnapshot()), measures.values(), KeptEvidence.OfTable::none, EnumSet.of(EvidenceRung.R3));
            Map<FileMeasure, List<LiveFile>> open = new LinkedHashMap<>();
            measures.values().forEach(measure -> open.put(measure, files.open(measure)));
            assertThat(open.values()).allSatisfy(list -> assertThat(list).isNotEmpty());
            Map<FileMeasure, Set<LiveFile>> proven = DictionaryProof.prove(pinned, open);
            return new HashSet<>(measures.keySet().stream().filter(column -> proven.getOrDefault(measures.get(column), Set.of()).equals(new HashSet<>(open.get(measures.get(column))))).collect(toImmutableList()));
        }
    }
}
