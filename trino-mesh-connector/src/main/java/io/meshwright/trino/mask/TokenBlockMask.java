package io.meshwright.trino.mask;

import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.meshwright.model.mask.TokenFunction;
import io.trino.spi.block.Block;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.block.VariableWidthBlock;

import static io.meshwright.model.mask.TokenFunction.TOKEN_LENGTH;
import static java.util.Objects.requireNonNull;

final class TokenBlockMask
        extends BlockMask
{
    private final TokenFunction function;

    private int[] starts = new int[0];
    private int[] ends = new int[0];

    TokenBlockMask(TokenFunction function)
    {
        this.function = requireNonNull(function, "function is null");
    }

    @Override
    Block maskValues(ValueBlock block)
    {
        VariableWidthBlock values = (VariableWidthBlock) block;
        int positionCount = values.getPositionCount();
        if (starts.length < positionCount) {
            starts = new int[positionCount];
            ends = new int[positionCount];
        }
        Slice slice = values.getRawSlice();
        int base = slice.byteArrayOffset();
        boolean hasNull = values.hasNull();
        int[] tokenOffsets = new int[positionCount + 1];
        int count = 0;
        for (int position = 0; position < positionCount; position++) {
            if (!hasNull || !values.isNull(position)) {
                starts[count] = base + values.getRawSliceOffset(position);
                ends[count] = starts[count] + values.getSliceLength(position);
                count++;
            }
            tokenOffsets[position + 1] = count * TOKEN_LENGTH;
        }
        byte[] tokens = function.tokens(slice.byteArray(), starts, ends, count);
        return new VariableWidthBlock(positionCount, Slices.wrappedBuffer(tokens), tokenOffsets, validity(values));
    }
}
