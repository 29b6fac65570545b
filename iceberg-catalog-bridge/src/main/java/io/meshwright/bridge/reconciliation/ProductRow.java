package io.meshwright.bridge.reconciliation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A row of the product.
 *
 * @param values of the key's columns, then of all compared columns, in the order of the plan and the classes of
 *         {@link io.meshwright.model.fingerprint.ComparedType.Kind}, where null is a value that is missing
 */
public record ProductRow(String window, List<Object> values)
{
    public ProductRow
    {
        requireNonNull(window, "window is null");
        // an immutable list of Guava takes no null
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
