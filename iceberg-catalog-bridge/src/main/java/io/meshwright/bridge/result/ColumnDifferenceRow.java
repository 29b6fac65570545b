package io.meshwright.bridge.result;

import io.meshwright.bridge.table.RowSchema;
import io.meshwright.model.reconciliation.ReconciliationReport;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * How one column differed in one reconciliation, as a row of {@code mesh.reconciliation_columns}.
 *
 * @param sampled rows that differ and whose values were looked at
 * @param differing of these, the rows in which this column differs
 * @param formatOnly of {@code differing}, the rows in which it is only written differently
 * @param cause in words, the likely cause
 */
public record ColumnDifferenceRow(String runId, String product, String legacy, String column, long sampled, long differing, long formatOnly, Optional<String> cause, Instant finishedAt)
{
    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "reconciliation_columns";

    public static final RowSchema<ColumnDifferenceRow> SCHEMA = RowSchema.<ColumnDifferenceRow>builder()
            .bounds("product")
            .string("run_id", "The run that found it", ColumnDifferenceRow::runId)
            .string("product", "Address of the product", ColumnDifferenceRow::product)
            .string("legacy", "Legacy warehouse and table", ColumnDifferenceRow::legacy)
            .string("column", "Column of the product", ColumnDifferenceRow::column)
            .bigint("sampled", "Rows that differ and whose values were looked at", ColumnDifferenceRow::sampled)
            .bigint("differing", "Of these, rows in which the column differs", ColumnDifferenceRow::differing)
            .bigint("format_only", "Of differing, rows in which it is only written differently", ColumnDifferenceRow::formatOnly)
            .optionalString("cause", "Likely cause; null where the values do not tell", ColumnDifferenceRow::cause)
            .timestamp("finished_at", "End of the run", ColumnDifferenceRow::finishedAt)
            .build(row -> new ColumnDifferenceRow(
                    row.string("run_id"),
                    row.string("product"),
                    row.string("legacy"),
                    row.string("column"),
                    row.bigint("sampled"),
                    row.bigint("differing"),
                    row.bigint("format_only"),
                    row.optionalString("cause"),
                    row.timestamp("finished_at")));

    public ColumnDifferenceRow
    {
        requireNonNull(runId, "runId is null");
        requireNonNull(product, "product is null");
        requireNonNull(legacy, "legacy is null");
        requireNonNull(column, "column is null");
        requireNonNull(cause, "cause is null");
        requireNonNull(finishedAt, "finishedAt is null");
    }

    static List<ColumnDifferenceRow> of(ReconciliationReport report)
    {
        return report.columns().stream()
                .map(column -> new ColumnDifferenceRow(
                        report.runId(), report.product(), report.legacy(), column.column(), column.sampled(), column.differing(), column.formatOnly(), column.cause(), report.finishedAt()))
                .collect(toImmutableList());
    }
}
