package io.meshwright.model.product;

import java.util.Optional;
import java.util.regex.Pattern;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The stable identity of a data product, {@code domain.product} in kebab-case, for example {@code orders.order-events}.
 * This class alone maps it to SQL names ({@code orders.order_events}) and to the field's other spellings.
 * Two addresses that map to the same SQL name collide; the registry refuses the second.
 */
public record ProductAddress(String domain, String product)
        implements Comparable<ProductAddress>
{
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST_NAME = 63;

    public ProductAddress
    {
        checkArgument(isValidName(domain), "Invalid domain name: %s", domain);
        checkArgument(isValidName(product), "Invalid product name: %s", product);
    }

    /**
     * Whether this is a kebab-case name of at most 63 characters.
     */
    public static boolean isValidName(String name)
    {
        requireNonNull(name, "name is null");
        return name.length() <= LONGEST_NAME && NAME.matcher(name).matches();
    }

    /**
     * Reads {@code orders.order-events}, {@code orders.order_events} or {@code mesh://orders/order-events}; empty when it is none of them.
     */
    public static Optional<ProductAddress> parse(String text)
    {
        requireNonNull(text, "text is null");
        String[] parts = text.startsWith("mesh://")
                ? text.substring("mesh://".length()).split("/", -1)
                : text.split("\\.", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        String domain = parts[0].replace('_', '-');
        String product = parts[1].replace('_', '-');
        if (!isValidName(domain) || !isValidName(product)) {
            return Optional.empty();
        }
        return Optional.of(new ProductAddress(domain, product));
    }

    /**
     * The schema in SQL, for example {@code orders}.
     */
    public String schemaName()
    {
        return domain.replace('-', '_');
    }

    /**
     * The table in SQL, for example {@code order_events}.
     */
    public String tableName()
    {
        return product.replace('-', '_');
    }

    /**
     * The name in SQL, for example {@code orders.order_events}.
     */
    public String sqlName()
    {
        return schemaName() + "." + tableName();
    }

    /**
     * The stable URL, for example {@code mesh://orders/order-events}.
     */
    public String url()
    {
        return "mesh://" + domain + "/" + product;
    }

    @Override
    public int compareTo(ProductAddress other)
    {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString()
    {
        return domain + "." + product;
    }
}
