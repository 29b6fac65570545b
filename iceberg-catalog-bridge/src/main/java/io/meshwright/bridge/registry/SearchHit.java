package io.meshwright.bridge.registry;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * @param matches why the product was found, the weightiest first
 */
public record SearchHit(RegisteredProduct product, List<Match> matches)
{
    /**
     * @param where for example {@code description} or {@code field order_status}
     * @param text what stands there
     */
    public record Match(String where, String text)
    {
        public Match
        {
            requireNonNull(where, "where is null");
            requireNonNull(text, "text is null");
        }
    }

    public SearchHit
    {
        requireNonNull(product, "product is null");
        matches = ImmutableList.copyOf(matches);
    }
}
