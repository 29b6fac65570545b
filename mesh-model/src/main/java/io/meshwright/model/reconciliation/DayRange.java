package io.meshwright.model.reconciliation;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.finding.MeshException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * The days that are compared, inclusive on both ends, in one time zone.
 */
public record DayRange(LocalDate from, LocalDate to, ZoneId zone)
{
    private static final int MOST_DAYS = 3_660;

    public DayRange
    {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        zone = named(zone);
        if (from.isAfter(to)) {
            throw new MeshException(ReconciliationRule.DATES, USER, "The first day " + from + " is after the last day " + to, "exchange --from and --to");
        }
        if (ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
            throw new MeshException(ReconciliationRule.DATES, USER, "From " + from + " to " + to + " are more than " + MOST_DAYS + " days", "compare fewer days at once");
        }
    }

    /**
     * A zone by its name, which means the same everywhere. Databases read an offset such as +02:00 with the opposite sign.
     */
    public static ZoneId named(ZoneId zone)
    {
        if (zone.normalized().equals(ZoneOffset.UTC)) {
            return ZoneId.of("UTC");
        }
        if (zone.normalized() instanceof ZoneOffset) {
            throw new MeshException(ReconciliationRule.DATES, USER, "The time zone " + zone.getId() + " is an offset, which engines read with different signs", "name a region such as Europe/Berlin, or UTC");
        }
        return zone;
    }

    /**
     * A range with what was not given filled in: the last day is the last that has settled, the first lies {@code lookback} before it.
     *
     * @param settle how long after its end a day may still change
     */
    public static DayRange of(Optional<LocalDate> from, Optional<LocalDate> to, Duration lookback, Duration settle, ZoneId zone, Instant now)
    {
        LocalDate last = to.orElseGet(() -> lastSettledDay(settle, zone, now));
        LocalDate first = from.orElseGet(() -> last.minusDays(Math.max(1, lookback.toDays()) - 1));
        return new DayRange(first, last, zone);
    }

    private static LocalDate lastSettledDay(Duration settle, ZoneId zone, Instant now)
    {
        return now.minus(settle).atZone(zone).toLocalDate().minusDays(1);
    }

    public Instant begin()
    {
        return from.atStartOfDay(zone).toInstant();
    }

    /**
     * The first instant after the range.
     */
    public Instant end()
    {
        return to.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /**
     * The days as windows are named.
     */
    public Set<String> windows()
    {
        return from.datesUntil(to.plusDays(1)).map(LocalDate::toString).collect(toImmutableSet());
    }

    /**
     * Whether no row of a window can be on its way any more. Rows without a day, and a whole table, are taken as they are.
     */
    public boolean isSettled(String window, Duration settle, Instant now)
    {
        if (ImmutableSet.of(WindowResult.NULL_WINDOW, WindowResult.WHOLE_TABLE).contains(window)) {
            return true;
        }
        return !LocalDate.parse(window).plusDays(1).atStartOfDay(zone).toInstant().plus(settle).isAfter(now);
    }

    @Override
    public String toString()
    {
        return from.equals(to) ? from + " (" + zone.getId() + ")" : from + " to " + to + " (" + zone.getId() + ")";
    }
}
