package io.meshwright.bridge.migration;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.table.RowSchema;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * One turn of the dial, or one step of a decommission, as a row of {@code mesh.migrations}. The row with the greatest number of a legacy table says how it stands; rows are never changed.
 *
 * @param number 1 for the first row of a legacy table, then one more each time
 * @param action what was asked for: cutover, rollback, decommission, or the begin or end of a statement in the legacy database
 * @param gates what they said then
 * @param statement what is sent to the legacy database, where something is
 */
public record MigrationRow(
        String legacy,
        int number,
        String product,
        State state,
        String action,
        String changedBy,
        Instant changedAt,
        Optional<String> reason,
        boolean forced,
        List<Gate> gates,
        Optional<String> snapshotId,
        Optional<String> statement)
{
    /**
     * What the old name means.
     */
    public enum State
    {
        /**
         * The legacy table, beside the product.
         */
        PARALLEL("parallel"),
        /**
         * The product.
         */
        CUTOVER("cutover"),
        /**
         * The legacy table again.
         */
        ROLLED_BACK("rolled back"),
        /**
         * The product, and a statement that takes the legacy table away was sent, or is about to be.
         */
        DECOMMISSIONING("decommissioning"),
        /**
         * The product; the legacy table is gone.
         */
        DECOMMISSIONED("decommissioned");

        private final String label;

        State(String label)
        {
            this.label = label;
        }

        public String label()
        {
            return label;
        }

        /**
         * Whether the old name means the product.
         */
        public boolean isProduct()
        {
            return this == CUTOVER || this == DECOMMISSIONING || this == DECOMMISSIONED;
        }

        static State of(String label)
        {
            for (State state : values()) {
                if (state.label.equals(label)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("Unknown state of a migration: " + label);
        }
    }

    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "migrations";

    public static final RowSchema<MigrationRow> SCHEMA = RowSchema.<MigrationRow>builder()
            .bounds("product")
            .string("legacy", "Name below legacy: in mesh.yaml, a dot and the table", MigrationRow::legacy)
            .integer("number", "1 for the first row of a legacy table, then one more each time", MigrationRow::number)
            .string("product", "Address of the product that replaces the table", MigrationRow::product)
            .string("state", "parallel, cutover, rolled back, decommissioning or decommissioned", row -> row.state().label())
            .string("action", "cutover, rollback, decommission, or begin or end of a statement in the legacy database", MigrationRow::action)
            .string("changed_by", "Who asked for it", MigrationRow::changedBy)
            .timestamp("changed_at", "When", MigrationRow::changedAt)
            .optionalString("reason", "Why, in the words of who asked", MigrationRow::reason)
            .bool("forced", "Whether gates were overruled", MigrationRow::forced)
            .structs("gates", "What the gates said then", Gate.SCHEMA, MigrationRow::gates)
            .optionalString("snapshot_id", "Iceberg snapshot of the product then", MigrationRow::snapshotId)
            .optionalString("statement", "Statement for the legacy database", MigrationRow::statement)
            .build(row -> new MigrationRow(
                    row.string("legacy"),
                    row.integer("number"),
                    row.string("product"),
                    State.of(row.string("state")),
                    row.string("action"),
                    row.string("changed_by"),
                    row.timestamp("changed_at"),
                    row.optionalString("reason"),
                    row.bool("forced"),
                    row.structs("gates", Gate.SCHEMA),
                    row.optionalString("snapshot_id"),
                    row.optionalString("statement")));

    public MigrationRow
    {
        requireNonNull(legacy, "legacy is null");
        checkArgument(number >= 1, "number is not positive: %s", number);
        requireNonNull(product, "product is null");
        requireNonNull(state, "state is null");
        requireNonNull(action, "action is null");
        requireNonNull(changedBy, "changedBy is null");
        requireNonNull(changedAt, "changedAt is null");
        requireNonNull(reason, "reason is null");
        gates = ImmutableList.copyOf(gates);
        requireNonNull(snapshotId, "snapshotId is null");
        requireNonNull(statement, "statement is null");
    }
}
