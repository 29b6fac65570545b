package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableSet;
import io.meshwright.model.finding.MeshException;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * Reads the sums of windows of both sides at the same time, of the legacy side by statements that take about as long as they may.
 */
final class SumsPass
{
    // measured: hashing rows takes about four times as long as counting them
    private static final double HASH_PER_COUNT = 4;

    private final LegacyTable legacy;
    private final Set<Integer> columns;
    private final Map<String, LegacySums> legacySums = new HashMap<>();
    private final Map<String, String> skipped = new TreeMap<>();
    private Map<String, WindowSums> productSums = Map.of();
    private Optional<MeshException> failure = Optional.empty();

    /**
     * @param columns places of the hashed columns whose hashes are added up on both sides
     */
    SumsPass(LegacyTable legacy, Set<Integer> columns)
    {
        this.legacy = requireNonNull(legacy, "legacy is null");
        this.columns = ImmutableSet.copyOf(columns);
    }

    /**
     * @param rows of each window on the legacy side
     * @param countSeconds how long it took to count them
     * @param product reads the other side
     * @param done is told of each part of the windows as soon as both sides have been read
     */
    void read(Collection<String> windows, Map<String, Long> rows, double countSeconds, Duration target, ProductSums product, Consumer<List<String>> done)
    {
        // a thread of its own inherits the class loader that engines need, which the common pool does not
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CompletableFuture<Map<String, WindowSums>> other = CompletableFuture.supplyAsync(() -> product.read(columns), executor);
        try {
            long counted = Math.max(1, rows.values().stream().mapToLong(Long::longValue).sum());
            ChunkPacer pacer = new ChunkPacer(target.toMillis() / 1000.0, HASH_PER_COUNT * countSeconds / counted, rows, windows);
            while (!pacer.isDone()) {
                List<String> chunk = pacer.next();
                if (!readChunk(pacer, chunk)) {
                    continue;
                }
                productSums = join(other);
                done.accept(chunk);
            }
        }
        finally {
            executor.shutdown();
            productSums = join(other);
        }
    }

    interface ProductSums
    {
        Map<String, WindowSums> read(Set<Integer> columns);
    }

    private boolean readChunk(ChunkPacer pacer, List<String> chunk)
    {
        if (failure.isPresent()) {
            chunk.forEach(window -> skipped.put(window, failure.orElseThrow().getMessage()));
            return false;
        }
        long start = System.nanoTime();
        try {
            legacySums.putAll(legacy.windowSums(chunk, columns));
            pacer.measured(chunk, (System.nanoTime() - start) / 1e9);
            return true;
        }
        catch (LegacyException e) {
            if (e.failure() == LegacyFailure.TIMEOUT) {
                if (!pacer.tookTooLong(chunk)) {
                    skipped.put(chunk.get(0), e.getMessage());
                }
                return false;
            }
            if (e.failure() != LegacyFailure.CONNECTION) {
                throw e;
            }
            stop(e, chunk);
            return false;
        }
        catch (MeshException e) {
            if (e.kind() != MeshException.Cause.EXTERNAL) {
                throw e;
            }
            stop(e, chunk);
            return false;
        }
    }

    private void stop(MeshException reason, List<String> chunk)
    {
        failure = Optional.of(reason);
        chunk.forEach(window -> skipped.put(window, reason.getMessage()));
    }

    private static Map<String, WindowSums> join(CompletableFuture<Map<String, WindowSums>> other)
    {
        try {
            return other.join();
        }
        catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException ? (RuntimeException) e.getCause() : e;
        }
    }

    Map<String, LegacySums> legacySums()
    {
        return legacySums;
    }

    Map<String, WindowSums> productSums()
    {
        return productSums;
    }

    /**
     * Windows that could not be read, with the reason.
     */
    Map<String, String> skipped()
    {
        return skipped;
    }
}
