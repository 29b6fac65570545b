package io.meshwright.trino.mask;

import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.connector.SourcePage;

import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

import static java.util.Objects.requireNonNull;

/**
 * A page whose masked channels are masked when they are first asked for, so that decoding stays lazy.
 */
public final class MaskedSourcePage
        implements SourcePage
{
    private final SourcePage delegate;
    private final List<Optional<BlockMask>> masks;
    private final Block[] masked;

    public MaskedSourcePage(SourcePage delegate, List<Optional<BlockMask>> masks)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.masks = requireNonNull(masks, "masks is null");
        masked = new Block[masks.size()];
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
        long size = delegate.getRetainedSizeInBytes();
        for (Block block : masked) {
            if (block != null) {
                size += block.getRetainedSizeInBytes();
            }
        }
        return size;
    }

    @Override
    public void retainedBytesForEachPart(ObjLongConsumer<Object> consumer)
    {
        delegate.retainedBytesForEachPart(consumer);
        for (Block block : masked) {
            if (block != null) {
                block.retainedBytesForEachPart(consumer);
            }
        }
    }

    @Override
    public int getChannelCount()
    {
        return masks.size();
    }

    @Override
    public Block getBlock(int channel)
    {
        Optional<BlockMask> mask = masks.get(channel);
        if (mask.isEmpty()) {
            return delegate.getBlock(channel);
        }
        if (masked[channel] == null) {
            masked[channel] = mask.orElseThrow().mask(delegate.getBlock(channel));
        }
        return masked[channel];
    }

    @Override
    public Page getPage()
    {
        Block[] blocks = new Block[masks.size()];
        for (int channel = 0; channel < blocks.length; channel++) {
            blocks[channel] = getBlock(channel);
        }
        return new Page(getPositionCount(), blocks);
    }

    @Override
    public void selectPositions(int[] positions, int offset, int size)
    {
        delegate.selectPositions(positions, offset, size);
        for (int channel = 0; channel < masked.length; channel++) {
            if (masked[channel] != null) {
                masked[channel] = masked[channel].getPositions(positions, offset, size);
            }
        }
    }
}
