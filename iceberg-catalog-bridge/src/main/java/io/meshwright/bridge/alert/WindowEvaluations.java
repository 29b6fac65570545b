package io.meshwright.bridge.alert;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.result.WindowRow;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;

/**
 * Looks at reconciliations run by run, as one promise for all windows together.
 */
final class WindowEvaluations
{
    private static final String OK = "ok";
    private static final String BREACH = "breach";
    private static final int NAMED_WINDOWS = 3;

    private WindowEvaluations() {}

    /**
     * @param rows of one product with one legacy table, in any order
     */
    static List<Evaluation> of(List<WindowRow> rows)
    {
        Map<String, List<WindowRow>> runs = new LinkedHashMap<>();
        rows.stream()
                .sorted(comparing(WindowRow::finishedAt).thenComparing(WindowRow::runId).thenComparing(WindowRow::window))
                .forEach(row -> runs.merge(row.runId(), ImmutableList.of(row), (left, right) -> ImmutableList.<WindowRow>builder().addAll(left).addAll(right).build()));
        Map<String, WindowRow> breaches = new TreeMap<>();
        ImmutableList.Builder<Evaluation> evaluations = ImmutableList.builder();
        runs.values().forEach(run -> {
            boolean broken = !breaches.isEmpty();
            for (WindowRow row : run) {
                if (row.isBreach()) {
                    breaches.put(row.window(), row);
                }
                else if (!isOpen(row)) {
                    breaches.remove(row.window());
                }
            }
            if (!breaches.isEmpty() || run.get(0).verdict().equals(BREACH)) {
                evaluations.add(broken(run, breaches));
                return;
            }
            // what still settles does not keep up the news that all breaches are cured
            evaluations.add(unbroken(run.get(0), broken || run.get(0).verdict().equals(OK)));
        });
        return evaluations.build();
    }

    /**
     * Whether the row says nothing of its window.
     */
    private static boolean isOpen(WindowRow row)
    {
        return row.state().equals("settling") || row.state().equals("skipped");
    }

    private static Evaluation unbroken(WindowRow run, boolean kept)
    {
        return new Evaluation(
                run.runId(),
                run.finishedAt(),
                kept ? Evaluation.Standing.KEPT : Evaluation.Standing.UNKNOWN,
                run.verdict(),
                Optional.empty(),
                Optional.of(run.threshold().stripTrailingZeros().toPlainString()),
                Optional.of("reconciliation " + run.runId()),
                Optional.empty(),
                Optional.empty());
    }

    private static Evaluation broken(List<WindowRow> rows, Map<String, WindowRow> breaches)
    {
        WindowRow run = rows.get(0);
        BigDecimal worst = (breaches.isEmpty() ? rows : breaches.values()).stream().map(WindowRow::completeness).min(BigDecimal::compareTo).orElseThrow();
        List<String> named = breaches.values().stream()
                .sorted(comparing(WindowRow::completeness))
                .limit(NAMED_WINDOWS)
                .map(row -> "%s (legacy %s, mesh %s)".formatted(row.window().equals("null") ? "rows without a day" : row.window(), row.legacyRows(), row.meshRows()))
                .collect(toImmutableList());
        String more = breaches.size() > NAMED_WINDOWS ? ", and %s more".formatted(breaches.size() - NAMED_WINDOWS) : "";
        return new Evaluation(
                run.runId(),
                run.finishedAt(),
                Evaluation.Standing.BROKEN,
                BREACH,
                Optional.of(worst),
                Optional.of(run.threshold().stripTrailingZeros().toPlainString()),
                Optional.of("reconciliation " + run.runId()),
                Optional.of("%s %s below the promised completeness: %s%s".formatted(breaches.size(), breaches.size() == 1 ? "window" : "windows", String.join(", ", named), more)),
                Optional.empty());
    }
}
