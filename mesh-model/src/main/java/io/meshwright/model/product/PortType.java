package io.meshwright.model.product;

import java.util.Locale;

/**
 * The technologies of an output port. Only {@link #ICEBERG} and {@link #VIEW} can be queried by SQL.
 */
public enum PortType
{
    ICEBERG,
    VIEW,
    KAFKA,
    API,
    FILE;

    /**
     * The word in the specification, for example {@code iceberg}.
     */
    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isQueryable()
    {
        return this == ICEBERG || this == VIEW;
    }
}
