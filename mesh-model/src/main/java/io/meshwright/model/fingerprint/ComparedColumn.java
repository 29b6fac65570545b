package io.meshwright.model.fingerprint;

import io.meshwright.model.check.ReadOnlyExpression;

import static java.util.Objects.requireNonNull;

/**
 * A column of the product with the legacy column or expression that it is compared with.
 *
 * @param column the product's name of it
 */
public record ComparedColumn(String column, ReadOnlyExpression legacy, ComparedType type)
{
    public ComparedColumn
    {
        requireNonNull(column, "column is null");
        requireNonNull(legacy, "legacy is null");
        requireNonNull(type, "type is null");
    }
}
