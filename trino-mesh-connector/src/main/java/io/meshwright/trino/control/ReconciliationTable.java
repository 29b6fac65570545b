package io.meshwright.trino.control;

import io.meshwright.bridge.result.WindowRow;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.reconciliation.Acceptance;
import io.meshwright.model.reconciliation.ReconciliationReport.Cost;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.registry.RegistryTables;

import java.io.IOException;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How products compare with the legacy tables that they replace, for those who may read them.
 */
final class ReconciliationTable
{
    /**
     * @param showsWindow whether the window may be named, which is a value of a column
     */
    record State(WindowRow row, boolean showsWindow) {}

    static final ControlColumns<State> COLUMNS = ControlColumns.<State>builder()
            .text("product", "Address of the product", state -> state.row().product())
            .text("run_id", "The comparison that this window belongs to", state -> state.row().runId())
            .text("legacy", "Legacy warehouse and table", state -> state.row().legacy())
            .optionalText("window", "Day, or null (the word) for rows without one, or all; null when the day comes from a column that is masked for you", state -> Optional.of(state.row().window()).filter(_ -> state.showsWindow()))
            .text("zone", "Time zone whose days the windows are", state -> state.row().zone())
            .text("state", "ok, settling, confirmed, skipped or accepted", state -> state.row().state())
            .text("verdict", "Of the whole comparison: ok, breach or unknown", state -> state.row().verdict())
            .bigint("legacy_rows", "Rows of the legacy table", state -> state.row().legacyRows())
            .bigint("mesh_rows", "Rows of the product", state -> state.row().meshRows())
            .bigint("net", "mesh_rows minus legacy_rows", state -> state.row().net())
            .optionalBigint("missing", "Rows that the product lacks; null when only counts were compared", state -> state.row().missing())
            .optionalBigint("extra", "Rows that only the product has", state -> state.row().extra())
            .optionalBigint("changed", "Rows that differ", state -> state.row().changed())
            .optionalBigint("duplicate", "Surplus rows of repeated keys", state -> state.row().duplicate())
            .optionalDecimal("completeness", 9, "0..1; an upper bound when only counts were compared", state -> Optional.of(state.row().completeness()))
            .optionalDecimal("threshold", 9, "Promised completeness", state -> Optional.of(state.row().threshold()))
            .text("profile", "How rows were compared", state -> state.row().profile())
            .optionalText("snapshot_id", "Version of the product, for FOR VERSION AS OF", state -> state.row().snapshotId())
            .optionalTimestamp("legacy_as_of", "When the legacy side was read", state -> state.row().legacyAsOf())
            .timestamp("started_at", "Begin of the comparison", state -> state.row().startedAt())
            .timestamp("finished_at", "End of the comparison", state -> state.row().finishedAt())
            .optionalText("accepted_until", "Last day for which the difference is accepted; null where it is not", state -> state.row().acceptance().map(acceptance -> acceptance.until().toString()))
            .optionalText("accepted_by", "Who accepted it", state -> state.row().acceptance().map(Acceptance::by))
            .optionalText("accepted_reason", "Why, in the words of who accepted it", state -> state.row().acceptance().map(Acceptance::reason))
            .optionalText("reason", "Why its rows were not compared; null where they were", state -> state.row().reason())
            .optionalDecimal("legacy_seconds", 3, "Seconds that the statements of the whole comparison took on the legacy side", state -> state.row().cost().map(Cost::legacySeconds))
            .build();

    private final ControlAccess access;
    private final RegistryTables tables;

    ReconciliationTable(ControlAccess access, RegistryTables tables)
    {
        this.access = requireNonNull(access, "access is null");
        this.tables = requireNonNull(tables, "tables is null");
    }

    ControlRows<State> rows(ControlRequest request)
            throws IOException
    {
        return ControlRows.scan(tables, WindowRow.TABLE, WindowRow.SCHEMA.columnNames(), "product", request, (row, rows) -> {
            String address = row.string("product");
            Optional<Product> product = request.product(address).filter(found -> request.asks(address) && access.reads(found, request.identity()));
            if (product.isPresent()) {
                rows.accept(new State(WindowRow.SCHEMA.decode(row), showsWindow(request, product.orElseThrow())));
            }
        });
    }

    /**
     * By days of a masked column anybody could tell its values.
     */
    private boolean showsWindow(ControlRequest request, Product product)
    {
        if (!(product.port() instanceof Product.Table table) || table.masks().masks().isEmpty() || access.readers().seesClearValues(product, request.identity())) {
            return true;
        }
        // a product that no longer says by which column its days were told may have told them by any
        return product.spec()
                .flatMap(DataProductSpec::migration)
                .map(migration -> migration.window().map(window -> table.masks().mask(window.column()).isEmpty()).orElse(true))
                .orElse(false);
    }
}
