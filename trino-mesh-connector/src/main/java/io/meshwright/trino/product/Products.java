package io.meshwright.trino.product;

import com.google.common.collect.ImmutableMap;
import io.trino.spi.connector.SchemaTableName;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * All products at one snapshot of the registry.
 *
 * @param staleFor how long the registry has not answered; empty when it did
 */
public record Products(Map<SchemaTableName, Product> byName, Optional<Duration> staleFor)
{
    public Products
    {
        byName = ImmutableMap.copyOf(byName);
        requireNonNull(staleFor, "staleFor is null");
    }

    public Optional<Product> find(SchemaTableName name)
    {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Product> all()
    {
        return byName.values();
    }
}
