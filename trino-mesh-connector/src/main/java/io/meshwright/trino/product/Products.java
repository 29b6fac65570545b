package io.meshwright.trino.product;

import com.google.common.collect.ImmutableSortedMap;
import io.trino.spi.connector.SchemaTableName;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

import static com.google.common.collect.ImmutableSortedMap.toImmutableSortedMap;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * All products at one snapshot of the registry, in the order of their names.
 *
 * @param staleFor how long the registry has not answered; empty when it did
 */
public record Products(ImmutableSortedMap<SchemaTableName, Product> byName, Optional<Duration> staleFor)
{
    private static final Comparator<SchemaTableName> ORDER = comparing(SchemaTableName::getSchemaName).thenComparing(SchemaTableName::getTableName);

    public Products
    {
        requireNonNull(byName, "byName is null");
        requireNonNull(staleFor, "staleFor is null");
    }

    /**
     * @param products of different names
     */
    public static Products of(Collection<Product> products)
    {
        return new Products(
                products.stream().collect(toImmutableSortedMap(ORDER, Product::name, product -> product)),
                Optional.empty());
    }

    Products staleFor(Duration age)
    {
        return new Products(byName, Optional.of(age));
    }

    public Optional<Product> find(SchemaTableName name)
    {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Product> all()
    {
        return byName.values();
    }

    public Collection<Product> inSchema(String schema)
    {
        // no name comes before the empty one, and none lies between a schema and that schema followed by the least character
        return byName.subMap(new SchemaTableName(schema, " "), new SchemaTableName(schema + "\0", " ")).values();
    }
}
