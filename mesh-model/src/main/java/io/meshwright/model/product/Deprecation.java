package io.meshwright.model.product;

import java.time.LocalDate;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The end of a port, as it is published to its readers.
 *
 * @param until the last day (UTC) on which it can be read
 * @param successor what to read instead: another port of the product, or another product's address
 */
public record Deprecation(LocalDate until, Optional<String> successor, Optional<String> reason)
{
    public Deprecation
    {
        requireNonNull(until, "until is null");
        requireNonNull(successor, "successor is null");
        requireNonNull(reason, "reason is null");
    }

    /**
     * @param today in UTC
     */
    public boolean isOver(LocalDate today)
    {
        return today.isAfter(until);
    }
}
