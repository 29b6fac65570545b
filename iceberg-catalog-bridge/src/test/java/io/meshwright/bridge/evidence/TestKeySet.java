package io.meshwright.bridge.evidence;

import com.google.common.primitives.Longs;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

final class TestKeySet
{
    @Test
    void testKeepsEachNumberOnce()
    {
        assertThat(numbers(set(-7, -7, 0, 1, 1, 1, 300))).containsExactly(-7L, 0L, 1L, 300L);
        assertThat(set(-7, -7, 0, 1, 1, 1, 300)).extracting(KeySet::count, KeySet::least, KeySet::greatest).containsExactly(4L, -7L, 300L);
    }

    @Test
    void testReachesOverAllNumbers()
    {
        assertThat(numbers(set(Long.MIN_VALUE, -1, 0, Long.MAX_VALUE))).containsExactly(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE);
        assertThat(numbers(set(Long.MIN_VALUE, Long.MAX_VALUE))).containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Test
    void testKeepsRandomNumbers()
    {
        for (int shift : List.of(0, 8, 30, 60)) {
            long[] sorted = new Random(shift).longs(1_000).map(number -> number >> shift).sorted().toArray();
            assertThat(numbers(KeySet.of(sorted, 0, sorted.length))).as("numbers of %s bits", 64 - shift)
                    .containsExactlyElementsOf(Longs.asList(sorted).stream().distinct().toList());
        }
    }

    @Test
    void testNeighboursTakeAByte()
    {
        long[] sorted = new Random(1).longs(10_000, 0, 500_000).sorted().toArray();
        assertThat(KeySet.of(sorted, 0, sorted.length).steps().length).isLessThan(12_000);
    }

    @Test
    void testMeetsWhatIsInBoth()
    {
        KeySet set = set(1, 5, 9);
        assertThat(set.meets(new long[] {9})).isTrue();
        assertThat(set.meets(new long[] {-3, 0, 5, 70})).isTrue();
        assertThat(set.meets(new long[] {0, 2, 8, 10})).isFalse();
        assertThat(set.meets(new long[] {})).isFalse();
    }

    private static KeySet set(long... sorted)
    {
        return KeySet.of(sorted, 0, sorted.length);
    }

    private static List<Long> numbers(KeySet set)
    {
        List<Long> numbers = new ArrayList<>();
        PrimitiveIterator.OfLong iterator = set.iterator();
        iterator.forEachRemaining((long number) -> numbers.add(number));
        return numbers;
    }
}
