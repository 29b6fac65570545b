package io.meshwright.bridge.alert;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Somebody outside who is told of incidents.
 */
public interface AlertHook
{
    /**
     * The name in the configuration.
     */
    String name();

    /**
     * From which level of escalation on this one is told.
     */
    int fromLevel();

    /**
     * Whether an alert that lasts must be sent at every evaluation: such a receiver forgets what is not repeated, and tells people once.
     */
    default boolean isRepeated()
    {
        return false;
    }

    /**
     * Tries to tell it, several times where that may help. Never throws for what the receiver does.
     */
    Outcome send(Alert alert);

    /**
     * @param detail why it failed; empty when it did not. Holds no secret.
     */
    record Outcome(int attempts, Optional<String> detail)
    {
        public Outcome
        {
            requireNonNull(detail, "detail is null");
        }

        public boolean isDelivered()
        {
            return detail.isEmpty();
        }
    }
}
