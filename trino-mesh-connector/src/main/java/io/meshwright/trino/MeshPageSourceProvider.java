package io.meshwright.trino;

import io.meshwright.model.mask.KeyVersion;
import io.meshwright.trino.mask.BlockMask;
import io.meshwright.trino.mask.BlockMasks;
import io.meshwright.trino.mask.FieldRules;
import io.meshwright.trino.mask.FilteredDynamicFilter;
import io.meshwright.trino.mask.MaskedColumnHandle;
import io.meshwright.trino.mask.RotatingKeyRing;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.DynamicFilter;
import io.trino.spi.connector.MemoryContext;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads splits of products and masks what comes out.
 */
final class MeshPageSourceProvider
        implements ConnectorPageSourceProvider
{
    private final ConnectorPageSourceProvider delegate;
    private final RotatingKeyRing keys;
    private final BlockMasks masks;

    MeshPageSourceProvider(ConnectorPageSourceProvider delegate, RotatingKeyRing keys, BlockMasks masks)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.masks = requireNonNull(masks, "masks is null");
    }

    @Override
    @Deprecated
    public ConnectorPageSource createPageSource(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorSplit split,
            ConnectorTableHandle table,
            Optional<ConnectorTableCredentials> tableCredentials,
            List<ColumnHandle> columns,
            DynamicFilter dynamicFilter)
    {
        return createPageSource(transaction, session, split, table, tableCredentials, columns, dynamicFilter, MemoryContext.NO_LIMIT);
    }

    @Override
    public ConnectorPageSource createPageSource(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorSplit split,
            ConnectorTableHandle table,
            Optional<ConnectorTableCredentials> tableCredentials,
            List<ColumnHandle> columns,
            DynamicFilter dynamicFilter,
            MemoryContext memoryContext)
    {
        MeshTableHandle handle = MeshTableHandle.of(table);
        FieldRules rules = handle.rules();
        PushedDown.checkHoldsNoMaskedValue(handle);
        List<ColumnHandle> icebergColumns = columns.stream()
                .<ColumnHandle>map(rules::unwrap)
                .collect(toImmutableList());
        List<Optional<BlockMask>> columnMasks = columns.stream()
                .map(column -> mask(column, handle.keyVersion()))
                .collect(toImmutableList());
        ReadErrors errors = new ReadErrors(handle.product());
        ConnectorPageSource pages = errors.hidingNames(() -> delegate.createPageSource(
                transaction,
                session,
                split,
                handle.delegate(),
                tableCredentials,
                icebergColumns,
                new FilteredDynamicFilter(dynamicFilter, rules),
                memoryContext));
        return new MeshPageSource(pages, columnMasks, errors);
    }

    @Override
    public long getMemoryUsage()
    {
        return delegate.getMemoryUsage();
    }

    private Optional<BlockMask> mask(ColumnHandle column, KeyVersion keyVersion)
    {
        if (column instanceof MaskedColumnHandle masked) {
            IcebergColumnHandle icebergColumn = masked.icebergColumn();
            return Optional.of(masks.create(masked.mask(), icebergColumn.getType(), keys.masking(keyVersion)));
        }
        return Optional.empty();
    }
}
