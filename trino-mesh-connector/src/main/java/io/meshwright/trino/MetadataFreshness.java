package io.meshwright.trino;

import io.meshwright.model.sla.FreshnessSource;
import io.meshwright.model.sla.FreshnessSources;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.trino.product.Product;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.statistics.DoubleRange;
import io.trino.spi.statistics.TableStatistics;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.Type;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static io.trino.spi.type.DateType.DATE;
import static java.util.Objects.requireNonNull;

/**
 * The time of the newest data of a product, where the metadata of its table proves it: by the last commit that brought
 * data, or by the bounds of the timestamp column where no row was deleted. As {@code mesh sla check} tells it.
 */
final class MetadataFreshness
{
    private final ConnectorMetadata iceberg;
    private final ConnectorTransactionHandle transaction;
    private final ConnectorSession session;

    MetadataFreshness(ConnectorMetadata iceberg, ConnectorTransactionHandle transaction, ConnectorSession session)
    {
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.transaction = requireNonNull(transaction, "transaction is null");
        this.session = requireNonNull(session, "session is null");
    }

    /**
     * Empty where freshness is not promised, or only reading the data can tell it.
     */
    Optional<SlaMeasurement> measure(Product product, Instant now)
    {
        Optional<Freshness> objective = product.spec().flatMap(spec -> spec.serviceLevels().freshness());
        if (objective.isEmpty() || !(product.port() instanceof Product.Table table)) {
            return Optional.empty();
        }
        return FreshnessSources.choose(objective.orElseThrow(), table.model())
                .flatMap(source -> new ReadErrors(product.name()).hidingNames(() -> measure(table, source, now)));
    }

    private Optional<SlaMeasurement> measure(Product.Table table, FreshnessSource source, Instant now)
            throws IOException
    {
        if (!(iceberg.getTableHandle(session, table.table(), Optional.empty(), Optional.empty()) instanceof IcebergTableHandle handle)) {
            return Optional.empty();
        }
        SnapshotLog snapshots = SnapshotLog.read(iceberg, transaction, session, table.table());
        if (source.field().isEmpty()) {
            return snapshots.lastDataCommit(handle.getSnapshotId())
                    .map(time -> SlaMeasurement.freshness(time, now, source.description()));
        }
        if (!snapshots.isWithoutDeletes(handle.getSnapshotId())) {
            return Optional.empty();
        }
        return newest(handle, source.field().orElseThrow())
                .map(time -> SlaMeasurement.freshness(time, now, source.description()));
    }

    private Optional<Instant> newest(IcebergTableHandle handle, String field)
    {
        ColumnHandle column = iceberg.getColumnHandles(session, handle).get(field.toLowerCase(Locale.ROOT));
        if (!(column instanceof IcebergColumnHandle icebergColumn)) {
            return Optional.empty();
        }
        TableStatistics statistics = iceberg.getTableStatistics(session, handle.withProjectedColumns(Set.of(icebergColumn)));
        return Optional.ofNullable(statistics.getColumnStatistics().get(icebergColumn))
                .flatMap(values -> values.getRange())
                .map(DoubleRange::getMax)
                .filter(Double::isFinite)
                .flatMap(newest -> instant(icebergColumn.getType(), newest));
    }

    /**
     * Statistics have microseconds for timestamps, milliseconds for those with a zone, and days for dates.
     */
    private static Optional<Instant> instant(Type type, double value)
    {
        if (type instanceof TimestampType) {
            return Optional.of(Instant.EPOCH.plus(Duration.ofMillis(Math.floorDiv((long) value, 1000)).plusNanos(Math.floorMod((long) value, 1000) * 1000L)));
        }
        if (type instanceof TimestampWithTimeZoneType) {
            return Optional.of(Instant.ofEpochMilli((long) value));
        }
        if (type.equals(DATE)) {
            return Optional.of(Instant.EPOCH.plus(Duration.ofDays((long) value)));
        }
        return Optional.empty();
    }
}
