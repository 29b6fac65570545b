package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableSortedSet;
import io.airlift.log.Logger;
import io.meshwright.bridge.usage.HeartbeatRow;
import io.meshwright.trino.LegacyCatalogs;
import io.meshwright.trino.usage.QueryUsages.Seen;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import static com.google.common.collect.Comparators.max;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Brings what queries used to the local disk, from a thread of its own. The thread of a query only puts something small into a
 * queue of bounded size; what does not fit is counted, and the next heartbeat tells it.
 */
final class UsageRecorder
{
    private static final Logger log = Logger.get(UsageRecorder.class);
    private static final int LINES_AT_ONCE = 1000;
    // a query's event comes a little after its end
    static final Duration EVENT_DELAY = Duration.ofSeconds(5);
    private static final Duration LOSS_LOGGED_EVERY = Duration.ofMinutes(1);

    private final UsageSpool spool;
    private final NamedTables names;
    private final String node;
    private final Optional<String> legacyWarehouses;
    private final String start = UUID.randomUUID().toString();
    private final Duration batchInterval;
    private final Duration heartbeatInterval;
    private final long maxQueueBytes;
    private final Clock clock;
    private final Runnable onSealed;
    private final Thread thread;

    private final BlockingQueue<Seen> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queueBytes = new AtomicLong();
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong queries = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicReference<String> lossReason = new AtomicReference<>();
    private volatile boolean stopping;

    // of the spooling thread
    private Instant coveredTo;
    private Instant lastSeal;
    private boolean usageInSegment;
    private Instant lossLogged = Instant.EPOCH;

    /**
     * @param batchInterval how long usage waits on the disk before it goes to the registry
     * @param heartbeatInterval how often a server without usage says that it watches
     * @param onSealed called by the spooling thread whenever there is something to go to the registry
     */
    UsageRecorder(
            UsageSpool spool,
            NamedTables names,
            String node,
            LegacyCatalogs legacyCatalogs,
            Duration batchInterval,
            Duration heartbeatInterval,
            long maxQueueBytes,
            Clock clock,
            Runnable onSealed)
    {
        this.spool = requireNonNull(spool, "spool is null");
        this.names = requireNonNull(names, "names is null");
        this.node = requireNonNull(node, "node is null");
        legacyWarehouses = Optional.of(String.join(",", ImmutableSortedSet.copyOf(legacyCatalogs.byReference().keySet()))).filter(watched -> !watched.isEmpty());
        this.batchInterval = requireNonNull(batchInterval, "batchInterval is null");
        this.heartbeatInterval = requireNonNull(heartbeatInterval, "heartbeatInterval is null");
        this.maxQueueBytes = maxQueueBytes;
        this.clock = requireNonNull(clock, "clock is null");
        this.onSealed = requireNonNull(onSealed, "onSealed is null");
        coveredTo = clock.instant();
        lastSeal = coveredTo;
        thread = new Thread(this::run, "mesh-usage-spool");
        thread.setDaemon(true);
    }

    void start()
    {
        thread.start();
    }

    /**
     * Counts a query that began.
     */
    void began()
    {
        open.incrementAndGet();
    }

    /**
     * Counts a query that ended.
     */
    void ended()
    {
        open.decrementAndGet();
        queries.incrementAndGet();
    }

    /**
     * Takes what a query used. Never waits: where there is no room it is lost, and counted.
     */
    void offer(Seen seen)
    {
        long bytes = weight(seen);
        if (queueBytes.addAndGet(bytes) > maxQueueBytes) {
            queueBytes.addAndGet(-bytes);
            lose(1, "the disk of the spool was too slow, the queue in memory was full");
            return;
        }
        queue.add(seen);
    }

    /**
     * Counts queries that could not be recorded.
     */
    void lose(long count, String reason)
    {
        lost.addAndGet(count);
        lossReason.set(reason);
    }

    long lost()
    {
        return lost.get();
    }

    /**
     * The bytes of what waits for the disk or is being written, at most those of the queue.
     */
    long queuedBytes()
    {
        return queueBytes.get();
    }

    /**
     * Writes what is in the queue, and a last heartbeat: the server ends, and no query will follow.
     */
    void stop(Duration timeout)
            throws InterruptedException
    {
        stopping = true;
        thread.join(timeout.toMillis());
    }

    private void run()
    {
        List<Seen> batch = new ArrayList<>();
        while (!stopping || !queue.isEmpty()) {
            try {
                Seen first = queue.poll(pollMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, LINES_AT_ONCE - 1);
                    write(batch);
                }
                if (isDue()) {
                    seal(false);
                }
            }
            catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            catch (RuntimeException e) {
                lose(batch.size(), "the listener failed: " + e);
                log.error(e, "The usage of %s queries could not be recorded", batch.size());
            }
            batch.forEach(seen -> queueBytes.addAndGet(-weight(seen)));
            batch.clear();
        }
        seal(true);
    }

    private long pollMillis()
    {
        long untilDue = Duration.between(clock.instant(), lastSeal.plus(usageInSegment ? batchInterval : heartbeatInterval)).toMillis();
        // a stop is seen within this time
        return Math.clamp(untilDue, 1, 100);
    }

    private boolean isDue()
    {
        Duration age = Duration.between(lastSeal, clock.instant());
        return age.compareTo(usageInSegment ? batchInterval : heartbeatInterval) >= 0;
    }

    private void write(List<Seen> batch)
    {
        List<QueryUsage> usages = batch.stream()
                .map(this::complete)
                .filter(usage -> !usage.isEmpty())
                .collect(toImmutableList());
        if (usages.isEmpty()) {
            return;
        }
        try {
            spool.append(usages.stream().map(SpoolLine::of).collect(toImmutableList()));
            usageInSegment = true;
        }
        catch (IOException e) {
            lose(usages.size(), "the spool could not be written: " + e.getMessage());
            logLoss(e);
        }
    }

    private QueryUsage complete(Seen seen)
    {
        if (seen.text().isEmpty()) {
            return seen.usage();
        }
        Optional<List<TableName>> asked = names.of(seen.text().orElseThrow(), seen.catalog(), seen.schema());
        if (asked.isEmpty()) {
            lose(1, "the text of a query that failed was too long or too deep to tell what it asked for");
        }
        return asked.map(seen.usage()::withAsked).orElse(seen.usage());
    }

    /**
     * Where this fails the segment stays open, and the next heartbeat covers this time, too.
     */
    private void seal(boolean last)
    {
        Instant now = clock.instant();
        lastSeal = now;
        if (last && open.get() > 0) {
            lose(open.get(), "queries had not ended when the server was shut down");
        }
        long lostNow = lost.getAndSet(0);
        long queriesNow = queries.getAndSet(0);
        Instant covers = last ? now : max(now.minus(EVENT_DELAY), coveredTo);
        try {
            spool.seal(SpoolLine.of(new HeartbeatRow(
                    spool.openId(),
                    node,
                    start,
                    coveredTo,
                    covers,
                    now.plus(heartbeatInterval.multipliedBy(2)).plus(EVENT_DELAY),
                    queriesNow,
                    0,
                    lostNow,
                    last,
                    lostNow == 0 ? Optional.empty() : Optional.ofNullable(lossReason.get()),
                    legacyWarehouses)));
            coveredTo = covers;
            usageInSegment = false;
            onSealed.run();
        }
        catch (IOException | RuntimeException e) {
            lost.addAndGet(lostNow);
            queries.addAndGet(queriesNow);
            logLoss(e);
        }
    }

    private void logLoss(Exception reason)
    {
        Instant now = clock.instant();
        if (Duration.between(lossLogged, now).compareTo(LOSS_LOGGED_EVERY) >= 0) {
            lossLogged = now;
            log.error(reason, "Usage cannot be kept on the local disk; %s queries are not recorded so far", lost.get());
        }
    }

    /**
     * A guess at the bytes that it takes in memory.
     */
    private static long weight(Seen seen)
    {
        QueryUsage usage = seen.usage();
        long columns = usage.inputs().stream().mapToLong(input -> input.columns().size() + input.product().stream().mapToLong(read -> read.personalColumns().size()).sum()).sum() +
                usage.output().stream().flatMap(output -> output.columns().stream()).mapToLong(column -> 1 + column.sources().size()).sum();
        return 2_000 + 100 * columns + 2L * seen.text().map(String::length).orElse(0) + 2L * usage.text().map(String::length).orElse(0);
    }
}
