package io.meshwright.trino.control;

import io.meshwright.bridge.result.SlaRow;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.registry.RegistryTables;

import java.io.IOException;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * All measurements of service levels that were ever recorded.
 */
final class SlaMeasurementTable
{
    /**
     * @param mayRead whether places and other systems may be named
     * @param seesFigure whether more than the verdict may be told
     */
    record State(SlaRow row, boolean mayRead, boolean seesFigure) {}

    static final ControlColumns<State> COLUMNS = ControlColumns.<State>builder()
            .text("product", "Address of the product", state -> state.row().product())
            .text("run_id", "The check that this measurement belongs to", state -> state.row().runId())
            .text("slo", "freshness, completeness, availability, accuracy or latency", state -> state.row().slo())
            .text("status", "met, missed or unknown, as it was then", state -> state.row().status())
            .optionalDecimal("actual", 9, "Seconds for freshness and latency, 0..1 for the others; null when it was not measured or is not for you", state -> state.row().actual().filter(_ -> state.seesFigure()))
            .optionalDecimal("threshold", 9, "At most this for freshness and latency, at least this for the others", state -> state.row().threshold())
            .optionalTimestamp("measured_at", "When the figure was taken", state -> state.row().measuredAt())
            .optionalText("source", "What the figure is taken from", state -> state.row().source().filter(_ -> state.mayRead()))
            .optionalText("message", "Why it was missed or unknown", state -> state.row().message().filter(_ -> state.seesFigure()))
            .timestamp("checked_at", "When the objective was checked", state -> state.row().checkedAt())
            .optionalText("snapshot_id", "Version of the data that the figure is of, for FOR VERSION AS OF", state -> state.row().snapshotId())
            .build();

    private final ControlAccess access;
    private final RegistryTables tables;

    SlaMeasurementTable(ControlAccess access, RegistryTables tables)
    {
        this.access = requireNonNull(access, "access is null");
        this.tables = requireNonNull(tables, "tables is null");
    }

    ControlRows<State> rows(ControlRequest request)
            throws IOException
    {
        return ControlRows.scan(tables, SlaRow.TABLE, SlaRow.SCHEMA.columnNames(), "product", request, (row, rows) -> {
            String address = row.string("product");
            if (!request.asks(address)) {
                return;
            }
            Optional<Product> product = request.product(address).filter(found -> access.finds(found, request.identity()));
            product.ifPresent(found -> {
                SlaRow measured = SlaRow.SCHEMA.decode(row);
                rows.accept(new State(
                        measured,
                        access.reads(found, request.identity()),
                        access.seesFigure(found, measured.slo(), measured.source(), request.identity())));
            });
        });
    }
}
