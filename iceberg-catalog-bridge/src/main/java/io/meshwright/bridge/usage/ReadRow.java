package io.meshwright.bridge.usage;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.table.RowSchema;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * One product that one query read, or tried to read, as a row of {@code mesh.reads}. A query over two products has two rows.
 * No value and no text of a query is in it, unless the listener was told to keep texts.
 *
 * @param snapshotId the Iceberg snapshot that was read; empty where the query ended before that was known, and for views
 * @param rightsOf whose rights decided what is shown, where these were not the reader's: the owner of a view
 * @param through the views between the query and the product, outermost first
 * @param columns all columns that were read, also those that only a filter needs
 * @param maskedColumns those of them that held something masked
 * @param clearPersonalColumns those of them that are personal and were shown in clear
 * @param errorCode Trino's name of the error
 * @param errorType Trino's kind of the error: USER_ERROR, INTERNAL_ERROR, INSUFFICIENT_RESOURCES or EXTERNAL
 * @param rule the id of our own rule, where one refused
 * @param resultRows rows that the query returned or wrote as a whole
 * @param writtenTo the product or table that the query wrote to
 * @param residency the region that the product must not leave
 * @param outputRegion where the query wrote to, if that is known
 * @param leftResidency whether data went outside its residency; empty where nothing was written, or it cannot be told
 */
public record ReadRow(
        String readId,
        String batchId,
        String node,
        String queryId,
        String product,
        Optional<String> port,
        OptionalInt revision,
        Optional<String> contractVersion,
        Optional<String> snapshotId,
        String userName,
        Optional<String> principal,
        List<String> groups,
        Optional<String> source,
        List<String> clientTags,
        Optional<String> rightsOf,
        List<String> through,
        String statement,
        List<String> columns,
        List<String> maskedColumns,
        List<String> clearPersonalColumns,
        String outcome,
        Optional<String> errorCode,
        Optional<String> errorType,
        Optional<String> rule,
        OptionalLong rowsRead,
        OptionalLong bytesRead,
        OptionalLong resultRows,
        BigDecimal durationSeconds,
        Optional<String> writtenTo,
        Optional<String> residency,
        Optional<String> outputRegion,
        Optional<Boolean> leftResidency,
        Optional<String> queryText,
        Instant startedAt,
        Instant endedAt)
{
    public static final String TABLE = "reads";

    public static final RowSchema<ReadRow> SCHEMA = RowSchema.<ReadRow>builder()
            .bounds("product", "ended_at")
            .string("read_id", "Query and number of the read in it", ReadRow::readId)
            .string("batch_id", "The batch that this row was written with; a batch is written once", ReadRow::batchId)
            .string("node", "Which listener recorded it", ReadRow::node)
            .string("query_id", "Trino's id of the query", ReadRow::queryId)
            .string("product", "Address of the product", ReadRow::product)
            .optionalString("port", "Output port that was read", ReadRow::port)
            .optionalInteger("revision", "Registration of the product that was in force", ReadRow::revision)
            .optionalString("contract_version", "Version of the port's contract", ReadRow::contractVersion)
            .optionalString("snapshot_id", "Iceberg snapshot that was read; null when it is not known, and for views", ReadRow::snapshotId)
            .string("user_name", "Who read", ReadRow::userName)
            .optionalString("principal", "As whom the user was authenticated", ReadRow::principal)
            .strings("groups", "The groups of the user, from Trino's group provider", ReadRow::groups)
            .optionalString("source", "The program that sent the query, as it calls itself", ReadRow::source)
            .strings("client_tags", "Tags of the client", ReadRow::clientTags)
            .optionalString("rights_of", "The owner of the view through whose rights the product was read; null for the user's own rights", ReadRow::rightsOf)
            .strings("through", "The views between the query and the product, outermost first", ReadRow::through)
            .string("statement", "Kind of the statement, for example SELECT or CREATE TABLE", ReadRow::statement)
            .strings("columns", "All columns that were read, also those that only a filter needs", ReadRow::columns)
            .strings("masked_columns", "Those of the columns that held something masked", ReadRow::maskedColumns)
            .strings("clear_personal_columns", "Those of the columns that are personal and were shown in clear", ReadRow::clearPersonalColumns)
            .string("outcome", "finished, failed, denied or cancelled", ReadRow::outcome)
            .optionalString("error_code", "Trino's name of the error", ReadRow::errorCode)
            .optionalString("error_type", "Trino's kind of the error; null in rows of earlier versions", ReadRow::errorType)
            .optionalString("rule", "Id of the rule that refused", ReadRow::rule)
            .optionalBigint("rows_read", "Rows read from storage; null when it is not known", ReadRow::rowsRead)
            .optionalBigint("bytes_read", "Bytes read from storage; null when it is not known", ReadRow::bytesRead)
            .optionalBigint("result_rows", "Rows that the whole query returned or wrote", ReadRow::resultRows)
            .decimal("duration_seconds", 18, 3, "From the start of the query to its end", ReadRow::durationSeconds)
            .optionalString("written_to", "The product or table that the query wrote to", ReadRow::writtenTo)
            .optionalString("residency", "The region that the product must not leave", ReadRow::residency)
            .optionalString("output_region", "Region of what was written; null when it is not known", ReadRow::outputRegion)
            .optionalBool("left_residency", "Whether data was written outside its residency; null where nothing was written, or it cannot be told", ReadRow::leftResidency)
            .optionalString("query_text", "Null unless the listener is told to keep texts, which can hold personal values", ReadRow::queryText)
            .timestamp("started_at", "When the query was received", ReadRow::startedAt)
            .timestamp("ended_at", "When the query ended", ReadRow::endedAt)
            .build(row -> new ReadRow(
                    row.string("read_id"),
                    row.string("batch_id"),
                    row.string("node"),
                    row.string("query_id"),
                    row.string("product"),
                    row.optionalString("port"),
                    row.optionalInteger("revision"),
                    row.optionalString("contract_version"),
                    row.optionalString("snapshot_id"),
                    row.string("user_name"),
                    row.optionalString("principal"),
                    row.strings("groups"),
                    row.optionalString("source"),
                    row.strings("client_tags"),
                    row.optionalString("rights_of"),
                    row.strings("through"),
                    row.string("statement"),
                    row.strings("columns"),
                    row.strings("masked_columns"),
                    row.strings("clear_personal_columns"),
                    row.string("outcome"),
                    row.optionalString("error_code"),
                    row.optionalString("error_type"),
                    row.optionalString("rule"),
                    row.optionalBigint("rows_read"),
                    row.optionalBigint("bytes_read"),
                    row.optionalBigint("result_rows"),
                    row.decimal("duration_seconds"),
                    row.optionalString("written_to"),
                    row.optionalString("residency"),
                    row.optionalString("output_region"),
                    row.optionalBool("left_residency"),
                    row.optionalString("query_text"),
                    row.timestamp("started_at"),
                    row.timestamp("ended_at")));

    public ReadRow
    {
        requireNonNull(readId, "readId is null");
        requireNonNull(batchId, "batchId is null");
        requireNonNull(node, "node is null");
        requireNonNull(queryId, "queryId is null");
        requireNonNull(product, "product is null");
        requireNonNull(port, "port is null");
        requireNonNull(revision, "revision is null");
        requireNonNull(contractVersion, "contractVersion is null");
        requireNonNull(snapshotId, "snapshotId is null");
        requireNonNull(userName, "userName is null");
        requireNonNull(principal, "principal is null");
        groups = ImmutableList.copyOf(groups);
        requireNonNull(source, "source is null");
        clientTags = ImmutableList.copyOf(clientTags);
        requireNonNull(rightsOf, "rightsOf is null");
        through = ImmutableList.copyOf(through);
        requireNonNull(statement, "statement is null");
        columns = ImmutableList.copyOf(columns);
        maskedColumns = ImmutableList.copyOf(maskedColumns);
        clearPersonalColumns = ImmutableList.copyOf(clearPersonalColumns);
        requireNonNull(outcome, "outcome is null");
        requireNonNull(errorCode, "errorCode is null");
        requireNonNull(errorType, "errorType is null");
        requireNonNull(rule, "rule is null");
        requireNonNull(rowsRead, "rowsRead is null");
        requireNonNull(bytesRead, "bytesRead is null");
        requireNonNull(resultRows, "resultRows is null");
        requireNonNull(durationSeconds, "durationSeconds is null");
        requireNonNull(writtenTo, "writtenTo is null");
        requireNonNull(residency, "residency is null");
        requireNonNull(outputRegion, "outputRegion is null");
        requireNonNull(leftResidency, "leftResidency is null");
        requireNonNull(queryText, "queryText is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(endedAt, "endedAt is null");
    }
}
