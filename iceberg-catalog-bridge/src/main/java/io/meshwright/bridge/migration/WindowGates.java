package io.meshwright.bridge.migration;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.result.WindowRow;
import io.meshwright.model.product.MigrationSpec;
import io.meshwright.model.product.MigrationSpec.Comparison;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.WindowResult;
import io.meshwright.model.reconciliation.WindowResult.State;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

/**
 * What the recorded reconciliations say about a cutover. Only runs count that compared the declared table, days of the declared zone, and as deeply as declared; of each window its last one.
 */
final class WindowGates
{
    static final String GREEN_DAYS = "green-days";
    static final String FULL_PASS = "full-pass";
    static final String NO_OPEN_WINDOW = "no-open-window";
    private static final Duration FULL_PASS_AGE = Duration.ofDays(7);
    private static final int WINDOWS_NAMED = 5;
    private static final Set<String> NO_DAY = Set.of(WindowResult.NULL_WINDOW, WindowResult.WHOLE_TABLE);

    private final MigrationSpec migration;
    private final ZoneId zone;
    private final List<WindowRow> rows;
    private final Instant now;

    WindowGates(MigrationSpec migration, List<WindowRow> recorded, Instant now)
    {
        this.migration = requireNonNull(migration, "migration is null");
        this.now = requireNonNull(now, "now is null");
        zone = DayRange.named(migration.window().map(MigrationSpec.Window::zone).orElse(ZoneOffset.UTC));
        String legacy = LegacyName.of(migration).toString();
        rows = recorded.stream()
                .filter(row -> row.legacy().equals(legacy) && row.zone().equals(zone.getId()))
                // a difference is one however shallow the look was
                .filter(row -> isDeepEnough(row.profile()) || row.state().equals(State.CONFIRMED.label()))
                .filter(row -> migration.window().isPresent() != row.window().equals(WindowResult.WHOLE_TABLE))
                .collect(toImmutableList());
    }

    List<Gate> gates()
    {
        return List.of(greenDays(), fullPass(), noOpenWindow());
    }

    /**
     * Days of the zone, the newest first: those of the windows, and of a table without windows those of the runs.
     */
    private Gate greenDays()
    {
        int wanted = migration.cutover().greenDays();
        Map<LocalDate, WindowRow> byDay = byDay();
        LocalDate newest = newestDay(byDay.keySet());
        int green = 0;
        while (green < wanted && isGreen(byDay.get(newest.minusDays(green)))) {
            green++;
        }
        if (green == wanted) {
            return Gate.passed(GREEN_DAYS, "%s green days in a row, %s to %s".formatted(wanted, newest.minusDays(wanted - 1L), newest));
        }
        LocalDate day = newest.minusDays(green);
        String words = "%s of %s green days in a row up to %s; ".formatted(green, wanted, newest);
        WindowRow row = byDay.get(day);
        if (row == null) {
            return Gate.unknown(GREEN_DAYS, words + day + " was not reconciled" + depth());
        }
        boolean confirmed = row.state().equals(State.CONFIRMED.label());
        return confirmed
                ? Gate.failed(GREEN_DAYS, words + "%s differs: legacy %s rows, mesh %s".formatted(day, row.legacyRows(), row.meshRows()))
                : Gate.unknown(GREEN_DAYS, words + day + " is " + row.state());
    }

    private Gate fullPass()
    {
        Map<String, Set<String>> windows = rows.stream()
                // what a run took over from an earlier one counts from the day on which it was read
                .filter(row -> !row.readAt().isBefore(now.minus(FULL_PASS_AGE)))
                .collect(groupingBy(WindowRow::runId, mapping(WindowRow::window, toSet())));
        long wanted = migration.window().isEmpty() ? 1 : Math.max(1, migration.lookback().toDays());
        Optional<WindowRow> full = rows.stream()
                .filter(row -> windows.containsKey(row.runId()) && isDeepEnough(row.profile()))
                .filter(row -> windows.get(row.runId()).stream().filter(window -> migration.window().isEmpty() || !NO_DAY.contains(window)).count() >= wanted)
                .max((left, right) -> left.finishedAt().compareTo(right.finishedAt()));
        if (full.isPresent()) {
            return Gate.passed(FULL_PASS, "all of the last %s was reconciled at %s".formatted(migration.window().isEmpty() ? "table" : wanted + " days", full.orElseThrow().finishedAt()));
        }
        return Gate.unknown(FULL_PASS, "no run of the last 7 days reconciled all %s days of lookback%s".formatted(wanted, depth()));
    }

    private Gate noOpenWindow()
    {
        Map<String, WindowRow> last = new TreeMap<>();
        rows.forEach(row -> last.merge(row.window(), row, WindowGates::later));
        if (last.isEmpty()) {
            return Gate.unknown(NO_OPEN_WINDOW, "nothing was reconciled" + depth());
        }
        List<String> open = last.values().stream()
                .filter(row -> row.state().equals(State.CONFIRMED.label()))
                .map(row -> row.window().equals(WindowResult.NULL_WINDOW) ? "rows without a day" : row.window())
                .collect(toImmutableList());
        if (open.isEmpty()) {
            return Gate.passed(NO_OPEN_WINDOW, "no window has a confirmed difference");
        }
        String some = open.stream().limit(WINDOWS_NAMED).collect(joining(", "));
        String others = open.size() > WINDOWS_NAMED ? " and %s more".formatted(open.size() - WINDOWS_NAMED) : "";
        return Gate.failed(NO_OPEN_WINDOW, "%s with a confirmed difference: %s%s".formatted(open.size() == 1 ? "1 window" : open.size() + " windows", some, others));
    }

    private Map<LocalDate, WindowRow> byDay()
    {
        Map<LocalDate, WindowRow> byDay = new HashMap<>();
        for (WindowRow row : rows) {
            if (row.window().equals(WindowResult.WHOLE_TABLE)) {
                byDay.merge(LocalDate.ofInstant(row.startedAt(), zone), row, WindowGates::later);
            }
            else if (!row.window().equals(WindowResult.NULL_WINDOW)) {
                byDay.merge(LocalDate.parse(row.window()), row, WindowGates::later);
            }
        }
        return byDay;
    }

    /**
     * The last day that has settled. Its reconciliation may be due only later on, hence the one before where it has none.
     */
    private LocalDate newestDay(Set<LocalDate> reconciled)
    {
        LocalDate today = LocalDate.ofInstant(now, zone);
        LocalDate newest = migration.window().isEmpty() ? today : LocalDate.ofInstant(now.minus(migration.settle()), zone).minusDays(1);
        return Stream.of(newest).filter(reconciled::contains).findFirst().orElse(newest.minusDays(1));
    }

    private static boolean isGreen(WindowRow row)
    {
        return row != null && row.state().equals(State.OK.label()) && row.net() == 0;
    }

    /**
     * Of two rows of the same time the one that is not green: what contradicts itself is no proof.
     */
    private static WindowRow later(WindowRow left, WindowRow right)
    {
        int order = left.finishedAt().compareTo(right.finishedAt());
        if (order == 0) {
            return isGreen(left) ? right : left;
        }
        return order > 0 ? left : right;
    }

    private boolean isDeepEnough(String profile)
    {
        List<String> shallower = migration.compare() == Comparison.COUNTS
                ? ImmutableList.of()
                : migration.compare() == Comparison.AGGREGATES ? ImmutableList.of("counts") : ImmutableList.of("counts", "aggregates");
        return !shallower.contains(profile);
    }

    private String depth()
    {
        return switch (migration.compare()) {
            case COUNTS -> "";
            case AGGREGATES -> " by aggregates, as declared";
            case ROWS -> " by rows, as declared";
        };
    }
}
