package io.meshwright.trino.control;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableMap;
import io.airlift.log.Logger;
import io.airlift.units.Duration;
import io.meshwright.model.sla.SloStatus;
import io.meshwright.trino.product.Product;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static java.util.Objects.requireNonNull;

/**
 * Words for the comment of a stale product. A query never waits for them: they go by the last measurements that were read,
 * and these are read again in the background.
 */
final class StaleNotes
{
    private static final Logger log = Logger.get(StaleNotes.class);
    private static final long LEAST_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LatestResults results;
    private final long intervalNanos;
    private final Clock clock;
    private final Ticker ticker;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Optional<Long> lastReading = Optional.empty();

    StaleNotes(LatestResults results, Duration refreshInterval, Clock clock, Ticker ticker)
    {
        this.results = requireNonNull(results, "results is null");
        this.intervalNanos = Math.max(LEAST_INTERVAL_NANOS, refreshInterval.roundTo(TimeUnit.NANOSECONDS));
        this.clock = requireNonNull(clock, "clock is null");
        this.ticker = requireNonNull(ticker, "ticker is null");
    }

    /**
     * Empty where the product is not known to be stale.
     */
    Optional<String> note(Product product)
    {
        readIfDue();
        return results.lastKnownSla()
                .flatMap(last -> ProductTable.freshness(product, last.getOrDefault(product.address(), ImmutableMap.of()), clock.instant()))
                .filter(freshness -> freshness.status() == SloStatus.MISSED)
                .map(freshness -> "(stale: freshness %s was missed at %s)".formatted(
                        freshness.objective(),
                        freshness.result().measuredAt().orElseThrow()));
    }

    private void readIfDue()
    {
        boolean due = lastReading.map(last -> ticker.read() - last >= intervalNanos).orElse(true);
        if (!due || !reading.compareAndSet(false, true)) {
            return;
        }
        lastReading = Optional.of(ticker.read());
        Thread.ofVirtual().name("mesh-stale-notes").start(() -> {
            try {
                results.sla();
            }
            catch (IOException | RuntimeException e) {
                log.warn(e, "The last measurements of service levels could not be read");
            }
            finally {
                reading.set(false);
            }
        });
    }
}
