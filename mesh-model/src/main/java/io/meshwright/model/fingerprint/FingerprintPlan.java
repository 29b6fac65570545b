package io.meshwright.model.fingerprint;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.reconciliation.CountPlan.WindowColumn;
import io.meshwright.model.reconciliation.DayRange;

import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What rows of both sides are compared by.
 *
 * @param key identifies a row; the first columns of the row's hash
 * @param columns all others that are compared
 * @param hash of the key's columns and the hashed ones of {@code columns}, in this order
 * @param keyHash of the key's columns only
 * @param range empty where the whole table is one window
 */
public record FingerprintPlan(
        String legacyTable,
        Optional<ReadOnlyExpression> legacyFilter,
        Optional<ReadOnlyExpression> meshFilter,
        List<ComparedColumn> key,
        List<ComparedColumn> columns,
        RowHash hash,
        RowHash keyHash,
        Optional<WindowColumn> window,
        Optional<DayRange> range)
{
    public FingerprintPlan
    {
        requireNonNull(legacyTable, "legacyTable is null");
        requireNonNull(legacyFilter, "legacyFilter is null");
        requireNonNull(meshFilter, "meshFilter is null");
        key = ImmutableList.copyOf(key);
        columns = ImmutableList.copyOf(columns);
        requireNonNull(hash, "hash is null");
        requireNonNull(keyHash, "keyHash is null");
        requireNonNull(window, "window is null");
        requireNonNull(range, "range is null");
        checkArgument(!key.isEmpty(), "key is empty");
    }

    /**
     * The columns of the row's hash.
     */
    public List<ComparedColumn> hashed()
    {
        return ImmutableList.<ComparedColumn>builder()
                .addAll(key)
                .addAll(columns.stream().filter(column -> column.type().kind().isHashed()).collect(toImmutableList()))
                .build();
    }

    /**
     * Whether the key is one integer, by which ranges can be asked for.
     */
    public boolean hasIntegerKey()
    {
        return key.size() == 1 && key.get(0).type().kind() == ComparedType.Kind.INTEGER;
    }
}
