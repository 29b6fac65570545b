package io.meshwright.trino.registry;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.airlift.units.Duration;
import io.meshwright.bridge.table.Row;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static java.util.Objects.requireNonNull;

/**
 * The essence of a table of results, kept up to date: each row is read once, when it is new. Thread-safe.
 *
 * @param <K> what there is one entry of
 */
public final class RegistryDigest<K, V>
{
    /**
     * Puts one row into the digest. Rows come in no particular order.
     */
    public interface Fold<K, V>
    {
        /**
         * @param part in which the row is, see {@link RegistryRows#part()}
         */
        void add(Map<K, V> digest, Row row, String part);
    }

    private record Known<K, V>(OptionalLong snapshotId, Set<String> parts, Map<K, V> digest) {}

    private final RegistryTables tables;
    private final String table;
    private final List<String> columns;
    private final Fold<K, V> fold;
    private final long refreshNanos;
    private final Ticker ticker;

    private volatile Optional<Known<K, V>> known = Optional.empty();
    private long lastAnswer;

    /**
     * @param refreshInterval how long a state is used before the table is asked whether it changed
     */
    public RegistryDigest(RegistryTables tables, String table, List<String> columns, Fold<K, V> fold, Duration refreshInterval, Ticker ticker)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.table = requireNonNull(table, "table is null");
        this.columns = List.copyOf(columns);
        this.fold = requireNonNull(fold, "fold is null");
        this.refreshNanos = refreshInterval.roundTo(TimeUnit.NANOSECONDS);
        this.ticker = requireNonNull(ticker, "ticker is null");
    }

    /**
     * @throws IOException where the table cannot be read, also when it could be before: what is not known now is not known
     */
    public synchronized Map<K, V> current()
            throws IOException
    {
        if (known.isEmpty() || ticker.read() - lastAnswer >= refreshNanos) {
            known = Optional.of(refreshed());
            lastAnswer = ticker.read();
        }
        return known.orElseThrow().digest();
    }

    /**
     * The last state that was read, without asking; empty before the first reading.
     */
    public Optional<Map<K, V>> lastKnown()
    {
        return known.map(Known::digest);
    }

    private Known<K, V> refreshed()
            throws IOException
    {
        try (RegistryScan scan = tables.open(table)) {
            Known<K, V> before = known.orElseGet(() -> new Known<>(OptionalLong.empty(), ImmutableSet.of(), ImmutableMap.of()));
            if (known.isPresent() && before.snapshotId().equals(scan.snapshotId())) {
                return before;
            }
            Known<K, V> after = read(scan, before);
            if (after.parts().containsAll(before.parts())) {
                return after;
            }
            // rows were put together or taken away: what is gone cannot be told from what was moved
            return read(scan, new Known<>(OptionalLong.empty(), ImmutableSet.of(), ImmutableMap.of()));
        }
    }

    private Known<K, V> read(RegistryScan scan, Known<K, V> before)
            throws IOException
    {
        Map<K, V> digest = new HashMap<>(before.digest());
        try (RegistryRows rows = scan.rowsExcept(columns, before.parts())) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                fold.add(digest, row.orElseThrow(), rows.part());
            }
            return new Known<>(scan.snapshotId(), rows.parts(), Collections.unmodifiableMap(digest));
        }
        catch (RuntimeException e) {
            throw new IOException("A row of the registry's table %s is damaged".formatted(table), e);
        }
    }
}
