package io.meshwright.bridge.sla;

import io.meshwright.bridge.result.CheckRow;
import io.meshwright.model.sla.SlaMeasurement;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

final class TestTestedFigures
{
    private static final Instant BEGIN = Instant.parse("2026-11-20T04:00:00Z");

    @Test
    void testAccuracyOfANamedCheck()
    {
        TestedFigures figures = TestedFigures.of(List.of(
                row(0, "total.minimum", "conformity", "failed", Optional.of("0.900"), 2),
                row(0, "status.enum", "accuracy", "passed", Optional.of("1"), 2),
                row(1, "total.minimum", "conformity", "passed", Optional.of("0.997500000"), 2),
                row(1, "status.enum", "accuracy", "passed", Optional.of("1"), 2)));
        SlaMeasurement measurement = figures.accuracy(Optional.of("total.minimum"));
        assertThat(measurement.figure()).contains(new BigDecimal("0.9975"));
        assertThat(measurement.measuredAt()).contains(at(1));
        assertThat(measurement.source()).contains("contract test run-1, check total.minimum");
        assertThat(figures.accuracy(Optional.of("absent")).reason()).contains("the contract has no check absent");
        assertThat(figures.accuracy(Optional.of("totl.minimum")).reason()).contains("the contract has no check totl.minimum, did you mean total.minimum?");
    }

    @Test
    void testAccuracyOfTheDimensionIsTheWorst()
    {
        TestedFigures figures = TestedFigures.of(List.of(
                row(0, "a", "accuracy", "passed", Optional.of("1"), 3),
                row(0, "b", "accuracy", "failed", Optional.of("0.98"), 3),
                row(0, "c", "conformity", "failed", Optional.of("0.5"), 3)));
        assertThat(figures.accuracy(Optional.empty()).figure()).contains(new BigDecimal("0.98"));
        assertThat(figures.accuracy(Optional.empty()).source()).contains("contract test run-0, worst of 2 checks: b");
    }

    @Test
    void testWhatWasNotMeasuredIsUnknown()
    {
        assertThat(TestedFigures.of(List.of()).accuracy(Optional.empty()).reason()).contains("the data was not tested against the contract that is registered");
        assertThat(TestedFigures.of(List.of(row(0, "a", "conformity", "passed", Optional.of("1"), 1))).accuracy(Optional.empty()).reason())
                .contains("the contract has no check of the dimension accuracy");
        // one check in error hides what the others tell
        assertThat(TestedFigures.of(List.of(
                row(0, "a", "accuracy", "passed", Optional.of("1"), 2),
                row(0, "b", "accuracy", "error", Optional.empty(), 2))).accuracy(Optional.empty()).reason()).contains("check b could not be run");
        assertThat(TestedFigures.of(List.of(row(0, "rows", "accuracy", "passed", Optional.empty(), 1))).accuracy(Optional.empty()).reason())
                .contains("check rows does not tell a share of rows");
    }

    @Test
    void testCompletenessOfAProductThatReplacesNothing()
    {
        TestedFigures figures = TestedFigures.of(List.of(
                row(0, "a.required", "completeness", "passed", Optional.of("1"), 2),
                row(0, "b.required", "completeness", "failed", Optional.of("0.75"), 2)));
        assertThat(figures.completeness().figure()).contains(new BigDecimal("0.75"));
        assertThat(figures.completeness().source()).contains("contract test run-0, worst of 2 checks: b.required");
    }

    @Test
    void testARunThatBrokeOffDoesNotCount()
    {
        assertThat(TestedFigures.of(List.of(
                row(0, "a", "accuracy", "passed", Optional.of("0.99"), 1),
                row(1, "a", "accuracy", "passed", Optional.of("1"), 2))).accuracy(Optional.empty()).figure()).contains(new BigDecimal("0.99"));
    }

    @Test
    void testLatency()
    {
        assertThat(TestedFigures.of(List.of(row(0, "latency", "timeliness", "failed", Optional.empty(), 1))).latency().figure()).contains(new BigDecimal("7"));
        assertThat(TestedFigures.of(List.of(row(0, "a", "accuracy", "passed", Optional.of("1"), 1))).latency().reason().orElseThrow()).contains("sourceTimestampField");
    }

    private static Instant at(int run)
    {
        return BEGIN.plus(Duration.ofHours(run));
    }

    private static CheckRow row(int run, String name, String dimension, String status, Optional<String> validRatio, int planned)
    {
        return new CheckRow(
                "run-" + run,
                "orders.order-events",
                "table",
                "contract",
                "1.0.0",
                Optional.of("hash"),
                Optional.empty(),
                Optional.of("1"),
                name,
                Optional.empty(),
                name.equals("latency") ? "latency" : "invalidValues",
                Optional.of(dimension),
                "error",
                status,
                Optional.of(new BigDecimal("7.000000")),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of("why"),
                OptionalInt.of(planned),
                OptionalInt.of(1),
                Optional.empty(),
                validRatio.map(BigDecimal::new),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                at(run),
                at(run));
    }
}
