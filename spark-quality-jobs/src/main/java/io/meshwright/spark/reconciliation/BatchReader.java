package io.meshwright.spark.reconciliation;

import java.io.Serializable;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Batches of a scan as windows and values. Goes to executors. Not safe for use by several threads.
 *
 * @param windows by their places
 * @param columns that the scan selects, in its order
 */
record BatchReader(WindowReader windows, List<ColumnReader> columns)
        implements Serializable
{
    BatchReader
    {
        requireNonNull(windows, "windows is null");
        // not of Guava, which executors may have in another version
        columns = List.copyOf(columns);
    }
}
