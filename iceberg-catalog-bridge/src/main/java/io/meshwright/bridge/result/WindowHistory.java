package io.meshwright.bridge.result;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.reconciliation.ReconciliationHistory;
import io.meshwright.model.reconciliation.ReconciliationHistory.Run;
import io.meshwright.model.reconciliation.ReconciliationHistory.Window;
import io.meshwright.model.reconciliation.ReconciliationReport.Cost;
import io.meshwright.model.reconciliation.ReconciliationReport.Verdict;
import io.meshwright.model.reconciliation.WindowResult.State;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;

/**
 * Derives from recorded windows how a migration went.
 */
public final class WindowHistory
{
    /**
     * How many windows, and days of runs, are told one by one.
     */
    public static final int LENGTH = 35;

    private final List<WindowRow> rows;
    private final Instant now;

    private WindowHistory(List<WindowRow> rows, Instant now)
    {
        this.rows = rows.stream().sorted(comparing(WindowRow::finishedAt).thenComparing(WindowRow::runId)).collect(toImmutableList());
        this.now = now;
    }

    /**
     * @param rows of one product with one legacy table and the days of one zone, in any order
     */
    public static ReconciliationHistory of(List<WindowRow> rows, Instant now)
    {
        return new WindowHistory(rows, now).history();
    }

    private ReconciliationHistory history()
    {
        Map<String, List<WindowRow>> byWindow = new TreeMap<>();
        Map<String, List<WindowRow>> byRun = new LinkedHashMap<>();
        for (WindowRow row : rows) {
            byWindow.computeIfAbsent(row.window(), unused -> new ArrayList<>()).add(row);
            byRun.computeIfAbsent(row.runId(), unused -> new ArrayList<>()).add(row);
        }
        List<Window> windows = byWindow.values().stream().map(WindowHistory::window).collect(toImmutableList());
        List<Instant> mismatches = rows.stream().filter(row -> isState(row, State.CONFIRMED)).map(WindowRow::finishedAt).collect(toImmutableList());
        Optional<Instant> oldestOpen = windows.stream().flatMap(window -> window.firstMismatch().stream()).min(Instant::compareTo);
        return new ReconciliationHistory(
                byRun.size(),
                mismatches.stream().findFirst(),
                mismatches.stream().reduce((earlier, later) -> later),
                oldestOpen.map(since -> OptionalLong.of(Duration.between(since, now).toSeconds())).orElse(OptionalLong.empty()),
                meanSettleSeconds(byWindow),
                cost(byRun),
                newest(windows),
                trend(byRun));
    }

    private static Window window(List<WindowRow> history)
    {
        Optional<Instant> since = Optional.empty();
        for (WindowRow row : history) {
            if (isState(row, State.CONFIRMED)) {
                since = since.or(() -> Optional.of(row.finishedAt()));
            }
            else if (isState(row, State.OK) || isState(row, State.ACCEPTED)) {
                since = Optional.empty();
            }
        }
        WindowRow last = history.get(history.size() - 1);
        return new Window(last.window(), State.valueOf(last.state().toUpperCase(Locale.ROOT)), last.net(), last.completeness(), last.threshold(), since, last.readAt());
    }

    private static OptionalLong meanSettleSeconds(Map<String, List<WindowRow>> byWindow)
    {
        List<Long> lags = new ArrayList<>();
        byWindow.values().forEach(history -> {
            Optional<Instant> differsSince = Optional.empty();
            for (WindowRow row : history) {
                if (differs(row)) {
                    differsSince = differsSince.or(() -> Optional.of(row.finishedAt()));
                }
                else if (isState(row, State.OK) && differsSince.isPresent()) {
                    lags.add(Duration.between(differsSince.orElseThrow(), row.finishedAt()).toSeconds());
                    differsSince = Optional.empty();
                }
            }
        });
        return lags.isEmpty() ? OptionalLong.empty() : OptionalLong.of(lags.stream().mapToLong(Long::longValue).sum() / lags.size());
    }

    private static boolean differs(WindowRow row)
    {
        return isState(row, State.CONFIRMED)
                || row.net() != 0
                || row.missing().orElse(0) + row.extra().orElse(0) + row.changed().orElse(0) + row.duplicate().orElse(0) > 0;
    }

    private static Cost cost(Map<String, List<WindowRow>> byRun)
    {
        BigDecimal seconds = BigDecimal.ZERO;
        int statements = 0;
        OptionalLong bytes = OptionalLong.empty();
        for (List<WindowRow> run : byRun.values()) {
            Optional<Cost> cost = run.get(0).cost();
            seconds = seconds.add(cost.map(Cost::legacySeconds).orElse(BigDecimal.ZERO));
            statements += cost.map(Cost::statements).orElse(0);
            OptionalLong more = cost.map(Cost::bytes).orElse(OptionalLong.empty());
            if (more.isPresent()) {
                bytes = OptionalLong.of(bytes.orElse(0) + more.orElseThrow());
            }
        }
        return new Cost(seconds, statements, bytes);
    }

    private static List<Run> trend(Map<String, List<WindowRow>> byRun)
    {
        Map<LocalDate, Run> byDay = new TreeMap<>();
        byRun.values().forEach(run -> {
            WindowRow first = run.get(0);
            byDay.put(
                    LocalDate.ofInstant(first.finishedAt(), ZoneOffset.UTC),
                    new Run(first.finishedAt(),
                            Verdict.valueOf(first.verdict().toUpperCase(Locale.ROOT)),
                            run.stream().filter(row -> isState(row, State.OK) || isState(row, State.CONFIRMED)).map(WindowRow::completeness).min(BigDecimal::compareTo),
                            (int) run.stream().filter(row -> isState(row, State.CONFIRMED)).count()));
        });
        return newest(ImmutableList.copyOf(byDay.values()));
    }

    private static <T> List<T> newest(List<T> sorted)
    {
        return sorted.subList(Math.max(0, sorted.size() - LENGTH), sorted.size());
    }

    private static boolean isState(WindowRow row, State state)
    {
        return row.state().equals(state.label());
    }
}
