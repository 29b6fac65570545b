package io.meshwright.bridge.reconciliation;

import io.meshwright.bridge.reconciliation.LocalDays.Days;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

final class TestLocalDays
{
    private static final long MINUTE = 60_000_000L;

    /**
     * Among them zones that set their clocks at midnight, and one that left a day out.
     */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/St_Johns", "America/Sao_Paulo", "America/Havana", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca"})
    void testDaysAreThoseOfTheCalendar(String name)
    {
        ZoneId zone = ZoneId.of(name);
        LocalDays days = new LocalDays(zone);
        Random random = new Random(1);
        for (int count = 0; count < 2_000; count++) {
            long micros = (random.nextLong() % 4_000_000_000L) * 1_000_000L + random.nextInt(1_000_000);
            assertThat(days.day(micros)).as("%s", micros).isEqualTo(day(micros, zone));
        }
        Instant instant = Instant.parse("1986-06-01T00:00:00Z");
        for (int count = 0; count < 60; count++) {
            ZoneOffsetTransition transition = zone.getRules().nextTransition(instant);
            if (transition == null) {
                break;
            }
            instant = transition.getInstant();
            long micros = instant.getEpochSecond() * 1_000_000L;
            for (long at = micros - 90 * MINUTE; at <= micros + 90 * MINUTE; at += 15 * MINUTE) {
                assertThat(days.day(at)).as("%s", at).isEqualTo(day(at, zone));
            }
            assertThat(days.day(micros - 1)).isEqualTo(day(micros - 1, zone));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"America/St_Johns", "America/Sao_Paulo", "Europe/Berlin", "UTC"})
    void testSpanHasTheDaysOfAllItsInstants(String name)
    {
        ZoneId zone = ZoneId.of(name);
        Random random = new Random(2);
        long begin = Instant.parse("1995-10-01T00:00:00Z").getEpochSecond() * 1_000_000L;
        for (int count = 0; count < 200; count++) {
            long least = begin + random.nextInt(60 * 24 * 60) * MINUTE;
            long greatest = least + random.nextInt(3 * 24 * 60) * MINUTE;
            long first = Long.MAX_VALUE;
            long last = Long.MIN_VALUE;
            for (long at = least; at <= greatest; at += MINUTE) {
                first = Math.min(first, day(at, zone));
                last = Math.max(last, day(at, zone));
            }
            assertThat(new LocalDays(zone).days(least, greatest)).isEqualTo(new Days(first, last));
        }
        assertThat(new LocalDays(zone).days(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2).least()).isGreaterThan(LocalDate.MIN.toEpochDay());
    }

    private static long day(long micros, ZoneId zone)
    {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000).atZone(zone).toLocalDate().toEpochDay();
    }
}
