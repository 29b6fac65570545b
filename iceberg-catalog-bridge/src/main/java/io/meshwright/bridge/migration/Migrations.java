package io.meshwright.bridge.migration;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.migration.MigrationRow.State;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.finding.MeshException;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.REFUSED;
import static java.util.Objects.requireNonNull;

/**
 * The dials of all legacy tables, as the Iceberg table {@code mesh.migrations}. Of two commands at the same time one wins. Thread-safe.
 */
public final class Migrations
{
    private final RowTable<MigrationRow> table;
    private final Clock clock;

    /**
     * How a legacy table stands, with how it came to that.
     *
     * @param rows all of the table, the newest first; none where nobody turned its dial
     */
    public record Dial(LegacyName legacy, List<MigrationRow> rows)
    {
        public Dial
        {
            requireNonNull(legacy, "legacy is null");
            rows = ImmutableList.copyOf(rows);
        }

        public State state()
        {
            return last().map(MigrationRow::state).orElse(State.PARALLEL);
        }

        public Optional<MigrationRow> last()
        {
            return rows.stream().findFirst();
        }
    }

    /**
     * @param action for the record
     */
    public record Turn(
            String product,
            State state,
            String action,
            String changedBy,
            Optional<String> reason,
            boolean forced,
            List<Gate> gates,
            Optional<Long> snapshotId,
            Optional<String> statement)
    {
        public Turn
        {
            requireNonNull(product, "product is null");
            requireNonNull(state, "state is null");
            requireNonNull(action, "action is null");
            requireNonNull(changedBy, "changedBy is null");
            requireNonNull(reason, "reason is null");
            gates = ImmutableList.copyOf(gates);
            requireNonNull(snapshotId, "snapshotId is null");
            requireNonNull(statement, "statement is null");
        }
    }

    public Migrations(MeshCatalog catalog, Clock clock)
    {
        this.table = new RowTable<>(catalog, MigrationRow.TABLE, MigrationRow.SCHEMA);
        this.clock = requireNonNull(clock, "clock is null");
    }

    public Dial dial(LegacyName legacy)
    {
        return dial(legacy, table.read().rows());
    }

    private static Dial dial(LegacyName legacy, List<MigrationRow> rows)
    {
        return new Dial(legacy, rows.stream()
                .filter(row -> row.legacy().equals(legacy.toString()))
                .sorted(Comparator.comparingInt(MigrationRow::number).reversed())
                .collect(toImmutableList()));
    }

    /**
     * Writes a row, provided that nobody turned this dial since it was looked at.
     *
     * @param seen what the decision was based on
     * @throws MeshException with cause REFUSED where somebody did, and nothing was written
     */
    public MigrationRow turn(Dial seen, Turn turn)
    {
        for (int attempt = 1; ; attempt++) {
            RowTable.Content<MigrationRow> content = table.read();
            Dial present = dial(seen.legacy(), content.rows());
            if (present.rows().size() != seen.rows().size()) {
                MigrationRow other = present.rows().get(0);
                throw new MeshException(
                        MigrationRule.CONFLICT,
                        REFUSED,
                        "The dial of %s was turned by somebody else: %s by %s at %s made it \"%s\"; nothing was written".formatted(
                                seen.legacy(), other.action(), other.changedBy(), other.changedAt(), other.state().label()),
                        "look at it with  mesh migrate status %s , and decide again".formatted(other.product()));
            }
            MigrationRow row = row(present, turn);
            if (table.appendIfUnchanged(content.snapshotId(), List.of(row))) {
                return row;
            }
            table.waitForTurn(attempt);
        }
    }

    private MigrationRow row(Dial present, Turn turn)
    {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new MigrationRow(
                present.legacy().toString(),
                present.rows().size() + 1,
                turn.product(),
                turn.state(),
                turn.action(),
                turn.changedBy(),
                now,
                turn.reason(),
                turn.forced(),
                turn.gates(),
                turn.snapshotId().map(String::valueOf),
                turn.statement());
    }
}
