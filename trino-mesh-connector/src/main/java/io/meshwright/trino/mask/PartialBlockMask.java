package io.meshwright.trino.mask;

import io.meshwright.model.mask.TextMask;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.ValueBlock;

import static io.trino.spi.type.VarcharType.VARCHAR;

final class PartialBlockMask
        extends ValueByValueBlockMask
{
    PartialBlockMask()
    {
        super(VARCHAR);
    }

    @Override
    void append(ValueBlock block, int position, BlockBuilder builder)
    {
        VARCHAR.writeString(builder, TextMask.partial(VARCHAR.getSlice(block, position).toStringUtf8()));
    }
}
