package io.meshwright.trino;

import io.meshwright.model.mask.TokenFunction;
import io.meshwright.trino.mask.FieldRules;
import io.meshwright.trino.mask.MaskedColumnHandle;
import io.meshwright.trino.mask.ValueMask;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.statistics.ColumnStatistics;
import io.trino.spi.statistics.Estimate;
import io.trino.spi.statistics.TableStatistics;

import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * What the optimiser is told of masked columns: how many values they have and how many are missing, never a clear value.
 */
final class MaskedStatistics
{
    private MaskedStatistics() {}

    static TableStatistics of(ConnectorMetadata delegate, ConnectorSession session, MeshTableHandle handle)
    {
        IcebergTableHandle table = handle.icebergTable();
        if (table.getProjectedColumns().isEmpty()) {
            // Iceberg gives statistics of projected columns only, and the engine projects only to prune: without hidden
            // columns there is nothing to prune where a query reads all columns
            Set<IcebergColumnHandle> visible = ProductColumns.visible(handle, delegate.getColumnHandles(session, handle.delegate())).values().stream()
                    .map(handle.rules()::unwrap)
                    .collect(toImmutableSet());
            table = table.withProjectedColumns(visible);
        }
        return masked(delegate.getTableStatistics(session, table), handle.rules());
    }

    private static TableStatistics masked(TableStatistics statistics, FieldRules rules)
    {
        TableStatistics.Builder masked = TableStatistics.builder().setRowCount(statistics.getRowCount());
        statistics.getColumnStatistics().forEach((column, values) -> {
            ColumnHandle wrapped = rules.wrap(column);
            if (wrapped instanceof MaskedColumnHandle handle) {
                masked.setColumnStatistics(wrapped, masked(handle.mask(), values, statistics.getRowCount()));
            }
            else {
                masked.setColumnStatistics(wrapped, values);
            }
        });
        return masked.build();
    }

    /**
     * Never a range, which is made of clear values.
     */
    private static ColumnStatistics masked(ValueMask mask, ColumnStatistics clear, Estimate rowCount)
    {
        return switch (mask.action()) {
            case TOKEN -> ColumnStatistics.builder()
                    .setNullsFraction(clear.getNullsFraction())
                    .setDistinctValuesCount(clear.getDistinctValuesCount())
                    .setDataSize(tokenSize(rowCount, clear.getNullsFraction()))
                    .build();
            case PERMUTE -> ColumnStatistics.builder()
                    .setNullsFraction(clear.getNullsFraction())
                    .setDistinctValuesCount(clear.getDistinctValuesCount())
                    .build();
            case NULL -> ColumnStatistics.builder()
                    .setNullsFraction(Estimate.of(1))
                    .setDistinctValuesCount(Estimate.zero())
                    .build();
            case REDACT, PARTIAL, YEAR, ROW -> ColumnStatistics.builder()
                    .setNullsFraction(clear.getNullsFraction())
                    .build();
            case CLEAR -> throw new IllegalArgumentException("The column is not masked");
        };
    }

    private static Estimate tokenSize(Estimate rowCount, Estimate nullsFraction)
    {
        if (rowCount.isUnknown() || nullsFraction.isUnknown()) {
            return Estimate.unknown();
        }
        return Estimate.of(rowCount.getValue() * (1 - nullsFraction.getValue()) * TokenFunction.TOKEN_LENGTH);
    }
}
