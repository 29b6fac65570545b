package io.meshwright.trino;

import com.google.common.collect.ImmutableMap;
import io.meshwright.trino.mask.BlockMask;
import io.meshwright.trino.mask.MaskedSourcePage;
import io.trino.plugin.base.metrics.LongCount;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

import static java.util.Objects.requireNonNull;

/**
 * Masks the pages of one split and keeps file names out of what goes wrong.
 */
final class MeshPageSource
        implements ConnectorPageSource
{
    /**
     * The metric of how many values were masked. A dictionary's entries, runs of equal values and remembered integers count once.
     */
    static final String MASKED_VALUES = "maskedValues";

    private final ConnectorPageSource delegate;
    private final List<Optional<BlockMask>> masks;
    private final boolean masked;
    private final ReadErrors errors;

    MeshPageSource(ConnectorPageSource delegate, List<Optional<BlockMask>> masks, ReadErrors errors)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.masks = requireNonNull(masks, "masks is null");
        masked = masks.stream().anyMatch(Optional::isPresent);
        this.errors = requireNonNull(errors, "errors is null");
    }

    @Override
    public long getCompletedBytes()
    {
        return delegate.getCompletedBytes();
    }

    @Override
    public OptionalLong getCompletedPositions()
    {
        return delegate.getCompletedPositions();
    }

    @Override
    public long getReadTimeNanos()
    {
        return delegate.getReadTimeNanos();
    }

    @Override
    public boolean isFinished()
    {
        return errors.hidingNames(delegate::isFinished);
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        SourcePage page = errors.hidingNames(delegate::getNextSourcePage);
        if (page == null) {
            return null;
        }
        SourcePage guarded = new GuardedSourcePage(page, errors);
        return masked ? new MaskedSourcePage(guarded, masks) : guarded;
    }

    @Override
    @SuppressWarnings("deprecation")
    public long getMemoryUsage()
    {
        return delegate.getMemoryUsage();
    }

    @Override
    public void close()
            throws IOException
    {
        errors.hidingNames(() -> {
            delegate.close();
            return null;
        });
    }

    @Override
    public CompletableFuture<?> isBlocked()
    {
        return delegate.isBlocked();
    }

    @Override
    public Metrics getMetrics()
    {
        if (!masked) {
            return delegate.getMetrics();
        }
        long maskedValues = masks.stream().flatMap(Optional::stream).mapToLong(BlockMask::maskedPositions).sum();
        return delegate.getMetrics().mergeWith(new Metrics(ImmutableMap.of(MASKED_VALUES, new LongCount(maskedValues))));
    }
}
