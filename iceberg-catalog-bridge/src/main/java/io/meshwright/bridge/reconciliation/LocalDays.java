package io.meshwright.bridge.reconciliation;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The day that an instant has in a time zone. Remembers the last change of the clock, so it is quick for instants near each other. Not safe for use by several threads.
 */
public final class LocalDays
{
    private static final long MICROS_OF_DAY = 86_400_000_000L;
    private static final long MICROS_OF_SECOND = 1_000_000L;

    private final ZoneRules rules;
    private long from;
    private long to;
    private long offset;

    /**
     * @param least the first day, since 1970-01-01
     */
    public record Days(long least, long greatest) {}

    public LocalDays(ZoneId zone)
    {
        this.rules = zone.getRules();
    }

    /**
     * @param micros since 1970-01-01T00:00:00Z
     * @return days since 1970-01-01
     */
    public long day(long micros)
    {
        if (micros < from || micros >= to) {
            remember(micros);
        }
        return Math.floorDiv(micros + offset, MICROS_OF_DAY);
    }

    /**
     * The days of all instants from one to another, both included. When clocks are set back at midnight, a day comes back after the next has begun.
     */
    public Days days(long least, long greatest)
    {
        long first = day(least);
        long last = first;
        while (to <= greatest && to < Long.MAX_VALUE) {
            long before = day(to - 1);
            long after = day(to);
            first = Math.min(first, Math.min(before, after));
            last = Math.max(last, Math.max(before, after));
        }
        long end = day(greatest);
        return new Days(Math.min(first, end), Math.max(last, end));
    }

    private void remember(long micros)
    {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_OF_SECOND), Math.floorMod(micros, MICROS_OF_SECOND) * 1_000);
        ZoneOffset current = rules.getOffset(instant);
        offset = current.getTotalSeconds() * MICROS_OF_SECOND;
        ZoneOffsetTransition next = rules.nextTransition(instant);
        // the one before includes the instant itself
        ZoneOffsetTransition previous = rules.previousTransition(instant.plusNanos(1));
        from = previous == null ? Long.MIN_VALUE : previous.toEpochSecond() * MICROS_OF_SECOND;
        to = next == null ? Long.MAX_VALUE : next.toEpochSecond() * MICROS_OF_SECOND;
    }
}
