package io.meshwright.trino;

import io.meshwright.trino.mask.FieldRules;
import io.meshwright.trino.mask.FilteredDynamicFilter;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.DynamicFilterSnapshot;
import io.trino.spi.metrics.Metrics;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import static java.util.Objects.requireNonNull;

final class MeshSplitSource
        implements ConnectorSplitSource
{
    private final ConnectorSplitSource delegate;
    private final FieldRules rules;
    private final ReadErrors errors;

    MeshSplitSource(ConnectorSplitSource delegate, FieldRules rules, ReadErrors errors)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.rules = requireNonNull(rules, "rules is null");
        this.errors = requireNonNull(errors, "errors is null");
    }

    @Override
    public CompletableFuture<List<ConnectorSplit>> getNextBatch(int maxSize, DynamicFilterSnapshot snapshot)
    {
        DynamicFilterSnapshot clear = new DynamicFilterSnapshot(FilteredDynamicFilter.clearDomains(snapshot.currentPredicate(), rules), snapshot.isComplete());
        return errors.hidingNames(() -> delegate.getNextBatch(maxSize, clear))
                .exceptionally(failure -> {
                    throw errors.hidden(failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure);
                });
    }

    @Override
    public void close()
    {
        errors.hidingNames(() -> {
            delegate.close();
            return true;
        });
    }

    @Override
    public boolean isFinished()
    {
        return errors.hidingNames(delegate::isFinished);
    }

    @Override
    public Optional<List<Object>> getTableExecuteSplitsInfo()
    {
        return Optional.empty();
    }

    /**
     * Kept also where only masked columns are waited for: the engine applies that filter to rows.
     */
    @Override
    public long getRequestedDynamicFilterWaitTimeoutMillis()
    {
        return delegate.getRequestedDynamicFilterWaitTimeoutMillis();
    }

    @Override
    public Metrics getMetrics()
    {
        return delegate.getMetrics();
    }
}
