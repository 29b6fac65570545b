package io.meshwright.cli.registry;

import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.ContractVersion;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.registry.RegistryView;
import io.meshwright.bridge.result.CheckRow;
import io.meshwright.bridge.result.PortQuality;
import io.meshwright.bridge.result.PortQuality.CheckQuality;
import io.meshwright.bridge.result.QualityHistory;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.cli.report.QualityReport;
import io.meshwright.cli.report.QualityReport.Tested;
import io.meshwright.cli.report.QualityReport.Untested;
import io.meshwright.model.mask.ShownFigures;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;

/**
 * Puts the results of contract tests together with what is registered. Only tests against contracts that were registered count: a contract that is merely
 * proposed says nothing about a product.
 */
public final class QualityReports
{
    private static final int POINTS_OF_ONE = 30;

    private final RegistryView view;
    private final ResultTables results;
    private final Instant from;
    private final Instant to;

    public QualityReports(MeshRegistry registry, Instant from, Instant to)
    {
        this.view = registry.view();
        this.results = new ResultTables(registry.catalog());
        this.from = requireNonNull(from, "from is null");
        this.to = requireNonNull(to, "to is null");
    }

    public QualityReport of(RegisteredProduct product, Caller caller)
    {
        return report(List.of(product), 0, POINTS_OF_ONE, _ -> caller.owns(product.spec()));
    }

    /**
     * Of all products that the caller may find, for whomever the report is passed on to.
     */
    public QualityReport ofAll(Caller caller)
    {
        return report(view.readable().stream().filter(caller::mayFind).toList(), view.unreadable().size(), 0, _ -> false);
    }

    private QualityReport report(List<RegisteredProduct> products, int unreadable, int points, Predicate<RegisteredProduct> showsAll)
    {
        Map<String, Set<String>> contracts = new HashMap<>();
        products.forEach(product -> contracts.put(product.address().toString(), registered(product)));
        QualityHistory history = QualityHistory.read(results, from, points, row -> counts(row, contracts));
        List<Tested> tested = new ArrayList<>();
        List<Untested> untested = new ArrayList<>();
        for (RegisteredProduct product : products) {
            List<PortQuality> ports = history.of(product.address().toString());
            ports.forEach(port -> tested.add(tested(product, port, showsAll.test(product))));
            untested.addAll(untested(product, ports.stream().map(PortQuality::port).toList()));
        }
        return new QualityReport(from, to, tested, untested, unreadable);
    }

    private Set<String> registered(RegisteredProduct product)
    {
        Set<String> hashes = new HashSet<>();
        for (ContractVersion version : view.contractVersions(product.address())) {
            hashes.add(version.hash());
        }
        product.row().contracts().forEach(contract -> hashes.add(contract.hash()));
        return hashes;
    }

    private static boolean counts(CheckRow row, Map<String, Set<String>> contracts)
    {
        Set<String> known = contracts.get(row.product());
        // earlier versions did not write the hash
        return known != null && (row.contractHash().isEmpty() || known.contains(row.contractHash().orElseThrow()));
    }

    private static Tested tested(RegisteredProduct product, PortQuality quality, boolean showsAll)
    {
        Optional<String> hash = product.row().contract(quality.port()).map(ContractRow::hash);
        ShownFigures shown = product.shownFigures(quality.port());
        List<CheckQuality> checks = quality.checks().stream().map(check -> showsAll || shown.ofCheck(check.metric(), check.field()) ? check : check.withoutFigures()).toList();
        return new Tested(
                product.address().toString(),
                product.address().domain(),
                product.spec().owner(),
                quality.contractHash().isPresent() && quality.contractHash().equals(hash),
                quality.withChecks(checks));
    }

    private static List<Untested> untested(RegisteredProduct product, List<String> testedPorts)
    {
        List<String> testable = product.row().ports().stream().filter(PortRow::isTable).map(PortRow::name).filter(port -> product.row().contract(port).isPresent()).toList();
        if (testable.isEmpty() && testedPorts.isEmpty()) {
            return List.of(untested(product, Optional.empty(), "no port is a table with a contract"));
        }
        return testable.stream().filter(port -> !testedPorts.contains(port)).map(port -> untested(product, Optional.of(port), "never tested")).toList();
    }

    private static Untested untested(RegisteredProduct product, Optional<String> port, String reason)
    {
        return new Untested(product.address().toString(), product.address().domain(), product.spec().owner(), port, reason);
    }
}
