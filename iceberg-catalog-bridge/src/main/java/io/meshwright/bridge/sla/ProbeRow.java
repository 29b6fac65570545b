package io.meshwright.bridge.sla;

import io.meshwright.bridge.table.RowSchema;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One small read of a product, done to see whether it can be read, as a row of {@code mesh.probes}.
 *
 * @param durationSeconds until the first row was there, or the failure
 */
public record ProbeRow(
        String probeId,
        String product,
        String userName,
        String outcome,
        Optional<String> message,
        BigDecimal durationSeconds,
        Instant startedAt,
        Instant endedAt)
{
    public static final String SUCCEEDED = "succeeded";
    public static final String FAILED = "failed";
    /**
     * It did not come to the data for a reason that says nothing about it, for example because the user may not read it.
     */
    public static final String UNDECIDED = "undecided";

    /**
     * As which program a probe reads. Its reads are not counted among those of consumers.
     */
    public static final String SOURCE = "mesh sla probe";

    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "probes";

    public static final RowSchema<ProbeRow> SCHEMA = RowSchema.<ProbeRow>builder()
            .bounds("product")
            .string("probe_id", "Names this probe", ProbeRow::probeId)
            .string("product", "Address of the product", ProbeRow::product)
            .string("user_name", "Who read", ProbeRow::userName)
            .string("outcome", "succeeded, failed, or undecided where it says nothing about the product", ProbeRow::outcome)
            .optionalString("message", "Why it did not succeed", ProbeRow::message)
            .decimal("duration_seconds", 18, 3, "Until the first row was there, or the failure", ProbeRow::durationSeconds)
            .timestamp("started_at", "Begin of the probe", ProbeRow::startedAt)
            .timestamp("ended_at", "End of the probe", ProbeRow::endedAt)
            .build(row -> new ProbeRow(
                    row.string("probe_id"),
                    row.string("product"),
                    row.string("user_name"),
                    row.string("outcome"),
                    row.optionalString("message"),
                    row.decimal("duration_seconds"),
                    row.timestamp("started_at"),
                    row.timestamp("ended_at")));

    public ProbeRow
    {
        requireNonNull(probeId, "probeId is null");
        requireNonNull(product, "product is null");
        requireNonNull(userName, "userName is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(message, "message is null");
        requireNonNull(durationSeconds, "durationSeconds is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(endedAt, "endedAt is null");
    }
}
