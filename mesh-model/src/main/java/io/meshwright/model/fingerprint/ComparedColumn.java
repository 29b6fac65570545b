package io.meshwright.model.fingerprint;

import io.meshwright.model.check.ReadOnlyExpression;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A column of the product with the legacy column or expression that it is compared with. Made by {@link LegacyDialect#match}.
 *
 * @param column the product's name of it
 * @param legacyType of the legacy expression
 * @param productType what the product's column is by itself
 * @param type what both are compared as
 * @param zone of the clock that a legacy timestamp without a zone shows, or that the product shows; empty where both sides mean the same by themselves
 * @param emptyIsNull whether the legacy database knows no empty text, so that NULL and the empty text are one value on both sides
 */
public record ComparedColumn(
        String column,
        ReadOnlyExpression legacy,
        LegacyType legacyType,
        ComparedType productType,
        ComparedType type,
        Optional<ZoneId> zone,
        boolean emptyIsNull)
{
    public ComparedColumn
    {
        requireNonNull(column, "column is null");
        requireNonNull(legacy, "legacy is null");
        requireNonNull(legacyType, "legacyType is null");
        requireNonNull(productType, "productType is null");
        requireNonNull(type, "type is null");
        requireNonNull(zone, "zone is null");
    }

    public Normalizer normalizer()
    {
        return new Normalizer(productType, type, emptyIsNull);
    }

    /**
     * Turns a value of the product into what is compared. Goes to executors.
     */
    public record Normalizer(ComparedType productType, ComparedType type, boolean emptyIsNull)
            implements Serializable
    {
        /**
         * @param value in the class of the kind of {@code productType}, or null
         * @return in the class of the kind of {@code type}, or null
         */
        public Object normalized(Object value)
        {
            Object normalized = type.normalized(value, productType);
            return emptyIsNull && "".equals(normalized) ? null : normalized;
        }
    }
}
