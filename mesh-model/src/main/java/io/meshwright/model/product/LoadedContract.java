package io.meshwright.model.product;

import io.meshwright.model.contract.DataContract;

import static java.util.Objects.requireNonNull;

/**
 * A port's contract.
 *
 * @param path as written in the specification
 * @param text byte for byte as read, without a byte order mark
 */
public record LoadedContract(String path, String text, DataContract contract)
{
    public LoadedContract
    {
        requireNonNull(path, "path is null");
        requireNonNull(text, "text is null");
        requireNonNull(contract, "contract is null");
    }
}
