package io.meshwright.model.fingerprint;

import java.io.Serializable;
import java.util.List;

/**
 * The hash of a row as the legacy database computes it. Goes to executors, so it is serializable. Not safe for use by several threads.
 */
public interface RowHash
        extends Serializable
{
    /**
     * @param values of the hashed columns in the order of the plan, in the classes of {@link ComparedType.Kind}
     */
    long hash(List<Object> values);

    /**
     * The hash of one value by itself, which tells the columns that differ.
     *
     * @param column position in the plan
     */
    long hash(int column, Object value);

    /**
     * What {@link #hash(List)} gives for each row of a block, several times as fast.
     *
     * @param columns the hashed columns in the order of the plan
     * @param hashes where they are put
     */
    void hash(List<ColumnValues> columns, int rows, long[] hashes);

    /**
     * What {@link #hash(int, Object)} gives for each row of a block.
     *
     * @param column position in the plan
     * @param hashes where they are put
     */
    void hash(int column, ColumnValues values, int rows, long[] hashes);
}
