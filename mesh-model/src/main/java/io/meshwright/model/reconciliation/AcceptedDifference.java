package io.meshwright.model.reconciliation;

import java.time.LocalDate;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * A difference as it was when somebody accepted it. It covers no larger one.
 *
 * @param net mesh minus legacy; the other figures are empty where only counts were compared
 */
public record AcceptedDifference(long net, OptionalLong missing, OptionalLong extra, OptionalLong changed, OptionalLong duplicate, Acceptance acceptance)
{
    public AcceptedDifference
    {
        requireNonNull(missing, "missing is null");
        requireNonNull(extra, "extra is null");
        requireNonNull(changed, "changed is null");
        requireNonNull(duplicate, "duplicate is null");
        requireNonNull(acceptance, "acceptance is null");
    }

    public static AcceptedDifference of(WindowResult window, Acceptance acceptance)
    {
        return new AcceptedDifference(window.net(), window.missing(), window.extra(), window.changed(), window.duplicate(), acceptance);
    }

    /**
     * Whether the window differs by no more than was accepted. What was accepted by counts alone covers no changed row, since nobody had seen one, and nothing covers a difference of
     * unknown size.
     */
    public boolean covers(WindowResult window, LocalDate today)
    {
        return !today.isAfter(acceptance.until())
                && window.reason().isEmpty()
                && window.net() >= Math.min(net, 0)
                && window.net() <= Math.max(net, 0)
                && window.missing().orElse(0) <= missing.orElse(Math.max(0, -net))
                && window.extra().orElse(0) <= extra.orElse(Math.max(0, net))
                && window.changed().orElse(0) <= changed.orElse(0)
                && window.duplicate().orElse(0) <= duplicate.orElse(Math.abs(net));
    }
}
