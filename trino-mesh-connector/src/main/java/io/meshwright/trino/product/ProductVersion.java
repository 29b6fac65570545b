package io.meshwright.trino.product;

import io.meshwright.model.product.Deprecation;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.ServedSnapshot;
import io.meshwright.model.sla.ServiceLevels;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The version of a product behind a name.
 *
 * @param current whether the product's own name means this version
 * @param serve which snapshot a reader gets who names none
 * @param successor what to read instead of a deprecated version, as SQL names it
 * @param serviceLevels of the specification, completed by the contract
 */
public record ProductVersion(
        OutputPort port,
        boolean current,
        String contractVersion,
        String contractHash,
        ServedSnapshot serve,
        Optional<String> successor,
        ServiceLevels serviceLevels)
{
    public ProductVersion
    {
        requireNonNull(port, "port is null");
        requireNonNull(contractVersion, "contractVersion is null");
        requireNonNull(contractHash, "contractHash is null");
        requireNonNull(serve, "serve is null");
        requireNonNull(successor, "successor is null");
        requireNonNull(serviceLevels, "serviceLevels is null");
    }

    public Optional<Deprecation> deprecation()
    {
        return port.deprecated();
    }

    ProductVersion servingLatest()
    {
        return new ProductVersion(port, current, contractVersion, contractHash, ServedSnapshot.LATEST, successor, serviceLevels);
    }
}
