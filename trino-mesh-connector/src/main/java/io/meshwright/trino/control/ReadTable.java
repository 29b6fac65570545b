package io.meshwright.trino.control;

import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.registry.RegistryTables;
import io.trino.spi.security.ConnectorIdentity;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * Who read which product. The names of people are personal data: owners see the readers of their products, auditors all
 * reads, and everybody else his own.
 */
final class ReadTable
{
    /**
     * @param writtenTo without a product that the caller may not find
     * @param text whether the caller may see the query's text, in which values of other products may be
     */
    record State(ReadRow row, Optional<String> writtenTo, boolean text) {}

    static final ControlColumns<State> COLUMNS = ControlColumns.<State>builder()
            .text("product", "Address of the product", state -> state.row().product())
            .text("query_id", "Trino's id of the query", state -> state.row().queryId())
            .text("user_name", "Who read", state -> state.row().userName())
            .optionalText("principal", "As whom the user was authenticated", state -> state.row().principal())
            .texts("groups", "The groups of the user then", state -> state.row().groups())
            .optionalText("source", "The program that sent the query, as it calls itself", state -> state.row().source())
            .texts("client_tags", "Tags of the client", state -> state.row().clientTags())
            .optionalText("rights_of", "The owner of the view through whose rights was read; null for the user's own rights", state -> state.row().rightsOf())
            .texts("through", "The views between the query and the product, outermost first", state -> state.row().through())
            .text("statement", "Kind of the statement", state -> state.row().statement())
            .optionalText("port", "Output port that was read", state -> state.row().port())
            .optionalBigint("revision", "Registration of the product that was in force", state -> {
                return state.row().revision().isPresent() ? OptionalLong.of(state.row().revision().orElseThrow()) : OptionalLong.empty();
            })
            .optionalText("contract_version", "Version of the contract", state -> state.row().contractVersion())
            .optionalText("snapshot_id", "Version of the data; null when it is not known, and for views", state -> state.row().snapshotId())
            .texts("columns", "All columns that were read, also those that only a filter needs", state -> state.row().columns())
            .texts("masked_columns", "Those of them that held something masked", state -> state.row().maskedColumns())
            .texts("clear_personal_columns", "Those of them that are personal and were shown in clear", state -> state.row().clearPersonalColumns())
            .text("outcome", "finished, failed, denied or cancelled", state -> state.row().outcome())
            .optionalText("error_code", "Trino's name of the error", state -> state.row().errorCode())
            .optionalText("rule", "Id of the rule that refused", state -> state.row().rule())
            .optionalBigint("rows_read", "Rows read from storage; null when it is not known", state -> state.row().rowsRead())
            .optionalBigint("bytes_read", "Bytes read from storage; null when it is not known", state -> state.row().bytesRead())
            .optionalBigint("result_rows", "Rows that the whole query returned or wrote", state -> state.row().resultRows())
            .optionalDecimal("duration_seconds", 3, "From the start of the query to its end", state -> Optional.of(state.row().durationSeconds()))
            .optionalText("written_to", "The product or table that the query wrote to", State::writtenTo)
            .optionalText("residency", "Region that the product must not leave", state -> state.row().residency())
            .optionalText("output_region", "Region of what was written; null when it is not known", state -> state.row().outputRegion())
            .optionalBool("left_residency", "Whether data was written outside its residency; null where nothing was written, or it cannot be told", state -> state.row().leftResidency())
            .optionalText("query_text", "For auditors and for the user himself; null unless the listener keeps texts", state -> state.row().queryText().filter(_ -> state.text()))
            .timestamp("started_at", "When the query was received", state -> state.row().startedAt())
            .timestamp("ended_at", "When the query ended", state -> state.row().endedAt())
            .build();

    private final ControlAccess access;
    private final RegistryTables tables;

    ReadTable(ControlAccess access, RegistryTables tables)
    {
        this.access = requireNonNull(access, "access is null");
        this.tables = requireNonNull(tables, "tables is null");
    }

    ControlRows<State> rows(ControlRequest request)
            throws IOException
    {
        return ControlRows.scan(tables, ReadRow.TABLE, ReadRow.SCHEMA.columnNames(), "product", request, (row, rows) -> {
            String address = row.string("product");
            Optional<Product> product = request.product(address).filter(_ -> request.asks(address));
            boolean own = row.string("user_name").equals(request.identity().getUser());
            if (product.filter(found -> shows(found, own, request.identity())).isEmpty()) {
                return;
            }
            ReadRow read = ReadRow.SCHEMA.decode(row);
            rows.accept(new State(
                    read,
                    read.writtenTo().filter(target -> request.product(target).map(found -> access.finds(found, request.identity())).orElse(true)),
                    own || access.audits(request.identity())));
        });
    }

    private boolean shows(Product product, boolean own, ConnectorIdentity identity)
    {
        return access.governs(product, identity) || (own && access.finds(product, identity));
    }
}
