package io.meshwright.trino;

import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.DynamicFilterSnapshot;
import io.trino.spi.connector.SourcePage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import static java.lang.Math.toIntExact;
import static java.util.Objects.requireNonNull;

/**
 * The first rows of the splits, one split after the other.
 */
final class FirstRows
        implements ConnectorPageSource
{
    private static final int SPLITS_AT_ONCE = 10;

    private final ConnectorSplitSource splits;
    private final Function<ConnectorSplit, ConnectorPageSource> open;
    private final Queue<ConnectorSplit> waiting = new ArrayDeque<>();
    private long missing;
    private Optional<CompletableFuture<List<ConnectorSplit>>> batch = Optional.empty();
    private Optional<ConnectorPageSource> current = Optional.empty();
    // of what was read before: the engine takes what a source has done as growing only
    private long formerBytes;
    private long formerReadNanos;

    FirstRows(long rows, ConnectorSplitSource splits, Function<ConnectorSplit, ConnectorPageSource> open)
    {
        this.missing = rows;
        this.splits = requireNonNull(splits, "splits is null");
        this.open = requireNonNull(open, "open is null");
    }

    @Override
    public boolean isFinished()
    {
        return missing == 0 || (current.isEmpty() && waiting.isEmpty() && batch.isEmpty() && splits.isFinished());
    }

    @Override
    public CompletableFuture<?> isBlocked()
    {
        if (batch.isPresent()) {
            return batch.orElseThrow();
        }
        return current.<CompletableFuture<?>>map(ConnectorPageSource::isBlocked).orElse(NOT_BLOCKED);
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        if (isFinished() || !isBlocked().isDone()) {
            return null;
        }
        batch.ifPresent(splits -> waiting.addAll(splits.join()));
        batch = Optional.empty();
        if (current.isEmpty()) {
            if (waiting.isEmpty()) {
                batch = splits.isFinished() ? Optional.empty() : Optional.of(splits.getNextBatch(SPLITS_AT_ONCE, DynamicFilterSnapshot.EMPTY));
                return null;
            }
            current = Optional.of(open.apply(waiting.remove()));
        }
        ConnectorPageSource source = current.orElseThrow();
        SourcePage page = source.getNextSourcePage();
        if (page == null) {
            if (source.isFinished()) {
                closeCurrent();
            }
            return null;
        }
        if (page.getPositionCount() > missing) {
            int[] first = new int[toIntExact(missing)];
            for (int position = 0; position < first.length; position++) {
                first[position] = position;
            }
            page.selectPositions(first, 0, first.length);
        }
        missing -= page.getPositionCount();
        return page;
    }

    private void closeCurrent()
    {
        ConnectorPageSource source = current.orElseThrow();
        formerBytes += source.getCompletedBytes();
        formerReadNanos += source.getReadTimeNanos();
        current = Optional.empty();
        try {
            source.close();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long getCompletedBytes()
    {
        return formerBytes + current.map(ConnectorPageSource::getCompletedBytes).orElse(0L);
    }

    @Override
    public long getReadTimeNanos()
    {
        return formerReadNanos + current.map(ConnectorPageSource::getReadTimeNanos).orElse(0L);
    }

    @Override
    public void close()
    {
        if (current.isPresent()) {
            closeCurrent();
        }
        splits.close();
    }
}
