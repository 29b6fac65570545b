package io.meshwright.bridge.reconciliation;

import io.meshwright.bridge.table.RowSchema;

import java.math.BigInteger;
import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * A window whose rows were compared, as a row of {@code mesh.reconciliation_cache}: while nothing of it changes on either side, it need not be compared again.
 *
 * @param planHash of the specification's part and of the columns as they were compared
 * @param fileSet of the product's files that may have rows of the window
 * @param legacyKeys the sum of an integer key
 * @param comparedAt when its rows were read
 */
public record ComparedWindowRow(
        String product,
        String planHash,
        String window,
        String runId,
        String fileSet,
        long legacyRows,
        String legacyKeys,
        long meshRows,
        boolean equal,
        Instant comparedAt)
{
    /**
     * The table's name in the registry's namespace.
     */
    public static final String TABLE = "reconciliation_cache";

    public static final RowSchema<ComparedWindowRow> SCHEMA = RowSchema.<ComparedWindowRow>builder()
            .bounds("product")
            .string("product", "Address of the product", ComparedWindowRow::product)
            .string("plan_hash", "Hash of how rows are compared", ComparedWindowRow::planHash)
            .string("window", "Day, or null for rows without one, or all", ComparedWindowRow::window)
            .string("run_id", "The run that compared its rows", ComparedWindowRow::runId)
            .string("file_set", "The product's files that may have rows of it", ComparedWindowRow::fileSet)
            .bigint("legacy_rows", "Rows of the legacy table", ComparedWindowRow::legacyRows)
            .string("legacy_keys", "Sum of an integer key of the legacy table, otherwise 0", ComparedWindowRow::legacyKeys)
            .bigint("mesh_rows", "Rows of the product", ComparedWindowRow::meshRows)
            .bool("equal", "Whether nothing differed", ComparedWindowRow::equal)
            .timestamp("compared_at", "When its rows were read", ComparedWindowRow::comparedAt)
            .build(row -> new ComparedWindowRow(
                    row.string("product"),
                    row.string("plan_hash"),
                    row.string("window"),
                    row.string("run_id"),
                    row.string("file_set"),
                    row.bigint("legacy_rows"),
                    row.string("legacy_keys"),
                    row.bigint("mesh_rows"),
                    row.bool("equal"),
                    row.timestamp("compared_at")));

    public ComparedWindowRow
    {
        requireNonNull(product, "product is null");
        requireNonNull(planHash, "planHash is null");
        requireNonNull(window, "window is null");
        requireNonNull(runId, "runId is null");
        requireNonNull(fileSet, "fileSet is null");
        requireNonNull(comparedAt, "comparedAt is null");
        // it is a number, or the row is not ours
        new BigInteger(legacyKeys);
    }
}
