package io.meshwright.model.reconciliation;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What the differing rows that were looked at tell of one column. No value of the column is in it.
 *
 * @param sampled rows of keys of both sides that differ and whose values were looked at
 * @param differing of these, the rows in which this column differs
 * @param formatOnly of {@code differing}, the rows in which it is only written differently
 * @param cause in words, the likely cause; empty where the values do not tell
 * @param keys of a few of the rows, masked where the key is personal
 */
public record ColumnResult(String column, long sampled, long differing, long formatOnly, Optional<String> cause, List<String> keys)
{
    public ColumnResult
    {
        requireNonNull(column, "column is null");
        checkArgument(formatOnly >= 0 && formatOnly <= differing && differing <= sampled, "not 0 <= %s <= %s <= %s", formatOnly, differing, sampled);
        requireNonNull(cause, "cause is null");
        keys = ImmutableList.copyOf(keys);
    }
}
