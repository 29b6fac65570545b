package io.meshwright.spark.check;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Tuple2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

final class TestKeyChunks
{
    @ParameterizedTest
    @CsvSource({
            // keys, buckets, distance
            "0, 3, 1",
            "1, 3, 1",
            "50000, 1, 1",
            "50000, 7, 1",
            "50000, 8, 8",
            "50000, 16, 1048576",
    })
    void testDealsEveryKeyOnceAndEvenly(int count, int buckets, long distance)
    {
        PrimitiveIterator.OfLong keys = LongStream.range(0, count).map(key -> key * distance).iterator();
        List<Long> dealt = new ArrayList<>();
        long[] sizes = new long[buckets];
        new KeyChunks(keys, buckets).forEachRemaining((Tuple2<Integer, long[]> chunk) -> {
            assertThat(chunk._2()).isNotEmpty().hasSizeLessThanOrEqualTo(4096);
            sizes[chunk._1()] += chunk._2().length;
            for (long key : chunk._2()) {
                assertThat(KeyChunks.bucket(key, buckets)).isEqualTo(chunk._1());
                dealt.add(key);
            }
        });
        assertThat(dealt).containsExactlyInAnyOrderElementsOf(LongStream.range(0, count).map(key -> key * distance).boxed().toList());
        if (count > 1) {
            // keys with a pattern must not all meet in one bucket
            assertThat(Arrays.stream(sizes).max().orElseThrow()).isLessThanOrEqualTo(count / buckets * 11 / 10 + 1);
        }
    }
}
