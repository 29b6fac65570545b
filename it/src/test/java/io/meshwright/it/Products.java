package io.meshwright.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.util.Objects.requireNonNull;

/**
 * A small product with personal fields: {@code shop.loyalty-cards}.
 */
public final class Products
{
    private Products() {}

    /**
     * Writes the specification and its contract below a folder and returns the specification.
     */
    public static Path loyaltyCards(Path directory)
    {
        copy("contracts/loyalty-cards.v1.yaml", directory);
        return copy("dataproduct.yaml", directory);
    }

    private static Path copy(String name, Path directory)
    {
        Path target = directory.resolve("shop").resolve(name);
        try (InputStream resource = requireNonNull(Products.class.getResourceAsStream("/shop/" + name), name)) {
            Files.createDirectories(target.getParent());
            Files.copy(resource, target);
            return target;
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
