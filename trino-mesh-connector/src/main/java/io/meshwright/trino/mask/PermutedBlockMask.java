package io.meshwright.trino.mask;

import io.meshwright.model.mask.IntegerPermutation;
import io.trino.spi.block.Block;
import io.trino.spi.block.IntArrayBlock;
import io.trino.spi.block.LongArrayBlock;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.type.Type;

import static io.trino.spi.type.BigintType.BIGINT;

final class PermutedBlockMask
        extends BlockMask
{
    private final boolean wide;
    private final RecurringPermutation permutation;

    PermutedBlockMask(Type type, IntegerPermutation permutation)
    {
        wide = type.equals(BIGINT);
        this.permutation = new RecurringPermutation(permutation);
    }

    @Override
    Block maskValues(ValueBlock block)
    {
        return wide ? maskLongs((LongArrayBlock) block) : maskInts((IntArrayBlock) block);
    }

    private Block maskLongs(LongArrayBlock block)
    {
        int positionCount = block.getPositionCount();
        long[] values = new long[positionCount];
        for (int position = 0; position < positionCount; position++) {
            values[position] = block.getLong(position);
        }
        permutation.permute(values, positionCount);
        return new LongArrayBlock(positionCount, validity(block), values);
    }

    private Block maskInts(IntArrayBlock block)
    {
        int positionCount = block.getPositionCount();
        long[] values = new long[positionCount];
        for (int position = 0; position < positionCount; position++) {
            values[position] = block.getInt(position);
        }
        permutation.permute(values, positionCount);
        int[] narrow = new int[positionCount];
        for (int position = 0; position < positionCount; position++) {
            narrow[position] = (int) values[position];
        }
        return new IntArrayBlock(positionCount, validity(block), narrow);
    }

    @Override
    public long maskedPositions()
    {
        return permutation.computed();
    }
}
