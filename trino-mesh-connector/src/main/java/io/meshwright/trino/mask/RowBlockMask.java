package io.meshwright.trino.mask;

import io.meshwright.model.mask.KeyRing;
import io.trino.spi.block.Block;
import io.trino.spi.block.RowBlock;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.type.RowType;

import java.util.List;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;

final class RowBlockMask
        extends BlockMask
{
    private final List<BlockMask> fields;

    RowBlockMask(List<ValueMask> masks, RowType type, KeyRing keys)
    {
        fields = IntStream.range(0, masks.size())
                .mapToObj(index -> create(masks.get(index), type.getFields().get(index).getType(), keys))
                .collect(toImmutableList());
    }

    @Override
    Block maskValues(ValueBlock block)
    {
        RowBlock rows = (RowBlock) block;
        List<Block> fieldBlocks = rows.getFieldBlocks();
        Block[] masked = new Block[fieldBlocks.size()];
        for (int index = 0; index < masked.length; index++) {
            masked[index] = fields.get(index).mask(fieldBlocks.get(index));
        }
        return rows.createProjection(masked);
    }

    @Override
    public long maskedPositions()
    {
        return fields.stream().mapToLong(BlockMask::maskedPositions).sum();
    }
}
