package io.meshwright.trino.mask;

import io.airlift.slice.Slice;
import io.meshwright.model.mask.TextMask;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.DictionaryBlock;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.block.ValueBlock;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.type.VarcharType.VARCHAR;

final class RedactedBlockMask
        extends BlockMask
{
    private static final Slice REDACTED = utf8Slice(TextMask.REDACTED);

    private final ValueBlock redactedOrNull;

    RedactedBlockMask()
    {
        BlockBuilder builder = VARCHAR.createBlockBuilder(null, 2);
        VARCHAR.writeSlice(builder, REDACTED);
        builder.appendNull();
        redactedOrNull = builder.buildValueBlock();
    }

    @Override
    Block maskValues(ValueBlock block)
    {
        int positionCount = block.getPositionCount();
        if (!block.hasNull()) {
            return RunLengthEncodedBlock.create(VARCHAR, REDACTED, positionCount);
        }
        int[] positions = new int[positionCount];
        for (int position = 0; position < positionCount; position++) {
            positions[position] = block.isNull(position) ? 1 : 0;
        }
        return DictionaryBlock.create(positionCount, redactedOrNull, positions);
    }
}
