package io.meshwright.model.check;

import io.meshwright.model.check.ValueRule.Bound;
import io.meshwright.model.contract.FieldType;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

final class TestValueRules
{
    @Test
    void testOneOf()
    {
        ValueRule rule = new ValueRule.OneOf(List.of("1", "2.50", "new"));
        assertKept(rule, 1, 1L, 2.5, 2.5f, new BigDecimal("2.5"), "new", "1");
        assertBroken(rule, 2, -1L, 2.51, Double.NaN, new BigDecimal("2.51"), "New", " new", "");
    }

    @Test
    void testOneOfDates()
    {
        ValueRule rule = new ValueRule.OneOf(List.of("2026-11-01", "no date"));
        assertKept(rule, LocalDate.of(2026, 11, 1));
        assertBroken(rule, LocalDate.of(2026, 11, 2));
    }

    @Test
    void testMissing()
    {
        ValueRule rule = new ValueRule.NotMissing(List.of("", "N/A", "-1"));
        assertBroken(rule, "", "N/A", -1, -1.0);
        assertKept(rule, "n/a", " ", 1);
    }

    @Test
    void testNothingBreaksNotNullThatIsAValue()
    {
        assertKept(new ValueRule.NotNull(), "", 0, Double.NaN);
    }

    @Test
    void testPatternIsFoundAnywhere()
    {
        ValueRule rule = new ValueRule.Matches("ORD-[0-9]");
        assertKept(rule, "ORD-1", "xORD-1x", "a\nORD-2");
        assertBroken(rule, "ORD-", "ord-1", "");
        assertThat(ValueRules.breaks(rule, 17)).as("an engine has a text of its own for a number").isEmpty();
    }

    @Test
    void testBounds()
    {
        assertKept(bound(Bound.Side.LOWER, true, "10"), 10, 10L, 10.0, 11.5f, new BigDecimal("10.00"), Double.POSITIVE_INFINITY);
        assertBroken(bound(Bound.Side.LOWER, true, "10"), 9, 9.999, Double.NEGATIVE_INFINITY);
        assertBroken(bound(Bound.Side.LOWER, false, "10"), 10, 10.0);
        assertKept(bound(Bound.Side.UPPER, true, "0"), -0.0, 0.0, 0);
        assertBroken(bound(Bound.Side.UPPER, false, "0"), -0.0, 0.0, 0, 1);
    }

    @Test
    void testNaNIsOutsideOfEveryBound()
    {
        assertBroken(bound(Bound.Side.LOWER, true, "0"), Double.NaN, Float.NaN);
        assertBroken(bound(Bound.Side.UPPER, true, "0"), Double.NaN, Float.NaN);
    }

    @Test
    void testBoundsOfTimes()
    {
        ValueRule instants = new Bound(Bound.Side.UPPER, false, "2026-11-01T12:00:00Z", FieldType.TIMESTAMP);
        assertKept(instants, Instant.parse("2026-11-01T11:59:59.999999Z"));
        assertBroken(instants, Instant.parse("2026-11-01T12:00:00Z"));
        ValueRule local = new Bound(Bound.Side.LOWER, true, "2026-11-01T06:00:00", FieldType.TIMESTAMP_NTZ);
        assertKept(local, LocalDateTime.of(2026, 11, 1, 6, 0));
        assertBroken(local, LocalDateTime.of(2026, 11, 1, 5, 59));
        ValueRule days = new Bound(Bound.Side.LOWER, true, "2026-10-30", FieldType.DATE);
        assertKept(days, LocalDate.of(2026, 10, 30));
        assertBroken(days, LocalDate.of(2026, 10, 29));
    }

    @Test
    void testLengthIsInCodePoints()
    {
        ValueRule rule = new ValueRule.Length(2, 3);
        assertKept(rule, "ab", "名前", "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00");
        assertBroken(rule, "", "a", "\uD83D\uDE00", "abcd");
        assertThat(ValueRules.breaks(rule, List.of("a", "b"))).as("lists are no single value").isEmpty();
    }

    @Test
    void testMultipleOf()
    {
        ValueRule rule = new ValueRule.MultipleOf(new BigDecimal("0.25"));
        assertKept(rule, 3, -1L, new BigDecimal("1.750"), 0);
        assertBroken(rule, new BigDecimal("1.6"));
        assertThat(ValueRules.breaks(rule, 0.75)).as("an engine divides binary fractions in its own way").isEmpty();
    }

    @Test
    void testAllOf()
    {
        ValueRule rule = new ValueRule.AllOf(List.of(bound(Bound.Side.LOWER, true, "0"), bound(Bound.Side.UPPER, true, "9"), new ValueRule.MultipleOf(BigDecimal.valueOf(2))));
        assertKept(rule, 0, 8L);
        assertBroken(rule, -2, 10, 7);
        assertThat(ValueRules.breaks(rule, 4.0)).as("one part is not known").isEmpty();
        assertBroken(rule, 11.0);
    }

    private static Bound bound(Bound.Side side, boolean inclusive, String value)
    {
        return new Bound(side, inclusive, value, FieldType.DECIMAL);
    }

    private static void assertKept(ValueRule rule, Object... values)
    {
        for (Object value : values) {
            assertThat(ValueRules.breaks(rule, value)).as("%s on %s %s", rule, value.getClass().getSimpleName(), value).isEqualTo(Optional.of(false));
        }
    }

    private static void assertBroken(ValueRule rule, Object... values)
    {
        for (Object value : values) {
            assertThat(ValueRules.breaks(rule, value)).as("%s on %s %s", rule, value.getClass().getSimpleName(), value).isEqualTo(Optional.of(true));
        }
    }
}
