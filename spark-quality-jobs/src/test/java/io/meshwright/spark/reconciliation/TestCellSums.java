package io.meshwright.spark.reconciliation;

import io.meshwright.bridge.reconciliation.Cell;
import io.meshwright.model.fingerprint.Fingerprint;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

final class TestCellSums
{
    private static final long[] EXTREMES = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE};

    private final Random random = new Random(1);

    /**
     * Sums of hashes exceed 64 bits at once.
     */
    @Test
    void testSumsAreExact()
    {
        Map<Cell, Fingerprint> expected = new HashMap<>();
        Map<Cell, BigInteger> expectedColumn = new HashMap<>();
        List<CellSums> parts = new ArrayList<>();
        for (int part = 0; part < 5; part++) {
            CellSums sums = new CellSums(1, 1, 1_000);
            for (int row = 0; row < 3_000; row++) {
                int window = random.nextInt(3);
                long bucket = number() >> random.nextInt(64);
                bucket = Math.floorMod(bucket, 200L) - 100;
                long hash = number();
                long key = number();
                long column = number();
                sums.add(window, bucket, hash, key, new long[] {column}, new double[] {1.5});
                Cell cell = new Cell(String.valueOf(window), bucket);
                expected.merge(cell, new Fingerprint(1, BigInteger.valueOf(hash), BigInteger.valueOf(key)), Fingerprint::plus);
                expectedColumn.merge(cell, BigInteger.valueOf(column), BigInteger::add);
            }
            parts.add(sums.trimmed());
        }
        CellSums all = parts.stream().reduce((left, right) -> left.plus(right).trimmed()).orElseThrow();
        assertThat(all.isOverflown()).isFalse();
        Map<Cell, Fingerprint> found = new HashMap<>();
        all.forEach((window, bucket, fingerprint, columnHashes, columnSums) -> {
            Cell cell = new Cell(String.valueOf(window), bucket);
            found.put(cell, fingerprint);
            assertThat(columnHashes).containsExactly(expectedColumn.get(cell));
            assertThat(columnSums).containsExactly(1.5 * fingerprint.rows());
        });
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void testTooManyCellsAreNoSums()
    {
        CellSums few = new CellSums(0, 0, 100);
        for (int row = 0; row < 200; row++) {
            few.add(0, row % 100, 1, 1, new long[0], new double[0]);
        }
        assertThat(few.isOverflown()).isFalse();
        CellSums one = new CellSums(0, 0, 100);
        one.add(1, 7, 1, 1, new long[0], new double[0]);
        assertThat(few.trimmed().plus(one.trimmed()).isOverflown()).isTrue();
    }

    private long number()
    {
        return random.nextInt(4) == 0 ? EXTREMES[random.nextInt(EXTREMES.length)] : random.nextLong();
    }
}
