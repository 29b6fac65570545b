package io.meshwright.bridge.reconciliation;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;
import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;
import io.meshwright.model.reconciliation.WindowResult;
import io.meshwright.model.reconciliation.WindowResult.State;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What goes wrong in the middle of a run leaves the rest of it as it was.
 */
final class TestReconciliationFaults
{
    private static final String CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'meshwright reconcile'";

    private static TestingLegacy legacy;

    @TempDir
    private static Path folder;

    private final GeneratedTable generated = new GeneratedTable(new Random(11));
    private List<Map<String, Object>> rows;
    private List<Map<String, Object>> product;
    private String table;

    @BeforeAll
    static void start()
            throws IOException
    {
        legacy = new TestingLegacy(folder);
    }

    @AfterAll
    static void stop()
            throws IOException
    {
        legacy.close();
    }

    /**
     * Four days of 25 rows, of which one row of the third is missing.
     */
    @BeforeEach
    void setUp()
            throws SQLException
    {
        rows = generated.rows(100);
        for (int index = 0; index < rows.size(); index++) {
            rows.get(index).put("id", index + 1L);
            rows.get(index).put("name", "n" + index);
            rows.get(index).put("uid", "00000000-0000-0000-0000-0000000000%02d".formatted(index));
            rows.get(index).put("day", GeneratedTable.FIRST.toEpochDay() + index / 25);
        }
        product = new ArrayList<>();
        rows.forEach(row -> product.add(new HashMap<>(row)));
        product.remove(60);
        table = legacy.create(generated, rows);
    }

    private ListedProduct listed()
    {
        return new ListedProduct(generated.schema(), GeneratedTable.listed(product));
    }

    private static Map<String, State> states(ReconciliationReport report)
    {
        Map<String, State> states = new HashMap<>();
        report.windows().forEach(window -> states.put(window.window(), window.state()));
        return states;
    }

    private static final Map<String, State> EXPECTED = Map.of("2026-11-01", State.OK, "2026-11-02", State.OK, "2026-11-03", State.CONFIRMED, "2026-11-04", State.OK);

    @Test
    void testConnectionCutBeforeSumsThenResumed()
    {
        ReconciliationReport cut = legacy.reconciliation(generated, table).runId("cut").over(() -> new InterruptedProduct(listed(), () -> legacy.execute(CUT))).run();
        assertThat(cut.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(cut.windows()).extracting(WindowResult::state).containsOnly(State.SKIPPED);
        assertThat(cut.reasons()).allSatisfy(reason -> assertThat(reason).contains("broke the connection off"));
        assertThat(states(legacy.reconciliation(generated, table).resumed("cut").over(this::listed).run())).isEqualTo(EXPECTED);
    }

    @Test
    void testConnectionCutWhileDifferencesAreReadThenResumed()
    {
        int[] opened = {0};
        ReconciliationReport cut = legacy.reconciliation(generated, table).runId("cut2").full().over(() -> ++opened[0] == 1 ? listed() : new InterruptedProduct(listed(), () -> legacy.execute(CUT))).run();
        assertThat(states(cut)).isEqualTo(Map.of("2026-11-01", State.OK, "2026-11-02", State.OK, "2026-11-03", State.SKIPPED, "2026-11-04", State.OK));
        assertThat(cut.verdict()).isEqualTo(Verdict.UNKNOWN);
        ReconciliationReport resumed = legacy.reconciliation(generated, table).resumed("cut2").full().over(this::listed).run();
        assertThat(states(resumed)).isEqualTo(EXPECTED);
        assertThat(resumed.verdict()).isEqualTo(Verdict.BREACH);
    }

    @Test
    void testKilledThenResumedReadsOnlyWhatWasLeft()
    {
        int[] opened = {0};
        assertThatThrownBy(() -> legacy.reconciliation(generated, table).runId("killed").full().over(() -> {
            if (++opened[0] == 2) {
                throw new OutOfMemoryError("killed here");
            }
            return listed();
        }).run()).isInstanceOf(OutOfMemoryError.class).hasMessage("killed here");
        Set<String>[] asked = new Set[] {Set.of()};
        ReconciliationReport resumed = legacy.reconciliation(generated, table).resumed("killed").full().over(() -> new InterruptedProduct(listed(), () -> {})
        {
            @Override
            void summed(Set<String> windows)
            {
                asked[0] = windows;
            }
        }).run();
        assertThat(asked[0]).containsExactly("2026-11-03");
        assertThat(states(resumed)).isEqualTo(EXPECTED);
        assertThat(resumed.totals().missing()).hasValue(1);
    }

    @Test
    void testWindowsThatDidNotChangeAreNotReadForAWeek()
    {
        product.add(60, new HashMap<>(rows.get(60)));
        assertThat(legacy.reconciliation(generated, table).over(this::listed).run().verdict()).isEqualTo(Verdict.OK);
        InterruptedProduct untouched = new InterruptedProduct(listed(), () -> {})
        {
            @Override
            void summed(Set<String> windows)
            {
                throw new AssertionError("asked for " + windows);
            }
        };
        assertThat(legacy.reconciliation(generated, table).over(() -> untouched).run().totals().matched()).hasValue(100);
        // a late row changes the count of its window
        legacy.execute("INSERT INTO " + table + " SELECT 1000, 'late', uid, day, small, amount, code, comment, wall, instant, flag, bytes, score FROM " + table + " WHERE id = 1");
        ReconciliationReport late = legacy.reconciliation(generated, table).over(this::listed).run();
        assertThat(late.windows().get(0).missing()).hasValue(1);
        assertThat(late.totals().late()).hasValue(1);
        // what changes neither count nor sum of keys is found by the full pass of the week
        legacy.execute("DELETE FROM " + table + " WHERE id = 1000");
        legacy.execute("UPDATE " + table + " SET small = COALESCE(small, 0) + 1 WHERE id = 99");
        assertThat(legacy.reconciliation(generated, table).over(this::listed).run().verdict()).isEqualTo(Verdict.OK);
        assertThat(legacy.reconciliation(generated, table).full().over(this::listed).run().verdict()).isEqualTo(Verdict.BREACH);
        Clock nextWeek = Clock.offset(TestingLegacy.CLOCK, Duration.ofDays(8));
        ReconciliationReport weekly = legacy.reconciliation(generated, table).clock(nextWeek).over(this::listed).run();
        assertThat(weekly.totals().changed()).hasValue(1);
    }

    @Test
    void testRowsOnTheirWayAreNoDifference()
    {
        int[] opened = {0};
        ReconciliationReport report = legacy.reconciliation(generated, table).over(() -> {
            if (++opened[0] == 2) {
                product.add(60, new HashMap<>(rows.get(60)));
            }
            return listed();
        }).run();
        assertThat(opened[0]).isEqualTo(2);
        assertThat(report.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void testColumnWithoutRightIsNotCompared()
    {
        String readable = generated.columns().stream().map(GeneratedTable.Column::name).filter(column -> !column.equals("comment")).collect(joining(", "));
        legacy.execute("CREATE ROLE partial_reader LOGIN");
        legacy.execute("GRANT SELECT (" + readable + ") ON " + table + " TO partial_reader");
        product.add(60, new HashMap<>(rows.get(60)));
        product.get(3).put("comment", "only here");
        ReconciliationReport report = legacy.reconciliation(generated, table).user("partial_reader").over(this::listed).run();
        assertThat(report.verdict()).as(report.reasons().toString()).isEqualTo(Verdict.OK);
        assertThat(report.notCompared()).contains(new NotCompared("column comment", "the user has no right to read its legacy column"));
        assertThat(legacy.reconciliation(generated, table).over(this::listed).run().verdict()).isEqualTo(Verdict.BREACH);
    }

    @Test
    void testWindowThatTakesTooLongIsSkipped()
    {
        // counting does not compute the column, hashing does
        String columns = generated.columns().stream().map(GeneratedTable.Column::name).map(column -> column.equals("comment")
                ? "CASE WHEN day = '2026-11-02' THEN slow_text(comment) ELSE comment END AS comment"
                : column).collect(joining(", "));
        legacy.execute("CREATE FUNCTION slow_text(text) RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN PERFORM pg_sleep(0.2); RETURN $1; END $$");
        legacy.execute("CREATE VIEW slow_" + table + " AS SELECT " + columns + " FROM " + table);
        ReconciliationReport report = legacy.reconciliation(generated, "slow_" + table).statementTimeout(Duration.ofSeconds(1)).over(this::listed).run();
        assertThat(states(report)).isEqualTo(Map.of("2026-11-01", State.OK, "2026-11-02", State.SKIPPED, "2026-11-03", State.CONFIRMED, "2026-11-04", State.OK));
        assertThat(report.verdict()).isEqualTo(Verdict.BREACH);
        assertThat(report.reasons()).anySatisfy(reason -> assertThat(reason).contains("2026-11-02: not compared").contains("did not finish a statement within 1 s"));
    }

    @Test
    void testMissingKeyColumnIsAWrongSpecification()
            throws SQLException
    {
        legacy.execute("CREATE TABLE keyless_" + table + " (day date, small integer)");
        assertThatThrownBy(() -> legacy.reconciliation(generated, "keyless_" + table).over(this::listed).run())
                .isInstanceOf(MeshException.class)
                .hasMessageContaining("The key column " + generated.key().get(0) + " cannot be compared: the legacy table has no column of this name");
    }
}
