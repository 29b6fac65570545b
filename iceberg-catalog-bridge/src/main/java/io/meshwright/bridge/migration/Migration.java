package io.meshwright.bridge.migration;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.migration.Migrations.Dial;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.result.WindowRow;
import io.meshwright.bridge.table.RowTable;
import io.meshwright.bridge.usage.HeartbeatRow;
import io.meshwright.bridge.usage.UsageCoverage;
import io.meshwright.bridge.usage.UsageTables;
import io.meshwright.model.product.MigrationSpec;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.maxBy;

/**
 * One product on its way to take over a legacy table, as the registry's tables tell it.
 */
public final class Migration
{
    private final MeshCatalog catalog;
    private final RegisteredProduct product;
    private final MigrationSpec spec;
    private final Clock clock;

    /**
     * @param product one that replaces a table
     */
    public Migration(MeshCatalog catalog, RegisteredProduct product, Clock clock)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.product = requireNonNull(product, "product is null");
        this.spec = product.spec().migration().orElseThrow(() -> new IllegalArgumentException(product.address() + " replaces nothing"));
        this.clock = requireNonNull(clock, "clock is null");
    }

    public RegisteredProduct product()
    {
        return product;
    }

    public MigrationSpec spec()
    {
        return spec;
    }

    public LegacyName legacy()
    {
        return LegacyName.of(spec);
    }

    public Migrations migrations()
    {
        return new Migrations(catalog, clock);
    }

    public Dial dial()
    {
        return migrations().dial(legacy());
    }

    public List<Gate> gates()
    {
        return new CutoverGates(catalog, clock).of(product);
    }

    public Optional<Long> servedSnapshot()
    {
        return new CutoverGates(catalog, clock).servedSnapshot(product);
    }

    /**
     * Any window of the last run that compared the declared table.
     */
    public Optional<WindowRow> lastReconciliation()
    {
        return new ResultTables(catalog).windows(product.address().toString()).stream()
                .filter(row -> row.legacy().equals(legacy().toString()))
                .max(Comparator.comparing(WindowRow::finishedAt));
    }

    /**
     * The time in which nobody must have read the legacy table before it may go.
     */
    public Duration quietTime()
    {
        return Duration.ofDays(spec.cutover().zeroConsumersDays());
    }

    /**
     * Who reads the product in Trino, the last reader first. Who was refused read nothing.
     */
    public List<Reader> meshReaders()
    {
        return engineReaders(product.address().toString()::equals, clock.instant());
    }

    /**
     * Who reads the legacy table, and whether that is all: by the statistics of its database and by Trino's event listener, each of which has to be unbroken.
     */
    public ReaderEvidence evidence()
    {
        Instant now = clock.instant();
        Instant from = now.minus(quietTime());
        List<LegacySampleRow> samples = samples();
        List<WindowRow> runs = new ResultTables(catalog).windows(product.address().toString());
        ReaderEvidence statistics = ReaderEvidence.ofStatistics(samples, from, now, (begin, end) -> runs.stream()
                .anyMatch(run -> run.legacy().equals(legacy().toString()) && !run.startedAt().isAfter(end) && !run.finishedAt().isBefore(begin)));
        String schema = samples.stream()
                .max(Comparator.comparing(LegacySampleRow::observedAt))
                .map(LegacySampleRow::schemaName)
                .or(legacy()::schema)
                .orElse("public");
        String name = LegacyName.usageName(legacy().reference(), schema, legacy().sqlTable());
        // what is passed through to the database can read any table
        String passedThrough = LegacyName.usageName(legacy().reference(), "_generated", "");
        return statistics.with(engineReaders(read -> read.equals(name) || read.startsWith(passedThrough), now), engineFaults(from, now));
    }

    private List<LegacySampleRow> samples()
    {
        ImmutableList.Builder<LegacySampleRow> samples = ImmutableList.builder();
        sampleTable().forEach(row -> {
            if (row.legacy().equals(legacy().toString())) {
                samples.add(row);
            }
        });
        return samples.build();
    }

    /**
     * Keeps a sample of the statistics.
     */
    public void record(LegacySampleRow sample)
    {
        sampleTable().append(List.of(sample));
    }

    private RowTable<LegacySampleRow> sampleTable()
    {
        return new RowTable<>(catalog, LegacySampleRow.TABLE, LegacySampleRow.SCHEMA);
    }

    private List<String> engineFaults(Instant from, Instant to)
    {
        List<HeartbeatRow> heartbeats = new UsageTables(catalog).heartbeats(heartbeat -> true);
        Set<String> faults = new LinkedHashSet<>();
        UsageCoverage.of(heartbeats, from, to).gaps().forEach(gap -> faults.add("Trino's event listener%s did not watch from %s to %s: %s".formatted(
                gap.node().map(node -> " on " + node).orElse(""), gap.from(), gap.to(), gap.reason())));
        heartbeats.stream()
                .filter(heartbeat -> heartbeat.coversTo().isAfter(from) && heartbeat.coversFrom().isBefore(to) && !heartbeat.watches(legacy().reference()))
                .collect(groupingBy(HeartbeatRow::node, TreeMap::new, maxBy(Comparator.comparing(HeartbeatRow::coversTo))))
                .forEach((node, last) -> faults.add("Trino's event listener on %s did not watch the catalog of %s until %s".formatted(node, legacy().reference(), last.orElseThrow().coversTo())));
        return ImmutableList.copyOf(faults);
    }

    private List<Reader> engineReaders(Predicate<String> concerned, Instant now)
    {
        Instant from = now.minus(quietTime());
        Map<String, Reader> readers = new TreeMap<>();
        new UsageTables(catalog).forEachRead(row -> {
            if (concerned.test(row.product()) && !row.endedAt().isBefore(from) && !row.outcome().equals("denied")) {
                readers.merge(row.userName(), new Reader(row.userName(), "trino", row.endedAt(), 1), Reader::plus);
            }
        });
        return lastFirst(ImmutableList.copyOf(readers.values()));
    }

    static List<Reader> lastFirst(List<Reader> readers)
    {
        return ImmutableList.sortedCopyOf(Comparator.comparing(Reader::lastRead).reversed(), readers);
    }
}
