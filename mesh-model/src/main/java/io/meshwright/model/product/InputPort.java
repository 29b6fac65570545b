package io.meshwright.model.product;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where the product ingests from: internal, never shown to consumers with its location.
 *
 * @param type the technology, for example {@code postgres-cdc} or {@code data-product}
 * @param source the operational system, topic or product address
 * @param location where it is; only the owner sees it
 */
public record InputPort(String name, String type, Optional<String> source, Optional<String> location, Optional<String> description)
{
    public InputPort
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(source, "source is null");
        requireNonNull(location, "location is null");
        requireNonNull(description, "description is null");
    }
}
