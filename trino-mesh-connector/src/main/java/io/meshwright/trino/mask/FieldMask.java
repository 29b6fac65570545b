package io.meshwright.trino.mask;

import io.meshwright.model.mask.MaskKind;

import static java.util.Objects.requireNonNull;

/**
 * The mask of one Iceberg field, as the contract declares it.
 */
public record FieldMask(MaskKind kind, String tokenDomain)
{
    public FieldMask
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(tokenDomain, "tokenDomain is null");
    }
}
