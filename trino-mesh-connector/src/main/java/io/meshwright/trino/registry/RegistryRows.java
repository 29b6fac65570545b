package io.meshwright.trino.registry;

import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.table.Row;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergSplit;
import io.trino.plugin.iceberg.delete.DeleteFile;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.Connector;
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
import io.trino.spi.connector.SourcePage;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The rows of a scan, one after the other: at no time is more than one page in memory. Used by one thread at a time.
 */
public final class RegistryRows
        implements Closeable
{
    private static final int SPLITS_AT_ONCE = 1000;
    private static final long LONGEST_WAIT_SECONDS = 60;

    /**
     * Opens what a split holds.
     */
    private interface Pages
    {
        ConnectorPageSource open(ConnectorSplit split);
    }

    private final String table;
    private final Optional<ConnectorSplitSource> splits;
    private final Pages pages;
    private final List<IcebergColumnHandle> columns;
    private final Predicate<String> wantedParts;
    private final ImmutableSet.Builder<String> parts = ImmutableSet.builder();
    private final Queue<ConnectorSplit> waiting = new ArrayDeque<>();

    private Optional<ConnectorPageSource> current = Optional.empty();
    private String currentPart = "";
    private Optional<SourcePage> page = Optional.empty();
    private int position;

    RegistryRows(
            Connector iceberg,
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            String table,
            ConnectorTableHandle handle,
            Optional<ConnectorTableCredentials> credentials,
            List<IcebergColumnHandle> columns,
            Predicate<String> wantedParts)
    {
        this.table = requireNonNull(table, "table is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.wantedParts = requireNonNull(wantedParts, "wantedParts is null");
        ConnectorPageSourceProvider provider = iceberg.getPageSourceProviderFactory().createPageSourceProvider();
        List<ColumnHandle> handles = List.copyOf(columns);
        pages = split -> provider.createPageSource(transaction, session, split, handle, credentials, handles, DynamicFilter.EMPTY, MemoryContext.NO_LIMIT);
        splits = Optional.of(iceberg.getSplitManager().getSplits(transaction, session, handle, Set.of(), Constraint.alwaysTrue()));
    }

    private RegistryRows()
    {
        table = "";
        splits = Optional.empty();
        pages = _ -> {
            throw new IllegalStateException("There is nothing to open");
        };
        columns = List.of();
        wantedParts = _ -> false;
    }

    static RegistryRows none()
    {
        return new RegistryRows();
    }

    /**
     * The next row; empty after the last one.
     *
     * @throws IOException where the catalog or the storage does not answer, or a file is damaged
     */
    public Optional<Row> next()
            throws IOException
    {
        try {
            while (page.isEmpty() || position == page.orElseThrow().getPositionCount()) {
                if (!nextPage()) {
                    return Optional.empty();
                }
            }
            return Optional.of(row(page.orElseThrow(), position++));
        }
        catch (RuntimeException e) {
            throw new IOException("The registry's table %s cannot be read".formatted(table), e);
        }
    }

    /**
     * The part that the last row was in. All rows that were written together are in one part, until maintenance puts
     * parts together.
     */
    public String part()
    {
        return currentPart;
    }

    /**
     * After the last row: the parts of which the snapshot is made, those that were left out among them.
     */
    public Set<String> parts()
    {
        return parts.build();
    }

    private boolean nextPage()
            throws IOException
    {
        page = Optional.empty();
        position = 0;
        while (true) {
            if (current.isEmpty()) {
                Optional<ConnectorSplit> split = nextSplit();
                if (split.isEmpty()) {
                    return false;
                }
                currentPart = split.map(RegistryRows::part).orElseThrow();
                current = split.map(pages::open);
            }
            ConnectorPageSource source = current.orElseThrow();
            page = Optional.ofNullable(source.getNextSourcePage());
            if (page.isPresent()) {
                return true;
            }
            if (source.isFinished()) {
                current = Optional.empty();
                source.close();
                continue;
            }
            await(source.isBlocked());
        }
    }

    private Optional<ConnectorSplit> nextSplit()
            throws IOException
    {
        while (waiting.isEmpty()) {
            if (splits.isEmpty() || splits.orElseThrow().isFinished()) {
                return Optional.empty();
            }
            for (ConnectorSplit split : await(splits.orElseThrow().getNextBatch(SPLITS_AT_ONCE, DynamicFilterSnapshot.EMPTY))) {
                String part = part(split);
                parts.add(part);
                if (wantedParts.test(part)) {
                    waiting.add(split);
                }
            }
        }
        return Optional.of(waiting.remove());
    }

    private Row row(SourcePage source, int at)
    {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int channel = 0; channel < columns.size(); channel++) {
            IcebergColumnHandle column = columns.get(channel);
            values.put(column.getName(), PlainValues.read(column.getType(), source.getBlock(channel), at));
        }
        return Row.of(values);
    }

    private static String part(ConnectorSplit split)
    {
        IcebergSplit file = (IcebergSplit) split;
        return file.path() + ":" + file.start() + file.deletes().stream().map(DeleteFile::path).sorted().collect(joining(":", ":", ""));
    }

    private <T> T await(Future<T> future)
            throws IOException
    {
        try {
            return future.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        }
        catch (ExecutionException e) {
            throw new IOException("The registry's table %s cannot be read".formatted(table), e.getCause());
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

    @Override
    public void close()
            throws IOException
    {
        if (current.isPresent()) {
            current.orElseThrow().close();
        }
        splits.ifPresent(ConnectorSplitSource::close);
    }
}
