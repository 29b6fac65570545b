package io.meshwright.trino.mask;

import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.DynamicFilter;
import io.trino.spi.predicate.TupleDomain;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * A dynamic filter without masked columns: its values there are masked ones, which mean nothing to files.
 */
public final class FilteredDynamicFilter
        implements DynamicFilter
{
    private final DynamicFilter delegate;
    private final FieldRules rules;

    public FilteredDynamicFilter(DynamicFilter delegate, FieldRules rules)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.rules = requireNonNull(rules, "rules is null");
    }

    @Override
    public Set<ColumnHandle> getColumnsCovered()
    {
        return clearColumns(delegate.getColumnsCovered(), rules);
    }

    @Override
    public CompletableFuture<?> isBlocked()
    {
        return delegate.isBlocked();
    }

    @Override
    public boolean isComplete()
    {
        return delegate.isComplete();
    }

    @Override
    public boolean isAwaitable()
    {
        return delegate.isAwaitable();
    }

    @Override
    public TupleDomain<ColumnHandle> getCurrentPredicate()
    {
        return clearDomains(delegate.getCurrentPredicate(), rules);
    }

    public static Set<ColumnHandle> clearColumns(Set<ColumnHandle> columns, FieldRules rules)
    {
        return columns.stream()
                .filter(column -> !(column instanceof MaskedColumnHandle))
                .map(rules::clear)
                .collect(toImmutableSet());
    }

    public static TupleDomain<ColumnHandle> clearDomains(TupleDomain<ColumnHandle> predicate, FieldRules rules)
    {
        return predicate
                .filter((column, _) -> !(column instanceof MaskedColumnHandle))
                .transformKeys(rules::clear);
    }
}
