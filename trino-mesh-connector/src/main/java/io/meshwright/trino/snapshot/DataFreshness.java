package io.meshwright.trino.snapshot;

import io.meshwright.bridge.result.SlaRow;
import io.meshwright.model.sla.ServiceLevels.Freshness;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.model.sla.SloResult;
import io.meshwright.model.sla.SloStatus;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ProductVersion;
import io.meshwright.trino.product.ReaderAccess;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

import static io.meshwright.trino.MeshErrorCode.MESH_STALE;
import static java.util.Objects.requireNonNull;

/**
 * How old the data of a snapshot is, and whether that is too old for what the product promises or the reader wants.
 */
public final class DataFreshness
{
    private final IcebergTables tables;
    private final Supplier<Map<String, SlaRow>> measurements;
    private final ReaderAccess access;
    private final DataAge ages = new DataAge();
    private final Clock clock;

    /**
     * @param measurements the last ones of freshness, by product
     */
    public DataFreshness(IcebergTables tables, Supplier<Map<String, SlaRow>> measurements, ReaderAccess access, Clock clock)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.measurements = requireNonNull(measurements, "measurements is null");
        this.access = requireNonNull(access, "access is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Refuses a snapshot that is older than the product promises, where the reader wants that, and one that is older than he wants.
     * What cannot be told is refused as well. Where the age comes from a column that is masked for the reader he gets no figure, and
     * may set no bound of his own: the bound that is just refused is a figure, too.
     */
    public void check(ConnectorSession session, Product product, Product.Table port, OptionalLong snapshotId)
    {
        Optional<Duration> maxAge = ReaderChoices.maxAge(session);
        boolean promised = ReaderChoices.onStale(session) == OnStale.FAIL;
        if (product.version().isEmpty() || (maxAge.isEmpty() && !promised)) {
            return;
        }
        ProductVersion version = product.version().orElseThrow();
        boolean seesAge = access.seesAge(product, session.getIdentity());
        if (maxAge.isPresent() && !seesAge) {
            throw MESH_STALE.exception("Product %s is refused: how old its data is comes from a column that is masked for you, so your max_age cannot be held against it; on_stale = FAIL can. Ask %s."
                    .formatted(product.address(), product.owner()));
        }
        Table table = tables.load(session, port.table());
        Instant now = clock.instant();
        if (promised) {
            SloResult result = promised(product, version, port, table, snapshotId, now);
            if (result.status() != SloStatus.MET) {
                throw MESH_STALE.exception(stale(product, version, result, seesAge, "its SLO freshness promises", "on_stale = FAIL"));
            }
        }
        if (maxAge.isPresent()) {
            Freshness bound = new Freshness(maxAge, false, Optional.empty(), Optional.empty(), version.serviceLevels().freshness().flatMap(Freshness::timestampField));
            SloResult result = SlaEvaluator.freshness(bound, measure(version, port, table, snapshotId, lastMeasured(product), now), now);
            if (result.status() != SloStatus.MET) {
                throw MESH_STALE.exception(stale(product, version, result, true, "your max_age allows", "max_age"));
            }
        }
    }

    /**
     * How old a snapshot is where metadata alone tells it; empty where data would have to be read, and where no freshness is promised.
     */
    public Optional<SlaMeasurement> byMetadata(ConnectorSession session, Product product, Product.Table port, OptionalLong snapshotId, Instant now)
    {
        return product.version()
                .filter(version -> version.serviceLevels().freshness().isPresent())
                .map(version -> measure(version, port, tables.load(session, port.table()), snapshotId, Optional.empty(), now))
                .filter(measurement -> measurement.newestData().isPresent());
    }

    boolean isAsPromised(Product product, ProductVersion version, Product.Table port, Table table, OptionalLong snapshotId)
    {
        return promised(product, version, port, table, snapshotId, clock.instant()).status() == SloStatus.MET;
    }

    private SloResult promised(Product product, ProductVersion version, Product.Table port, Table table, OptionalLong snapshotId, Instant now)
    {
        Optional<Freshness> objective = version.serviceLevels().freshness();
        if (objective.isEmpty()) {
            return new SloResult(SlaEvaluator.FRESHNESS, SloStatus.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("the product promises no freshness"));
        }
        return SlaEvaluator.freshness(objective.orElseThrow(), measure(version, port, table, snapshotId, lastMeasured(product), now), now);
    }

    private SlaMeasurement measure(ProductVersion version, Product.Table port, Table table, OptionalLong snapshotId, Optional<SlaRow> measured, Instant now)
    {
        if (snapshotId.isEmpty()) {
            return SlaMeasurement.missing("the product has no data yet");
        }
        Snapshot snapshot = table.snapshot(snapshotId.orElseThrow());
        if (snapshot == null) {
            return SlaMeasurement.missing("the snapshot that is read is not kept any more");
        }
        return ages.measure(table, snapshot, version.serviceLevels().freshness(), port.model(), measured, now);
    }

    private Optional<SlaRow> lastMeasured(Product product)
    {
        return Optional.ofNullable(measurements.get().get(product.address()));
    }

    private static String stale(Product product, ProductVersion version, SloResult result, boolean seesAge, String bound, String choice)
    {
        String threshold = result.threshold().map(seconds -> "at most " + readable(seconds)).orElse("nothing");
        String contact = version.serviceLevels().support().map(support -> " (" + support + ")").orElse("");
        String figure = seesAge ? figure(result) : "older, or of unknown age (how old comes from a column that is masked for you)";
        return "Product %s is stale: its data is %s, and %s %s (%s). Ask %s%s.".formatted(product.address(), figure, bound, threshold, choice, product.owner(), contact);
    }

    private static String figure(SloResult result)
    {
        return result.actual()
                .map(age -> "%s old, measured at %s by %s".formatted(readable(age), result.measuredAt().map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("an unknown time"), result.source().orElse("an unknown source")))
                .orElseGet(() -> "of unknown age: " + result.message().orElse("nothing was measured"));
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
}
