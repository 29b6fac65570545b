package io.meshwright.model.reconciliation;

import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;
import io.meshwright.model.reconciliation.WindowResult.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestAcceptedDifference
{
    private static final Acceptance ACCEPTANCE = new Acceptance(LocalDate.parse("2026-12-31"), "lead@retailer.example", "test orders, ticket 17");
    private static final LocalDate TODAY = LocalDate.parse("2026-12-31");

    @ParameterizedTest
    @CsvSource({
            "90, true",
            "95, true",
            "100, true",
            "89, false",
            "101, false",
    })
    void testCounts(long mesh, boolean expected)
    {
        AcceptedDifference accepted = AcceptedDifference.of(counts(90), ACCEPTANCE);
        assertThat(accepted.covers(counts(mesh), TODAY)).isEqualTo(expected);
        assertThat(accepted.covers(counts(mesh), TODAY.plusDays(1))).as("when it has run out").isFalse();
    }

    @ParameterizedTest
    @CsvSource({
            "-5, 10, 5, 3, 0, true",
            "-6, 10, 4, 3, 0, false",
            "-5, 11, 6, 3, 0, false",
            "-4, 9, 5, 4, 0, false",
            "-4, 9, 5, 3, 1, false",
            "0, 0, 0, 0, 0, true",
    })
    void testRows(long net, long missing, long extra, long changed, long duplicate, boolean expected)
    {
        AcceptedDifference accepted = AcceptedDifference.of(rows(-5, 10, 5, 3, 0), ACCEPTANCE);
        assertThat(accepted.covers(rows(net, missing, extra, changed, duplicate), TODAY)).isEqualTo(expected);
    }

    @Test
    void testCountsDoNotCoverWhatNobodyHadSeen()
    {
        AcceptedDifference accepted = AcceptedDifference.of(counts(95), ACCEPTANCE);
        assertThat(accepted.covers(rows(-5, 5, 0, 0, 0), TODAY)).isTrue();
        assertThat(accepted.covers(rows(-5, 10, 5, 0, 0), TODAY)).isFalse();
        assertThat(accepted.covers(rows(-5, 5, 0, 1, 0), TODAY)).isFalse();
        WindowResult unknown = new WindowResult(
                "2026-11-20", 100, 95, -5, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), new BigDecimal("0.95"), State.CONFIRMED, Optional.empty(), Optional.of("values differ"));
        assertThat(accepted.covers(unknown, TODAY)).as("nobody knows in how many rows").isFalse();
    }

    @Test
    void testAcceptedWindowStaysVisibleAndDecidesNothing()
    {
        WindowComparison comparison = WindowComparison.ofCounts(
                Set.of(), Map.of("2026-11-19", 100L, "2026-11-20", 100L), Map.of("2026-11-19", 90L, "2026-11-20", 100L), window -> true, BigDecimal.ONE);
        assertThat(comparison.verdict()).isEqualTo(Verdict.BREACH);

        WindowComparison accepted = comparison.accepting(window -> Optional.of(ACCEPTANCE));
        assertThat(accepted.verdict()).isEqualTo(Verdict.OK);
        assertThat(accepted.windows()).extracting(WindowResult::state).containsExactly(State.ACCEPTED, State.OK);
        assertThat(accepted.windows().get(0).acceptance()).contains(ACCEPTANCE);
        assertThat(accepted.completeness().orElseThrow()).isEqualByComparingTo("0.95");
        assertThat(comparison.accepting(window -> Optional.empty())).isEqualTo(comparison);
    }

    @Test
    void testStateGoesWithAcceptance()
    {
        assertThatThrownBy(() -> new WindowResult("all", 1, 1, 0, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), BigDecimal.ONE, State.ACCEPTED, Optional.empty(), Optional.empty()))
                .hasMessage("acceptance does not go with state ACCEPTED");
    }

    private static WindowResult counts(long mesh)
    {
        return WindowResult.ofCounts("2026-11-20", 100, mesh, true);
    }

    private static WindowResult rows(long net, long missing, long extra, long changed, long duplicate)
    {
        return new WindowResult(
                "2026-11-20",
                100,
                100 + net,
                net,
                OptionalLong.of(missing),
                OptionalLong.of(extra),
                OptionalLong.of(changed),
                OptionalLong.of(duplicate),
                new BigDecimal("0.9"),
                State.CONFIRMED,
                Optional.empty(),
                Optional.empty());
    }
}
