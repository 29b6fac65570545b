package io.meshwright.trino.mask;

import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.meshwright.model.mask.TextMask;
import io.trino.spi.block.Block;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.block.VariableWidthBlock;

import java.util.Arrays;

import static io.airlift.slice.SliceUtf8.countCodePoints;
import static io.airlift.slice.SliceUtf8.offsetOfCodePoint;

final class PartialBlockMask
        extends BlockMask
{
    @Override
    Block maskValues(ValueBlock block)
    {
        VariableWidthBlock values = (VariableWidthBlock) block;
        int positionCount = values.getPositionCount();
        int size = 0;
        for (int position = 0; position < positionCount; position++) {
            size += values.getSliceLength(position);
        }
        // each character becomes one byte or stays as it is
        byte[] masked = new byte[size];
        int[] offsets = new int[positionCount + 1];
        for (int position = 0; position < positionCount; position++) {
            offsets[position + 1] = values.isNull(position) ? offsets[position] : mask(values.getSlice(position), masked, offsets[position]);
        }
        return new VariableWidthBlock(positionCount, Slices.wrappedBuffer(masked), offsets, validity(values));
    }

    /**
     * @return where the masked value ends
     */
    private static int mask(Slice value, byte[] target, int start)
    {
        int characters = countCodePoints(value);
        int shown = TextMask.shownCharacters(characters);
        int hidden = characters - shown;
        Arrays.fill(target, start, start + hidden, (byte) '*');
        if (shown == 0) {
            return start + hidden;
        }
        int tail = offsetOfCodePoint(value, hidden);
        value.getBytes(tail, target, start + hidden, value.length() - tail);
        return start + hidden + value.length() - tail;
    }
}
