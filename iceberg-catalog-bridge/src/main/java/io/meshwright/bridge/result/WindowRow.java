package io.meshwright.bridge.result;

import io.meshwright.bridge.table.Row;
import io.meshwright.bridge.table.RowSchema;
import io.meshwright.model.reconciliation.Acceptance;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.Cost;
import io.meshwright.model.reconciliation.WindowResult;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * One window of one reconciliation, as a row of {@code mesh.reconciliation_windows}.
 */
public record WindowRow(
        String runId,
        String product,
        String legacy,
        Optional<String> snapshotId,
        Optional<Instant> legacyAsOf,
        String profile,
        String zone,
        String window,
        long legacyRows,
        long meshRows,
        long net,
        OptionalLong missing,
        OptionalLong extra,
        OptionalLong changed,
        OptionalLong duplicate,
        BigDecimal completeness,
        BigDecimal threshold,
        String state,
        String verdict,
        Instant startedAt,
        Instant finishedAt,
        Optional<Acceptance> acceptance,
        Optional<String> reason,
        Optional<Cost> cost,
        Optional<Instant> comparedAt)
{
    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "reconciliation_windows";

    public static final RowSchema<WindowRow> SCHEMA = RowSchema.<WindowRow>builder()
            .bounds("product")
            .string("run_id", "The run that this window belongs to; a run is written once", WindowRow::runId)
            .string("product", "Address of the product", WindowRow::product)
            .string("legacy", "Legacy warehouse and table", WindowRow::legacy)
            .optionalString("snapshot_id", "Iceberg snapshot of the product", WindowRow::snapshotId)
            .optionalTimestamp("legacy_as_of", "When the legacy side was read", WindowRow::legacyAsOf)
            .string("profile", "How rows were compared", WindowRow::profile)
            .string("zone", "Time zone whose days the windows are", WindowRow::zone)
            .string("window", "Day, or null for rows without one, or all", WindowRow::window)
            .bigint("legacy_rows", "Rows of the legacy table", WindowRow::legacyRows)
            .bigint("mesh_rows", "Rows of the product", WindowRow::meshRows)
            .bigint("net", "mesh_rows minus legacy_rows", WindowRow::net)
            .optionalBigint("missing", "Rows that the product lacks; null when only counts were compared", WindowRow::missing)
            .optionalBigint("extra", "Rows that only the product has", WindowRow::extra)
            .optionalBigint("changed", "Rows that differ", WindowRow::changed)
            .optionalBigint("duplicate", "Surplus rows of repeated keys", WindowRow::duplicate)
            .decimal("completeness", 12, 9, "0..1; an upper bound when only counts were compared", WindowRow::completeness)
            .decimal("threshold", 12, 9, "Declared completeness", WindowRow::threshold)
            .string("state", "ok, settling, confirmed, skipped or accepted", WindowRow::state)
            .string("verdict", "Of the whole run: ok, breach or unknown", WindowRow::verdict)
            .timestamp("started_at", "Begin of the run", WindowRow::startedAt)
            .timestamp("finished_at", "End of the run", WindowRow::finishedAt)
            .optionalDate("accepted_until", "Last day for which the difference is accepted; null where it is not", row -> row.acceptance().map(Acceptance::until))
            .optionalString("accepted_by", "Who accepted it", row -> row.acceptance().map(Acceptance::by))
            .optionalString("accepted_reason", "Why, in the words of who accepted it", row -> row.acceptance().map(Acceptance::reason))
            .optionalString("reason", "Why its rows were not compared; null where they were", WindowRow::reason)
            .optionalDecimal("legacy_seconds", 18, 3, "Seconds that statements of the whole run took on the legacy side", row -> row.cost().map(Cost::legacySeconds))
            .optionalInteger("legacy_statements", "Statements of the whole run on the legacy side", row -> row.cost().map(cost -> OptionalInt.of(cost.statements())).orElse(OptionalInt.empty()))
            .optionalBigint("legacy_bytes", "Bytes that the whole run received from the legacy side, where it is known", row -> row.cost().map(Cost::bytes).orElse(OptionalLong.empty()))
            .optionalTimestamp("compared_at", "When both sides were read, if an earlier run did it and nothing has changed since; null where this run did", WindowRow::comparedAt)
            .build(row -> new WindowRow(
                    row.string("run_id"),
                    row.string("product"),
                    row.string("legacy"),
                    row.optionalString("snapshot_id"),
                    row.optionalTimestamp("legacy_as_of"),
                    row.string("profile"),
                    row.string("zone"),
                    row.string("window"),
                    row.bigint("legacy_rows"),
                    row.bigint("mesh_rows"),
                    row.bigint("net"),
                    row.optionalBigint("missing"),
                    row.optionalBigint("extra"),
                    row.optionalBigint("changed"),
                    row.optionalBigint("duplicate"),
                    row.decimal("completeness"),
                    row.decimal("threshold"),
                    row.string("state"),
                    row.string("verdict"),
                    row.timestamp("started_at"),
                    row.timestamp("finished_at"),
                    acceptance(row),
                    row.optionalString("reason"),
                    cost(row),
                    row.optionalTimestamp("compared_at")));

    public WindowRow
    {
        requireNonNull(runId, "runId is null");
        requireNonNull(product, "product is null");
        requireNonNull(window, "window is null");
        requireNonNull(acceptance, "acceptance is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(cost, "cost is null");
        requireNonNull(comparedAt, "comparedAt is null");
    }

    /**
     * A window of which nothing was accepted or left out, of a run whose cost is not known.
     */
    public WindowRow(
            String runId,
            String product,
            String legacy,
            Optional<String> snapshotId,
            Optional<Instant> legacyAsOf,
            String profile,
            String zone,
            String window,
            long legacyRows,
            long meshRows,
            long net,
            OptionalLong missing,
            OptionalLong extra,
            OptionalLong changed,
            OptionalLong duplicate,
            BigDecimal completeness,
            BigDecimal threshold,
            String state,
            String verdict,
            Instant startedAt,
            Instant finishedAt)
    {
        this(runId,
                product,
                legacy,
                snapshotId,
                legacyAsOf,
                profile,
                zone,
                window,
                legacyRows,
                meshRows,
                net,
                missing,
                extra,
                changed,
                duplicate,
                completeness,
                threshold,
                state,
                verdict,
                startedAt,
                finishedAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Whether the window differs by more than is promised, and neither time nor anybody's word excuses it.
     */
    public boolean isBreach()
    {
        return state.equals(WindowResult.State.CONFIRMED.label()) && completeness.compareTo(threshold) < 0;
    }

    /**
     * When both sides were read.
     */
    public Instant readAt()
    {
        return comparedAt.orElse(finishedAt);
    }

    private static Optional<Acceptance> acceptance(Row row)
    {
        return row.optionalDate("accepted_until").map(until -> new Acceptance(until, row.string("accepted_by"), row.string("accepted_reason")));
    }

    private static Optional<Cost> cost(Row row)
    {
        return row.optionalDecimal("legacy_seconds").map(seconds -> new Cost(seconds, row.optionalInteger("legacy_statements").orElse(0), row.optionalBigint("legacy_bytes")));
    }

    static List<WindowRow> of(ReconciliationReport report)
    {
        return report.windows().stream().map(window -> of(report, window)).collect(toImmutableList());
    }

    private static WindowRow of(ReconciliationReport report, WindowResult window)
    {
        return new WindowRow(
                report.runId(),
                report.product(),
                report.legacy(),
                report.snapshotId(),
                report.legacyAsOf(),
                report.profile(),
                report.zone(),
                window.window(),
                window.legacy(),
                window.mesh(),
                window.net(),
                window.missing(),
                window.extra(),
                window.changed(),
                window.duplicate(),
                window.completeness(),
                report.threshold(),
                window.state().label(),
                report.verdict().label(),
                report.startedAt(),
                report.finishedAt(),
                window.acceptance(),
                window.reason(),
                Optional.of(report.cost()),
                window.comparedAt());
    }
}
