package io.meshwright.model.product;

import io.meshwright.model.finding.Parsed;

import java.util.Optional;

/**
 * Gives the text of a contract, so that the rules themselves read no files.
 */
@FunctionalInterface
public interface ContractLoader
{
    /**
     * @param path the contract's path, resolved against the folder of the specification's file
     * @return the text, or the findings for why it cannot be text; empty when there is no such file
     */
    Optional<Parsed<String>> load(String path);

    /**
     * The path as it was tried, for the message about a missing file; a loader of files makes it absolute.
     */
    default String tried(String path)
    {
        return path;
    }
}
