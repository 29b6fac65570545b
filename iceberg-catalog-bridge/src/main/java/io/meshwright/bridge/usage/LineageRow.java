package io.meshwright.bridge.usage;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.table.RowSchema;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static java.util.Objects.requireNonNull;

/**
 * That data flowed from one product or table into another, as a row of {@code mesh.lineage}. Each query that wrote has a row for
 * each of its sources; at least one end is a product.
 *
 * @param source address of a product, or {@code catalog.schema.table}
 * @param sourceKind {@code product} or {@code table}
 * @param targetKind {@code product}, {@code table} or {@code view}
 * @param columns which column of the source became which of the target
 * @param indirectColumns columns of the source that decided what was written without being written, for example in a filter
 * @param job the program that sent the query, as it calls itself
 * @param leftResidency whether the source's data went outside its residency; empty where it cannot be told, or it has none
 */
public record LineageRow(
        String batchId,
        String node,
        String queryId,
        String source,
        String sourceKind,
        OptionalInt sourceRevision,
        Optional<String> sourceSnapshotId,
        String target,
        String targetKind,
        List<LineageColumn> columns,
        List<String> indirectColumns,
        String userName,
        Optional<String> job,
        String statement,
        Optional<String> residency,
        Optional<String> outputRegion,
        Optional<Boolean> leftResidency,
        Instant occurredAt)
{
    public static final String TABLE = "lineage";

    public static final RowSchema<LineageRow> SCHEMA = RowSchema.<LineageRow>builder()
            .bounds("occurred_at")
            .string("batch_id", "The batch that this row was written with; a batch is written once", LineageRow::batchId)
            .string("node", "Which listener recorded it", LineageRow::node)
            .string("query_id", "Trino's id of the query", LineageRow::queryId)
            .string("source", "Address of the product, or catalog.schema.table, that was read", LineageRow::source)
            .string("source_kind", "product or table", LineageRow::sourceKind)
            .optionalInteger("source_revision", "Registration of the source that was in force", LineageRow::sourceRevision)
            .optionalString("source_snapshot_id", "Iceberg snapshot of the source", LineageRow::sourceSnapshotId)
            .string("target", "Address of the product, or catalog.schema.table, that was written", LineageRow::target)
            .string("target_kind", "product, table or view", LineageRow::targetKind)
            .structs("columns", "Which column of the source became which of the target", LineageColumn.SCHEMA, LineageRow::columns)
            .strings("indirect_columns", "Columns of the source that decided what was written without being written", LineageRow::indirectColumns)
            .string("user_name", "Who ran the query", LineageRow::userName)
            .optionalString("job", "The program that sent the query, as it calls itself", LineageRow::job)
            .string("statement", "Kind of the statement, for example CREATE TABLE or INSERT", LineageRow::statement)
            .optionalString("residency", "The region that the source must not leave", LineageRow::residency)
            .optionalString("output_region", "Region of the target; null when it is not known", LineageRow::outputRegion)
            .optionalBool("left_residency", "Whether data was written outside its residency; null where it cannot be told, or there is none", LineageRow::leftResidency)
            .timestamp("occurred_at", "When the query ended", LineageRow::occurredAt)
            .build(row -> new LineageRow(
                    row.string("batch_id"),
                    row.string("node"),
                    row.string("query_id"),
                    row.string("source"),
                    row.string("source_kind"),
                    row.optionalInteger("source_revision"),
                    row.optionalString("source_snapshot_id"),
                    row.string("target"),
                    row.string("target_kind"),
                    row.structs("columns", LineageColumn.SCHEMA),
                    row.strings("indirect_columns"),
                    row.string("user_name"),
                    row.optionalString("job"),
                    row.string("statement"),
                    row.optionalString("residency"),
                    row.optionalString("output_region"),
                    row.optionalBool("left_residency"),
                    row.timestamp("occurred_at")));

    public LineageRow
    {
        requireNonNull(batchId, "batchId is null");
        requireNonNull(node, "node is null");
        requireNonNull(queryId, "queryId is null");
        requireNonNull(source, "source is null");
        requireNonNull(sourceKind, "sourceKind is null");
        requireNonNull(sourceRevision, "sourceRevision is null");
        requireNonNull(sourceSnapshotId, "sourceSnapshotId is null");
        requireNonNull(target, "target is null");
        requireNonNull(targetKind, "targetKind is null");
        columns = ImmutableList.copyOf(columns);
        indirectColumns = ImmutableList.copyOf(indirectColumns);
        requireNonNull(userName, "userName is null");
        requireNonNull(job, "job is null");
        requireNonNull(statement, "statement is null");
        requireNonNull(residency, "residency is null");
        requireNonNull(outputRegion, "outputRegion is null");
        requireNonNull(leftResidency, "leftResidency is null");
        requireNonNull(occurredAt, "occurredAt is null");
    }
}
