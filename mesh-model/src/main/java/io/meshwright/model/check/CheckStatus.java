package io.meshwright.model.check;

import java.util.Locale;

/**
 * The verdict of a check. The order is the severity: of several, the last one in this order stands for all.
 */
public enum CheckStatus
{
    SKIPPED,
    PASSED,
    WARNING,
    ERROR,
    FAILED;

    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException for any other text than a label
     */
    public static CheckStatus ofLabel(String label)
    {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
