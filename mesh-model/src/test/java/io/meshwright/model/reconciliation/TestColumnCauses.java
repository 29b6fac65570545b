package io.meshwright.model.reconciliation;

import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.ComparedType;
import io.meshwright.model.fingerprint.ComparedType.Kind;
import io.meshwright.model.fingerprint.LegacyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.meshwright.model.reconciliation.ValueDifference.SUBSECOND;
import static io.meshwright.model.reconciliation.ValueDifference.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

final class TestColumnCauses
{
    private static final long HOUR = 3_600_000_000L;
    private static final long TIME = 1_790_000_000_123_456L;

    @ParameterizedTest
    @CsvSource(nullValues = "NULL", value = {
            "NULL, NULL, ",
            "a, a, ",
            "NULL, '', NULL_AND_EMPTY",
            "'', NULL, NULL_AND_EMPTY",
            "a, NULL, NULL_IN_PRODUCT",
            "NULL, a, NULL_IN_LEGACY",
            "'a  ', a, BLANKS",
            "'a\n', a, OTHER",
            "Straße, STRAßE, CASE",
            "Caf\u00e9, Cafe\u0301, UNICODE_FORM",
            "a, b, OTHER",
    })
    void testTexts(String legacy, String mesh, ValueDifference expected)
    {
        assertThat(ValueDifference.of(new ComparedType(Kind.TEXT, 0), legacy, mesh)).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource({
            "1.50, 1.5, ",
            "12.345, 12.35, SCALE",
            "12.345, 12.34, SCALE",
            "12.345, 12.33, OTHER",
            "99.60, 100.00, OTHER",
            "12.34, 12.35, OTHER",
            "1000000000000.1, 1000000000000.2, FLOAT",
            "-1.005, -1.01, SCALE",
    })
    void testDecimals(BigDecimal legacy, BigDecimal mesh, ValueDifference expected)
    {
        assertThat(ValueDifference.of(new ComparedType(Kind.DECIMAL, 3), legacy, mesh)).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource({
            "0, ",
            "3600000000, ZONE",
            "-20700000000, ZONE",
            "97200000000, OTHER",
            "-456, SUBSECOND",
            "544, OTHER",
            "-123456, SUBSECOND",
            "1, OTHER",
            "876544, OTHER",
            "-1123456, OTHER",
    })
    void testTimes(long delta, ValueDifference expected)
    {
        assertThat(ValueDifference.of(new ComparedType(Kind.INSTANT, 6), TIME, TIME + delta)).isEqualTo(Optional.ofNullable(expected));
        assertThat(ValueDifference.of(new ComparedType(Kind.INSTANT, 6), TIME + delta, TIME)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void testFractionsAndBytes()
    {
        assertThat(ValueDifference.of(new ComparedType(Kind.DOUBLE, 0), 0.0, -0.0)).isEmpty();
        assertThat(ValueDifference.of(new ComparedType(Kind.DOUBLE, 0), Double.NaN, Double.NaN)).isEmpty();
        assertThat(ValueDifference.of(new ComparedType(Kind.DOUBLE, 0), 0.1 + 0.2, 0.3)).contains(ValueDifference.FLOAT);
        assertThat(ValueDifference.of(new ComparedType(Kind.DOUBLE, 0), 1.0, 1.0000001)).contains(ValueDifference.OTHER);
        assertThat(ValueDifference.of(new ComparedType(Kind.REAL, 0), 1.0, 1.0000001)).contains(ValueDifference.FLOAT);
        assertThat(ValueDifference.of(new ComparedType(Kind.DATE, 0), 10L, 11L)).contains(ValueDifference.NEXT_DAY);
        assertThat(ValueDifference.of(new ComparedType(Kind.BINARY, 0), new byte[] {1}, new byte[] {1})).isEmpty();
        assertThat(ValueDifference.of(new ComparedType(Kind.BINARY, 0), new byte[] {1}, new byte[] {2})).contains(ValueDifference.OTHER);
    }

    @Test
    void testCausesOfColumns()
    {
        ColumnCauses causes = new ColumnCauses(List.of(column("at", Kind.INSTANT, 6), column("note", Kind.TEXT, 0), column("amount", Kind.DECIMAL, 2)));
        for (int row = 0; row < 4; row++) {
            Map<String, ValueDifference> found = causes.add("key" + row, Arrays.asList(TIME, row == 0 ? "secret " : "same", null), Arrays.asList(TIME + (row < 2 ? 1 : 2) * HOUR, row == 0 ? "secret" : "same", null));
            assertThat(found).containsEntry("at", ZONE).hasSize(row == 0 ? 2 : 1);
        }
        assertThat(causes.results()).containsExactly(
                new ColumnResult("at", 4, 4, 0, Optional.of("time zone: the product is 1 h later or 2 h later"), List.of("key0", "key1", "key2", "key3")),
                new ColumnResult("note", 4, 1, 1, Optional.of("blanks at the ends of the text"), List.of("key0")));
    }

    @Test
    void testNoCauseWithoutMajority()
    {
        ColumnCauses causes = new ColumnCauses(List.of(column("at", Kind.INSTANT, 6)));
        causes.add("1", List.of(TIME), List.of(TIME + HOUR));
        causes.add("2", List.of(TIME), List.of(TIME + 7));
        assertThat(causes.results().get(0).cause()).isEmpty();
        causes.add("3", List.of(TIME), List.of(TIME + HOUR));
        assertThat(causes.results().get(0).cause()).contains("time zone: the product is 1 h later (2 of 3)");
        causes.add("4", List.of(TIME), List.of(TIME + 2 * HOUR));
        causes.add("5", List.of(TIME), List.of(TIME + 3 * HOUR));
        assertThat(causes.results().get(0).cause()).as("more distances than zones have").isEmpty();
        causes.add("6", List.of(TIME), List.of(TIME - TIME % 1_000_000));
        causes.add("7", List.of(TIME), List.of(TIME));
        assertThat(causes.results()).containsExactly(new ColumnResult("at", 7, 6, 1, Optional.empty(), List.of("1", "2", "3", "4", "5")));
        assertThat(SUBSECOND.isFormatOnly()).isTrue();
    }

    @Test
    void testMissingValues()
    {
        ColumnCauses causes = new ColumnCauses(List.of(column("note", Kind.TEXT, 0)));
        causes.add("1", List.of("x"), Arrays.asList((Object) null));
        assertThat(causes.results().get(0).cause()).contains("NULL in the product where the legacy table has a value");
    }

    private static ComparedColumn column(String name, Kind kind, int precision)
    {
        ComparedType type = new ComparedType(kind, precision);
        return new ComparedColumn(name, ReadOnlyExpression.parse(name), LegacyType.of("any"), type, type, Optional.empty(), false);
    }
}
