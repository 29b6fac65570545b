package io.meshwright.trino.snapshot;

import io.meshwright.bridge.result.ContractVerdicts;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.model.product.ServedSnapshot;
import io.meshwright.model.sla.ServiceLevels;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ProductVersion;
import io.meshwright.trino.snapshot.ReaderChoices.OnStale;
import io.trino.spi.connector.ConnectorSession;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

import static io.meshwright.trino.MeshErrorCode.MESH_NOT_VERIFIED;
import static io.meshwright.trino.MeshErrorCode.MESH_STALE;
import static java.util.Objects.requireNonNull;

/**
 * Chooses the snapshot that a reader gets, and refuses one that is too old for him.
 */
public final class SnapshotChoice
{
    private final IcebergTables tables;
    private final Supplier<Map<String, SlaRow>> measurements;
    private final DataAge ages = new DataAge();
    private final Clock clock;

    /**
     * @param measurements the last ones of freshness, by product
     */
    public SnapshotChoice(IcebergTables tables, Supplier<Map<String, SlaRow>> measurements, Clock clock)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.measurements = requireNonNull(measurements, "measurements is null");
        this.clock = requireNonNull(clock, "clock is null");
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
            if (freshness(product, version, port, table, current, clock.instant()).status() != SloStatus.MET) {
                return OptionalLong.of(lastVerified(table, product, version, current, verdicts.get()).snapshotId());
            }
        }
        return current;
    }

    /**
     * Refuses a snapshot that is older than the product promises, where the reader wants that, and one that is older than he wants.
     * What cannot be told is refused as well.
     */
    public void checkAge(ConnectorSession session, Product product, Product.Table port, OptionalLong snapshotId)
    {
        Optional<Duration> maxAge = ReaderChoices.maxAge(session);
        boolean promised = ReaderChoices.onStale(session) == OnStale.FAIL;
        if (product.version().isEmpty() || (maxAge.isEmpty() && !promised)) {
            return;
        }
        ProductVersion version = product.version().orElseThrow();
        Table table = tables.load(session, port.table());
        Instant now = clock.instant();
        if (promised) {
            SloResult result = freshness(product, version, port, table, snapshotId, now);
            if (result.status() != SloStatus.MET) {
                throw MESH_STALE.exception(stale(product, version, result, "on_stale = FAIL"));
            }
        }
        if (maxAge.isPresent()) {
            Freshness bound = new Freshness(maxAge, false, Optional.empty(), Optional.empty(), version.serviceLevels().freshness().flatMap(Freshness::timestampField));
            SloResult result = SlaEvaluator.freshness(bound, measure(product, version.serviceLevels(), port, table, snapshotId, now), now);
            if (result.status() != SloStatus.MET) {
                throw MESH_STALE.exception(stale(product, version, result, "max_age"));
            }
        }
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

    private SloResult freshness(Product product, ProductVersion version, Product.Table port, Table table, OptionalLong snapshotId, Instant now)
    {
        Optional<Freshness> objective = version.serviceLevels().freshness();
        if (objective.isEmpty()) {
            return new SloResult(SlaEvaluator.FRESHNESS, SloStatus.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("the product promises no freshness"));
        }
        return SlaEvaluator.freshness(objective.orElseThrow(), measure(product, version.serviceLevels(), port, table, snapshotId, now), now);
    }

    private SlaMeasurement measure(Product product, ServiceLevels levels, Product.Table port, Table table, OptionalLong snapshotId, Instant now)
    {
        if (snapshotId.isEmpty()) {
            return SlaMeasurement.missing("the product has no data yet");
        }
        Snapshot snapshot = table.snapshot(snapshotId.orElseThrow());
        if (snapshot == null) {
            return SlaMeasurement.missing("the snapshot that is read is not kept any more");
        }
        return ages.measure(table, snapshot, levels.freshness(), port.model(), Optional.ofNullable(measurements.get().get(product.address())), now);
    }

    private static String stale(Product product, ProductVersion version, SloResult result, String bound)
    {
        String threshold = result.threshold().map(seconds -> "at most " + readable(seconds)).orElse("nothing");
        String promise = bound.equals("max_age") ? "your max_age allows " + threshold : "its SLO freshness promises " + threshold;
        String contact = version.serviceLevels().support().map(support -> " (" + support + ")").orElse("");
        String figure = result.actual()
                .map(age -> "%s old, measured at %s by %s".formatted(readable(age), result.measuredAt().map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("an unknown time"), result.source().orElse("an unknown source")))
                .orElseGet(() -> "of unknown age: " + result.message().orElse("nothing was measured"));
        return "Product %s is stale: its data is %s, and %s (%s). Ask %s%s.".formatted(product.address(), figure, promise, bound, product.owner(), contact);
    }

    private static String readable(BigDecimal seconds)
    {
        Duration duration = Duration.ofSeconds(seconds.setScale(0, RoundingMode.HALF_UP).longValue());
        StringBuilder text = new StringBuilder();
        append(text, duration.toDays(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long value, String unit)
    {
        if (value > 0) {
            text.append(text.isEmpty() ? "" : " ").append(value).append(unit);
        }
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
