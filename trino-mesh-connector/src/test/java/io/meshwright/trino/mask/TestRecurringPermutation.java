package io.meshwright.trino.mask;

import io.meshwright.model.mask.IntegerPermutation;
import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

import static io.meshwright.trino.TestingMesh.KEYS;
import static org.assertj.core.api.Assertions.assertThat;

class TestRecurringPermutation
{
    private static final int PAGE = 8192;
    private static final int PAGES = 40;

    private final Random random = new Random(23);

    /**
     * Also with 0, which looks like an empty place, and with more values than there are places.
     */
    @Test
    void testEqualsPermutation()
    {
        for (int distinct : new int[] {1, 2, 1000, 30_000, 100_000}) {
            check(() -> random.nextInt(distinct) - distinct / 2);
            check(() -> (long) random.nextInt(distinct) << 32);
        }
        check(random::nextLong);
    }

    @Test
    void testRecurringValuesAreComputedOnce()
    {
        // the first page is not remembered, and the second one is remembered at its end
        assertThat(check(() -> random.nextInt(1000))).isBetween(PAGE + 1000L, 2 * PAGE + 1000L);
        assertThat(check(() -> random.nextInt(20_000))).isLessThan(PAGE * PAGES / 4);
        // always the one that was seen longest ago; 0 is known from the beginning
        assertThat(check(LongStream.iterate(0, value -> (value + 31) % 20_000).iterator()::nextLong)).isEqualTo(PAGE + 20_000 - 1);
    }

    @Test
    void testDistinctValuesAreComputedAll()
    {
        assertThat(check(LongStream.iterate(0, value -> value + 7).iterator()::nextLong)).isEqualTo(PAGE * PAGES);
    }

    private long check(LongSupplier source)
    {
        IntegerPermutation oracle = IntegerPermutation.create(KEYS, "sku", 64);
        RecurringPermutation permutation = new RecurringPermutation(IntegerPermutation.create(KEYS, "sku", 64));
        for (int page = 0; page < PAGES; page++) {
            long[] values = LongStream.generate(source).limit(PAGE).toArray();
            long[] expected = values.clone();
            oracle.permute(expected, PAGE);
            permutation.permute(values, PAGE);
            assertThat(values).isEqualTo(expected);
        }
        return permutation.computed();
    }
}
