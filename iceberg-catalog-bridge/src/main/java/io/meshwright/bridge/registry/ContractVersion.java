package io.meshwright.bridge.registry;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * A contract of a port from the registration that brought it.
 *
 * @param revision of the product
 * @param current whether it is in force
 */
public record ContractVersion(String port, String contractId, String version, String hash, int revision, Instant registeredAt, boolean current, String body)
{
    public ContractVersion
    {
        requireNonNull(port, "port is null");
        requireNonNull(contractId, "contractId is null");
        requireNonNull(version, "version is null");
        requireNonNull(hash, "hash is null");
        requireNonNull(registeredAt, "registeredAt is null");
        requireNonNull(body, "body is null");
    }

    ContractVersion asCurrent()
    {
        return new ContractVersion(port, contractId, version, hash, revision, registeredAt, true, body);
    }
}
