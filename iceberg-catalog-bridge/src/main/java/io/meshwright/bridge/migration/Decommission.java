package io.meshwright.bridge.migration;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.migration.MigrationRow.State;
import io.meshwright.bridge.migration.Migrations.Dial;
import io.meshwright.bridge.migration.Migrations.Turn;
import io.meshwright.model.finding.MeshException;

import java.util.List;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.REFUSED;
import static java.util.Objects.requireNonNull;

/**
 * The end of a legacy table: the gates of the cutover and those of its readers, then one statement, with a row in the registry before and after it.
 */
public final class Decommission
{
    static final String CUT_OVER = "cut-over";
    private static final String BEGIN = "begin of decommission";
    private static final String END = "end of decommission";

    private final Migration migration;

    public Decommission(Migration migration)
    {
        this.migration = requireNonNull(migration, "migration is null");
    }

    public List<Gate> gates(Dial dial, ReaderEvidence evidence)
    {
        String address = migration.product().address().toString();
        boolean cutOver = dial.state().isProduct() && dial.last().filter(row -> row.product().equals(address)).isPresent();
        return ImmutableList.<Gate>builder()
                .add(cutOver
                        ? Gate.passed(CUT_OVER, "the old name means the product since " + dial.last().orElseThrow().changedAt())
                        : Gate.failed(CUT_OVER, "the old name does not mean %s yet: %s".formatted(address, dial.state().label())))
                .addAll(migration.gates())
                .addAll(evidence.gates())
                .build();
    }

    /**
     * Runs the statement of a decommission whose gates are all passed.
     *
     * @return the row that says that it is done
     * @throws MeshException where the database refused, after which the dial stands as before, or did not confirm, after which this can be told by running the command again
     */
    public MigrationRow execute(Dial dial, List<Gate> gates, LegacyRemoval removal, String statement, String user, Optional<String> reason)
    {
        if (Gate.worst(gates) != Gate.Status.PASSED) {
            throw new MeshException(MigrationRule.NO_PROOF, REFUSED, migration.legacy() + " is not proven to be unused", "look at the gates");
        }
        Migrations migrations = migration.migrations();
        migrations.turn(dial, turn(State.DECOMMISSIONING, BEGIN, user, reason, gates, statement));
        Dial begun = migration.dial();
        try {
            removal.execute(statement);
        }
        catch (MeshException e) {
            if (e.kind() != EXTERNAL) {
                // refused also where another command has taken the table away meanwhile: then its row stands
                migrations.turn(begun, turn(State.CUTOVER, "refused decommission", user, Optional.of(e.getMessage()), gates, statement));
            }
            throw e;
        }
        return migrations.turn(migration.dial(), turn(State.DECOMMISSIONED, END, user, reason, gates, statement));
    }

    /**
     * Confirms a statement that was begun before, when the table is gone.
     */
    public MigrationRow confirm(Dial dial, String user)
    {
        MigrationRow begun = dial.last().orElseThrow();
        return migration.migrations().turn(dial, turn(State.DECOMMISSIONED, END, user, begun.reason(), begun.gates(), begun.statement().orElse("")));
    }

    /**
     * Whether the statistics could not be read because there is no such table.
     */
    public boolean isNoSuchTable(MeshException exception)
    {
        return exception.rule() == MigrationRule.NO_TABLE;
    }

    private Turn turn(State state, String action, String user, Optional<String> reason, List<Gate> gates, String statement)
    {
        return new Turn(migration.product().address().toString(), state, action, user, reason, false, gates, migration.servedSnapshot(), Optional.of(statement));
    }
}
