package io.meshwright.trino.registry;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.table.Row;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.DynamicFilter;
import io.trino.spi.connector.DynamicFilterSnapshot;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SourcePage;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.transaction.IsolationLevel.SERIALIZABLE;
import static java.util.Objects.requireNonNull;

/**
 * Reads the registry's table through the wrapped connector, with its catalog, its file system and its credentials, so
 * that these are configured once.
 */
public final class RegistryReader
{
    private static final int SPLITS_AT_ONCE = 1000;
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final Connector iceberg;
    private final SchemaTableName table;

    public RegistryReader(Connector iceberg, SchemaTableName table)
    {
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.table = requireNonNull(table, "table is null");
    }

    /**
     * @param snapshotId of the state that was read; empty when nothing was ever registered
     * @param rows empty when the registry is still as it was
     */
    public record State(OptionalLong snapshotId, Optional<List<Row>> rows) {}

    /**
     * Reads the table, unless it still has the known snapshot.
     */
    public State read(Optional<OptionalLong> knownSnapshotId)
            throws IOException
    {
        ConnectorTransactionHandle transaction = iceberg.beginTransaction(SERIALIZABLE, true, true);
        try {
            ConnectorSession session = new RegistrySession(iceberg.getSessionProperties());
            ConnectorMetadata metadata = iceberg.getMetadata(session, transaction);
            metadata.beginQuery(session);
            try {
                return read(transaction, session, metadata, knownSnapshotId);
            }
            finally {
                metadata.cleanupQuery(session);
            }
        }
        finally {
            iceberg.commit(transaction);
        }
    }

    private State read(ConnectorTransactionHandle transaction, ConnectorSession session, ConnectorMetadata metadata, Optional<OptionalLong> knownSnapshotId)
            throws IOException
    {
        ConnectorTableHandle handle = metadata.getTableHandle(session, table, Optional.empty(), Optional.empty());
        if (handle == null) {
            return new State(OptionalLong.empty(), Optional.of(ImmutableList.of()));
        }
        if (!(handle instanceof IcebergTableHandle icebergTable)) {
            throw new IOException("The registry's table cannot be opened");
        }
        OptionalLong snapshotId = icebergTable.getSnapshotId();
        if (knownSnapshotId.isPresent() && knownSnapshotId.orElseThrow().equals(snapshotId)) {
            return new State(snapshotId, Optional.empty());
        }
        List<ColumnHandle> columns = metadata.getColumnHandles(session, handle).values().stream()
                .filter(column -> !metadata.getColumnMetadata(session, handle, column).isHidden())
                .collect(toImmutableList());
        return new State(snapshotId, Optional.of(readRows(transaction, session, metadata, handle, columns)));
    }

    private List<Row> readRows(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorMetadata metadata,
            ConnectorTableHandle handle,
            List<ColumnHandle> columns)
            throws IOException
    {
        Optional<ConnectorTableCredentials> credentials = metadata.getTableCredentials(session, handle);
        ConnectorPageSourceProvider pageSources = iceberg.getPageSourceProviderFactory().createPageSourceProvider();
        ImmutableList.Builder<Row> rows = ImmutableList.builder();
        try (ConnectorSplitSource splits = iceberg.getSplitManager().getSplits(transaction, session, handle, Set.of(), Constraint.alwaysTrue())) {
            while (!splits.isFinished()) {
                for (ConnectorSplit split : await(splits.getNextBatch(SPLITS_AT_ONCE, DynamicFilterSnapshot.EMPTY))) {
                    try (ConnectorPageSource pages = pageSources.createPageSource(transaction, session, split, handle, credentials, columns, DynamicFilter.EMPTY, MemoryContext.NO_LIMIT)) {
                        readPages(pages, columns, rows);
                    }
                }
            }
        }
        return rows.build();
    }

    private static void readPages(ConnectorPageSource pages, List<ColumnHandle> columns, ImmutableList.Builder<Row> rows)
            throws IOException
    {
        while (!pages.isFinished()) {
            SourcePage page = pages.getNextSourcePage();
            if (page == null) {
                await(pages.isBlocked());
                continue;
            }
            for (int position = 0; position < page.getPositionCount(); position++) {
                Map<String, Object> values = new LinkedHashMap<>();
                for (int channel = 0; channel < columns.size(); channel++) {
                    IcebergColumnHandle column = (IcebergColumnHandle) columns.get(channel);
                    values.put(column.getName(), PlainValues.read(column.getType(), page.getBlock(channel), position));
                }
                rows.add(Row.of(values));
            }
        }
    }

    private static <T> T await(Future<T> future)
            throws IOException
    {
        try {
            return future.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        }
        catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
        catch (TimeoutException e) {
            future.cancel(true);
            throw new IOException("The registry did not answer within %s seconds".formatted(LONGEST_WAIT_SECONDS), e);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while reading the registry", e);
        }
    }
}
