package io.meshwright.model.mask;

import static java.util.Objects.requireNonNull;

/**
 * How one field of a contract is shown to a reader without clearance.
 *
 * @param path names joined by dots, as in the contract
 * @param tokenDomain within which equal values give equal masked values
 */
public record ColumnMask(String path, MaskKind kind, String tokenDomain)
{
    public ColumnMask
    {
        requireNonNull(path, "path is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(tokenDomain, "tokenDomain is null");
    }
}
