package io.meshwright.trino.mask;

import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.type.Type;

import static java.util.Objects.requireNonNull;

/**
 * A mask that gains nothing from many values at once.
 */
abstract class ValueByValueBlockMask
        extends BlockMask
{
    private final Type type;

    ValueByValueBlockMask(Type type)
    {
        this.type = requireNonNull(type, "type is null");
    }

    @Override
    Block maskValues(ValueBlock block)
    {
        BlockBuilder builder = type.createBlockBuilder(null, block.getPositionCount());
        for (int position = 0; position < block.getPositionCount(); position++) {
            if (block.isNull(position)) {
                builder.appendNull();
            }
            else {
                append(block, position, builder);
            }
        }
        return builder.build();
    }

    abstract void append(ValueBlock block, int position, BlockBuilder builder);
}
