package io.meshwright.model.finding;

import static java.util.Objects.requireNonNull;

/**
 * A request that cannot be fulfilled, told in one sentence with its rule and its remedy. The {@link Cause} says
 * whose turn it is, and decides the exit code of a command and the error type in Trino.
 * Messages never hold secrets, clear values of masked columns or physical paths of products.
 */
public class MeshException
        extends RuntimeException
{
    /**
     * Who can do something about it.
     */
    public enum Cause
    {
        /**
         * The request is wrong as it stands: exit code 2.
         */
        USER,
        /**
         * The request is well-formed and refused by a rule, for example a conflict: exit code 1.
         */
        REFUSED,
        /**
         * Another system did not answer or did not allow it, so nothing can be told: exit code 3.
         */
        EXTERNAL,
    }

    private final Rule rule;
    private final Cause cause;
    private final String fix;

    public MeshException(Rule rule, Cause cause, String message, String fix)
    {
        this(rule, cause, message, fix, null);
    }

    public MeshException(Rule rule, Cause cause, String message, String fix, Throwable origin)
    {
        super(requireNonNull(message, "message is null"), origin);
        this.rule = requireNonNull(rule, "rule is null");
        this.cause = requireNonNull(cause, "cause is null");
        this.fix = requireNonNull(fix, "fix is null");
    }

    public Rule rule()
    {
        return rule;
    }

    public Cause kind()
    {
        return cause;
    }

    public String fix()
    {
        return fix;
    }
}
