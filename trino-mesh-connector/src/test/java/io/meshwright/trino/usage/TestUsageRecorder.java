package io.meshwright.trino.usage;

import io.meshwright.bridge.catalog.CatalogRule;
import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.usage.HeartbeatRow;
import io.meshwright.bridge.usage.ReadRow;
import io.meshwright.bridge.usage.UsageCoverage;
import io.meshwright.bridge.usage.UsageTables;
import io.meshwright.model.finding.MeshException;
import io.meshwright.trino.LegacyCatalogs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.trino.testing.assertions.Assert.assertEventually;
import static org.assertj.core.api.Assertions.assertThat;

class TestUsageRecorder
{
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void testShutDownWritesEverything()
            throws Exception
    {
        Instant before = Instant.now();
        try (Listener listener = new Listener(1 << 20, 1 << 20, Duration.ofHours(1), () -> TestingUsage.open(folder))) {
            listener.query("q-1");
            listener.query("q-2");
            listener.stop();
        }
        try (MeshCatalog catalog = TestingUsage.open(folder)) {
            assertThat(queries(catalog)).containsExactlyInAnyOrder("q-1", "q-2");
            List<HeartbeatRow> heartbeats = new UsageTables(catalog).heartbeats(_ -> true);
            assertThat(heartbeats).hasSize(1);
            assertThat(heartbeats.getFirst().stopped()).isTrue();
            assertThat(heartbeats.getFirst().queries()).isEqualTo(2);
            assertThat(heartbeats.getFirst().reads()).isEqualTo(2);
            Instant now = Instant.now();
            UsageCoverage coverage = UsageCoverage.of(heartbeats, before, now);
            assertThat(coverage.gaps()).extracting(UsageCoverage.Gap::reason).containsExactly("before the first event listener");
            assertThat(coverage.completeTo()).contains(now);
        }
    }

    @Test
    void testAQueryThatRunsWhenTheServerIsShutDownIsNotKnown()
            throws Exception
    {
        try (Listener listener = new Listener(1 << 20, 1 << 20, Duration.ofHours(1), () -> TestingUsage.open(folder))) {
            listener.query("q-1");
            listener.recorder.began();
            listener.stop();
        }
        try (MeshCatalog catalog = TestingUsage.open(folder)) {
            HeartbeatRow heartbeat = new UsageTables(catalog).heartbeats(_ -> true).getLast();
            assertThat(heartbeat.lost()).isEqualTo(1);
            assertThat(heartbeat.reason()).contains("queries had not ended when the server was shut down");
        }
    }

    @Test
    void testAnUnreachableCatalogDelaysAndLosesNothing()
            throws Exception
    {
        AtomicBoolean reachable = new AtomicBoolean();
        Supplier<MeshCatalog> opener = () -> {
            if (!reachable.get()) {
                throw new MeshException(CatalogRule.UNREACHABLE, EXTERNAL, "Cannot open the catalog", "start it");
            }
            return TestingUsage.open(folder);
        };
        try (Listener listener = new Listener(1 << 20, 1 << 20, Duration.ofMillis(100), opener)) {
            for (int number = 0; number < 5; number++) {
                listener.query("q-" + number);
                int segments = number + 1;
                assertEventually(() -> assertThat(listener.spool.sealed()).hasSizeGreaterThanOrEqualTo(segments));
            }
            reachable.set(true);
            try (MeshCatalog catalog = TestingUsage.open(folder)) {
                assertEventually(() -> assertThat(queries(catalog)).containsExactlyInAnyOrder("q-0", "q-1", "q-2", "q-3", "q-4"));
            }
            listener.stop();
            assertThat(listener.spool.sealed()).isEmpty();
        }
        try (MeshCatalog catalog = TestingUsage.open(folder)) {
            List<HeartbeatRow> heartbeats = new UsageTables(catalog).heartbeats(_ -> true);
            Instant first = heartbeats.stream().map(HeartbeatRow::coversFrom).min(Instant::compareTo).orElseThrow();
            assertThat(UsageCoverage.of(heartbeats, first, Instant.now()).gaps()).isEmpty();
        }
    }

    @Test
    void testAFullSpoolLosesAndSaysSo()
            throws Exception
    {
        try (Listener listener = new Listener(3_000, 1 << 20, Duration.ofHours(1), () -> TestingUsage.open(folder))) {
            for (int number = 0; number < 20; number++) {
                listener.query("q-" + number);
                assertEventually(() -> assertThat(listener.recorder.queuedBytes()).isZero());
            }
            listener.stop();
        }
        try (MeshCatalog catalog = TestingUsage.open(folder)) {
            List<String> kept = queries(catalog);
            assertThat(kept).isNotEmpty().hasSizeLessThan(10);
            HeartbeatRow heartbeat = new UsageTables(catalog).heartbeats(_ -> true).getFirst();
            assertThat(heartbeat.lost()).isEqualTo(20 - kept.size());
            assertThat(heartbeat.reason()).contains("the spool could not be written: the spool has reached its size of 3000 bytes");
            UsageCoverage coverage = UsageCoverage.of(List.of(heartbeat), heartbeat.coversFrom(), heartbeat.coversTo());
            assertThat(coverage.gaps()).extracting(UsageCoverage.Gap::lost).containsExactly(heartbeat.lost());
        }
    }

    @Test
    void testAQueryWaitsNeitherForTheDiskNorForTheCatalog()
            throws Exception
    {
        CountDownLatch answer = new CountDownLatch(1);
        Supplier<MeshCatalog> opener = () -> {
            try {
                answer.await();
            }
            catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return TestingUsage.open(folder);
        };
        int count = 10_000;
        try (Listener listener = new Listener(1 << 30, 100_000, Duration.ofMillis(100), opener)) {
            // the disk: whoever holds the spool keeps the spooling thread from writing
            synchronized (listener.spool) {
                for (int number = 0; number < count; number++) {
                    listener.query("q-" + number);
                }
                assertThat(listener.recorder.queuedBytes()).as("bounded by its bytes").isBetween(1L, 100_000L);
                assertThat(listener.recorder.lost()).isBetween(count - 1_000L, (long) count);
            }
            // the catalog, which has not answered yet: the disk takes over
            assertEventually(() -> assertThat(listener.recorder.queuedBytes()).isZero());
            listener.query("last");
            assertEventually(() -> assertThat(listener.spool.sealed().size()).isGreaterThan(1));
            answer.countDown();
            listener.stop();
        }
        try (MeshCatalog catalog = TestingUsage.open(folder)) {
            assertThat(queries(catalog)).contains("q-0", "last");
            assertThat(new UsageTables(catalog).heartbeats(_ -> true).stream().mapToLong(HeartbeatRow::lost).sum()).isEqualTo(count + 1 - queries(catalog).size());
        }
    }

    @Test
    void testAServerWithoutQueriesSaysThatItWatches()
            throws Exception
    {
        try (Listener listener = new Listener(1 << 20, 1 << 20, Duration.ofHours(1), () -> TestingUsage.open(folder));
                MeshCatalog catalog = TestingUsage.open(folder)) {
            assertEventually(() -> assertThat(new UsageTables(catalog).heartbeats(_ -> true)).hasSizeGreaterThan(1));
            assertThat(new UsageTables(catalog).heartbeats(_ -> true)).allSatisfy(heartbeat -> assertThat(heartbeat.queries()).isZero());
            listener.stop();
        }
    }

    private static List<String> queries(MeshCatalog catalog)
    {
        return new UsageTables(catalog).reads(_ -> true).stream().map(ReadRow::queryId).toList();
    }

    private final class Listener
            implements AutoCloseable
    {
        private final UsageSpool spool;
        private final UsageRecorder recorder;
        private final UsageCommitter committer;

        private Listener(long maxSpoolBytes, long maxQueueBytes, Duration batchInterval, Supplier<MeshCatalog> opener)
                throws Exception
        {
            spool = new UsageSpool(folder.resolve("spool"), maxSpoolBytes);
            committer = TestingUsage.committer(spool, opener);
            recorder = new UsageRecorder(spool, new NamedTables("mesh"), "node-1", LegacyCatalogs.of(List.of(), List.of()), batchInterval, Duration.ofMillis(300), maxQueueBytes, Clock.systemUTC(), committer::wake);
            recorder.start();
            committer.start();
        }

        private void query(String id)
        {
            recorder.began();
            recorder.ended();
            recorder.offer(TestingUsage.seen(id));
        }

        private void stop()
                throws InterruptedException
        {
            recorder.stop(TIMEOUT);
            committer.stop(TIMEOUT);
        }

        @Override
        public void close()
                throws Exception
        {
            spool.close();
        }
    }
}
