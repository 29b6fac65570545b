package io.meshwright.leak;

import static java.util.Objects.requireNonNull;

/**
 * @param what empty when the target held
 */
public record Outcome(Verdict verdict, String what)
{
    public enum Verdict
    {
        /**
         * No canary came back, and everything was answered as it should be.
         */
        HELD,
        /**
         * A canary came back.
         */
        LEAKED,
        /**
         * No canary, but a wrong answer: rows that tell something, an answer where a refusal was due, or an error.
         */
        WRONG,
    }

    public Outcome
    {
        requireNonNull(verdict, "verdict is null");
        requireNonNull(what, "what is null");
    }
}
