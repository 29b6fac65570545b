package io.meshwright.trino.snapshot;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.meshwright.bridge.check.SnapshotEvidence;
import io.meshwright.bridge.check.SnapshotEvidence.Newest;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.sla.FreshnessSource;
import io.meshwright.model.sla.FreshnessSources;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import io.meshwright.model.sla.SlaMeasurement;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The time of the newest data in a snapshot: by the table's own metadata, as {@code mesh sla check} tells it, and only where that is
 * not exact by the last measurement, if it was of this snapshot. Compaction makes nothing younger.
 */
final class DataAge
{
    private static final int MOST_KEPT = 10_000;

    private record Key(UUID table, long snapshotId, Optional<String> column) {}

    /**
     * What metadata tells of one snapshot, which never changes.
     */
    private record Evidence(boolean exact, Optional<Instant> time) {}

    private final Cache<Key, Evidence> known = CacheBuilder.newBuilder().maximumSize(MOST_KEPT).build();

    /**
     * @param objective empty where the product promises no freshness; then the last commit of data counts
     * @param measured the last measurement of the product
     */
    SlaMeasurement measure(Table table, Snapshot snapshot, Optional<Freshness> objective, ContractModel model, Optional<SlaRow> measured, Instant now)
    {
        Optional<FreshnessSource> source = objective.isPresent() ? FreshnessSources.choose(objective.orElseThrow(), model) : Optional.of(FreshnessSource.LAST_DATA_COMMIT);
        if (source.isEmpty()) {
            return SlaMeasurement.missing("the declared timestamp field is no date or timestamp of the contract");
        }
        Optional<String> column = source.orElseThrow().field();
        if (column.isPresent() && table.schema().findField(column.orElseThrow()) == null) {
            return SlaMeasurement.missing("the timestamp field is not in the table");
        }
        Evidence evidence = evidence(table, snapshot, column);
        if (evidence.exact()) {
            return evidence.time()
                    .map(time -> SlaMeasurement.freshness(time, now, source.orElseThrow().description()))
                    .orElseGet(() -> SlaMeasurement.missing(column.isPresent()
                            ? "no row has a value in " + column.orElseThrow()
                            : "no commit of data is kept any more"));
        }
        return measured.filter(row -> row.snapshotId().equals(Optional.of(String.valueOf(snapshot.snapshotId()))))
                .flatMap(row -> ofSameSnapshot(row, source.orElseThrow()))
                .orElseGet(() -> SlaMeasurement.missing("metadata does not tell the newest %s, because rows were deleted or a file has no statistics, and this snapshot was not measured; mesh sla check measures it".formatted(column.orElse("data"))));
    }

    private Evidence evidence(Table table, Snapshot snapshot, Optional<String> column)
    {
        Key key = new Key(table.uuid(), snapshot.snapshotId(), column);
        Evidence before = known.getIfPresent(key);
        if (before != null) {
            return before;
        }
        SnapshotEvidence metadata = new SnapshotEvidence(table, Optional.of(snapshot));
        Evidence evidence;
        if (column.isEmpty()) {
            evidence = new Evidence(true, metadata.lastDataCommit());
        }
        else {
            Newest newest = metadata.newest(column.orElseThrow());
            evidence = new Evidence(newest.exact(), newest.time());
        }
        known.put(key, evidence);
        return evidence;
    }

    /**
     * The age was taken at a time, and tells the time of the newest row.
     */
    private static Optional<SlaMeasurement> ofSameSnapshot(SlaRow row, FreshnessSource source)
    {
        if (row.actual().isEmpty() || row.measuredAt().isEmpty()) {
            return Optional.empty();
        }
        Duration age = Duration.ofMillis(row.actual().orElseThrow().multiply(BigDecimal.valueOf(1000)).longValue());
        return Optional.of(SlaMeasurement.freshness(row.measuredAt().orElseThrow().minus(age), row.measuredAt().orElseThrow(), source.description()));
    }
}
