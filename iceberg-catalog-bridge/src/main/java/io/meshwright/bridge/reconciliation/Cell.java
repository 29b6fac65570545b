package io.meshwright.bridge.reconciliation;

import static java.util.Objects.requireNonNull;

/**
 * The rows of one window that fall into one bucket.
 */
public record Cell(String window, long bucket)
{
    public Cell
    {
        requireNonNull(window, "window is null");
    }
}
