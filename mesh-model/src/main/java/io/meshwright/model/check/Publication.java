package io.meshwright.model.check;

import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What became of a tested snapshot of a branch that was to be published.
 *
 * @param previousSnapshotId what was served before; empty for a table without any
 * @param message what happened, or why nothing did
 */
public record Publication(Outcome outcome, Optional<String> previousSnapshotId, String message)
{
    public enum Outcome
    {
        /**
         * The tested snapshot is the one that is served, or was since.
         */
        PUBLISHED,
        /**
         * Nothing was changed.
         */
        REFUSED,
        /**
         * The catalog broke off, and does not tell whether the commit arrived.
         */
        UNKNOWN;

        public String label()
        {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Publication
    {
        requireNonNull(outcome, "outcome is null");
        requireNonNull(previousSnapshotId, "previousSnapshotId is null");
        requireNonNull(message, "message is null");
    }

    public ExitStatus exitStatus()
    {
        return switch (outcome) {
            case PUBLISHED -> ExitStatus.OK;
            case REFUSED -> ExitStatus.FINDING;
            case UNKNOWN -> ExitStatus.UNKNOWN;
        };
    }
}
