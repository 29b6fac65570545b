package io.meshwright.model.product;

import io.meshwright.model.product.AccessPolicy.Discovery;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How sensitive a product is, in rising order. The level decides what the specification does not say: who finds and reads
 * the product, and how much of it is masked.
 */
public enum Sensitivity
{
    PUBLIC,
    INTERNAL,
    CONFIDENTIAL,
    RESTRICTED;

    /**
     * The level of a product that declares none.
     */
    public static final Sensitivity DEFAULT = INTERNAL;

    /**
     * Who finds the product where {@code access.discovery} is absent.
     */
    public Discovery discovery()
    {
        return switch (this) {
            case PUBLIC, INTERNAL, CONFIDENTIAL -> Discovery.PUBLIC;
            case RESTRICTED -> Discovery.PRIVATE;
        };
    }

    /**
     * Who reads the product where {@code access.read} is absent: empty for everybody, an empty list for those with a clearance only.
     */
    public Optional<List<String>> readGroups()
    {
        return switch (this) {
            case PUBLIC, INTERNAL -> Optional.empty();
            case CONFIDENTIAL, RESTRICTED -> Optional.of(List.of());
        };
    }

    /**
     * Whether masks hide more than a person's identity: personal fields show NULL instead of pseudonyms, and text is
     * personal until the contract says what it is.
     */
    public boolean masksUnclassifiedText()
    {
        return switch (this) {
            case PUBLIC, INTERNAL, CONFIDENTIAL -> false;
            case RESTRICTED -> true;
        };
    }

    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
