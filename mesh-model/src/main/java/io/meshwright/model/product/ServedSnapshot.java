package io.meshwright.model.product;

import java.util.Locale;

/**
 * Which snapshot of its table an Iceberg port serves to a reader who names none.
 */
public enum ServedSnapshot
{
    /**
     * The newest, whatever is in it.
     */
    LATEST,
    /**
     * The newest that passed its contract.
     */
    VERIFIED;

    /**
     * The word in the specification, for example {@code verified}.
     */
    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
