package io.meshwright.trino.mask;

import io.meshwright.model.mask.IntegerPermutation;
import io.meshwright.model.mask.KeyRing;
import io.meshwright.model.mask.TokenFunction;
import io.trino.spi.block.Bitmap;
import io.trino.spi.block.Block;
import io.trino.spi.block.DictionaryBlock;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.Optional;

import static io.trino.spi.type.BigintType.BIGINT;

/**
 * Masks whole blocks of one column. NULL stays NULL. Holds buffers and ciphers, so it is not thread-safe.
 */
public abstract class BlockMask
{
    /**
     * With a dictionary that is larger than this many times the positions, the positions are masked instead of it.
     */
    private static final int DICTIONARY_WORTH_MASKING = 4;

    private ValueBlock lastDictionary;
    private Block lastMaskedDictionary;
    private long maskedPositions;

    public static BlockMask create(ValueMask mask, Type type, KeyRing keys)
    {
        return switch (mask.action()) {
            case CLEAR -> new Clear();
            case TOKEN -> new TokenBlockMask(TokenFunction.create(keys, mask.tokenDomain()));
            case PERMUTE -> new PermutedBlockMask(type, IntegerPermutation.create(keys, mask.tokenDomain(), type.equals(BIGINT) ? Long.SIZE : Integer.SIZE));
            case REDACT -> new RedactedBlockMask();
            case PARTIAL -> new PartialBlockMask();
            case YEAR -> new YearBlockMask(type);
            case NULL -> new NullBlockMask(type);
            case ROW -> new RowBlockMask(mask.fields(), (RowType) type, keys);
        };
    }

    public Block mask(Block block)
    {
        return switch (block) {
            case RunLengthEncodedBlock runLength -> RunLengthEncodedBlock.create(maskPositions(runLength.getValue()), runLength.getPositionCount());
            case DictionaryBlock dictionary -> maskDictionary(dictionary);
            case ValueBlock values -> maskPositions(values);
        };
    }

    /**
     * How many values were masked so far: each entry of a dictionary and each run of equal values counts once.
     */
    public long maskedPositions()
    {
        return maskedPositions;
    }

    /**
     * @return a block of the same length
     */
    abstract Block maskValues(ValueBlock block);

    private Block maskPositions(ValueBlock block)
    {
        maskedPositions += block.getPositionCount();
        return maskValues(block);
    }

    private Block maskDictionary(DictionaryBlock block)
    {
        ValueBlock dictionary = block.getDictionary();
        if (dictionary != lastDictionary && dictionary.getPositionCount() / DICTIONARY_WORTH_MASKING > block.getPositionCount()) {
            int[] positions = new int[block.getPositionCount()];
            for (int position = 0; position < positions.length; position++) {
                positions[position] = block.getUnderlyingValuePosition(position);
            }
            return maskPositions(dictionary.copyPositions(positions, 0, positions.length));
        }
        // the whole dictionary and never a part of it: the engine caches what it computes for each entry
        if (dictionary != lastDictionary) {
            lastMaskedDictionary = maskPositions(dictionary);
            lastDictionary = dictionary;
        }
        return block.createProjection(lastMaskedDictionary);
    }

    static Optional<long[]> validity(ValueBlock block)
    {
        if (!block.hasNull()) {
            return Optional.empty();
        }
        long[] valid = Bitmap.allocateWords(block.getPositionCount(), true);
        for (int position = 0; position < block.getPositionCount(); position++) {
            if (block.isNull(position)) {
                Bitmap.clear(valid, 0, position);
            }
        }
        return Optional.of(valid);
    }

    private static final class Clear
            extends BlockMask
    {
        @Override
        public Block mask(Block block)
        {
            return block;
        }

        @Override
        Block maskValues(ValueBlock block)
        {
            return block;
        }
    }
}
