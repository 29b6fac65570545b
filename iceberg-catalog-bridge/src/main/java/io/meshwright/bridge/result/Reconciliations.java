package io.meshwright.bridge.result;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.reconciliation.Acceptance;
import io.meshwright.model.reconciliation.AcceptedDifference;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationRule;
import io.meshwright.model.reconciliation.WindowResult;
import io.meshwright.model.yaml.DidYouMean;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * What is recorded of reconciliations beside their windows: rows and columns that differ, and windows that somebody accepted. Thread-safe.
 */
public final class Reconciliations
{
    private final MeshCatalog catalog;
    private final RowTable<DifferenceRow> differences;
    private final RowTable<ColumnDifferenceRow> columns;
    private final RowTable<AcceptedWindowRow> accepted;

    public Reconciliations(MeshCatalog catalog)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        differences = new RowTable<>(catalog, DifferenceRow.TABLE, DifferenceRow.SCHEMA);
        columns = new RowTable<>(catalog, ColumnDifferenceRow.TABLE, ColumnDifferenceRow.SCHEMA);
        accepted = new RowTable<>(catalog, AcceptedWindowRow.TABLE, AcceptedWindowRow.SCHEMA);
    }

    /**
     * Records the sample of a run: once, whoever repeats it.
     */
    void record(ReconciliationReport report)
    {
        Instant made = report.startedAt();
        if (!report.differences().isEmpty()) {
            differences.appendBatch(report.runId(), made, row -> row.runId().equals(report.runId()), DifferenceRow.of(report));
        }
        if (!report.columns().isEmpty()) {
            columns.appendBatch(report.runId(), made, row -> row.runId().equals(report.runId()), ColumnDifferenceRow.of(report));
        }
    }

    /**
     * The sample of rows that differ of one run.
     */
    public List<DifferenceRow> differences(String runId)
    {
        return rows(differences, row -> row.runId().equals(runId));
    }

    /**
     * The columns that differ of one run.
     */
    public List<ColumnDifferenceRow> columns(String runId)
    {
        return rows(columns, row -> row.runId().equals(runId));
    }

    /**
     * All acceptances of a product's windows, also those that have run out.
     */
    public List<AcceptedWindowRow> accepted(String product)
    {
        return rows(accepted, row -> row.product().equals(product));
    }

    /**
     * The report with what is accepted of it today. A window that differs by more than was accepted is not.
     */
    public ReconciliationReport applyAcceptances(ReconciliationReport report, Clock clock)
    {
        if (report.windows().stream().noneMatch(window -> window.state() == WindowResult.State.CONFIRMED)) {
            return report;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<AcceptedWindowRow> rows = accepted(report.product()).stream()
                .filter(row -> row.legacy().equals(report.legacy()) && row.zone().equals(report.zone()))
                .collect(toImmutableList());
        return report.accepting(window -> rows.stream()
                .filter(row -> row.window().equals(window.window()) && row.difference().covers(window, today))
                .max(comparing(row -> row.difference().acceptance().until()))
                .map(AcceptedWindowRow::difference)
                .map(AcceptedDifference::acceptance));
    }

    /**
     * Accepts the difference of a window as its last reconciliation found it.
     *
     * @throws MeshException where the window was never reconciled, does not differ, or still settles, or the last day is over
     */
    public AcceptedWindowRow accept(String product, String window, Acceptance acceptance, Clock clock)
    {
        Instant now = clock.instant();
        if (acceptance.until().isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC))) {
            throw refused("--until %s is over".formatted(acceptance.until()), "name a day to come");
        }
        Map<String, WindowRow> last = new TreeMap<>();
        new ResultTables(catalog).windows(product).forEach(row -> last.merge(row.window(), row, (left, right) -> left.finishedAt().isAfter(right.finishedAt()) ? left : right));
        if (!last.containsKey(window)) {
            String meant = DidYouMean.suggest(window, last.keySet()).map(", did you mean %s?"::formatted).orElse("");
            throw refused("Window %s of %s was never reconciled%s".formatted(window, product, meant), "reconcile it first: mesh reconcile %s".formatted(product));
        }
        WindowRow row = last.get(window);
        boolean differs = row.state().equals(WindowResult.State.CONFIRMED.label()) || row.state().equals(WindowResult.State.ACCEPTED.label());
        if (!differs) {
            throw refused("Window %s of %s has no confirmed difference that could be accepted: it is %s".formatted(window, product, row.state()), "reconcile it again, or leave it");
        }
        AcceptedWindowRow made = AcceptedWindowRow.of(row, acceptance, now);
        accepted.append(ImmutableList.of(made));
        return made;
    }

    private static MeshException refused(String message, String fix)
    {
        return new MeshException(ReconciliationRule.ACCEPTANCE, USER, message, fix);
    }

    private static <T> List<T> rows(RowTable<T> table, Predicate<T> filter)
    {
        ImmutableList.Builder<T> rows = ImmutableList.builder();
        table.forEach(row -> {
            if (filter.test(row)) {
                rows.add(row);
            }
        });
        return rows.build();
    }
}
