package io.meshwright.bridge.reconciliation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A row as its key and its hash.
 *
 * @param key values in the classes of {@link io.meshwright.model.fingerprint.ComparedType.Kind}, where null is a value that is missing
 */
public record KeyedHash(Cell cell, List<Object> key, long hash)
{
    public KeyedHash
    {
        requireNonNull(cell, "cell is null");
        // an immutable list of Guava takes no null
        key = Collections.unmodifiableList(new ArrayList<>(key));
    }
}
