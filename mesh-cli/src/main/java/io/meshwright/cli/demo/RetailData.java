package io.meshwright.cli.demo;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

import static com.google.common.base.Preconditions.checkArgument;
import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * The figures from which the example's SQL makes its rows, and what these rows must add up to. Order {@code n} happens at
 * {@code start + n * step} and a fraction of a second; everything about it follows from {@code n}.
 *
 * @param today the business day after the last one that has settled: the faults of the days before are to be found
 * @param now when the newest order has happened
 */
record RetailData(long orders, long customers, Instant start, Duration step, LocalDate today, Instant now)
{
    static final BigDecimal SMALLEST_SCALE = new BigDecimal("0.05");
    static final BigDecimal GREATEST_SCALE = new BigDecimal("100");
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    static final int DAYS = 35;

    // as the example's specification has it, migration.settle: until then a day that is over is not held against the legacy warehouse
    private static final Duration SETTLE = Duration.ofHours(2);
    private static final long STEP_MICROS = 3_000_000;
    private static final long CUSTOMERS = 50_000;
    private static final long MICROS_OF_DAY = Duration.ofDays(1).toNanos() / 1000;

    RetailData
    {
        requireNonNull(start, "start is null");
        requireNonNull(step, "step is null");
        requireNonNull(today, "today is null");
        requireNonNull(now, "now is null");
    }

    /**
     * The business days of the last five weeks and today up to now.
     *
     * @param scale 1 is an order every three seconds, which makes a million
     */
    static RetailData of(BigDecimal scale, Instant now)
    {
        checkArgument(scale.compareTo(SMALLEST_SCALE) >= 0 && scale.compareTo(GREATEST_SCALE) <= 0, "Scale is out of range: %s", scale);
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        LocalDate today = LocalDate.ofInstant(second.minus(SETTLE), ZONE);
        Instant start = today.minusDays(DAYS).atStartOfDay(ZONE).toInstant();
        long stepMicros = BigDecimal.valueOf(STEP_MICROS).divide(scale, 0, RoundingMode.HALF_UP).longValueExact();
        long orders = ChronoUnit.MICROS.between(start, second) / stepMicros;
        long customers = BigDecimal.valueOf(CUSTOMERS).multiply(scale).setScale(0, RoundingMode.HALF_UP).longValueExact();
        return new RetailData(orders, customers, start, Duration.of(stepMicros, ChronoUnit.MICROS), today, second);
    }

    /**
     * The variables of the SQL files.
     */
    Map<String, String> variables()
    {
        return ImmutableMap.<String, String>builder()
                .put("orders", Long.toString(orders))
                .put("customers", Long.toString(customers))
                .put("start_micros", Long.toString(micros(start)))
                .put("step_micros", Long.toString(stepMicros()))
                // orders of the last two days are mostly still on their way
                .put("placed_from", Long.toString(orders - 2 * MICROS_OF_DAY / stepMicros()))
                .put("now_micros", Long.toString(micros(now)))
                .put("today", today.toString())
                .buildOrThrow();
    }

    /**
     * The orders of each business day that the legacy warehouse has.
     */
    SortedMap<LocalDate, Long> legacyOrders()
    {
        SortedMap<LocalDate, Long> days = new TreeMap<>();
        for (long order = 0; order < orders; order++) {
            days.merge(dayOf(order), 1L, Long::sum);
        }
        return ImmutableSortedMap.copyOfSorted(days);
    }

    /**
     * What the product has more (or less) than the legacy warehouse on the days on which something went wrong.
     */
    SortedMap<LocalDate, Long> plantedDifferences()
    {
        SortedMap<LocalDate, Long> days = new TreeMap<>();
        for (long order = 0; order < orders; order++) {
            LocalDate day = dayOf(order);
            long difference = difference(order, ChronoUnit.DAYS.between(day, today));
            if (difference != 0) {
                days.merge(day, difference, Long::sum);
            }
        }
        return ImmutableSortedMap.copyOfSorted(days);
    }

    /**
     * The order ids that the product has twice.
     */
    long duplicateOrders()
    {
        return plantedDifferences().getOrDefault(today.minusDays(7), 0L);
    }

    /**
     * The orders whose total the product has otherwise than the legacy warehouse.
     */
    long changedOrders()
    {
        return LongStream.range(0, orders)
                .filter(order -> order % 1440 == 321 && ChronoUnit.DAYS.between(dayOf(order), today) == 12)
                .count();
    }

    /**
     * The orders of days that have settled which the product lacks.
     */
    long missingOrders()
    {
        return -plantedDifferences().values().stream().mapToLong(difference -> min(difference, 0)).sum();
    }

    long productOrders()
    {
        return orders + plantedDifferences().values().stream().mapToLong(Long::longValue).sum();
    }

    private static long difference(long order, long daysAgo)
    {
        if (daysAgo == 1 && order % 1440 == 700) {
            return -1;
        }
        if (daysAgo == 3 && order % 100 == 7) {
            return -1;
        }
        return daysAgo == 7 && order % 1440 == 11 ? 1 : 0;
    }

    private LocalDate dayOf(long order)
    {
        return LocalDate.ofInstant(start.plus(order * stepMicros() + order * 7919 % 250_000, ChronoUnit.MICROS), ZONE);
    }

    private long stepMicros()
    {
        return step.toNanos() / 1000;
    }

    private static long micros(Instant instant)
    {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
