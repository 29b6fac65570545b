package io.meshwright.trino.mask;

import io.meshwright.model.mask.KeyRing;
import io.trino.spi.type.Type;

/**
 * Makes the mask of one column of one split; in a server always {@link BlockMask#create}.
 */
@FunctionalInterface
public interface BlockMasks
{
    BlockMask create(ValueMask mask, Type type, KeyRing keys);
}
