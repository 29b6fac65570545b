package io.meshwright.spark.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.check.CheckRun;
import io.meshwright.bridge.check.FormerResults;
import io.meshwright.bridge.evidence.KeptEvidence;
import io.meshwright.model.check.CheckPlan;
import io.meshwright.model.check.CheckPlanner;
import io.meshwright.model.check.CheckResult;
import io.meshwright.model.check.CheckSpec;
import io.meshwright.model.check.EvidenceRung;
import io.meshwright.model.check.Measure;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContractParser;
import io.meshwright.spark.session.PinnedTable;
import io.meshwright.spark.session.TestingLake;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Whatever happened to a table, and by whatever rungs a figure was found, it is the one that reading every row in plain Java gives.
 */
@TestInstance(PER_CLASS)
final class TestCheckHistories
{
    private static final int STEPS = Integer.getInteger("meshwright.test.steps", 4);
    private static final String JAVA_TIME = "spark.sql.datetime.java8API.enabled";
    private static final List<Set<EvidenceRung>> RUNGS = ImmutableList.of(
            Set.of(),
            Set.of(EvidenceRung.R1, EvidenceRung.R2),
            Set.of(EvidenceRung.R0),
            Set.of(EvidenceRung.R3),
            Set.of(EvidenceRung.R0, EvidenceRung.R1, EvidenceRung.R2, EvidenceRung.R3));

    // numbers as they are, packed, and hashed
    private static final List<String> KEYS = ImmutableList.of("at", "id, at", "name, at");

    private static final String CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: orders
            info: {title: Orders, version: 1.0.0}
            models:
              orders:
                type: table
                fields:
                  id: {type: long, required: true, minimum: 10, exclusiveMaximum: 90}
                  line: {type: int, required: true, enum: ['0', '1'], maximum: 1}
                  name:
                    type: string
                    required: true
                    pattern: 'ORD-[0-9]'
                    maxLength: 5
                    quality:
                      - {type: library, metric: missingValues, mustBeLessThan: 20, unit: percent, arguments: {missingValues: ['', 'N/A']}}
                  status: {type: string, required: true, enum: [placed, fulfilled, cancelled], config: {filter: "not day < DATE '2026-11-05'"}}
                  amount: {type: double, required: true, minimum: 0, maximum: 100}
                  price: {type: decimal, precision: 10, scale: 2, minimum: -10, enum: ['1', '2.50']}
                  day: {type: date, required: true, minimum: '2026-10-30'}
                  at: {type: timestamp, required: true, exclusiveMaximum: '2026-11-01T12:00:00Z'}
                  local: {type: timestamp_ntz, minimum: '2026-11-01T06:00:00'}
                  flag: {type: boolean, required: true, enum: ['true']}
                  tags: {type: array, items: {type: string, required: true, pattern: 'ORD'}, required: true}
                  labels: {type: map, keys: {type: string}, values: {type: int, enum: ['0', '1']}}
                  address:
                    type: object
                    required: true
                    fields:
                      zip: {type: string, required: true, pattern: '^100'}
                quality:
                  - {type: library, metric: rowCount, mustBeGreaterThan: 5}
                  - {type: library, metric: rowCount, mustBeGreaterThan: 5, filter: "status = 'placed'"}
                  - {type: library, metric: duplicateValues, mustBe: 0, arguments: {properties: [%s]}}
            """;

    private final TestingLake lake = TestingLake.get();
    private final Random random = new Random(1);
    private final KeptEvidence kept = new KeptEvidence(lake.catalog());

    @BeforeAll
    void setUp()
    {
        lake.session().conf().set(JAVA_TIME, "true");
    }

    @AfterAll
    void tearDown()
    {
        lake.session().conf().set(JAVA_TIME, "false");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void testEqualsNaiveReading(long seed)
    {
        follow(seed);
    }

    @Test
    void testEqualsNaiveReadingOfAnotherHistoryEachTime()
    {
        follow(System.nanoTime());
    }

    private void follow(long seed)
    {
        RandomHistory history = new RandomHistory(lake, "history_" + Math.abs(seed), seed);
        CheckPlan plan = plan(KEYS.get((int) Math.floorMod(seed, (long) KEYS.size())));
        for (int step = 0; step < STEPS; step++) {
            history.step();
            NaiveOracle oracle = new NaiveOracle(history.rows());
            for (Set<EvidenceRung> rungs : RUNGS) {
                CheckRun.Outcome outcome = run(history, plan, rungs);
                for (CheckSpec check : plan.checks()) {
                    CheckResult result = outcome.checks().stream().filter(found -> found.name().equals(check.name())).findFirst().orElseThrow();
                    assertThat(result.actual()).as("%s by %s: %s; %s", check.name(), rungs, result.message(), history.told()).isPresent();
                    if (!(check.measure() instanceof Measure.Age)) {
                        assertThat(result.actual().orElseThrow()).as("%s by %s of %s; %s", check.name(), result.rung(), rungs, history.told()).isEqualByComparingTo(oracle.figure(check));
                    }
                }
            }
        }
    }

    private CheckRun.Outcome run(RandomHistory history, CheckPlan plan, Set<EvidenceRung> rungs)
    {
        try (PinnedTable pinned = PinnedTable.open(lake.session(), history.table())) {
            String uuid = pinned.table().uuid().toString();
            EnumSet<EvidenceRung> allowed = EnumSet.noneOf(EvidenceRung.class);
            allowed.addAll(rungs);
            CheckRun run = new CheckRun(plan, pinned.table(), Optional.ofNullable(pinned.table().currentSnapshot()), FormerResults.NONE, () -> kept.read(uuid), allowed, Clock.systemUTC(), unused -> {});
            CheckRun.Outcome outcome = run.finish(new SparkTableReader(pinned, random.nextInt(2) * KeySetScan.FEW_KEYS));
            kept.write(uuid, run.files().added(), "run", Clock.systemUTC().instant());
            return outcome;
        }
    }

    private static CheckPlan plan(String key)
    {
        DataContract contract = DataContractParser.parse("contract.yaml", CONTRACT.formatted(key)).value().orElseThrow();
        return CheckPlanner.plan(contract, contract.models().get(0), Set.of("shop.orders"));
    }
}
