package io.meshwright.model.reconciliation;

import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;
import io.meshwright.model.reconciliation.WindowResult.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

final class TestWindowComparison
{
    private static final BigDecimal THRESHOLD = new BigDecimal("0.999");

    @ParameterizedTest
    @CsvSource({
            "0, 0, 1",
            "0, 1, 0",
            "1000, 1000, 1",
            "1000, 999, 0.999",
            "1000, 1001, 0.999",
            "1000, 1002, 0.998",
            "10, 30, 0",
            "3, 2, 0.666666666",
            "1, 0, 0",
    })
    void testCompleteness(long legacy, long mesh, BigDecimal expected)
    {
        assertThat(Completeness.ofCounts(legacy, mesh)).isEqualByComparingTo(expected);
    }

    @Test
    void testEqualSides()
    {
        WindowComparison comparison = compare(Map.of("2026-11-19", 5L), Map.of("2026-11-19", 5L));
        assertThat(comparison.verdict()).isEqualTo(Verdict.OK);
        assertThat(comparison.completeness().orElseThrow()).isEqualByComparingTo("1");
        assertThat(comparison.totals().missing()).isEmpty();
        assertThat(comparison.reasons()).isEmpty();
    }

    @Test
    void testWindowsDoNotMakeUpForEachOther()
    {
        WindowComparison comparison = compare(Map.of("2026-11-18", 100L, "2026-11-19", 100L), Map.of("2026-11-18", 90L, "2026-11-19", 110L));
        assertThat(comparison.totals().net()).isZero();
        assertThat(comparison.verdict()).isEqualTo(Verdict.BREACH);
        assertThat(comparison.completeness().orElseThrow()).isEqualByComparingTo("0.9");
        assertThat(comparison.reasons()).containsExactly(
                "2026-11-18: legacy 100, mesh 90 (-10), completeness at most 0.9, declared 0.999",
                "2026-11-19: legacy 100, mesh 110 (+10), completeness at most 0.9, declared 0.999");
    }

    @Test
    void testSmallDifferenceWithinThePromise()
    {
        WindowComparison comparison = compare(Map.of("2026-11-19", 1000L), Map.of("2026-11-19", 999L));
        assertThat(comparison.verdict()).isEqualTo(Verdict.OK);
        assertThat(comparison.windows().get(0).state()).isEqualTo(State.CONFIRMED);
    }

    @Test
    void testRowsWithoutWindowCount()
    {
        WindowComparison comparison = compare(Map.of("2026-11-19", 5L, "null", 2L), Map.of("2026-11-19", 5L));
        assertThat(comparison.verdict()).isEqualTo(Verdict.BREACH);
        assertThat(comparison.reasons()).containsExactly("rows without a window: legacy 2, mesh 0 (-2), completeness at most 0, declared 0.999");
    }

    @Test
    void testSettlingWindowLeavesTheVerdictOpen()
    {
        WindowComparison comparison = WindowComparison.ofCounts(
                Set.of("2026-11-20"),
                Map.of("2026-11-19", 5L, "2026-11-20", 5L),
                Map.of("2026-11-19", 5L),
                window -> !window.equals("2026-11-20"),
                THRESHOLD);
        assertThat(comparison.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(comparison.reasons()).containsExactly("2026-11-20: still settling");
        assertThat(comparison.completeness().orElseThrow()).isEqualByComparingTo("1");
    }

    @Test
    void testBreachWinsOverSettling()
    {
        WindowComparison comparison = WindowComparison.ofCounts(Set.of(), Map.of("2026-11-19", 5L, "2026-11-20", 5L), Map.of(), window -> window.equals("2026-11-19"), THRESHOLD);
        assertThat(comparison.verdict()).isEqualTo(Verdict.BREACH);
    }

    @Test
    void testNothingComparedIsUnknown()
    {
        WindowComparison comparison = compare(Map.of(), Map.of());
        assertThat(comparison.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(comparison.completeness()).isEmpty();
    }

    @Test
    void testExpectedWindowWithoutRowsIsComplete()
    {
        WindowComparison comparison = WindowComparison.ofCounts(Set.of("2026-11-19"), Map.of(), Map.of(), window -> true, THRESHOLD);
        assertThat(comparison.verdict()).isEqualTo(Verdict.OK);
        assertThat(comparison.windows()).extracting(WindowResult::window).containsExactly("2026-11-19");
    }

    private static WindowComparison compare(Map<String, Long> legacy, Map<String, Long> mesh)
    {
        return WindowComparison.ofCounts(Set.of(), legacy, mesh, window -> true, THRESHOLD);
    }
}
