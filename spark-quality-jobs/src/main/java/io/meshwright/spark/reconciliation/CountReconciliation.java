package io.meshwright.spark.reconciliation;

import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.reconciliation.LegacyCounts;
import io.meshwright.bridge.reconciliation.LegacyMeter;
import io.meshwright.bridge.reconciliation.LegacySession;
import io.meshwright.model.product.MigrationSpec;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.DayRange;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;
import io.meshwright.model.reconciliation.WindowComparison;
import io.meshwright.model.reconciliation.WindowResult;
import org.apache.iceberg.Snapshot;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * Compares the numbers of rows of a product and of the legacy table that it replaces, day by day.
 */
public final class CountReconciliation
{
    private static final String PROFILE = "counts";

    private final String product;
    private final MigrationSpec migration;
    private final BigDecimal threshold;
    private final ZoneId zone;
    private final Clock clock;
    private final Consumer<String> progress;

    /**
     * @param threshold the declared completeness; every difference is a breach where none is declared
     */
    public CountReconciliation(String product, MigrationSpec migration, Optional<BigDecimal> threshold, ZoneId zone, Clock clock, Consumer<String> progress)
    {
        this.product = requireNonNull(product, "product is null");
        this.migration = requireNonNull(migration, "migration is null");
        this.threshold = threshold.orElse(BigDecimal.ONE);
        this.zone = requireNonNull(zone, "zone is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    public ReconciliationReport run(SparkProductSide table, LegacySession legacy, LegacyMeter meter, Optional<DayRange> range, String runId)
    {
        Instant started = clock.instant();
        CountPlan plan = CountPlan.of(migration, range);
        progress.accept("counting %s of %s%s".formatted(plan.legacyTable(), legacy.label(), plan.range().map(days -> ", " + days).orElse("")));
        Map<String, Long> legacyCounts = LegacyCounts.count(legacy, plan);
        progress.accept("counting " + product);
        Set<String> expected = plan.range().map(DayRange::windows).orElse(ImmutableSet.of(WindowResult.WHOLE_TABLE));
        Set<String> counted = plan.range().isEmpty() ? expected : ImmutableSet.<String>builder().addAll(expected).add(WindowResult.NULL_WINDOW).build();
        Map<String, Long> meshCounts = table.counts(plan, counted);
        WindowComparison comparison = WindowComparison.ofCounts(
                expected,
                legacyCounts,
                meshCounts,
                window -> plan.range().map(days -> days.isSettled(window, migration.settle(), started)).orElse(true),
                threshold);
        return new ReconciliationReport(
                product,
                legacy.label() + "." + plan.legacyTable(),
                Optional.ofNullable(table.table().currentSnapshot()).map(Snapshot::snapshotId).map(String::valueOf),
                Optional.of(legacy.asOf()),
                PROFILE,
                zone.getId(),
                comparison,
                List.of(new NotCompared("keys and values of rows", "only counts are compared, so missing and surplus rows of one window cancel out")),
                meter.cost(),
                runId,
                started,
                clock.instant());
    }
}
