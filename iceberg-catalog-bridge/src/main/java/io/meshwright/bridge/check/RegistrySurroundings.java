package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.model.sla.SlaMeasurement;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What the registry and its result tables tell a run of one product's port.
 */
final class RegistrySurroundings
        implements Surroundings
{
    /**
     * Older figures say little of what is usual now.
     */
    private static final int MOST_FORMER_FIGURES = 100;

    private final MeshCatalog catalog;
    private final ResultTables results;
    private final String product;
    private final String port;
    private final Optional<String> snapshotId;

    RegistrySurroundings(MeshCatalog catalog, ResultTables results, String product, String port, Optional<String> snapshotId)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.results = requireNonNull(results, "results is null");
        this.product = requireNonNull(product, "product is null");
        this.port = requireNonNull(port, "port is null");
        this.snapshotId = requireNonNull(snapshotId, "snapshotId is null");
    }

    @Override
    public SlaMeasurement completeness()
    {
        return ReconciledCompleteness.of(results.lastWindows(product));
    }

    @Override
    public List<BigDecimal> formerFigures(String checkName)
    {
        List<CheckRow> rows = results.checks(product, port, checkName).stream()
                .filter(row -> row.actual().isPresent() && row.branch().isEmpty() && row.snapshotId().isPresent() && !row.snapshotId().equals(snapshotId))
                .sorted(Comparator.comparing(CheckRow::finishedAt))
                .toList();
        // a snapshot counts once, however often it was tested
        Map<String, BigDecimal> bySnapshot = new LinkedHashMap<>();
        rows.forEach(row -> bySnapshot.put(row.snapshotId().orElseThrow(), row.actual().orElseThrow()));
        List<BigDecimal> figures = ImmutableList.copyOf(bySnapshot.values());
        return figures.subList(Math.max(0, figures.size() - MOST_FORMER_FIGURES), figures.size());
    }

    @Override
    public Parent parent(String reference)
    {
        ProductUnderTest parent = ProductUnderTest.resolve(catalog, reference, Optional.empty());
        return new Parent(parent.address().toString(), parent.table());
    }
}
