package io.meshwright.bridge.result;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.table.RowSchema;
import io.meshwright.model.reconciliation.ReconciliationReport;

import java.time.Instant;
import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * One row that differs, of a bounded sample, as a row of {@code mesh.reconciliation_differences}. It holds no value of the row but its key, and that only as the report shows it.
 *
 * @param columns names of those that differ
 */
public record DifferenceRow(String runId, String product, String legacy, String window, String kind, String key, List<String> columns, Instant finishedAt)
{
    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "reconciliation_differences";

    public static final RowSchema<DifferenceRow> SCHEMA = RowSchema.<DifferenceRow>builder()
            .bounds("product")
            .string("run_id", "The run that found it", DifferenceRow::runId)
            .string("product", "Address of the product", DifferenceRow::product)
            .string("legacy", "Legacy warehouse and table", DifferenceRow::legacy)
            .string("window", "The day; null for rows without one, all where the table has no days", DifferenceRow::window)
            .string("kind", "missing, late, extra, changed, format-only or duplicate", DifferenceRow::kind)
            .string("key", "Key of the row; of classified columns only a token that is good for this run", DifferenceRow::key)
            .strings("columns", "Names of the columns that differ", DifferenceRow::columns)
            .timestamp("finished_at", "End of the run", DifferenceRow::finishedAt)
            .build(row -> new DifferenceRow(
                    row.string("run_id"),
                    row.string("product"),
                    row.string("legacy"),
                    row.string("window"),
                    row.string("kind"),
                    row.string("key"),
                    row.strings("columns"),
                    row.timestamp("finished_at")));

    public DifferenceRow
    {
        requireNonNull(runId, "runId is null");
        requireNonNull(product, "product is null");
        requireNonNull(legacy, "legacy is null");
        requireNonNull(window, "window is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(key, "key is null");
        columns = ImmutableList.copyOf(columns);
        requireNonNull(finishedAt, "finishedAt is null");
    }

    static List<DifferenceRow> of(ReconciliationReport report)
    {
        return report.differences().stream()
                .map(difference -> new DifferenceRow(report.runId(), report.product(), report.legacy(), difference.window(), difference.kind(), difference.key(), difference.columns(), report.finishedAt()))
                .collect(toImmutableList());
    }
}
