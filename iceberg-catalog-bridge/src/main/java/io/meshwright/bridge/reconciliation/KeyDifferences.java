package io.meshwright.bridge.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * How the keys of dirty cells differ. Counts are of all rows, keys are a bounded sample.
 */
public record KeyDifferences(Map<String, Counts> byWindow, List<DifferingKey> sample)
{
    public enum Kind
    {
        /**
         * The legacy side only has the key.
         */
        MISSING,
        /**
         * The product only has the key.
         */
        EXTRA,
        /**
         * Both have it, with other values.
         */
        CHANGED,
        /**
         * Both have it, and one has more rows of it.
         */
        DUPLICATE,
    }

    /**
     * @param missing rows of keys that the product lacks
     * @param extra rows of keys that only the product has
     * @param changed rows of keys of both sides whose values differ
     * @param duplicate surplus rows of keys of both sides
     */
    public record Counts(long missing, long extra, long changed, long duplicate) {}

    public record DifferingKey(String window, Kind kind, List<Object> key)
    {
        public DifferingKey
        {
            requireNonNull(window, "window is null");
            requireNonNull(kind, "kind is null");
            key = Collections.unmodifiableList(new ArrayList<>(key));
        }
    }

    public KeyDifferences
    {
        byWindow = ImmutableMap.copyOf(byWindow);
        sample = ImmutableList.copyOf(sample);
    }
}
