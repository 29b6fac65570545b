package io.meshwright.bridge.result;

import io.meshwright.bridge.table.RowSchema;
import io.meshwright.model.sla.SlaReport;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * One objective of one check, as a row of {@code mesh.sla_measurements}.
 */
public record SlaRow(
        String runId,
        String product,
        Optional<String> snapshotId,
        String slo,
        String status,
        Optional<BigDecimal> actual,
        Optional<BigDecimal> threshold,
        Optional<Instant> measuredAt,
        Optional<String> source,
        Optional<String> message,
        Instant checkedAt)
{
    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "sla_measurements";

    public static final RowSchema<SlaRow> SCHEMA = RowSchema.<SlaRow>builder()
            .bounds("product")
            .string("run_id", "The run that this measurement belongs to; a run is written once", SlaRow::runId)
            .string("product", "Address of the product", SlaRow::product)
            .optionalString("snapshot_id", "Iceberg snapshot that the figure is of", SlaRow::snapshotId)
            .string("slo", "freshness, completeness, availability, accuracy or latency", SlaRow::slo)
            .string("status", "met, missed or unknown", SlaRow::status)
            .optionalDecimal("actual", 38, 9, "Seconds for freshness and latency, 0..1 for the others; null when it was not measured", SlaRow::actual)
            .optionalDecimal("threshold", 38, 9, "At most this for freshness and latency, at least this for the others", SlaRow::threshold)
            .optionalTimestamp("measured_at", "When the figure was taken", SlaRow::measuredAt)
            .optionalString("source", "What the figure is taken from", SlaRow::source)
            .optionalString("message", "Why it is unknown or missed", SlaRow::message)
            .timestamp("checked_at", "When the objective was checked", SlaRow::checkedAt)
            .build(row -> new SlaRow(
                    row.string("run_id"),
                    row.string("product"),
                    row.optionalString("snapshot_id"),
                    row.string("slo"),
                    row.string("status"),
                    row.optionalDecimal("actual"),
                    row.optionalDecimal("threshold"),
                    row.optionalTimestamp("measured_at"),
                    row.optionalString("source"),
                    row.optionalString("message"),
                    row.timestamp("checked_at")));

    public SlaRow
    {
        requireNonNull(runId, "runId is null");
        requireNonNull(product, "product is null");
        requireNonNull(slo, "slo is null");
    }

    static List<SlaRow> of(SlaReport report)
    {
        return report.slos().stream()
                .map(slo -> new SlaRow(
                        report.runId(),
                        report.product(),
                        report.snapshotId(),
                        slo.slo(),
                        slo.status().label(),
                        slo.actual(),
                        slo.threshold(),
                        slo.measuredAt(),
                        slo.source(),
                        slo.message(),
                        report.checkedAt()))
                .collect(toImmutableList());
    }
}
