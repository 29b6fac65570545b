package io.meshwright.trino;

import io.meshwright.trino.mask.FieldRules;
import io.meshwright.trino.mask.FilteredDynamicFilter;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;

import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Plans the splits of products, after a last look at who reads and at what was pushed down.
 */
final class MeshSplitManager
        implements ConnectorSplitManager
{
    private final MeshConnector connector;
    private final ConnectorSplitManager delegate;

    MeshSplitManager(MeshConnector connector, ConnectorSplitManager delegate)
    {
        this.connector = requireNonNull(connector, "connector is null");
        this.delegate = requireNonNull(delegate, "delegate is null");
    }

    @Override
    public ConnectorSplitSource getSplits(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorTableHandle table,
            Set<ColumnHandle> dynamicFilterColumns,
            Constraint constraint)
    {
        MeshTableHandle handle = MeshTableHandle.of(table);
        FieldRules rules = handle.rules();
        connector.getMetadata(session, transaction).checkCallerMayRead(session, handle);
        PushedDown.checkHoldsNoMaskedValue(handle);
        ReadErrors errors = new ReadErrors(handle.product());
        ConnectorSplitSource splits = errors.hidingNames(() -> delegate.getSplits(
                transaction,
                session,
                handle.delegate(),
                FilteredDynamicFilter.clearColumns(dynamicFilterColumns, rules),
                MaskedPushdown.withoutMaskedColumns(constraint, rules)));
        return new MeshSplitSource(splits, rules, errors);
    }
}
