package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import io.meshwright.bridge.reconciliation.KeyDifferences.Counts;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.fingerprint.Fingerprint;
import io.meshwright.model.fingerprint.FingerprintPlan;
import io.meshwright.model.product.MigrationSpec.Comparison;
import io.meshwright.model.reconciliation.CountPlan;
import io.meshwright.model.reconciliation.MaskedKey;
import io.meshwright.model.reconciliation.ReconciliationReport;
import io.meshwright.model.reconciliation.ReconciliationReport.NotCompared;
import io.meshwright.model.reconciliation.ReconciliationRule;
import io.meshwright.model.reconciliation.WindowComparison;
import io.meshwright.model.reconciliation.WindowResult;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static com.google.common.collect.Maps.transformValues;
import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static java.util.Objects.requireNonNull;

/**
 * One run that compares rows. Windows that sums do not prove equal are read once more, in a new transaction and at the product's current snapshot, and only what
 * differs then is a difference: rows that were on their way have arrived.
 */
final class RowReconciliation
{
    /**
     * Keys of each kind that are named, and whose values are read.
     */
    static final int SAMPLE = 100;
    // a night less than the gate of a full pass asks for, so that one nightly run after another keeps it open
    private static final Duration FULL_PASS = Duration.ofDays(6);
    private static final Counts NOTHING = new Counts(0, 0, 0, 0);

    private final ReconciliationRequest request;
    private final CountPlan counts;
    private final Supplier<LegacySession> sessions;
    private final Supplier<PinnedProduct> products;
    private final LegacyMeter meter;
    private final ReconciliationCache cache;
    private final Clock clock;
    private final Consumer<String> progress;
    private final Instant started;

    private final Map<String, WindowResult> results = new TreeMap<>();
    private final List<NotCompared> notCompared = new ArrayList<>();
    private Map<String, ComparedWindowRow> former = Map.of();
    private Map<String, Fingerprint> legacyCounts = Map.of();
    private Map<String, String> fileSets = Map.of();
    private final Map<String, Long> meshRows = new HashMap<>();
    private String planHash;
    private ComparisonPlan plan;
    private ValueComparison values;
    private Instant legacyAsOf;
    private Optional<String> snapshotId = Optional.empty();
    private String legacyName;
    private long late;

    RowReconciliation(
            ReconciliationRequest request,
            CountPlan counts,
            Supplier<LegacySession> sessions,
            Supplier<PinnedProduct> products,
            LegacyMeter meter,
            ReconciliationCache cache,
            Clock clock,
            Consumer<String> progress,
            Instant started)
    {
        this.request = requireNonNull(request, "request is null");
        this.counts = requireNonNull(counts, "counts is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.products = requireNonNull(products, "products is null");
        this.meter = requireNonNull(meter, "meter is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.started = requireNonNull(started, "started is null");
    }

    ReconciliationReport run()
    {
        Set<String> suspects = firstRead();
        if (!suspects.isEmpty()) {
            try {
                secondRead(suspects);
            }
            catch (MeshException e) {
                if (e.kind() != EXTERNAL) {
                    throw e;
                }
                suspects.forEach(window -> results.putIfAbsent(window, skipped(window, e.getMessage())));
            }
        }
        return report();
    }

    /**
     * @return windows that the sums of both sides do not prove equal
     */
    private Set<String> firstRead()
    {
        // the legacy side first: when it does not answer, no engine need start
        try (LegacySession session = sessions.get()) {
            progress.accept("counting %s of %s%s".formatted(counts.legacyTable(), session.label(), counts.range().map(days -> ", " + days).orElse("")));
            legacyName = session.label() + "." + counts.legacyTable();
            legacyAsOf = session.asOf();
            Set<String> all = allWindows();
            Set<String> settled = all.stream().filter(window -> Reconciliation.isSettled(request, window, started)).collect(toImmutableSet());
            try (PinnedProduct product = products.get()) {
                snapshotId = product.snapshotId();
                plan = ComparisonPlanner.plan(session, request.migration(), counts, product.schema(), request.zone());
                notCompared.addAll(plan.notCompared());
                FingerprintPlan fingerprints = plan.fingerprints();
                long start = System.nanoTime();
                legacyCounts = LegacyTable.counts(session, plan.windows(), fingerprints, all);
                double countSeconds = (System.nanoTime() - start) / 1e9;
                fileSets = product.side().fileSets(counts, settled);
                planHash = ReconciliationCache.planHash(plan, legacyName);
                former = cache.last(request.product(), planHash);
                settling(product.side(), Sets.difference(all, settled));
                Set<String> asked = Sets.difference(settled, reuse(settled)).immutableCopy();
                return sums(session, product.side(), asked, countSeconds);
            }
        }
    }

    private Set<String> allWindows()
    {
        Set<String> all = new TreeSet<>(Reconciliation.windows(counts));
        if (counts.window().isPresent()) {
            all.add(WindowResult.NULL_WINDOW);
        }
        return all;
    }

    private void settling(ProductSide product, Set<String> windows)
    {
        if (windows.isEmpty()) {
            return;
        }
        Map<String, Long> mesh = product.counts(counts, windows);
        windows.forEach(window -> results.put(window, WindowResult.ofCounts(window, legacyRows(window), mesh.getOrDefault(window, 0L), false)));
    }

    /**
     * Windows of which nothing changed on either side since they were found equal, six days ago at most.
     */
    private Set<String> reuse(Set<String> settled)
    {
        Set<String> reused = new HashSet<>();
        for (String window : settled) {
            ComparedWindowRow row = former.get(window);
            boolean resumed = row != null && request.resumed().equals(Optional.of(row.runId()));
            if (row == null || !row.equal() || request.full() && !resumed || row.comparedAt().plus(FULL_PASS).isBefore(started)) {
                continue;
            }
            Fingerprint legacy = legacyCounts.getOrDefault(window, Fingerprint.EMPTY);
            if (row.fileSet().equals(fileSets.get(window)) && row.legacyRows() == legacy.rows() && row.legacyKeys().equals(legacy.keys().toString())) {
                results.put(window, WindowResult.ofRows(window, row.legacyRows(), row.meshRows(), 0, 0, 0, 0).comparedAt(row.comparedAt()));
                reused.add(window);
            }
        }
        if (!reused.isEmpty()) {
            progress.accept("%s of %s windows have not changed since they were compared".formatted(reused.size(), settled.size()));
        }
        return reused;
    }

    private Set<String> sums(LegacySession session, ProductSide product, Set<String> asked, double countSeconds)
    {
        if (asked.isEmpty()) {
            return Set.of();
        }
        progress.accept("comparing rows of %s windows, profile %s".formatted(asked.size(), plan.profileName()));
        FingerprintPlan fingerprints = plan.fingerprints();
        DirtyWindows dirty = new DirtyWindows(fingerprints);
        Set<String> suspects = new TreeSet<>();
        SumsPass pass = new SumsPass(new LegacyTable(session, plan.windows(), fingerprints, plan.profile()), fingerprints.exactColumns());
        pass.read(new TreeSet<>(asked), transformValues(legacyCounts, Fingerprint::rows), countSeconds, target(), columns -> product.windowSums(fingerprints, asked, columns), chunk -> {
            List<ComparedWindowRow> equal = new ArrayList<>();
            for (String window : chunk) {
                if (dirty.byHash(List.of(window), pass.legacySums(), pass.productSums()).isEmpty() && dirty.bySum(window, pass.legacySums(), pass.productSums()).isEmpty()) {
                    long rows = dirty.legacy(pass.legacySums(), window).fingerprint().rows();
                    results.put(window, WindowResult.ofRows(window, rows, rows, 0, 0, 0, 0));
                    equal.add(row(window, rows, true));
                }
                else {
                    suspects.add(window);
                }
            }
            // each part as soon as it is known, so that a run that is killed has not worked in vain
            cache.record(equal);
        });
        asked.forEach(window -> meshRows.put(window, dirty.product(pass.productSums(), window).fingerprint().rows()));
        pass.skipped().forEach((window, reason) -> results.put(window, skipped(window, reason)));
        return suspects;
    }

    private Duration target()
    {
        return Duration.ofSeconds(request.migration().protect().chunkSeconds());
    }

    private void secondRead(Set<String> suspects)
    {
        progress.accept("reading %s windows once more that differ".formatted(suspects.size()));
        try (LegacySession session = sessions.get(); PinnedProduct product = products.get()) {
            legacyAsOf = session.asOf();
            snapshotId = product.snapshotId();
            FingerprintPlan fingerprints = plan.fingerprints();
            HashChoice.handshake(session, plan.profile(), fingerprints.hashed()).ifPresent(refusal -> {
                // behind one address there may be several servers
                throw new MeshException(ReconciliationRule.PROFILE, EXTERNAL, "Another server answers now than at first: " + refusal, "compare with one server only, by its own address");
            });
            LegacyTable legacy = new LegacyTable(session, plan.windows(), fingerprints, plan.profile());
            legacyCounts = new HashMap<>(legacyCounts);
            legacyCounts.putAll(LegacyTable.counts(session, plan.windows(), fingerprints, suspects));
            fileSets = product.side().fileSets(counts, suspects);
            // where keys are not compared, columns are what can be told
            SumsPass pass = new SumsPass(legacy, request.level() == Comparison.ROWS ? fingerprints.exactColumns() : fingerprints.allColumns());
            pass.read(suspects, transformValues(legacyCounts, Fingerprint::rows), 0, target(), columns -> product.side().windowSums(fingerprints, suspects, columns), chunk -> {});
            pass.skipped().forEach((window, reason) -> results.put(window, skipped(window, reason)));
            Set<String> read = suspects.stream().filter(window -> !pass.skipped().containsKey(window)).collect(toImmutableSet());
            DirtyWindows dirty = new DirtyWindows(fingerprints);
            Set<String> byHash = dirty.byHash(read, pass.legacySums(), pass.productSums());
            Map<String, Counts> found = Map.of();
            if (request.level() == Comparison.ROWS && !byHash.isEmpty()) {
                KeyDifferences differences = new RowComparison(fingerprints, legacy, product.side(), SAMPLE).find(byHash, pass.legacySums(), pass.productSums());
                found = differences.byWindow();
                values = new ValueComparison(fingerprints, new MaskedKey(request.migration().key(), request.clearColumns()));
                values.compare(sampled(differences), legacy, product.side());
            }
            List<ComparedWindowRow> rows = new ArrayList<>();
            for (String window : read) {
                WindowResult result = result(window, byHash.contains(window), found.getOrDefault(window, NOTHING), dirty, pass);
                results.put(window, result);
                rows.add(row(window, result.mesh(), result.state() == WindowResult.State.OK));
            }
            cache.record(rows);
        }
    }

    private static List<KeyDifferences.DifferingKey> sampled(KeyDifferences differences)
    {
        Map<KeyDifferences.Kind, Integer> kinds = new HashMap<>();
        return differences.sample().stream().filter(key -> kinds.merge(key.kind(), 1, Integer::sum) <= SAMPLE).collect(toImmutableList());
    }

    private WindowResult result(String window, boolean differs, Counts found, DirtyWindows dirty, SumsPass pass)
    {
        long legacyRows = dirty.legacy(pass.legacySums(), window).fingerprint().rows();
        long meshRows = dirty.product(pass.productSums(), window).fingerprint().rows();
        List<String> sums = dirty.bySum(window, pass.legacySums(), pass.productSums());
        if (request.level() != Comparison.ROWS && differs) {
            String columns = String.join(", ", dirty.columnsOf(window, pass.legacySums(), pass.productSums()));
            return WindowResult.ofCounts(window, legacyRows, meshRows, true).differing("rows differ" + (columns.isEmpty() ? "" : " in " + columns) + ", and keys were not compared");
        }
        WindowResult result = WindowResult.ofRows(window, legacyRows, meshRows, found.missing(), found.extra(), found.changed(), found.duplicate());
        boolean unexplained = differs && found.equals(NOTHING);
        if (unexplained) {
            return result.differing("sums differ, and no row explains it");
        }
        countLate(window, found, legacyRows);
        // rows that only one side has are in no sum of the other
        return sums.isEmpty() || !found.equals(NOTHING) ? result : result.differing("the sums of " + String.join(", ", sums) + " differ by more than their tolerance");
    }

    /**
     * Rows of a window that had been closed and compared, which the legacy side did not have then.
     */
    private void countLate(String window, Counts found, long legacyRows)
    {
        ComparedWindowRow row = former.get(window);
        if (row != null && !request.resumed().equals(Optional.of(row.runId()))) {
            late += Math.min(found.missing(), Math.max(0, legacyRows - row.legacyRows()));
        }
    }

    private ComparedWindowRow row(String window, long meshRows, boolean equal)
    {
        Fingerprint legacy = legacyCounts.getOrDefault(window, Fingerprint.EMPTY);
        return new ComparedWindowRow(
                request.product(), planHash, window, request.runId(), fileSets.getOrDefault(window, ""), legacy.rows(), legacy.keys().toString(), meshRows, equal, clock.instant());
    }

    private WindowResult skipped(String window, String reason)
    {
        return WindowResult.skipped(window, legacyRows(window), meshRows.getOrDefault(window, 0L), reason);
    }

    private long legacyRows(String window)
    {
        return legacyCounts.getOrDefault(window, Fingerprint.EMPTY).rows();
    }

    private ReconciliationReport report()
    {
        WindowResult withoutDay = results.get(WindowResult.NULL_WINDOW);
        if (withoutDay != null && withoutDay.legacy() == 0 && withoutDay.mesh() == 0 && withoutDay.state() == WindowResult.State.OK) {
            results.remove(WindowResult.NULL_WINDOW);
        }
        List<WindowResult> windows = ImmutableList.copyOf(results.values());
        long changed = windows.stream().mapToLong(window -> window.changed().orElse(0)).sum();
        long read = values == null ? 0 : values.changedRows();
        boolean rows = request.level() == Comparison.ROWS;
        if (rows && changed > read) {
            notCompared.add(new NotCompared("values of %s of %s changed rows".formatted(changed - read, changed), "the columns of a sample are read; the rows are counted all the same"));
        }
        OptionalLong formatOnly = rows && changed <= read ? OptionalLong.of(values == null ? 0 : values.formatOnlyRows()) : OptionalLong.empty();
        WindowComparison comparison = WindowComparison.ofRows(windows, rows ? OptionalLong.of(late) : OptionalLong.empty(), formatOnly, request.threshold());
        return new ReconciliationReport(
                request.product(),
                legacyName,
                snapshotId,
                Optional.of(legacyAsOf),
                plan.profileName(),
                request.zone().getId(),
                comparison,
                values == null ? List.of() : values.differences(),
                values == null ? List.of() : values.columns(),
                notCompared,
                plan.rules(),
                meter.cost(),
                request.runId(),
                started,
                clock.instant());
    }
}
