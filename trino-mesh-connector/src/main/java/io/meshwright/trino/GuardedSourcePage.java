package io.meshwright.trino;

import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.connector.SourcePage;

import java.util.function.ObjLongConsumer;

import static java.util.Objects.requireNonNull;

/**
 * Columns are read when they are asked for, so files can fail then too.
 */
final class GuardedSourcePage
        implements SourcePage
{
    private final SourcePage delegate;
    private final ReadErrors errors;

    GuardedSourcePage(SourcePage delegate, ReadErrors errors)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.errors = requireNonNull(errors, "errors is null");
    }

    @Override
    public int getPositionCount()
    {
        return delegate.getPositionCount();
    }

    @Override
    public long getSizeInBytes()
    {
        return delegate.getSizeInBytes();
    }

    @Override
    public long getRetainedSizeInBytes()
    {
        return delegate.getRetainedSizeInBytes();
    }

    @Override
    public void retainedBytesForEachPart(ObjLongConsumer<Object> consumer)
    {
        delegate.retainedBytesForEachPart(consumer);
    }

    @Override
    public int getChannelCount()
    {
        return delegate.getChannelCount();
    }

    @Override
    public Block getBlock(int channel)
    {
        return errors.hidingNames(() -> delegate.getBlock(channel));
    }

    @Override
    public Page getPage()
    {
        return errors.hidingNames(delegate::getPage);
    }

    @Override
    public Page getColumns(int[] channels)
    {
        return errors.hidingNames(() -> delegate.getColumns(channels));
    }

    @Override
    public void selectPositions(int[] positions, int offset, int size)
    {
        errors.hidingNames(() -> {
            delegate.selectPositions(positions, offset, size);
            return null;
        });
    }
}
