package io.meshwright.bridge.result;

import io.meshwright.bridge.table.RowSchema;
import io.meshwright.model.reconciliation.Acceptance;
import io.meshwright.model.reconciliation.AcceptedDifference;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * Somebody's word that a window may differ for a time, as a row of {@code mesh.accepted_windows}. Rows are never changed; of several for a window each is good for itself.
 *
 * @param runId the reconciliation whose difference was accepted
 */
public record AcceptedWindowRow(String product, String legacy, String zone, String window, AcceptedDifference difference, String runId, Instant acceptedAt)
{
    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "accepted_windows";

    public static final RowSchema<AcceptedWindowRow> SCHEMA = RowSchema.<AcceptedWindowRow>builder()
            .bounds("product")
            .string("product", "Address of the product", AcceptedWindowRow::product)
            .string("legacy", "Legacy warehouse and table", AcceptedWindowRow::legacy)
            .string("zone", "Time zone whose days the windows are", AcceptedWindowRow::zone)
            .string("window", "Day, or null for rows without one, or all", AcceptedWindowRow::window)
            .date("until", "Last day on which the word is good, in UTC", row -> row.difference().acceptance().until())
            .string("accepted_by", "Who answers for it", row -> row.difference().acceptance().by())
            .string("reason", "Why, in the words of who accepted it", row -> row.difference().acceptance().reason())
            .bigint("net", "mesh minus legacy rows, as accepted", row -> row.difference().net())
            .optionalBigint("missing", "Rows that the product lacked, as accepted; null when only counts were compared", row -> row.difference().missing())
            .optionalBigint("extra", "Rows that only the product had", row -> row.difference().extra())
            .optionalBigint("changed", "Rows that differed", row -> row.difference().changed())
            .optionalBigint("duplicate", "Surplus rows of repeated keys", row -> row.difference().duplicate())
            .string("run_id", "The reconciliation whose difference was accepted", AcceptedWindowRow::runId)
            .timestamp("accepted_at", "When", AcceptedWindowRow::acceptedAt)
            .build(row -> new AcceptedWindowRow(
                    row.string("product"),
                    row.string("legacy"),
                    row.string("zone"),
                    row.string("window"),
                    new AcceptedDifference(
                            row.bigint("net"),
                            row.optionalBigint("missing"),
                            row.optionalBigint("extra"),
                            row.optionalBigint("changed"),
                            row.optionalBigint("duplicate"),
                            new Acceptance(row.date("until"), row.string("accepted_by"), row.string("reason"))),
                    row.string("run_id"),
                    row.timestamp("accepted_at")));

    public AcceptedWindowRow
    {
        requireNonNull(product, "product is null");
        requireNonNull(legacy, "legacy is null");
        requireNonNull(zone, "zone is null");
        requireNonNull(window, "window is null");
        requireNonNull(difference, "difference is null");
        requireNonNull(runId, "runId is null");
        requireNonNull(acceptedAt, "acceptedAt is null");
    }

    /**
     * The difference of a recorded window, accepted.
     */
    public static AcceptedWindowRow of(WindowRow window, Acceptance acceptance, Instant acceptedAt)
    {
        return new AcceptedWindowRow(
                window.product(),
                window.legacy(),
                window.zone(),
                window.window(),
                new AcceptedDifference(window.net(), window.missing(), window.extra(), window.changed(), window.duplicate(), acceptance),
                window.runId(),
                acceptedAt);
    }
}
