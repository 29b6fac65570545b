package io.meshwright.spark.check;

import io.meshwright.bridge.check.CheckRun;
import io.meshwright.bridge.check.FormerResults;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.TestingLake;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.meshwright.spark.check.TestingChecks.byName;
import static io.meshwright.spark.check.TestingChecks.plan;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file that a snapshot lists twice is in the table twice, as every engine reads it.
 */
final class TestRepeatedFile
{
    private static final List<Set<EvidenceRung>> RUNGS = List.of(
            EnumSet.noneOf(EvidenceRung.class),
            EnumSet.of(EvidenceRung.R1, EvidenceRung.R2),
            EnumSet.of(EvidenceRung.R0),
            EnumSet.allOf(EvidenceRung.class),
            EnumSet.of(EvidenceRung.R0));

    private final TestingLake lake = TestingLake.get();
    private final KeptEvidence kept = new KeptEvidence(lake.catalog());

    /**
     * Two files of which the second has keys between those of the first, so that no bound tells them apart.
     */
    @BeforeEach
    void setUp()
    {
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.imported",
                "CREATE TABLE mesh.shop.imported (id bigint, name string) USING iceberg TBLPROPERTIES ('write.delete.mode'='merge-on-read')",
                "INSERT INTO mesh.shop.imported SELECT /*+ COALESCE(1) */ id * 2, IF(id < 3, NULL, IF(id = 4, 'x', CONCAT('name', id))) FROM range(10)",
                "INSERT INTO mesh.shop.imported SELECT /*+ COALESCE(1) */ id * 2 + 1, CONCAT('name', id) FROM range(10)");
    }

    @Test
    void testCountsEachListing()
    {
        RUNGS.forEach(rungs -> assertFigures(rungs, 20, 3, 1, 0));
        addFirstFileAgain();
        assertThat(read()).as("what Spark reads").isEqualTo(List.of(30L, 6L, 2L, 10L));
        RUNGS.forEach(rungs -> assertFigures(rungs, 30, 6, 2, 10));
    }

    @Test
    void testListingsMayHaveDifferentDeletes()
    {
        lake.sql("DELETE FROM mesh.shop.imported WHERE id IN (0, 8)");
        addFirstFileAgain();
        assertThat(read()).as("what Spark reads").isEqualTo(List.of(28L, 5L, 1L, 8L));
        RUNGS.forEach(rungs -> assertFigures(rungs, 28, 5, 1, 8));
    }

    private void addFirstFileAgain()
    {
        Table table = lake.table("shop", "imported");
        DataFile first = table.snapshots().iterator().next().addedDataFiles(table.io()).iterator().next();
        table.newAppend().appendFile(first).commit();
        lake.sql("REFRESH TABLE mesh.shop.imported");
    }

    private List<Long> read()
    {
        Row row = lake.session().sql(
                """
                SELECT count(*), count_if(name IS NULL), count_if(length(name) < 3), (SELECT count(*) FROM (SELECT id FROM mesh.shop.imported GROUP BY id HAVING count(*) > 1))
                FROM mesh.shop.imported
                """).head();
        return List.of(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3));
    }

    private void assertFigures(Set<EvidenceRung> rungs, long rows, long withoutName, long shortNames, long recurringKeys)
    {
        Map<String, CheckResult> results = run(rungs);
        assertFigure(results, rungs, "rowCount", rows);
        assertFigure(results, rungs, "name.required", withoutName);
        assertFigure(results, rungs, "name.minLength", shortNames);
        assertFigure(results, rungs, "id.unique", recurringKeys);
    }

    private static void assertFigure(Map<String, CheckResult> results, Set<EvidenceRung> rungs, String check, long expected)
    {
        CheckResult result = results.get(check);
        assertThat(result.actual()).as("%s by %s: %s", check, rungs, result.message()).isPresent();
        assertThat(result.actual().orElseThrow()).as("%s by %s of %s", check, result.rung(), rungs).isEqualByComparingTo(String.valueOf(expected));
    }

    private Map<String, CheckResult> run(Set<EvidenceRung> rungs)
    {
        CheckPlan plan = plan(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      id: {type: long, unique: true}
                      name: {type: string, required: true, minLength: 3}
                    quality:
                      - {type: library, metric: rowCount, mustBeGreaterThan: 5}
                """);
        try (PinnedTable pinned = lake.pin("shop", "imported")) {
            String uuid = pinned.table().uuid().toString();
            CheckRun run = new CheckRun(
                    plan,
                    pinned.table(),
                    Optional.ofNullable(pinned.table().currentSnapshot()),
                    FormerResults.NONE,
                    () -> kept.read(uuid),
                    rungs,
                    Clock.systemUTC(),
                    unused -> {});
            CheckRun.Outcome outcome = run.finish(new SparkTableReader(pinned));
            kept.write(uuid, run.files().added(), "run", Clock.systemUTC().instant());
            return byName(outcome);
        }
    }
}
