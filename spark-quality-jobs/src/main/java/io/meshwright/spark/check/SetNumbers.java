package io.meshwright.spark.check;

import io.meshwright.bridge.evidence.KeySet;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

import static java.util.Objects.requireNonNull;

/**
 * The numbers of many sets, one set after the other.
 */
final class SetNumbers
        implements PrimitiveIterator.OfLong
{
    private final Iterator<KeySet> sets;
    private PrimitiveIterator.OfLong numbers;

    SetNumbers(Iterator<KeySet> sets)
    {
        this.sets = requireNonNull(sets, "sets is null");
    }

    @Override
    public boolean hasNext()
    {
        while ((numbers == null || !numbers.hasNext()) && sets.hasNext()) {
            numbers = sets.next().iterator();
        }
        return numbers != null && numbers.hasNext();
    }

    @Override
    public long nextLong()
    {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return numbers.nextLong();
    }
}
