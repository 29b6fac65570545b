package io.meshwright.bridge.registry;

import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * The outcome of a registration.
 *
 * @param row the newest row of the address, whoever wrote it
 */
public record Registration(Outcome outcome, ProductRow row)
{
    public enum Outcome
    {
        /**
         * The first of its address.
         */
        CREATED,
        /**
         * A new revision of a known address.
         */
        UPDATED,
        /**
         * Equal to what is registered: nothing was written.
         */
        UNCHANGED;

        public String label()
        {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Registration
    {
        requireNonNull(outcome, "outcome is null");
        requireNonNull(row, "row is null");
    }
}
