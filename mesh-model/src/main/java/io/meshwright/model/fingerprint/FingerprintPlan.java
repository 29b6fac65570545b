package io.meshwright.model.fingerprint;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.ComparedType.Kind;
import io.meshwright.model.reconciliation.CountPlan.WindowColumn;
import io.meshwright.model.reconciliation.DayRange;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * What rows of both sides are compared by.
 *
 * @param key identifies a row; the first columns of the row's hash
 * @param columns all others that are compared
 * @param hash of the key's columns and the hashed ones of {@code columns}, in this order
 * @param keyHash of the key's columns only
 * @param tolerances the greatest difference that counts as equal, of columns of numbers that are therefore not hashed
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
        Map<String, BigDecimal> tolerances,
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
        tolerances = ImmutableMap.copyOf(tolerances);
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
                .addAll(columns.stream().filter(this::isHashed).collect(toImmutableList()))
                .build();
    }

    /**
     * The columns whose values may differ a little: compared by their sums, and by value in rows that differ.
     */
    public List<ComparedColumn> summed()
    {
        return columns.stream().filter(column -> !isHashed(column)).collect(toImmutableList());
    }

    /**
     * The places in {@link #hashed} of the columns whose sums prove what hashes of rows do not: a native hash folds integers to 32 bits. An integer key is added up anyway.
     */
    public Set<Integer> exactColumns()
    {
        List<ComparedColumn> hashed = hashed();
        return allColumns().stream()
                .filter(column -> hashed.get(column).type().kind() == Kind.INTEGER && !(hasIntegerKey() && column == 0))
                .collect(toImmutableSet());
    }

    /**
     * The places of all columns of {@link #hashed}, whose sums tell which of them differ.
     */
    public Set<Integer> allColumns()
    {
        return ContiguousSet.closedOpen(0, hashed().size());
    }

    private boolean isHashed(ComparedColumn column)
    {
        return column.type().kind().isHashed() && !tolerances.containsKey(column.column());
    }

    /**
     * Whether the key is one integer, by which ranges can be asked for.
     */
    public boolean hasIntegerKey()
    {
        return key.size() == 1 && key.get(0).type().kind() == ComparedType.Kind.INTEGER;
    }
}
