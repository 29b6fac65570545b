package io.meshwright.spark.reconciliation;

import io.meshwright.bridge.reconciliation.KeyDifferences;
import io.meshwright.bridge.reconciliation.KeyDifferences.Counts;
import io.meshwright.bridge.reconciliation.KeyDifferences.DifferingKey;
import io.meshwright.bridge.reconciliation.KeyDifferences.Kind;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * How keys differ: rows by window and kind, and some keys of each kind, which are the same ones however the rows were dealt.
 */
final class KeyTally
        implements Serializable
{
    private static final long serialVersionUID = 1;
    private static final int KINDS = Kind.values().length;

    private final int sample;
    private final HashMap<Integer, long[]> counts = new HashMap<>();
    private final List<PriorityQueue<Sampled>> samples = new ArrayList<>();

    /**
     * @param order a number that spreads keys evenly
     * @param key with its window, as {@link KeyBytes} encodes them
     */
    private record Sampled(long order, byte[] key)
            implements Serializable {}

    /**
     * The greatest first. Serializable, as queues keep it.
     */
    private enum ByOrder
            implements Comparator<Sampled>
    {
        DESCENDING;

        @Override
        public int compare(Sampled left, Sampled right)
        {
            return Long.compare(right.order(), left.order());
        }
    }

    KeyTally(int sample)
    {
        this.sample = sample;
        for (int kind = 0; kind < KINDS; kind++) {
            samples.add(new PriorityQueue<>(ByOrder.DESCENDING));
        }
    }

    /**
     * Adds the differences of one key.
     *
     * @param key is asked for where the key is among those that are named
     */
    void add(int window, Kind kind, long rows, long order, Supplier<byte[]> key)
    {
        if (rows == 0) {
            return;
        }
        counts.computeIfAbsent(window, unused -> new long[KINDS])[kind.ordinal()] += rows;
        PriorityQueue<Sampled> kept = samples.get(kind.ordinal());
        if (kept.size() < sample || !kept.isEmpty() && order < kept.peek().order()) {
            offer(kind.ordinal(), new Sampled(order, key.get()));
        }
    }

    KeyTally plus(KeyTally other)
    {
        other.counts.forEach((window, rows) -> {
            long[] sums = counts.computeIfAbsent(window, unused -> new long[KINDS]);
            for (int kind = 0; kind < KINDS; kind++) {
                sums[kind] += rows[kind];
            }
        });
        for (int kind = 0; kind < KINDS; kind++) {
            for (Sampled sampled : other.samples.get(kind)) {
                offer(kind, sampled);
            }
        }
        return this;
    }

    private void offer(int kind, Sampled sampled)
    {
        PriorityQueue<Sampled> kept = samples.get(kind);
        kept.add(sampled);
        if (kept.size() > sample) {
            kept.remove();
        }
    }

    KeyDifferences differences(List<String> windows)
    {
        Map<String, Counts> byWindow = new HashMap<>();
        counts.forEach((window, rows) -> byWindow.put(
                windows.get(window),
                new Counts(rows[Kind.MISSING.ordinal()], rows[Kind.EXTRA.ordinal()], rows[Kind.CHANGED.ordinal()], rows[Kind.DUPLICATE.ordinal()])));
        List<DifferingKey> keys = new ArrayList<>();
        KeyBytes bytes = new KeyBytes();
        for (Kind kind : Kind.values()) {
            samples.get(kind.ordinal()).stream().sorted(ByOrder.DESCENDING.reversed()).forEach(sampled -> {
                KeyBytes.WindowKey found = bytes.decode(sampled.key());
                keys.add(new DifferingKey(windows.get(found.window()), kind, found.key()));
            });
        }
        return new KeyDifferences(byWindow, keys);
    }
}
