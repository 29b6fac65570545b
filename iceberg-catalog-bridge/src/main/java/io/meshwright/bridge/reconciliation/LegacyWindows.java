package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.meshwright.model.fingerprint.LegacyDay;
import io.meshwright.model.fingerprint.LegacyDialect;
import io.meshwright.model.fingerprint.LegacyType;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.WindowResult;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The windows of the rows of a legacy table, in SQL.
 */
final class LegacyWindows
{
    private final LegacyDialect dialect;
    private final Optional<Clock> clock;

    /**
     * What tells the day of a row.
     */
    private record Clock(LegacyType type, String expression, ZoneId zone) {}

    private LegacyWindows(LegacyDialect dialect, Optional<Clock> clock)
    {
        this.dialect = requireNonNull(dialect, "dialect is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    static LegacyWindows wholeTable(LegacyDialect dialect)
    {
        return new LegacyWindows(dialect, Optional.empty());
    }

    static LegacyWindows days(LegacyDialect dialect, LegacyType type, String expression, ZoneId zone)
    {
        return new LegacyWindows(dialect, Optional.of(new Clock(type, expression, zone)));
    }

    /**
     * The window of a row: a text that begins with the day, NULL for a row without one.
     */
    String label()
    {
        // the day does not depend on the range, which only has to be one
        return clock.map(clock -> day(clock, LocalDate.EPOCH, LocalDate.EPOCH).day()).orElse("CAST(NULL AS char(1))");
    }

    /**
     * The name of a window, given its {@link #label}.
     */
    String name(String label)
    {
        if (clock.isEmpty()) {
            return WindowResult.WHOLE_TABLE;
        }
        return label == null ? WindowResult.NULL_WINDOW : label.substring(0, Math.min(label.length(), 10));
    }

    /**
     * Whether a row is in one of these windows, so that an index on the column can be used.
     */
    String within(Collection<String> windows)
    {
        if (clock.isEmpty()) {
            return "1 = 1";
        }
        List<String> conditions = new ArrayList<>();
        for (DayRange range : ranges(windows, clock.orElseThrow().zone())) {
            conditions.add("(" + day(clock.orElseThrow(), range.from(), range.to()).within() + ")");
        }
        if (windows.contains(WindowResult.NULL_WINDOW)) {
            conditions.add(clock.orElseThrow().expression() + " IS NULL");
        }
        return conditions.stream().collect(joining(" OR ", "(", ")"));
    }

    private static List<DayRange> ranges(Collection<String> windows, ZoneId zone)
    {
        ImmutableList.Builder<DayRange> ranges = ImmutableList.builder();
        LocalDate from = null;
        LocalDate last = null;
        for (String window : ImmutableSortedSet.copyOf(windows)) {
            if (window.equals(WindowResult.NULL_WINDOW)) {
                continue;
            }
            LocalDate day = LocalDate.parse(window);
            if (last != null && !day.equals(last.plusDays(1))) {
                ranges.add(new DayRange(from, last, zone));
                from = day;
            }
            from = from == null ? day : from;
            last = day;
        }
        if (last != null) {
            ranges.add(new DayRange(from, last, zone));
        }
        return ranges.build();
    }

    private LegacyDay day(Clock clock, LocalDate from, LocalDate to)
    {
        return dialect.day(clock.type(), clock.expression(), new DayRange(from, to, clock.zone()));
    }
}
