package io.meshwright.cli;

import io.meshwright.model.finding.MeshException;

/**
 * What the command tells the shell: the same for every command, documented in {@code docs/cli.md}.
 */
public enum ExitCode
{
    /**
     * Everything asked for is fine.
     */
    OK(0),
    /**
     * A finding, a breach, a miss or a refusal.
     */
    FINDING(1),
    /**
     * The request is wrong, the input cannot be read, a tool failed, or nothing was checked at all.
     */
    USAGE(2),
    /**
     * It cannot be told: something is unreachable, was never measured, or is still settling.
     */
    UNKNOWN(3),
    /**
     * Ended by Ctrl-C; the JVM itself gives this code.
     */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code)
    {
        this.code = code;
    }

    public int code()
    {
        return code;
    }

    public static ExitCode of(MeshException.Cause cause)
    {
        return switch (cause) {
            case USER -> USAGE;
            case REFUSED -> FINDING;
            case EXTERNAL -> UNKNOWN;
        };
    }

    /**
     * Of two results the one that decides: a finding wins over unreadable input, that over "cannot tell", and everything over fine.
     */
    public ExitCode and(ExitCode other)
    {
        return weight() >= other.weight() ? this : other;
    }

    private int weight()
    {
        return switch (this) {
            case OK -> 0;
            case UNKNOWN -> 1;
            case USAGE -> 2;
            case FINDING -> 3;
            case INTERRUPTED -> 4;
        };
    }
}
