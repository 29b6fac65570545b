package io.meshwright.trino.usage;

import io.airlift.log.Logger;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.registry.IcebergProductRegistry;
import io.meshwright.bridge.usage.HeartbeatRow;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.bridge.usage.UsageBatch;
import io.meshwright.bridge.usage.UsageTables;
import io.meshwright.trino.LegacyCatalogs;
import io.meshwright.trino.usage.UsageSpool.Segment;
import io.trino.spi.classloader.ThreadContextClassLoader;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Brings sealed segments into the registry's tables, the oldest first, from a thread of its own. A segment is deleted when it is
 * there; one that is there already, because the process ended in between, is only deleted.
 */
final class UsageCommitter
{
    private static final Logger log = Logger.get(UsageCommitter.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final UsageSpool spool;
    private final Supplier<MeshCatalog> opener;
    private final String node;
    private final String catalogOfProducts;
    private final Set<String> producerCatalogs;
    private final LegacyCatalogs legacyCatalogs;
    private final Optional<String> region;
    private final OpenLineageEvents openLineage;
    private final OpenLineageSink sink;
    private final Thread thread;
    private final Object signal = new Object();

    private boolean sealed = true;
    private boolean stopping;

    // of the committing thread
    private Optional<Opened> opened = Optional.empty();
    private Duration pause = FIRST_PAUSE;
    private boolean failing;

    private record Opened(MeshCatalog catalog, UsageTables tables, IcebergProductRegistry registry) {}

    UsageCommitter(
            UsageSpool spool,
            Supplier<MeshCatalog> opener,
            String node,
            String catalogOfProducts,
            Set<String> producerCatalogs,
            LegacyCatalogs legacyCatalogs,
            Optional<String> region,
            OpenLineageEvents openLineage,
            OpenLineageSink sink)
    {
        this.spool = requireNonNull(spool, "spool is null");
        this.opener = requireNonNull(opener, "opener is null");
        this.node = requireNonNull(node, "node is null");
        this.catalogOfProducts = requireNonNull(catalogOfProducts, "catalogOfProducts is null");
        this.producerCatalogs = Set.copyOf(producerCatalogs);
        this.legacyCatalogs = requireNonNull(legacyCatalogs, "legacyCatalogs is null");
        this.region = requireNonNull(region, "region is null");
        this.openLineage = requireNonNull(openLineage, "openLineage is null");
        this.sink = requireNonNull(sink, "sink is null");
        thread = new Thread(this::run, "mesh-usage-commit");
        thread.setDaemon(true);
    }

    void start()
    {
        thread.start();
    }

    /**
     * Tells that there is something to commit.
     */
    void wake()
    {
        synchronized (signal) {
            sealed = true;
            signal.notifyAll();
        }
    }

    /**
     * Commits what is sealed, once, and ends. What cannot be committed in time stays on the disk for the next start.
     */
    void stop(Duration timeout)
            throws InterruptedException
    {
        synchronized (signal) {
            stopping = true;
            signal.notifyAll();
        }
        thread.join(timeout.toMillis());
    }

    private void run()
    {
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(UsageCommitter.class.getClassLoader())) {
            boolean last = false;
            while (!last) {
                last = awaitWork();
                commitAll();
            }
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        finally {
            opened.ifPresent(catalog -> catalog.catalog().close());
        }
    }

    private boolean awaitWork()
            throws InterruptedException
    {
        synchronized (signal) {
            if (failing && !stopping) {
                // woken early only to stop: new segments do not make the catalog answer
                long end = System.nanoTime() + pause.toNanos();
                while (!stopping && System.nanoTime() < end) {
                    signal.wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                }
            }
            while (!sealed && !failing && !stopping) {
                signal.wait();
            }
            sealed = false;
            return stopping;
        }
    }

    private void commitAll()
    {
        try {
            for (Segment segment : spool.sealed()) {
                commit(segment);
            }
            if (failing) {
                log.info("Usage goes to the registry again");
            }
            failing = false;
            pause = FIRST_PAUSE;
        }
        catch (IOException | RuntimeException e) {
            if (!failing) {
                log.warn(e, "Usage cannot be written to the registry now; it stays on the local disk and is tried again");
            }
            failing = true;
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            // a new connection may help
            opened.ifPresent(catalog -> catalog.catalog().close());
            opened = Optional.empty();
        }
    }

    private void commit(Segment segment)
            throws IOException
    {
        List<SpoolLine> lines;
        try {
            lines = UsageSpool.read(segment);
        }
        catch (IOException e) {
            log.error(e, "A segment is damaged; it is set aside, and its time counts as unknown");
            spool.setAside(segment);
            return;
        }
        List<QueryUsage> usages = lines.stream().flatMap(line -> line.usage().stream()).collect(toImmutableList());
        Optional<HeartbeatRow> heartbeat = lines.stream().flatMap(line -> line.heartbeat().stream()).findFirst();
        if (!usages.isEmpty() || heartbeat.isPresent()) {
            Opened catalog = opened();
            UsageBatch batch = batch(segment, usages, heartbeat, catalog);
            catalog.tables().write(batch);
            if (sink.isConfigured()) {
                sink.send(usages.stream()
                        .flatMap(usage -> openLineage.of(
                                usage,
                                batch.reads().stream().filter(row -> row.queryId().equals(usage.queryId())).collect(toImmutableList()),
                                batch.lineage().stream().filter(row -> row.queryId().equals(usage.queryId())).collect(toImmutableList())).stream())
                        .collect(toImmutableList()));
            }
        }
        spool.delete(segment);
    }

    private UsageBatch batch(Segment segment, List<QueryUsage> usages, Optional<HeartbeatRow> heartbeat, Opened catalog)
    {
        if (usages.isEmpty()) {
            return new UsageBatch(segment.id(), segment.made(), List.of(), List.of(), heartbeat);
        }
        UsageProducts products = new UsageProducts(catalog.registry().current(), catalogOfProducts, producerCatalogs, legacyCatalogs);
        UsageRows rows = new UsageRows(segment.id(), node, products, region);
        List<ReadRow> reads = usages.stream().flatMap(usage -> rows.reads(usage).stream()).collect(toImmutableList());
        return new UsageBatch(
                segment.id(),
                segment.made(),
                reads,
                usages.stream().flatMap(usage -> rows.lineage(usage).stream()).collect(toImmutableList()),
                heartbeat.map(row -> row.withReads(reads.size())));
    }

    private Opened opened()
    {
        if (opened.isEmpty()) {
            MeshCatalog catalog = opener.get();
            opened = Optional.of(new Opened(catalog, new UsageTables(catalog), new IcebergProductRegistry(catalog)));
        }
        return opened.orElseThrow();
    }
}
