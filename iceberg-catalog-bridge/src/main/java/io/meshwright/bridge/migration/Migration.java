package io.meshwright.bridge.migration;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.migration.Migrations.Dial;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.bridge.result.ResultTables;
import io.meshwright.bridge.result.WindowRow;
import io.meshwright.bridge.usage.UsageTables;
import io.meshwright.model.product.MigrationSpec;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

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
        return engineReaders(product.address().toString());
    }

    /**
     * Who was seen to read the legacy table, the last reader first. That nobody was seen is no proof.
     */
    public List<Reader> legacyReaders()
    {
        return engineReaders(legacy().usageName());
    }

    private List<Reader> engineReaders(String read)
    {
        Instant from = clock.instant().minus(quietTime());
        Map<String, Reader> readers = new TreeMap<>();
        new UsageTables(catalog).forEachRead(row -> {
            if (row.product().equals(read) && !row.endedAt().isBefore(from) && !row.outcome().equals("denied")) {
                readers.merge(row.userName(), new Reader(row.userName(), "trino", row.endedAt(), 1), Reader::plus);
            }
        });
        return lastFirst(readers.values().stream().collect(toImmutableList()));
    }

    static List<Reader> lastFirst(List<Reader> readers)
    {
        return ImmutableList.sortedCopyOf(Comparator.comparing(Reader::lastRead).reversed(), readers);
    }
}
