package io.meshwright.spark.reconciliation;

import org.apache.spark.sql.catalyst.InternalRow;

import java.io.Serializable;
import java.util.List;

/**
 * Rows of a scan as windows and values. Goes to executors. Not safe for use by several threads.
 *
 * @param windows by their places
 * @param values of the columns that the scan selects, in its order
 */
record RowReader(WindowReader windows, List<ValueReader> values)
        implements Serializable
{
    RowReader
    {
        // not of Guava, which executors may have in another version
        values = List.copyOf(values);
    }

    /**
     * Reads the values from one column to another, the latter not included.
     */
    void read(InternalRow row, int from, int to, Object[] into)
    {
        for (int column = from; column < to; column++) {
            into[column] = values.get(column).read(row);
        }
    }
}
