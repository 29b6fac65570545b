package io.meshwright.model.product;

import java.util.Locale;

/**
 * How sensitive a product is, in rising order.
 */
public enum Sensitivity
{
    PUBLIC,
    INTERNAL,
    CONFIDENTIAL,
    RESTRICTED;

    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
