package io.meshwright.bridge.evidence;

import java.io.ByteArrayOutputStream;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * Different numbers of 64 bits in ascending order as bytes: the differences between neighbours, seven bits to a byte, the lowest first. Numbers that lie close take a byte
 * or two each, random ones about six.
 *
 * @param count how many there are, at least one
 * @param greatest of them
 * @param steps from each number to the next
 */
public record KeySet(long count, long least, long greatest, byte[] steps)
{
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    public KeySet
    {
        checkArgument(count > 0, "count is not positive");
        requireNonNull(steps, "steps is null");
    }

    /**
     * @param sorted ascending, equal ones beside each other
     */
    public static KeySet of(long[] sorted, int from, int to)
    {
        checkArgument(from < to, "no numbers");
        ByteArrayOutputStream steps = new ByteArrayOutputStream(2 * (to - from));
        long count = 1;
        for (int index = from + 1; index < to; index++) {
            // reaches up to 2^64 - 1, as an unsigned number
            long step = sorted[index] - sorted[index - 1];
            if (step != 0) {
                count++;
                while (Long.compareUnsigned(step, MORE) >= 0) {
                    steps.write((int) (step & (MORE - 1)) | MORE);
                    step >>>= BITS;
                }
                steps.write((int) step);
            }
        }
        return new KeySet(count, sorted[from], sorted[to - 1], steps.toByteArray());
    }

    /**
     * The numbers in ascending order.
     */
    public PrimitiveIterator.OfLong iterator()
    {
        return new PrimitiveIterator.OfLong()
        {
            private long left = count;
            private long number = least;
            private int position;

            @Override
            public boolean hasNext()
            {
                return left > 0;
            }

            @Override
            public long nextLong()
            {
                if (left == 0) {
                    throw new NoSuchElementException();
                }
                if (left < count) {
                    number += step();
                }
                left--;
                return number;
            }

            private long step()
            {
                long step = 0;
                for (int shift = 0; ; shift += BITS) {
                    byte next = steps[position];
                    position++;
                    step |= (long) (next & (MORE - 1)) << shift;
                    if (next >= 0) {
                        return step;
                    }
                }
            }
        };
    }

    /**
     * Whether one of the numbers is among others.
     *
     * @param sorted ascending
     */
    public boolean meets(long[] sorted)
    {
        int index = 0;
        PrimitiveIterator.OfLong numbers = iterator();
        while (numbers.hasNext()) {
            long number = numbers.nextLong();
            while (index < sorted.length && sorted[index] < number) {
                index++;
            }
            if (index == sorted.length) {
                return false;
            }
            if (sorted[index] == number) {
                return true;
            }
        }
        return false;
    }
}
