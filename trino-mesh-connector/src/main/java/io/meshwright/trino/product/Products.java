package io.meshwright.trino.product;

import com.google.common.collect.ImmutableSortedMap;
import io.trino.spi.connector.SchemaTableName;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSortedMap.toImmutableSortedMap;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * All products at one snapshot of the registry, in the order of their names.
 *
 * @param byName one for each product, under its own name
 * @param versions the versions under theirs; that of the current one is found, but not listed
 * @param staleFor how long the registry has not answered; empty when it did
 */
public record Products(ImmutableSortedMap<SchemaTableName, Product> byName, ImmutableSortedMap<SchemaTableName, Product> versions, Optional<Duration> staleFor)
{
    private static final Comparator<SchemaTableName> ORDER = comparing(SchemaTableName::getSchemaName).thenComparing(SchemaTableName::getTableName);

    public Products
    {
        requireNonNull(byName, "byName is null");
        requireNonNull(versions, "versions is null");
        requireNonNull(staleFor, "staleFor is null");
    }

    /**
     * @param products of different names
     * @param versions of other names than these and each other
     */
    public static Products of(Collection<Product> products, Collection<Product> versions)
    {
        return new Products(
                products.stream().collect(toImmutableSortedMap(ORDER, Product::name, product -> product)),
                versions.stream().collect(toImmutableSortedMap(ORDER, Product::name, product -> product)),
                Optional.empty());
    }

    Products staleFor(Duration age)
    {
        return new Products(byName, versions, Optional.of(age));
    }

    /**
     * What a name in SQL stands for: a product, a version of one, or the newest data of either.
     */
    public Optional<Product> find(SchemaTableName name)
    {
        Optional<SchemaTableName> withoutLatest = Product.withoutLatest(name);
        if (withoutLatest.isPresent()) {
            return withoutLatest.flatMap(this::find)
                    .filter(product -> product.port() instanceof Product.Table && !product.isLatest())
                    .map(Product::latest);
        }
        return Optional.ofNullable(byName.get(name)).or(() -> Optional.ofNullable(versions.get(name)));
    }

    /**
     * One for each product, under its own name.
     */
    public Collection<Product> all()
    {
        return byName.values();
    }

    /**
     * All names that are listed: the products, and their versions besides the current ones.
     */
    public Collection<Product> listed()
    {
        return concat(byName, versions);
    }

    public Collection<Product> inSchema(String schema)
    {
        return concat(inSchema(byName, schema), inSchema(versions, schema));
    }

    /**
     * The names by which a product is read, its own first.
     */
    public List<Product> namesOf(Product product)
    {
        return Stream.concat(byName.values().stream(), versions.values().stream())
                .filter(other -> other.address().equals(product.address()))
                .collect(toImmutableList());
    }

    private static SortedMap<SchemaTableName, Product> inSchema(ImmutableSortedMap<SchemaTableName, Product> products, String schema)
    {
        // no name comes before the empty one, and none lies between a schema and that schema followed by the least character
        return products.subMap(new SchemaTableName(schema, " "), new SchemaTableName(schema + "\0", " "));
    }

    private static Collection<Product> concat(SortedMap<SchemaTableName, Product> products, SortedMap<SchemaTableName, Product> versions)
    {
        List<Product> others = versions.values().stream().filter(version -> !version.isCurrent()).collect(toImmutableList());
        if (others.isEmpty()) {
            return products.values();
        }
        return Stream.concat(products.values().stream(), others.stream())
                .sorted(comparing(Product::name, ORDER))
                .collect(toImmutableList());
    }
}
