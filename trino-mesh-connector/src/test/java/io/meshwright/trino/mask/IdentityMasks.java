package io.meshwright.trino.mask;

import io.meshwright.model.mask.KeyRing;
import io.trino.spi.block.Block;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.type.Type;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Masks that change no value: everything around a mask is at work, and results can be compared with those of bare tables.
 */
public final class IdentityMasks
        implements BlockMasks
{
    private final Map<ValueMask.Action, AtomicLong> values = new ConcurrentHashMap<>();

    @Override
    public BlockMask create(ValueMask mask, Type type, KeyRing keys)
    {
        return new Identity(values.computeIfAbsent(mask.action(), _ -> new AtomicLong()));
    }

    /**
     * How many values went through masks of this kind.
     */
    public long values(ValueMask.Action action)
    {
        AtomicLong count = values.get(action);
        return count == null ? 0 : count.get();
    }

    private static final class Identity
            extends BlockMask
    {
        private final AtomicLong values;

        private Identity(AtomicLong values)
        {
            this.values = values;
        }

        @Override
        Block maskValues(ValueBlock block)
        {
            values.addAndGet(block.getPositionCount());
            // another block, as of a real mask: nothing may depend on getting the original one back
            return block.copyRegion(0, block.getPositionCount());
        }
    }
}
