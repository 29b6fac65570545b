package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.MigrationSpec;
import io.meshwright.model.product.MigrationSpec.Comparison;
import io.meshwright.model.product.MigrationSpec.Grain;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;
import io.meshwright.model.reconciliation.ReconciliationRule;
import io.meshwright.model.reconciliation.WindowComparison;
import io.meshwright.model.reconciliation.WindowResult;
import org.apache.iceberg.exceptions.NotFoundException;

import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import static com.google.common.base.Throwables.getCausalChain;
import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static java.util.Objects.requireNonNull;

/**
 * Compares a product with the legacy table that it replaces, as deep as is asked for, and each level only where the one above does not prove both equal.
 */
public final class Reconciliation
{
    private static final String COUNTS = "counts";

    private final ReconciliationRequest request;
    private final Supplier<LegacySession> sessions;
    private final Supplier<PinnedProduct> products;
    private final LegacyMeter meter;
    private final ReconciliationCache cache;
    private final Clock clock;
    private final Consumer<String> progress;

    /**
     * @param sessions opens a new transaction on the legacy side
     * @param products opens the product at its current snapshot
     * @param meter of all sessions
     */
    public Reconciliation(
            ReconciliationRequest request,
            Supplier<LegacySession> sessions,
            Supplier<PinnedProduct> products,
            LegacyMeter meter,
            ReconciliationCache cache,
            Clock clock,
            Consumer<String> progress)
    {
        this.request = requireNonNull(request, "request is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.products = requireNonNull(products, "products is null");
        this.meter = requireNonNull(meter, "meter is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /**
     * @throws MeshException where nothing could be compared at all
     */
    public ReconciliationReport run()
    {
        try {
            return compare();
        }
        // Spark throws checked exceptions where none is declared
        catch (Exception e) {
            if (!(e instanceof MeshException) && isFileGone(e)) {
                throw new MeshException(
                        ReconciliationRule.SNAPSHOT_LOST,
                        EXTERNAL,
                        "A file of %s is gone: the snapshot that was read has expired meanwhile".formatted(request.product()),
                        "run it again, with --resume %s to keep what was compared; maintenance of the table must leave the tags %s* alone".formatted(request.runId(), SnapshotTag.PREFIX),
                        e);
            }
            throw e;
        }
    }

    private static boolean isFileGone(Throwable failure)
    {
        return getCausalChain(failure).stream()
                .anyMatch(cause -> cause instanceof NotFoundException || cause instanceof FileNotFoundException || cause instanceof NoSuchFileException);
    }

    private ReconciliationReport compare()
    {
        Instant started = clock.instant();
        MigrationSpec migration = request.migration();
        CountPlan counts = CountPlan.of(migration, request.range());
        if (request.level() == Comparison.COUNTS || migration.grain() == Grain.DISTINCT_KEY) {
            return counts(counts, started);
        }
        return new RowReconciliation(request, counts, sessions, products, meter, cache, clock, progress, started).run();
    }

    private ReconciliationReport counts(CountPlan plan, Instant started)
    {
        // the legacy side first: when it does not answer, no engine need start
        try (LegacySession session = sessions.get()) {
            progress.accept("counting %s of %s%s".formatted(plan.legacyTable(), session.label(), plan.range().map(days -> ", " + days).orElse("")));
            Map<String, Long> legacy = LegacyCounts.count(session, plan);
            try (PinnedProduct product = products.get()) {
                progress.accept("counting " + request.product());
                Set<String> expected = windows(plan);
                Map<String, Long> mesh = product.side().counts(plan, plan.range().isPresent() ? Sets.union(expected, ImmutableSet.of(WindowResult.NULL_WINDOW)) : expected);
                WindowComparison comparison = WindowComparison.ofCounts(expected, legacy, mesh, window -> isSettled(request, window, started), request.threshold());
                return new ReconciliationReport(
                        request.product(),
                        session.label() + "." + plan.legacyTable(),
                        product.snapshotId(),
                        Optional.of(session.asOf()),
                        COUNTS,
                        request.zone().getId(),
                        comparison,
                        notCompared(),
                        meter.cost(),
                        request.runId(),
                        started,
                        clock.instant());
            }
        }
    }

    private List<NotCompared> notCompared()
    {
        String reason = request.level() == Comparison.COUNTS
                ? "only counts are compared, so missing and surplus rows of one window cancel out"
                : "different keys are counted (grain: distinct key), so a key has no one row whose values could be compared";
        return ImmutableList.of(new NotCompared("keys and values of rows", reason));
    }

    static Set<String> windows(CountPlan plan)
    {
        return plan.range().map(DayRange::windows).orElse(ImmutableSet.of(WindowResult.WHOLE_TABLE));
    }

    static boolean isSettled(ReconciliationRequest request, String window, Instant now)
    {
        return request.range().map(days -> days.isSettled(window, request.migration().settle(), now)).orElse(true);
    }
}
