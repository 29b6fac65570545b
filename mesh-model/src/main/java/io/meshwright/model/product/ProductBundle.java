package io.meshwright.model.product;

import com.google.common.collect.ImmutableMap;

import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * A product as it is registered: specification and contracts, parsed and as texts.
 *
 * @param contracts by the name of the output port; ports may share one
 */
public record ProductBundle(DataProductSpec spec, String specText, Map<String, LoadedContract> contracts)
{
    public ProductBundle
    {
        requireNonNull(spec, "spec is null");
        requireNonNull(specText, "specText is null");
        contracts = ImmutableMap.copyOf(contracts);
    }
}
