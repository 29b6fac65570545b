package io.meshwright.trino.mask;

import io.trino.spi.block.Block;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.type.Type;

import static java.util.Objects.requireNonNull;

final class NullBlockMask
        extends BlockMask
{
    private final Type type;

    NullBlockMask(Type type)
    {
        this.type = requireNonNull(type, "type is null");
    }

    @Override
    public Block mask(Block block)
    {
        return RunLengthEncodedBlock.create(type, null, block.getPositionCount());
    }

    @Override
    Block maskValues(ValueBlock block)
    {
        return mask(block);
    }
}
