package io.meshwright.trino.control;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.airlift.slice.Slices;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.Products;
import io.trino.spi.predicate.Domain;
import io.trino.spi.security.ConnectorIdentity;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Who asks a control table, for which products, at which state of the registry.
 */
final class ControlRequest
{
    private final ConnectorIdentity identity;
    private final Products products;
    private final Domain addresses;
    private final Supplier<Map<String, Product>> byAddress = Suppliers.memoize(this::byAddress);

    /**
     * @param identity of the session that executes: in a view with its owner's rights that is the reader all the same
     * @param addresses which products are asked for; what is not asked for need not be read
     */
    ControlRequest(ConnectorIdentity identity, Products products, Domain addresses)
    {
        this.identity = requireNonNull(identity, "identity is null");
        this.products = requireNonNull(products, "products is null");
        this.addresses = requireNonNull(addresses, "addresses is null");
    }

    ConnectorIdentity identity()
    {
        return identity;
    }

    Products products()
    {
        return products;
    }

    Domain addresses()
    {
        return addresses;
    }

    boolean asks(String address)
    {
        return addresses.includesNullableValue(Slices.utf8Slice(address));
    }

    Stream<Product> all()
    {
        return byAddress.get().values().stream();
    }

    /**
     * The asked products.
     */
    Stream<Product> asked()
    {
        return all().filter(product -> asks(product.address()));
    }

    /**
     * A product, whether or not it is asked for.
     */
    Optional<Product> product(String address)
    {
        return Optional.ofNullable(byAddress.get().get(address));
    }

    private Map<String, Product> byAddress()
    {
        Map<String, Product> all = new HashMap<>();
        products.all().forEach(product -> all.putIfAbsent(product.address(), product));
        return all;
    }
}
