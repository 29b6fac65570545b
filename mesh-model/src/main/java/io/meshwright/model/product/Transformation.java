package io.meshwright.model.product;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What makes the product's data out of its input ports.
 *
 * @param type the technology, for example {@code dbt} or {@code spark}
 * @param reference the model, job or repository path
 */
public record Transformation(String type, String reference, Optional<String> description)
{
    public Transformation
    {
        requireNonNull(type, "type is null");
        requireNonNull(reference, "reference is null");
        requireNonNull(description, "description is null");
    }
}
