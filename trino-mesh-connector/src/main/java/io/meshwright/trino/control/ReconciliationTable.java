package io.meshwright.trino.control;

import io.meshwright.bridge.result.WindowRow;
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
    static final ControlColumns<WindowRow> COLUMNS = ControlColumns.<WindowRow>builder()
            .text("product", "Address of the product", WindowRow::product)
            .text("run_id", "The comparison that this window belongs to", WindowRow::runId)
            .text("legacy", "Legacy warehouse and table", WindowRow::legacy)
            .text("window", "Day, or null for rows without one, or all", WindowRow::window)
            .text("zone", "Time zone whose days the windows are", WindowRow::zone)
            .text("state", "ok, settling or confirmed", WindowRow::state)
            .text("verdict", "Of the whole comparison: ok, breach or unknown", WindowRow::verdict)
            .bigint("legacy_rows", "Rows of the legacy table", WindowRow::legacyRows)
            .bigint("mesh_rows", "Rows of the product", WindowRow::meshRows)
            .bigint("net", "mesh_rows minus legacy_rows", WindowRow::net)
            .optionalBigint("missing", "Rows that the product lacks; null when only counts were compared", WindowRow::missing)
            .optionalBigint("extra", "Rows that only the product has", WindowRow::extra)
            .optionalBigint("changed", "Rows that differ", WindowRow::changed)
            .optionalBigint("duplicate", "Surplus rows of repeated keys", WindowRow::duplicate)
            .optionalDecimal("completeness", 9, "0..1; an upper bound when only counts were compared", row -> Optional.of(row.completeness()))
            .optionalDecimal("threshold", 9, "Promised completeness", row -> Optional.of(row.threshold()))
            .text("profile", "How rows were compared", WindowRow::profile)
            .optionalText("snapshot_id", "Version of the product, for FOR VERSION AS OF", WindowRow::snapshotId)
            .optionalTimestamp("legacy_as_of", "When the legacy side was read", WindowRow::legacyAsOf)
            .timestamp("started_at", "Begin of the comparison", WindowRow::startedAt)
            .timestamp("finished_at", "End of the comparison", WindowRow::finishedAt)
            .build();

    private final ControlAccess access;
    private final RegistryTables tables;

    ReconciliationTable(ControlAccess access, RegistryTables tables)
    {
        this.access = requireNonNull(access, "access is null");
        this.tables = requireNonNull(tables, "tables is null");
    }

    ControlRows<WindowRow> rows(ControlRequest request)
            throws IOException
    {
        return ControlRows.scan(tables, WindowRow.TABLE, WindowRow.SCHEMA.columnNames(), "product", request, (row, rows) -> {
            String address = row.string("product");
            Optional<Product> product = request.product(address).filter(found -> request.asks(address) && access.reads(found, request.identity()));
            if (product.isPresent()) {
                rows.accept(WindowRow.SCHEMA.decode(row));
            }
        });
    }
}
