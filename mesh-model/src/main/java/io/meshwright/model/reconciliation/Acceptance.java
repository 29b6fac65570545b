package io.meshwright.model.reconciliation;

import java.time.LocalDate;

import static java.util.Objects.requireNonNull;

/**
 * Somebody's word that a window may differ for a time.
 *
 * @param until the last day, in UTC
 * @param by who answers for it
 */
public record Acceptance(LocalDate until, String by, String reason)
{
    public Acceptance
    {
        requireNonNull(until, "until is null");
        requireNonNull(by, "by is null");
        requireNonNull(reason, "reason is null");
    }
}
