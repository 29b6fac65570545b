package io.meshwright.model.finding;

import java.util.Locale;

/**
 * How much a {@link Finding} weighs: an error refuses, a warning is shown, an info tells.
 */
public enum Severity
{
    ERROR,
    WARNING,
    INFO;

    /**
     * The lower-case word used in every output, for example {@code error}.
     */
    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
