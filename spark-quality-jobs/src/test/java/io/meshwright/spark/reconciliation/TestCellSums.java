package io.meshwright.spark.reconciliation;

import io.meshwright.bridge.reconciliation.Cell;
import io.meshwright.model.fingerprint.ColumnValues;
import io.meshwright.model.fingerprint.ComparedType;
import io.meshwright.model.fingerprint.Fingerprint;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

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
            for (int rows : List.of(1_000, 0, 1_500, 1, 999)) {
                addBlock(rows, sums, expected, expectedColumn);
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

    private void addBlock(int rows, CellSums sums, Map<Cell, Fingerprint> expected, Map<Cell, BigInteger> expectedColumn)
    {
        int[] windows = new int[rows];
        long[] buckets = new long[rows];
        for (int row = 0; row < rows; row++) {
            // neighbours have the same cell now and then
            boolean isSame = row > 0 && random.nextInt(3) > 0;
            windows[row] = isSame ? windows[row - 1] : random.nextInt(4) - 1;
            buckets[row] = isSame ? buckets[row - 1] : Math.floorMod(number() >> random.nextInt(64), 200L) - 100;
        }
        long[] hashes = random.longs(rows).map(unused -> number()).toArray();
        long[] keys = random.longs(rows).map(unused -> number()).toArray();
        long[] column = random.longs(rows).map(unused -> number()).toArray();
        ColumnValues values = new ColumnValues(ComparedType.of(ComparedType.Kind.DOUBLE));
        values.begin(rows);
        for (int row = 0; row < rows; row++) {
            values.set(row, 1.5);
            if (windows[row] != WindowReader.NONE) {
                Cell cell = new Cell(String.valueOf(windows[row]), buckets[row]);
                expected.merge(cell, new Fingerprint(1, BigInteger.valueOf(hashes[row]), BigInteger.valueOf(keys[row])), Fingerprint::plus);
                expectedColumn.merge(cell, BigInteger.valueOf(column[row]), BigInteger::add);
            }
        }
        sums.begin(windows, buckets, rows);
        sums.addHashes(hashes);
        sums.addKeys(keys);
        sums.addColumn(0, column);
        sums.addValues(0, values);
    }

    @Test
    void testTooManyCellsAreNoSums()
    {
        CellSums few = new CellSums(0, 0, 100);
        long[] buckets = LongStream.range(0, 200).map(row -> row % 100).toArray();
        few.begin(new int[buckets.length], buckets, buckets.length);
        assertThat(few.isOverflown()).isFalse();
        CellSums one = new CellSums(0, 0, 100);
        one.begin(new int[] {1}, new long[] {7}, 1);
        assertThat(few.trimmed().plus(one.trimmed()).isOverflown()).isTrue();
    }

    private long number()
    {
        return random.nextInt(4) == 0 ? EXTREMES[random.nextInt(EXTREMES.length)] : random.nextLong();
    }
}
