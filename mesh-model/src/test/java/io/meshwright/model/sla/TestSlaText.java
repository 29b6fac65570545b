package io.meshwright.model.sla;

import io.meshwright.model.sla.ServiceLevels.Freshness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TestSlaText
{
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "<= 15m          | PT15M    | ≤ 15 min",
            "15m             | PT15M    | ≤ 15 min",
            "15M             | PT15M    | ≤ 15 min",
            "15_minutes      | PT15M    | ≤ 15 min",
            "15min           | PT15M    | ≤ 15 min",
            "15 minutes      | PT15M    | ≤ 15 min",
            "≤ 15 min        | PT15M    | ≤ 15 min",
            "at most 15 min  | PT15M    | ≤ 15 min",
            "PT15M           | PT15M    | ≤ 15 min",
            "pt15m           | PT15M    | ≤ 15 min",
            "< 15m           | PT15M    | < 15 min",
            "24h             | PT24H    | ≤ 24 h",
            "1h              | PT1H     | ≤ 1 h",
            "1 hour          | PT1H     | ≤ 1 h",
            "< 24 hours      | PT24H    | < 24 h",
            "25h             | PT25H    | ≤ 25 h",
            "1h30m           | PT1H30M  | ≤ 1 h 30 min",
            "1 hour and 30 minutes | PT1H30M | ≤ 1 h 30 min",
            "1.5 hours       | PT1H30M  | ≤ 1 h 30 min",
            "90 s            | PT1M30S  | ≤ 1 min 30 s",
            "1d              | PT24H    | ≤ 24 h",
            "7 days          | PT168H   | ≤ 7 d",
            "2 weeks         | PT336H   | ≤ 14 d",
            "P1DT2H          | PT26H    | ≤ 26 h",
            "50h             | PT50H    | ≤ 2 d 2 h",
            "1 month         | PT720H   | ≤ 30 d",
            "1 year          | PT8760H  | ≤ 365 d",
    })
    void testGreatestAge(String text, String expected, String human)
    {
        Freshness freshness = SlaText.freshness(text, Optional.of("occurred_at"));
        assertThat(freshness.maxAge()).contains(Duration.parse(expected));
        assertThat(freshness.timestampField()).contains("occurred_at");
        assertThat(SlaText.human(freshness)).isEqualTo(human);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Data available by 4am UTC       | 04:00 | UTC           | by 04:00 UTC",
            "by 04:30 Europe/Berlin          | 04:30 | Europe/Berlin | by 04:30 Europe/Berlin",
            "available by 4:15 PM utc        | 16:15 | UTC           | by 16:15 UTC",
            "data is available by 12am UTC   | 00:00 | UTC           | by 00:00 UTC",
            "before 12pm +02:00              | 12:00 | +02:00        | by 12:00 +02:00",
            "daily by 6 UTC                  | 06:00 | UTC           | by 06:00 UTC",
    })
    void testTimeOfDay(String text, String time, String zone, String human)
    {
        Freshness freshness = SlaText.freshness(text, Optional.empty());
        assertThat(freshness.availableBy()).contains(LocalTime.parse(time));
        assertThat(freshness.zone()).hasValueSatisfying(actual -> assertThat(actual.getId()).isEqualTo(zone));
        assertThat(SlaText.human(freshness)).isEqualTo(human);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
            "< banana                    | 2  | \"banana\" is no duration                            | write for example 15m, 24h or PT15M",
            "15                          | 0  | \"15\" has no unit                                   | write the unit, for example 15m or 15h",
            "<= 15                       | 3  | \"15\" has no unit                                   | write the unit, for example 15m or 15h",
            "15 parsecs                  | 3  | \"15 parsecs\" has the unknown unit \"parsecs\"      | use one of the units s, min, h, d",
            "15m soon                    | 4  | \"15m soon\" is no duration                          | write for example 15m, 24h or PT15M",
            ">= 15m                      | 0  | freshness is the greatest age of the data, so \">=\" says nothing | write  \"<= 15m\"",
            "0m                          | 0  | \"0m\" is no time at all                             | write a duration greater than zero, for example 15m",
            "-15m                        | 0  | \"-15m\" is no duration                              | write for example 15m, 24h or PT15M",
            "PT                          | 0  | \"PT\" is no duration                                | write for example PT15M or P1DT2H",
            "PT-5M                       | 0  | \"PT-5M\" is no time at all                          | write a duration greater than zero, for example 15m",
            "99999999h                   | 0  | \"99999999h\" is no duration                         | write for example 15m, 24h or PT15M",
            "Data available by 4am       | 21 | \"Data available by 4am\" has no time zone           | write the zone, for example \"Data available by 4am UTC\"",
            "Data available by 25:00 UTC | 18 | \"Data available by 25:00 UTC\" names no time of day | write a time from 00:00 to 23:59, or 1am to 12pm",
            "by noon UTC                 | 0  | \"by noon UTC\" names no time of day                 | write for example \"Data available by 4am UTC\" or \"by 04:00 Europe/Berlin\"",
            "by 4am Mars/Base            | 7  | unknown time zone \"Mars/Base\"                      | write UTC or a name such as Europe/Berlin",
    })
    void testBadFreshness(String text, int offset, String message, String fix)
    {
        SlaFormatException exception = catchThrowableOfType(SlaFormatException.class, () -> SlaText.freshness(text, Optional.empty()));
        assertThat(exception).hasMessage(message);
        assertThat(exception.offset()).isEqualTo(offset);
        assertThat(exception.fix()).isEqualTo(fix);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "99.5%         | 0.995   | ≥ 99.5%",
            ">= 99.9%      | 0.999   | ≥ 99.9%",
            "≥ 99.9 %      | 0.999   | ≥ 99.9%",
            "99.95 percent | 0.9995  | ≥ 99.95%",
            "at least 98%  | 0.98    | ≥ 98%",
            "0.999         | 0.999   | ≥ 99.9%",
            "0.99          | 0.99    | ≥ 99%",
            "1.0           | 1       | ≥ 100%",
            "100%          | 1       | ≥ 100%",
            "10%           | 0.1     | ≥ 10%",
    })
    void testRatio(String text, BigDecimal expected, String human)
    {
        assertThat(SlaText.ratio(text)).isEqualTo(expected);
        assertThat(SlaText.human(SlaText.ratio(text))).isEqualTo(human);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
            "99.5     | 0 | 99.5 is no share, did you mean 99.5% or 0.995? | write  \"99.5%\"  or  0.995",
            ">= 99.9  | 3 | 99.9 is no share, did you mean 99.9% or 0.999? | write  \"99.9%\"  or  0.999",
            "101%     | 0 | \"101%\" is more than everything               | write at most 100%",
            "1000     | 0 | 1000 is more than everything                   | write at most 100%",
            "0        | 0 | \"0\" promises nothing                         | write a share above zero, or remove the key",
            "<= 99%   | 0 | a least share is promised, so \"<=\" says nothing | write  \">= 99%\"",
            "> 99%    | 0 | a share above a figure is never quite reached  | write  \">= 99%\"",
            "high     | 0 | \"high\" is no share                           | write for example 99.5% or 0.995",
            "99,5%    | 0 | \"99,5%\" is no share                          | write for example 99.5% or 0.995",
    })
    void testBadRatio(String text, int offset, String message, String fix)
    {
        SlaFormatException exception = catchThrowableOfType(SlaFormatException.class, () -> SlaText.ratio(text));
        assertThat(exception).hasMessage(message);
        assertThat(exception.offset()).isEqualTo(offset);
        assertThat(exception.fix()).isEqualTo(fix);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "365d           | P365D  | 365 days",
            "90 days        | P90D   | 90 days",
            "1 day          | P1D    | 1 day",
            "3y             | P3Y    | 3 years",
            "6m             | P6M    | 6 months",
            "1 year 6 months | P1Y6M | 1 year 6 months",
            "2 weeks        | P14D   | 14 days",
            "48h            | P2D    | 2 days",
            "P1Y            | P1Y    | 1 year",
    })
    void testPeriod(String text, String expected, String human)
    {
        assertThat(DurationText.period(text)).isEqualTo(Period.parse(expected));
        assertThat(DurationText.human(DurationText.period(text))).isEqualTo(human);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
            "365       | \"365\" has no unit                                  | write the unit, for example 365d",
            "1.5 years | \"1.5 years\" is no whole number of days, months or years | write whole units, for example 18 months",
            "5h        | \"5h\" is no whole number of days                    | write days, weeks, months or years, for example 365d",
            "0d        | \"0d\" is no time at all                             | write a time greater than zero, for example 365d",
            "forever   | \"forever\" is no duration                           | write for example 365d, 90 days or 3y",
            "P1X       | \"P1X\" is no duration                               | write for example P1Y or P365D",
    })
    void testBadPeriod(String text, String message, String fix)
    {
        SlaFormatException exception = catchThrowableOfType(SlaFormatException.class, () -> DurationText.period(text));
        assertThat(exception).hasMessage(message);
        assertThat(exception.fix()).isEqualTo(fix);
    }

    @Test
    void testLongTexts()
    {
        assertThat(catchThrowableOfType(SlaFormatException.class, () -> SlaText.freshness("1h ".repeat(100_000), Optional.empty())))
                .hasMessageEndingWith("...\" is no service level");
        assertThat(catchThrowableOfType(SlaFormatException.class, () -> SlaText.ratio("9".repeat(100_000))))
                .hasMessageEndingWith("...\" is no service level");
    }
}
