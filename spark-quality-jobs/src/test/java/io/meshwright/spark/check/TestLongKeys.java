package io.meshwright.spark.check;

import io.meshwright.spark.check.LongKeys.Recurring;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestLongKeys
{
    @Test
    void testCountsLikeAMap()
    {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            // more than the first capacity, and keys from few to many
            long[] keys = random.longs(1 + random.nextInt(20_000), -(1L << random.nextInt(20)), 1L << random.nextInt(20)).toArray();
            Map<Long, Long> counts = new HashMap<>();
            LongKeys longKeys = new LongKeys();
            int split = random.nextInt(keys.length);
            for (int index = 0; index < split; index++) {
                longKeys.add(keys[index]);
            }
            longKeys.addAll(LongStream.of(keys).skip(split).toArray());
            LongStream.of(keys).forEach(key -> counts.merge(key, 1L, Long::sum));
            counts.values().removeIf(count -> count == 1);

            longKeys.sort();
            Map<Long, Long> recurring = new HashMap<>();
            longKeys.recurring(recurring::put);
            assertThat(recurring).as("seed %s", seed).isEqualTo(counts);
            assertThat(longKeys.recurring()).as("seed %s", seed).isEqualTo(new Recurring(counts.size(), counts.values().stream().mapToLong(Long::longValue).sum()));
            assertThat(longKeys.size()).isEqualTo(keys.length);
            assertThat(longKeys.least()).isEqualTo(LongStream.of(keys).min().orElseThrow());
            assertThat(longKeys.greatest()).isEqualTo(LongStream.of(keys).max().orElseThrow());
        }
    }

    @Test
    void testEndsOfTheRange()
    {
        LongKeys keys = new LongKeys();
        List.of(Long.MAX_VALUE, Long.MIN_VALUE, 0L, Long.MIN_VALUE, Long.MAX_VALUE, -1L).forEach(keys::add);
        keys.sort();
        assertThat(keys.recurring()).isEqualTo(new Recurring(2, 4));
        assertThat(keys.least()).isEqualTo(Long.MIN_VALUE);
        assertThat(keys.greatest()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void testKeysThatComeSortedStaySo()
    {
        LongKeys keys = new LongKeys();
        LongStream.range(0, 10_000).forEach(key -> keys.add(key / 2));
        // without sort(): the order in which they came is known
        assertThat(keys.recurring()).isEqualTo(new Recurring(5_000, 10_000));
    }

    @Test
    void testUnsortedAndEmptyAreRefused()
    {
        LongKeys keys = new LongKeys();
        assertThat(keys.recurring()).isEqualTo(new Recurring(0, 0));
        assertThatThrownBy(keys::least).isInstanceOf(IllegalStateException.class).hasMessage("not sorted, or empty");
        keys.add(2);
        keys.add(1);
        assertThatThrownBy(keys::recurring).isInstanceOf(IllegalStateException.class).hasMessage("not sorted");
        assertThatThrownBy(keys::greatest).isInstanceOf(IllegalStateException.class).hasMessage("not sorted, or empty");
    }
}
