package io.meshwright.model.check;

/**
 * The exit codes of every command and job. A finding wins over "cannot tell", which wins over success.
 */
public enum ExitStatus
{
    OK(0),
    /**
     * A finding, a breach or a miss.
     */
    FINDING(1),
    /**
     * Wrong usage, unreadable input, or nothing was checked at all.
     */
    USAGE(2),
    /**
     * Something could not be told: unreachable, not measured, still settling, a check in error.
     */
    UNKNOWN(3);

    private final int code;

    ExitStatus(int code)
    {
        this.code = code;
    }

    public int code()
    {
        return code;
    }
}
