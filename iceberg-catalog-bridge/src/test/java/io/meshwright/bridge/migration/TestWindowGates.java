package io.meshwright.bridge.migration;

import io.meshwright.bridge.result.WindowRow;
import io.meshwright.model.product.MigrationSpec;
import io.meshwright.model.product.MigrationSpec.Comparison;
import io.meshwright.model.product.MigrationSpec.Cutover;
import io.meshwright.model.product.MigrationSpec.Grain;
import io.meshwright.model.product.MigrationSpec.Profile;
import io.meshwright.model.product.MigrationSpec.Protection;
import io.meshwright.model.product.MigrationSpec.Window;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

final class TestWindowGates
{
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final LocalDate YESTERDAY = LocalDate.parse("2026-11-20");

    private final List<WindowRow> rows = new ArrayList<>();

    @Test
    void testNothingReconciledIsUnknown()
    {
        assertThat(gates(Comparison.COUNTS)).allMatch(gate -> gate.status() == Gate.Status.UNKNOWN).hasSize(3);
        assertThat(Gate.worst(gates(Comparison.COUNTS))).isEqualTo(Gate.Status.UNKNOWN);
        assertThat(Gate.worst(List.of())).as("nothing looked at").isEqualTo(Gate.Status.UNKNOWN);
    }

    @Test
    void testGreenDays()
    {
        days("run", 3, "ok", "counts");
        assertThat(gates(Comparison.COUNTS)).allMatch(Gate::isPassed);
        assertThat(gate(Comparison.COUNTS, WindowGates.GREEN_DAYS).words()).isEqualTo("3 green days in a row, 2026-11-18 to 2026-11-20");
    }

    @Test
    void testADayWithoutReconciliationIsNotGreen()
    {
        row("a", YESTERDAY.toString(), "ok", "counts", NOW.minusSeconds(60), 10, 10);
        row("b", YESTERDAY.minusDays(2).toString(), "ok", "counts", NOW.minusSeconds(60), 10, 10);
        Gate gate = gate(Comparison.COUNTS, WindowGates.GREEN_DAYS);
        assertThat(gate.status()).isEqualTo(Gate.Status.UNKNOWN);
        assertThat(gate.words()).isEqualTo("1 of 3 green days in a row up to 2026-11-20; 2026-11-19 was not reconciled");
        assertThat(gate(Comparison.COUNTS, WindowGates.FULL_PASS).words()).isEqualTo("no run of the last 7 days reconciled all 3 days of lookback");
    }

    @Test
    void testTheReconciliationOfTheLastDayMayBeDue()
    {
        days("run", 4, "ok", "counts");
        rows.removeIf(row -> row.window().equals(YESTERDAY.toString()));
        assertThat(gate(Comparison.COUNTS, WindowGates.GREEN_DAYS).words()).isEqualTo("3 green days in a row, 2026-11-17 to 2026-11-19");
        rows.removeIf(row -> row.window().equals(YESTERDAY.minusDays(1).toString()));
        assertThat(gate(Comparison.COUNTS, WindowGates.GREEN_DAYS).status()).isEqualTo(Gate.Status.UNKNOWN);
    }

    @Test
    void testTheLastRunOfADayCounts()
    {
        days("run", 3, "ok", "counts");
        row("later", YESTERDAY.minusDays(1).toString(), "confirmed", "counts", NOW, 10, 9);
        Gate green = gate(Comparison.COUNTS, WindowGates.GREEN_DAYS);
        assertThat(green.status()).isEqualTo(Gate.Status.FAILED);
        assertThat(green.words()).isEqualTo("1 of 3 green days in a row up to 2026-11-20; 2026-11-19 differs: legacy 10 rows, mesh 9");
        Gate open = gate(Comparison.COUNTS, WindowGates.NO_OPEN_WINDOW);
        assertThat(open.status()).isEqualTo(Gate.Status.FAILED);
        assertThat(open.words()).isEqualTo("1 window with a confirmed difference: 2026-11-19");

        row("repaired", YESTERDAY.minusDays(1).toString(), "ok", "counts", NOW.plusSeconds(1), 10, 10);
        assertThat(gates(Comparison.COUNTS)).allMatch(Gate::isPassed);
    }

    @Test
    void testASettlingDayIsUnknown()
    {
        days("run", 3, "settling", "counts");
        Gate gate = gate(Comparison.COUNTS, WindowGates.GREEN_DAYS);
        assertThat(gate.status()).isEqualTo(Gate.Status.UNKNOWN);
        assertThat(gate.words()).isEqualTo("0 of 3 green days in a row up to 2026-11-20; 2026-11-20 is settling");
    }

    @Test
    void testRowsWithoutADayThatDifferAreOpen()
    {
        days("run", 3, "ok", "counts");
        row("run", "null", "confirmed", "counts", NOW, 1, 0);
        assertThat(gate(Comparison.COUNTS, WindowGates.NO_OPEN_WINDOW).words()).isEqualTo("1 window with a confirmed difference: rows without a day");
    }

    @Test
    void testCountsProveNoRows()
    {
        days("counts", 3, "ok", "counts");
        assertThat(gates(Comparison.ROWS)).allMatch(gate -> gate.status() == Gate.Status.UNKNOWN);
        days("rows", 3, "ok", "md5");
        assertThat(gates(Comparison.ROWS)).allMatch(Gate::isPassed);
        // but they refute them
        row("counts", YESTERDAY.toString(), "confirmed", "counts", NOW, 10, 9);
        assertThat(gate(Comparison.ROWS, WindowGates.GREEN_DAYS).status()).isEqualTo(Gate.Status.FAILED);
    }

    @Test
    void testAnotherTableOrZoneProvesNothing()
    {
        days("run", 3, "ok", "counts");
        List<WindowRow> elsewhere = rows.stream().map(row -> copy(row, "jdbc:postgresql://other/db.fct_orders", row.zone())).toList();
        assertThat(new WindowGates(migration(Comparison.COUNTS), elsewhere, NOW).gates()).noneMatch(Gate::isPassed);
        List<WindowRow> zone = rows.stream().map(row -> copy(row, row.legacy(), "Europe/Berlin")).toList();
        assertThat(new WindowGates(migration(Comparison.COUNTS), zone, NOW).gates()).noneMatch(Gate::isPassed);
    }

    @Test
    void testAFullPassAges()
    {
        days("run", 3, "ok", "counts");
        List<WindowRow> old = List.copyOf(rows);
        assertThat(new WindowGates(migration(Comparison.COUNTS), old, NOW.plus(Duration.ofDays(8))).gates())
                .extracting(Gate::name, Gate::status)
                .contains(org.assertj.core.groups.Tuple.tuple(WindowGates.FULL_PASS, Gate.Status.UNKNOWN));
    }

    @Test
    void testWhatARunTookOverIsAsOldAsItsReading()
    {
        for (int day = 0; day < 3; day++) {
            row("run", YESTERDAY.minusDays(day).toString(), "ok", "native", NOW, 10, 10, Optional.of(NOW.minus(Duration.ofDays(4L * day))));
        }
        assertThat(gate(Comparison.ROWS, WindowGates.GREEN_DAYS).isPassed()).isTrue();
        assertThat(gate(Comparison.ROWS, WindowGates.FULL_PASS).words()).startsWith("no run of the last 7 days reconciled all 3 days of lookback");
        row("run", YESTERDAY.minusDays(2).toString(), "ok", "native", NOW, 10, 10, Optional.of(NOW.minus(Duration.ofDays(7))));
        assertThat(gates(Comparison.ROWS)).allMatch(Gate::isPassed);
    }

    private List<Gate> gates(Comparison compare)
    {
        return new WindowGates(migration(compare), rows, NOW).gates();
    }

    private Gate gate(Comparison compare, String name)
    {
        return gates(compare).stream().filter(gate -> gate.name().equals(name)).findFirst().orElseThrow();
    }

    private void days(String run, int days, String state, String profile)
    {
        for (int day = 0; day < days; day++) {
            row(run, YESTERDAY.minusDays(day).toString(), state, profile, NOW.minusSeconds(60), 10, 10);
        }
    }

    private void row(String run, String window, String state, String profile, Instant finished, long legacy, long mesh)
    {
        row(run, window, state, profile, finished, legacy, mesh, Optional.empty());
    }

    private void row(String run, String window, String state, String profile, Instant finished, long legacy, long mesh, Optional<Instant> comparedAt)
    {
        rows.add(new WindowRow(
                run,
                "orders.order-events",
                "legacy_warehouse.fct_orders",
                Optional.of("1"),
                Optional.of(finished),
                profile,
                "UTC",
                window,
                legacy,
                mesh,
                mesh - legacy,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                BigDecimal.ONE,
                BigDecimal.ONE,
                state,
                "ok",
                finished,
                finished,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                comparedAt));
    }

    private static WindowRow copy(WindowRow row, String legacy, String zone)
    {
        return new WindowRow(
                row.runId(),
                row.product(),
                legacy,
                row.snapshotId(),
                row.legacyAsOf(),
                row.profile(),
                zone,
                row.window(),
                row.legacyRows(),
                row.meshRows(),
                row.net(),
                row.missing(),
                row.extra(),
                row.changed(),
                row.duplicate(),
                row.completeness(),
                row.threshold(),
                row.state(),
                row.verdict(),
                row.startedAt(),
                row.finishedAt());
    }

    private static MigrationSpec migration(Comparison compare)
    {
        return new MigrationSpec(
                "legacy_warehouse",
                "fct_orders",
                List.of("order_id"),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Grain.ROW,
                Optional.of(new Window("occurred_at", "order_ts", "day", ZoneOffset.UTC)),
                compare,
                Profile.AUTO,
                Duration.ofHours(2),
                Duration.ofDays(3),
                Map.of(),
                Protection.DEFAULT,
                new Cutover(3, 30));
    }
}
