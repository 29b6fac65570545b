package io.meshwright.model.sla;

import io.meshwright.model.check.ExitStatus;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

final class TestSlaEvaluator
{
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
            "2026-11-20T09:50:00Z, false, MET, 600",
            "2026-11-20T09:45:00Z, false, MET, 900",
            "2026-11-20T09:45:00Z, true, MISSED, 900",
            "2026-11-20T09:44:59.999Z, false, MISSED, 900.001",
            "2026-11-20T10:00:05Z, false, MET, 0",
    })
    void testGreatestAge(Instant newest, boolean strict, SloStatus expected, BigDecimal age)
    {
        Freshness objective = new Freshness(Optional.of(Duration.ofMinutes(15)), strict, Optional.empty(), Optional.empty(), Optional.empty());
        SloResult result = SlaEvaluator.freshness(objective, SlaMeasurement.freshness(newest, NOW, "occurred_at (declared)"), NOW);
        assertThat(result.status()).isEqualTo(expected);
        assertThat(result.actual().orElseThrow()).isEqualByComparingTo(age);
        assertThat(result.threshold().orElseThrow()).isEqualByComparingTo("900");
        assertThat(result.source()).contains("occurred_at (declared)");
    }

    @ParameterizedTest
    @CsvSource({
            // 04:00 in Madrid is 03:00 UTC in winter
            "2026-11-20T03:05:00Z, 2026-11-19T23:30:00Z, MET",
            "2026-11-20T03:05:00Z, 2026-11-19T22:59:00Z, MISSED",
            "2026-11-20T02:55:00Z, 2026-11-19T22:59:00Z, MET",
            "2026-11-20T02:55:00Z, 2026-11-18T22:59:00Z, MISSED",
    })
    void testTimeOfDay(Instant now, Instant newest, SloStatus expected)
    {
        Freshness objective = new Freshness(Optional.empty(), false, Optional.of(LocalTime.of(4, 0)), Optional.of(ZoneId.of("Europe/Madrid")), Optional.empty());
        assertThat(SlaEvaluator.freshness(objective, SlaMeasurement.freshness(newest, now, "commit"), now).status()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
            // Data available by 4am UTC: five minutes later without today's data
            "UTC, 2026-11-20T04:05:00Z, 2026-11-19T23:59:59Z, MISSED",
            "UTC, 2026-11-20T04:05:00Z, 2026-11-20T00:00:00Z, MET",
            "UTC, 2026-11-20T04:00:00Z, 2026-11-19T23:59:59Z, MISSED",
            // before 4am yesterday's data suffices
            "UTC, 2026-11-20T03:59:59Z, 2026-11-19T00:00:00Z, MET",
            "UTC, 2026-11-20T03:59:59Z, 2026-11-18T23:59:59Z, MISSED",
            // the day on which clocks go forward has 23 hours: 04:00 in Berlin is 02:00 UTC, not 03:00
            "Europe/Berlin, 2026-03-29T02:05:00Z, 2026-03-28T22:59:59Z, MISSED",
            "Europe/Berlin, 2026-03-29T02:05:00Z, 2026-03-28T23:00:00Z, MET",
            "Europe/Berlin, 2026-03-29T01:55:00Z, 2026-03-28T00:00:00Z, MET",
            // the day on which they go back has 25: midnight is 22:00 UTC, 04:00 is 03:00 UTC
            "Europe/Berlin, 2026-10-25T02:55:00Z, 2026-10-24T21:59:59Z, MET",
            "Europe/Berlin, 2026-10-25T03:05:00Z, 2026-10-24T21:59:59Z, MISSED",
            "Europe/Berlin, 2026-10-25T03:05:00Z, 2026-10-24T22:00:00Z, MET",
            // a midnight that does not exist: the day begins at 01:00
            "America/Asuncion, 2023-10-01T08:00:00Z, 2023-10-01T03:59:59Z, MISSED",
            "America/Asuncion, 2023-10-01T08:00:00Z, 2023-10-01T04:00:00Z, MET",
    })
    void testTimeOfDayOverChangesOfClocks(ZoneId zone, Instant now, Instant newest, SloStatus expected)
    {
        Freshness objective = new Freshness(Optional.empty(), false, Optional.of(LocalTime.of(4, 0)), Optional.of(zone), Optional.empty());
        assertThat(SlaEvaluator.freshness(objective, SlaMeasurement.freshness(newest, now, "commit"), now).status()).isEqualTo(expected);
    }

    @Test
    void testWithoutMeasurementIsUnknown()
    {
        ServiceLevels levels = new ServiceLevels(
                Optional.of(new Freshness(Optional.of(Duration.ofMinutes(15)), false, Optional.empty(), Optional.empty(), Optional.empty())),
                Optional.of(new BigDecimal("0.995")),
                Optional.of(new BigDecimal("0.999")),
                Optional.empty(),
                Optional.empty());
        List<SloResult> results = SlaEvaluator.evaluate(levels, Map.of(), NOW);
        assertThat(results).extracting(SloResult::slo).containsExactly("freshness", "completeness", "availability");
        assertThat(results).extracting(SloResult::status).containsOnly(SloStatus.UNKNOWN);
        assertThat(results).extracting(SloResult::message).containsOnly(Optional.of("no measurement"));
        assertThat(report(results).exitStatus()).isEqualTo(ExitStatus.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"0.999, MET, OK", "0.9989, MISSED, FINDING"})
    void testRatios(BigDecimal actual, SloStatus expected, ExitStatus exitStatus)
    {
        ServiceLevels levels = new ServiceLevels(Optional.empty(), Optional.empty(), Optional.of(new BigDecimal("0.999")), Optional.empty(), Optional.empty());
        List<SloResult> results = SlaEvaluator.evaluate(levels, Map.of("completeness", SlaMeasurement.ratio(actual, NOW, "reconciliation")), NOW);
        assertThat(results.get(0).status()).isEqualTo(expected);
        assertThat(report(results).exitStatus()).isEqualTo(exitStatus);
    }

    @ParameterizedTest
    @CsvSource({"600, MET", "599.5, MET", "600.001, MISSED"})
    void testLatency(BigDecimal seconds, SloStatus expected)
    {
        ServiceLevels levels = new ServiceLevels(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Duration.ofMinutes(10)), Optional.empty());
        assertThat(SlaEvaluator.declared(levels)).containsExactly("latency");
        assertThat(SlaEvaluator.evaluate(levels, Map.of(), NOW).get(0).status()).isEqualTo(SloStatus.UNKNOWN);
        SloResult result = SlaEvaluator.evaluate(levels, Map.of("latency", SlaMeasurement.latency(seconds, NOW, "contract test")), NOW).get(0);
        assertThat(result.status()).isEqualTo(expected);
        assertThat(result.threshold().orElseThrow()).isEqualByComparingTo("600");
    }

    @Test
    void testMissWinsOverUnknownAndNothingIsUsage()
    {
        SloResult missed = new SloResult("freshness", SloStatus.MISSED, Optional.of(BigDecimal.ONE), Optional.of(BigDecimal.ZERO), Optional.of(NOW), Optional.empty(), Optional.empty());
        SloResult unknown = new SloResult("completeness", SloStatus.UNKNOWN, Optional.empty(), Optional.of(BigDecimal.ONE), Optional.empty(), Optional.empty(), Optional.of("no measurement"));
        assertThat(report(List.of(unknown, missed)).exitStatus()).isEqualTo(ExitStatus.FINDING);
        assertThat(report(List.of()).exitStatus()).isEqualTo(ExitStatus.USAGE);
    }

    private static SlaReport report(List<SloResult> results)
    {
        return new SlaReport("orders.order-events", Optional.empty(), results, "run", NOW);
    }
}
