package io.meshwright.trino.product;

import io.meshwright.model.product.Deprecation;
import io.trino.spi.TrinoException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

import static io.meshwright.trino.MeshErrorCode.MESH_RETIRED;

/**
 * The life of a product's versions: current, then deprecated with a published end, then retired.
 */
public final class VersionLifecycle
{
    public enum State
    {
        CURRENT,
        DEPRECATED,
        RETIRED,
    }

    private VersionLifecycle() {}

    public static State state(Product product, Instant now)
    {
        Optional<Deprecation> deprecation = deprecation(product);
        if (deprecation.isEmpty()) {
            return State.CURRENT;
        }
        return deprecation.orElseThrow().isOver(LocalDate.ofInstant(now, ZoneOffset.UTC)) ? State.RETIRED : State.DEPRECATED;
    }

    /**
     * The refusal of a version that is over, or that has an end where the reader allows none.
     */
    public static Optional<TrinoException> refusal(Product product, boolean allowsDeprecated, Instant now)
    {
        return switch (state(product, now)) {
            case CURRENT -> Optional.empty();
            case DEPRECATED -> allowsDeprecated ? Optional.empty() : Optional.of(MESH_RETIRED.exception("%s is deprecated and can be read until %s, and your session does not allow deprecated versions (allow_deprecated = false). %s"
                                                                                                        .formatted(named(product), until(product), advice(product))));
            case RETIRED -> Optional.of(MESH_RETIRED.exception("%s was retired after %s. %s".formatted(named(product), until(product), advice(product))));
        };
    }

    /**
     * For the table's comment.
     */
    static Optional<String> note(Product product, Instant now)
    {
        Optional<String> reason = deprecation(product).flatMap(Deprecation::reason);
        String because = reason.map(text -> ": " + text).orElse("");
        return switch (state(product, now)) {
            case CURRENT -> Optional.empty();
            case DEPRECATED -> Optional.of("(deprecated: can be read until %s%s%s)".formatted(until(product), successor(product).map(name -> ", then read " + name).orElse(""), because));
            case RETIRED -> Optional.of("(retired: could be read until %s%s%s)".formatted(until(product), successor(product).map(name -> "; read " + name).orElse(""), because));
        };
    }

    public static Optional<Deprecation> deprecation(Product product)
    {
        return product.version().flatMap(ProductVersion::deprecation);
    }

    public static Optional<String> successor(Product product)
    {
        return product.version().flatMap(ProductVersion::successor);
    }

    private static String named(Product product)
    {
        return "Version %s of product %s".formatted(product.version().map(ProductVersion::contractVersion).orElse("?"), product.address());
    }

    private static LocalDate until(Product product)
    {
        return deprecation(product).map(Deprecation::until).orElseThrow();
    }

    private static String advice(Product product)
    {
        return successor(product).map("Read %s instead."::formatted).orElseGet(() -> "No successor is named; ask " + product.owner() + ".");
    }
}
