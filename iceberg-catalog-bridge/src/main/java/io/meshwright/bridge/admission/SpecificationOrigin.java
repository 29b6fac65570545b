package io.meshwright.bridge.admission;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where a specification comes from.
 *
 * @param path as given
 * @param gitRevision the commit of the folder in which it lies
 * @param user who registers it
 */
public record SpecificationOrigin(String path, Optional<String> gitRevision, String user)
{
    public SpecificationOrigin
    {
        requireNonNull(path, "path is null");
        requireNonNull(gitRevision, "gitRevision is null");
        requireNonNull(user, "user is null");
    }
}
