package io.meshwright.spark.check;

import io.meshwright.bridge.check.CheckRun;
import io.meshwright.bridge.check.FormerResults;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.TestingLake;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

final class TestKeySetScan
{
    private final TestingLake lake = TestingLake.get();
    private final KeptEvidence kept = new KeptEvidence(lake.catalog());
    private final List<String> progress = new ArrayList<>();
    private String key;
    private long fewKeys;

    /**
     * @param key a number, packed numbers, a hash
     * @param fewKeys 0: numbers are moved; more: the new ones are sent to the kept ones
     */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "id; 1000000",
            "id, line; 1000000",
            "name; 1000000",
            "name; 0",
    })
    void testReadsOnlyNewFiles(String key, long fewKeys)
    {
        this.key = key;
        this.fewKeys = fewKeys;
        lake.sql(
                "CREATE NAMESPACE IF NOT EXISTS mesh.shop",
                "DROP TABLE IF EXISTS mesh.shop.keyed",
                "CREATE TABLE mesh.shop.keyed (id bigint, line int, name string) USING iceberg TBLPROPERTIES ('format-version'='3', 'write.delete.mode'='merge-on-read')");
        append(0, 3);
        append(1, 3);
        assertThat(recurring()).isEqualTo(0);
        assertRead("2 of 2");

        // each file has keys over the whole range
        append(2, 3);
        assertThat(recurring()).isEqualTo(0);
        assertRead("1 of 3");
        assertThat(recurring()).isEqualTo(0);
        assertThat(progress).as("nothing is read").noneMatch(line -> line.contains("keys of"));

        append(1, 300);
        assertThat(recurring()).as("keys of another file").isEqualTo(10);
        assertRead("1 of 4");

        // deletes leave fewer keys than are kept
        lake.sql("DELETE FROM mesh.shop.keyed WHERE id % 300 = 1 AND id % 600 <> 1");
        assertThat(recurring()).isEqualTo(5);
        lake.sql("DELETE FROM mesh.shop.keyed WHERE id % 300 = 1");
        assertThat(recurring()).isEqualTo(0);
        assertThat(recurring()).isEqualTo(0);
        assertThat(progress).as("nothing is read").noneMatch(line -> line.contains("keys of"));
    }

    @ParameterizedTest
    @CsvSource({"key_sets", "unique_files"})
    void testLosesNothingButTimeWithATable(String lost)
    {
        key = "id";
        fewKeys = 1_000;
        lake.sql("CREATE NAMESPACE IF NOT EXISTS mesh.shop", "DROP TABLE IF EXISTS mesh.shop.keyed", "CREATE TABLE mesh.shop.keyed (id bigint, line int, name string) USING iceberg");
        append(0, 3);
        append(1, 3);
        assertThat(recurring()).isEqualTo(0);
        lake.catalog().catalog().dropTable(TableIdentifier.of("mesh", lost));
        append(1, 300);
        assertThat(recurring()).isEqualTo(10);
    }

    private void assertRead(String files)
    {
        assertThat(progress).contains("reading keys of %s from %s data files".formatted(key, files));
    }

    /**
     * Appends one file of keys with a remainder.
     */
    private void append(int remainder, int modulus)
    {
        lake.sql(
                "REFRESH TABLE mesh.shop.keyed",
                "INSERT INTO mesh.shop.keyed SELECT /*+ COALESCE(1) */ id, CAST(id %% 7 AS int), CONCAT('customer-', id) FROM range(3000) WHERE id %% %s = %s".formatted(modulus, remainder));
    }

    private int recurring()
    {
        progress.clear();
        DataContract contract = DataContractParser.parse(
                "contract.yaml",
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0}
                models:
                  orders:
                    type: table
                    fields:
                      id: {type: long}
                      line: {type: int}
                      name: {type: string}
                    quality:
                      - {type: library, metric: duplicateValues, mustBe: 0, arguments: {properties: [%s]}}
                """.formatted(key)).value().orElseThrow();
        CheckPlan plan = CheckPlanner.plan(contract, contract.models().get(0), Set.of("shop.orders"));
        try (PinnedTable pinned = lake.pin("shop", "keyed")) {
            String uuid = pinned.table().uuid().toString();
            CheckRun run = new CheckRun(
                    plan,
                    pinned.table(),
                    Optional.ofNullable(pinned.table().currentSnapshot()),
                    FormerResults.NONE,
                    () -> kept.read(uuid),
                    EnumSet.allOf(EvidenceRung.class),
                    Clock.systemUTC(),
                    progress::add);
            CheckRun.Outcome outcome = run.needsReader() ? run.finish(new SparkTableReader(pinned, fewKeys)) : run.finish();
            kept.write(uuid, run.files().added(), UUID.randomUUID().toString(), Clock.systemUTC().instant());
            CheckResult result = outcome.checks().stream().filter(check -> check.metric().equals("duplicateValues")).findFirst().orElseThrow();
            assertThat(result.actual()).as("%s", result.message()).isPresent();
            return result.actual().orElseThrow().intValueExact();
        }
    }
}
