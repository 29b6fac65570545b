package io.meshwright.model.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * From which verdict on a contract test counts as a finding. It is about findings alone: what could not be told stays so.
 */
public enum FailOn
{
    WARNING,
    ERROR,
    /**
     * No verdict is a finding, for tests that are only to be recorded.
     */
    NEVER;

    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FailOn> ofLabel(String label)
    {
        return Arrays.stream(values()).filter(value -> value.label().equals(label)).findFirst();
    }

    public boolean isFinding(CheckStatus status)
    {
        return (status == CheckStatus.FAILED && this != NEVER) || (status == CheckStatus.WARNING && this == WARNING);
    }
}
