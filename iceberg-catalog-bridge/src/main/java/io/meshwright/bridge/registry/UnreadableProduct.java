package io.meshwright.bridge.registry;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.Finding;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A product that is registered, but whose declaration this version cannot read.
 *
 * @param findings why
 */
public record UnreadableProduct(ProductRow row, List<Finding> findings)
{
    public UnreadableProduct
    {
        requireNonNull(row, "row is null");
        findings = ImmutableList.copyOf(findings);
    }
}
