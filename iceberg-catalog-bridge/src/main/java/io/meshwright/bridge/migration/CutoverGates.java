package io.meshwright.bridge.migration;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.result.ContractVerdicts;
import io.meshwright.bridge.result.ContractVerdicts.Subject;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.result.WindowRow;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.MigrationSpec;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.ServedSnapshot;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Whether the record allows that a product takes over the name of the legacy table that it replaces.
 */
public final class CutoverGates
{
    static final String CONTRACT_TEST = "contract-test";

    private final MeshCatalog catalog;
    private final Clock clock;

    public CutoverGates(MeshCatalog catalog, Clock clock)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * All gates, in a fixed order. None for a product that replaces nothing.
     *
     * @throws MeshException where the catalog does not answer
     */
    public List<Gate> of(RegisteredProduct product)
    {
        Optional<MigrationSpec> migration = product.spec().migration();
        if (migration.isEmpty()) {
            return List.of();
        }
        ResultTables results = new ResultTables(catalog);
        List<WindowRow> windows = results.windows(product.address().toString());
        return ImmutableList.<Gate>builder()
                .addAll(new WindowGates(migration.orElseThrow(), windows, clock.instant()).gates())
                .add(contractTest(product, results.verdicts()))
                .build();
    }

    /**
     * The data that a reader gets today, which is empty for a view and for a table without data.
     */
    public Optional<Long> servedSnapshot(RegisteredProduct product)
    {
        return product.queryablePort().flatMap(this::currentSnapshot);
    }

    private Gate contractTest(RegisteredProduct product, ContractVerdicts verdicts)
    {
        Optional<PortRow> port = product.queryablePort();
        if (port.isEmpty()) {
            return Gate.failed(CONTRACT_TEST, "the product has no port that SQL can read");
        }
        String name = port.orElseThrow().name();
        Optional<ContractRow> contract = product.row().contract(name);
        if (contract.isEmpty()) {
            return Gate.failed(CONTRACT_TEST, "port " + name + " has no contract that could be tested");
        }
        Subject subject = new Subject(product.address().toString(), name, contract.orElseThrow().hash());
        if (!port.orElseThrow().isTable()) {
            return verdicts.newest(subject)
                    .map(verdict -> ofVerdict(verdict, "of the view"))
                    .orElseGet(() -> Gate.unknown(CONTRACT_TEST, "the view was never tested against its contract to the end"));
        }
        Optional<Long> snapshot = currentSnapshot(port.orElseThrow());
        if (snapshot.isEmpty()) {
            return Gate.unknown(CONTRACT_TEST, "the table has no data yet");
        }
        long snapshotId = snapshot.orElseThrow();
        boolean verified = product.spec().outputPort(name).map(OutputPort::serve).filter(ServedSnapshot.VERIFIED::equals).isPresent();
        if (verified && !verdicts.hasPassed(subject, snapshotId) && verdicts.hasPassedEver(subject)) {
            return Gate.passed(CONTRACT_TEST, "readers get the last snapshot that passed, since the port serves verified data");
        }
        return verdicts.find(subject, snapshotId)
                .map(verdict -> ofVerdict(verdict, "of snapshot " + snapshotId))
                .orElseGet(() -> Gate.unknown(CONTRACT_TEST, "snapshot " + snapshotId + ", which is served, was not tested against the contract in force"));
    }

    private static Gate ofVerdict(ContractVerdicts.Verdict verdict, String what)
    {
        return verdict.passed()
                ? Gate.passed(CONTRACT_TEST, "the contract test %s passed at %s".formatted(what, verdict.finishedAt()))
                : Gate.failed(CONTRACT_TEST, "the contract test %s failed at %s".formatted(what, verdict.finishedAt()));
    }

    private Optional<Long> currentSnapshot(PortRow port)
    {
        if (!port.isTable()) {
            return Optional.empty();
        }
        Namespace namespace = Namespace.of(Splitter.on('.').splitToStream(port.tableNamespace().orElseThrow()).toArray(String[]::new));
        return catalog.findTable(TableIdentifier.of(namespace, port.tableName().orElseThrow()))
                .map(Table::currentSnapshot)
                .map(Snapshot::snapshotId);
    }
}
