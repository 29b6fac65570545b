package io.meshwright.trino.snapshot;

import io.meshwright.bridge.result.ContractVerdicts;
import io.meshwright.model.product.ServedSnapshot;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ProductVersion;
import io.meshwright.trino.snapshot.ReaderChoices.OnStale;
import io.trino.spi.connector.ConnectorSession;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

import static io.meshwright.trino.MeshErrorCode.MESH_NOT_VERIFIED;
import static java.util.Objects.requireNonNull;

/**
 * Chooses the snapshot that a reader gets.
 */
public final class SnapshotChoice
{
    private final IcebergTables tables;
    private final DataFreshness freshness;

    public SnapshotChoice(IcebergTables tables, DataFreshness freshness)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.freshness = requireNonNull(freshness, "freshness is null");
    }

    /**
     * What an address serves.
     *
     * @param snapshot empty where nothing can be served
     * @param verdict on that snapshot
     * @param newest whatever is in it
     */
    public record Served(Optional<Commit> snapshot, Optional<ContractVerdicts.Verdict> verdict, Optional<Commit> newest)
    {
        public Served
        {
            requireNonNull(snapshot, "snapshot is null");
            requireNonNull(verdict, "verdict is null");
            requireNonNull(newest, "newest is null");
        }
    }

    public record Commit(long snapshotId, Instant committedAt)
    {
        public Commit
        {
            requireNonNull(committedAt, "committedAt is null");
        }

        private static Commit of(Snapshot snapshot)
        {
            return new Commit(snapshot.snapshotId(), SnapshotChoice.committedAt(snapshot));
        }
    }

    /**
     * The snapshot that a reader gets who names none.
     *
     * @param current the newest snapshot that his transaction sees; empty for a table without any
     * @param verdicts as his transaction sees them
     */
    public OptionalLong choose(ConnectorSession session, Product product, Product.Table port, OptionalLong current, Supplier<ContractVerdicts> verdicts)
    {
        if (product.version().isEmpty()) {
            return current;
        }
        ProductVersion version = product.version().orElseThrow();
        if (version.serve() == ServedSnapshot.VERIFIED) {
            if (current.isPresent() && verdicts.get().hasPassed(subject(product, version), current.orElseThrow())) {
                return current;
            }
            return OptionalLong.of(lastVerified(tables.load(session, port.table()), product, version, current, verdicts.get()).snapshotId());
        }
        if (ReaderChoices.onStale(session) == OnStale.LAST_VERIFIED && !product.isLatest()) {
            Table table = tables.load(session, port.table());
            if (!freshness.isAsPromised(product, version, port, table, current)) {
                return OptionalLong.of(lastVerified(table, product, version, current, verdicts.get()).snapshotId());
            }
        }
        return current;
    }

    /**
     * What the address serves now, for whoever describes it.
     */
    public Served served(ConnectorSession session, Product product, Product.Table port, ContractVerdicts verdicts)
    {
        Table table = tables.load(session, port.table());
        Optional<Snapshot> newest = Optional.ofNullable(table.currentSnapshot());
        Optional<ProductVersion> verifying = product.version().filter(version -> version.serve() == ServedSnapshot.VERIFIED);
        Optional<Snapshot> served = verifying.isPresent()
                ? newest.flatMap(snapshot -> verified(table, product, verifying.orElseThrow(), snapshot.snapshotId(), verdicts))
                : newest;
        return new Served(
                served.map(Commit::of),
                served.flatMap(snapshot -> product.version().flatMap(version -> verdicts.find(subject(product, version), snapshot.snapshotId()))),
                newest.map(Commit::of));
    }

    /**
     * What a table's comment says of the data that is read, where that is not simply the newest.
     */
    public List<String> notes(ConnectorSession session, Product product, Product.Table port, OptionalLong snapshotId)
    {
        if (snapshotId.isEmpty() || product.version().filter(version -> version.serve() == ServedSnapshot.VERIFIED).isEmpty()) {
            return List.of();
        }
        return Optional.ofNullable(tables.load(session, port.table()).snapshot(snapshotId.orElseThrow()))
                .map(snapshot -> List.of("(data of %s)".formatted(committedAt(snapshot).truncatedTo(ChronoUnit.SECONDS))))
                .orElse(List.of());
    }

    private static Snapshot lastVerified(Table table, Product product, ProductVersion version, OptionalLong current, ContractVerdicts verdicts)
    {
        Optional<Snapshot> verified = current.isPresent() ? verified(table, product, version, current.orElseThrow(), verdicts) : Optional.empty();
        return verified.orElseThrow(() -> MESH_NOT_VERIFIED.exception(
                "Product %s serves only data that passed its contract (version %s), and %s. Ask %s, or read %s, whose data is not verified."
                        .formatted(
                                product.address(),
                                version.contractVersion(),
                                verdicts.hasPassedEver(subject(product, version)) ? "the snapshot that passed is not in the table's history any more" : "none has passed it yet",
                                product.owner(),
                                latestName(product))));
    }

    /**
     * The newest verified snapshot in the history of the current one. What was rolled back, and what is on a branch, is not in it.
     */
    private static Optional<Snapshot> verified(Table table, Product product, ProductVersion version, long current, ContractVerdicts verdicts)
    {
        ContractVerdicts.Subject subject = subject(product, version);
        Snapshot candidate = table.snapshot(current);
        while (candidate != null && !verdicts.hasPassed(subject, candidate.snapshotId())) {
            candidate = candidate.parentId() == null ? null : table.snapshot(candidate.parentId());
        }
        return Optional.ofNullable(candidate);
    }

    private static ContractVerdicts.Subject subject(Product product, ProductVersion version)
    {
        return new ContractVerdicts.Subject(product.address(), version.port().name(), version.contractHash());
    }

    private static String latestName(Product product)
    {
        return "%s.\"%s$latest\"".formatted(product.name().getSchemaName(), product.name().getTableName());
    }

    private static Instant committedAt(Snapshot snapshot)
    {
        return Instant.ofEpochMilli(snapshot.timestampMillis());
    }
}
