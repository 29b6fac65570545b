package io.meshwright.bridge.result;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.model.check.ContractTestReport;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.sla.SlaReport;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.groupingBy;

/**
 * The tables of results. A run is written in one commit, and once: writing it again changes nothing. Thread-safe.
 */
public final class ResultTables
{
    private final RowTable<CheckRow> checks;
    private final RowTable<SlaRow> slas;
    private final RowTable<WindowRow> windows;
    private final Reconciliations reconciliations;

    public ResultTables(MeshCatalog catalog)
    {
        this.checks = new RowTable<>(catalog, CheckRow.TABLE, CheckRow.SCHEMA);
        this.slas = new RowTable<>(catalog, SlaRow.TABLE, SlaRow.SCHEMA);
        this.windows = new RowTable<>(catalog, WindowRow.TABLE, WindowRow.SCHEMA);
        this.reconciliations = new Reconciliations(catalog);
    }

    /**
     * @return false when the run had been written before
     */
    public boolean record(ContractTestReport report)
    {
        return checks.appendOnce(row -> row.runId().equals(report.runId()), CheckRow.of(report));
    }

    /**
     * @return false when the run had been written before
     */
    public boolean record(SlaReport report)
    {
        return slas.appendOnce(row -> row.runId().equals(report.runId()), SlaRow.of(report));
    }

    /**
     * @return false when the run had been written before
     */
    public boolean record(ReconciliationReport report)
    {
        // the windows last: a run that is there has all that belongs to it
        reconciliations.record(report);
        return windows.appendOnce(row -> row.runId().equals(report.runId()), WindowRow.of(report));
    }

    /**
     * The checks of the last contract test of a product; none when there was no test. Tests of branches say nothing of the product.
     */
    public List<CheckRow> lastChecks(String product)
    {
        return lastRun(checks, row -> row.product().equals(product) && row.branch().isEmpty(), CheckRow::runId, CheckRow::finishedAt);
    }

    /**
     * Hands over all results of contract tests of what products serve, in no particular order and without keeping them. Tests of branches say nothing of that.
     */
    public void forEachCheck(Consumer<CheckRow> action)
    {
        checks.forEach(row -> {
            if (row.branch().isEmpty()) {
                action.accept(row);
            }
        });
    }

    /**
     * The rows of all tests of one snapshot against one text of a contract.
     *
     * @param branch that was tested; empty for the one that is served
     */
    public List<CheckRow> checks(ContractVerdicts.Subject subject, Optional<String> branch, long snapshotId)
    {
        ImmutableList.Builder<CheckRow> rows = ImmutableList.builder();
        checks.forEach(row -> {
            if (row.product().equals(subject.product())
                    && row.port().equals(subject.port())
                    && row.branch().equals(branch)
                    && row.contractHash().filter(subject.contractHash()::equals).isPresent()
                    && row.snapshotId().filter(String.valueOf(snapshotId)::equals).isPresent()) {
                rows.add(row);
            }
        });
        return rows.build();
    }

    /**
     * The rows of all tests of what a product serves that a filter wants.
     */
    public List<CheckRow> checks(String product, Predicate<CheckRow> filter)
    {
        ImmutableList.Builder<CheckRow> rows = ImmutableList.builder();
        checks.forEach(row -> {
            if (row.product().equals(product) && row.branch().isEmpty() && filter.test(row)) {
                rows.add(row);
            }
        });
        return rows.build();
    }

    /**
     * What one check of a product's port found in all recorded runs.
     */
    public List<CheckRow> checks(String product, String port, String checkName)
    {
        ImmutableList.Builder<CheckRow> rows = ImmutableList.builder();
        checks.forEach(row -> {
            if (row.product().equals(product) && row.port().equals(port) && row.checkName().equals(checkName)) {
                rows.add(row);
            }
        });
        return rows.build();
    }

    /**
     * Which snapshots passed their contracts, by all tests that were recorded.
     */
    public ContractVerdicts verdicts()
    {
        Map<ContractVerdicts.Subject, ContractVerdicts.RecentRuns> runs = new HashMap<>();
        checks.read().rows().forEach(row -> ContractVerdicts.fold(runs, row));
        return ContractVerdicts.of(runs);
    }

    /**
     * All measurements of a product, oldest first.
     */
    public List<SlaRow> slaHistory(String product)
    {
        return slas.read().rows().stream()
                .filter(row -> row.product().equals(product))
                .sorted((left, right) -> left.checkedAt().compareTo(right.checkedAt()))
                .collect(toImmutableList());
    }

    /**
     * All measurements by product, of each the oldest first.
     */
    public Map<String, List<SlaRow>> slaHistories()
    {
        return slas.read().rows().stream()
                .sorted((left, right) -> left.checkedAt().compareTo(right.checkedAt()))
                .collect(groupingBy(SlaRow::product));
    }

    /**
     * The windows of all reconciliations of a product, in no particular order.
     */
    public List<WindowRow> windows(String product)
    {
        ImmutableList.Builder<WindowRow> rows = ImmutableList.builder();
        windows.forEach(row -> {
            if (row.product().equals(product)) {
                rows.add(row);
            }
        });
        return rows.build();
    }

    /**
     * The windows of the last reconciliation of a product; none when there was none.
     */
    public List<WindowRow> lastWindows(String product)
    {
        return lastRun(windows, row -> row.product().equals(product), WindowRow::runId, WindowRow::finishedAt);
    }

    private static <T> List<T> lastRun(RowTable<T> table, Predicate<T> ofProduct, Function<T, String> runId, Function<T, Instant> time)
    {
        List<T> rows = table.read().rows().stream().filter(ofProduct).collect(toImmutableList());
        return rows.stream()
                .max((left, right) -> time.apply(left).compareTo(time.apply(right)))
                .map(last -> rows.stream().filter(row -> runId.apply(row).equals(runId.apply(last))).collect(toImmutableList()))
                .orElse(ImmutableList.of());
    }
}
