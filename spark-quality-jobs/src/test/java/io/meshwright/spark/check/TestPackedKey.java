package io.meshwright.spark.check;

import io.meshwright.bridge.evidence.KeyLayout.Range;
import io.meshwright.spark.session.TestingLake;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

final class TestPackedKey
{
    private final TestingLake lake = TestingLake.get();

    @Test
    void testDifferentKeysAreDifferentNumbers()
    {
        Dataset<Row> keys = lake.session().sql(
                """
                SELECT cast(a.id - 3 AS int) k0, date_add(DATE'1969-12-30', cast(b.id AS int)) k1, timestamp_micros(c.id * 1000000000 - 5) k2, d.id - 2 k3
                FROM range(7) a, range(5) b, range(4) c, range(6) d""");
        Optional<Column> packed = PackedKey.of(keys.schema(), List.of("a", "b", "c", "d"), Map.of(
                "a", new Range(-3, 3),
                "b", new Range(-2, 2),
                "c", new Range(-5, 2_999_999_995L),
                "d", new Range(-2, 3)));
        assertThat(keys.select(packed.orElseThrow()).distinct().count()).isEqualTo(7 * 5 * 4 * 6);
    }

    @Test
    void testOneColumnNeedsNoRange()
    {
        Dataset<Row> keys = lake.session().sql("SELECT * FROM VALUES (DATE'1969-12-31'), (DATE'2026-11-21') AS t(k0)");
        assertThat(keys.select(PackedKey.of(keys.schema(), List.of("day"), Map.of()).orElseThrow()).collectAsList())
                .extracting(row -> row.getLong(0))
                .containsExactly(-1L, 20_778L);
    }

    @Test
    void testWhatDoesNotFitIsNotPacked()
    {
        Dataset<Row> numbers = lake.session().sql("SELECT 1L k0, 2L k1");
        List<String> columns = List.of("a", "b");
        assertThat(PackedKey.of(numbers.schema(), columns, Map.of("a", new Range(0, (1L << 31) - 1), "b", new Range(0, (1L << 32) - 1)))).isPresent();
        assertThat(PackedKey.of(numbers.schema(), columns, Map.of("a", new Range(0, (1L << 32) - 1), "b", new Range(0, (1L << 32) - 1)))).isEmpty();
        // the span of all numbers overflows
        assertThat(PackedKey.of(numbers.schema(), columns, Map.of("a", new Range(Long.MIN_VALUE, Long.MAX_VALUE), "b", new Range(0, 0)))).isEmpty();
        assertThat(PackedKey.of(numbers.schema(), columns, Map.of("a", new Range(0, 1)))).isEmpty();
        assertThat(PackedKey.of(lake.session().sql("SELECT 1L k0, 'x' k1").schema(), columns, Map.of("a", new Range(0, 1), "b", new Range(0, 1)))).isEmpty();
        assertThat(PackedKey.of(lake.session().sql("SELECT 'x' k0").schema(), List.of("a"), Map.of())).isEmpty();
    }
}
