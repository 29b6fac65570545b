package io.meshwright.bridge.evidence;

import io.meshwright.bridge.evidence.KeyLayout.Range;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;

final class TestKeyNumbering
{
    private static final Schema SCHEMA = new Schema(
            optional(1, "id", Types.LongType.get()),
            optional(2, "line", Types.IntegerType.get()),
            optional(3, "day", Types.DateType.get()),
            optional(4, "at", Types.TimestampType.withZone()),
            optional(5, "local", Types.TimestampType.withoutZone()),
            optional(6, "name", Types.StringType.get()));

    @Test
    void testOneColumnIsItsOwnNumber()
    {
        for (String column : List.of("id", "line", "day", "at")) {
            assertThat(name(List.of(column), Map.of())).as(column).isEqualTo("number");
        }
    }

    @Test
    void testOtherTypesAreHashed()
    {
        assertThat(name(List.of("name"), Map.of())).isEqualTo("hash");
        assertThat(name(List.of("local"), Map.of())).isEqualTo("hash");
        assertThat(name(List.of("id", "name"), Map.of("id", new Range(0, 1)))).isEqualTo("hash");
    }

    @Test
    void testColumnsArePackedWhereTheirRangesFit()
    {
        assertThat(name(List.of("id", "line"), Map.of("id", new Range(0, 1L << 40), "line", new Range(1, 7)))).isEqualTo("number 4");
        assertThat(name(List.of("id", "line", "day"), Map.of("id", new Range(0, 1L << 40), "line", new Range(-8, 7), "day", new Range(0, 100)))).isEqualTo("number 4 8");
        assertThat(name(List.of("id", "line"), Map.of("id", new Range(0, 1L << 60), "line", new Range(0, 1 << 20)))).isEqualTo("hash");
        assertThat(name(List.of("id", "line"), Map.of("id", new Range(0, 1L << 40)))).isEqualTo("hash");
    }

    @Test
    void testAFewMoreValuesKeepTheNumbers()
    {
        String before = name(List.of("id", "line"), Map.of("id", new Range(0, 1_000), "line", new Range(0, 40)));
        assertThat(name(List.of("id", "line"), Map.of("id", new Range(-5, 1L << 50), "line", new Range(-100, 127)))).isEqualTo(before);
        assertThat(name(List.of("id", "line"), Map.of("id", new Range(0, 1_000), "line", new Range(0, 128)))).isNotEqualTo(before);
    }

    private static String name(List<String> columns, Map<String, Range> ranges)
    {
        return KeyNumbering.of(SCHEMA, columns, ranges).name();
    }
}
