package io.meshwright.model.sla;

import java.util.Locale;

public enum SloStatus
{
    MET,
    MISSED,
    /**
     * Not measured, or not measurable: never taken for met.
     */
    UNKNOWN;

    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
