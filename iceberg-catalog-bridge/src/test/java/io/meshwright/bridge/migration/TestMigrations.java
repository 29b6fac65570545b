package io.meshwright.bridge.migration;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.bridge.migration.MigrationRow.State;
import io.meshwright.bridge.migration.Migrations.Dial;
import io.meshwright.bridge.migration.Migrations.Turn;
import io.meshwright.model.finding.MeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestMigrations
{
    private static final LegacyName ORDERS = new LegacyName("legacy_warehouse", "fct_orders");
    private static final LegacyName LINES = new LegacyName("legacy_warehouse", "fct_lines");

    @Test
    void testOfTwoWhoTurnADialOneWins(@TempDir Path folder)
    {
        try (MeshCatalog catalog = TestingCatalogs.openEmbedded(folder)) {
            Migrations migrations = new Migrations(catalog, Clock.fixed(Instant.parse("2026-11-21T06:00:00Z"), ZoneOffset.UTC));
            Dial first = migrations.dial(ORDERS);
            Dial second = migrations.dial(ORDERS);
            assertThat(first.state()).isEqualTo(State.PARALLEL);

            migrations.turn(first, turn(State.CUTOVER, "cutover", "ann"));
            assertThatThrownBy(() -> migrations.turn(second, turn(State.CUTOVER, "cutover", "bob")))
                    .isInstanceOfSatisfying(MeshException.class, e -> {
                        assertThat(e.rule()).isEqualTo(MigrationRule.CONFLICT);
                        assertThat(e.kind()).isEqualTo(MeshException.Cause.REFUSED);
                        assertThat(e.fix()).contains("mesh migrate status orders.order-events");
                    })
                    .hasMessage("The dial of legacy_warehouse.fct_orders was turned by somebody else: cutover by ann at 2026-11-21T06:00:00Z made it \"cutover\"; nothing was written");

            // the dial of another table is another dial
            Dial other = migrations.dial(LINES);
            migrations.turn(migrations.dial(ORDERS), turn(State.ROLLED_BACK, "rollback", "ann"));
            migrations.turn(other, turn(State.CUTOVER, "cutover", "bob"));
            Dial orders = migrations.dial(ORDERS);
            assertThat(orders.state()).isEqualTo(State.ROLLED_BACK);
            assertThat(orders.rows()).extracting(MigrationRow::number).containsExactly(2, 1);
            assertThat(orders.rows().get(1).gates()).containsExactly(Gate.passed(WindowGates.GREEN_DAYS, "3 green days in a row"));
            assertThat(orders.rows().get(1).snapshotId()).hasValue("7");
        }
    }

    private static Turn turn(State state, String action, String who)
    {
        return new Turn(
                "orders.order-events",
                state,
                action,
                who,
                Optional.empty(),
                false,
                List.of(Gate.passed(WindowGates.GREEN_DAYS, "3 green days in a row")),
                Optional.of(7L),
                Optional.empty());
    }
}
