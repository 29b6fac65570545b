package io.meshwright.trino.registry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.trino.spi.BlocksHashFactory;
import io.trino.spi.Node;
import io.trino.spi.NodeManager;
import io.trino.spi.PageIndexerFactory;
import io.trino.spi.PageSorter;
import io.trino.spi.VersionEmbedder;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorExpressionEvaluator;
import io.trino.spi.connector.MetadataProvider;
import io.trino.spi.function.FunctionBundleFactory;
import io.trino.spi.type.TypeManager;

import static java.util.Objects.requireNonNull;

/**
 * The engine's context, except that expressions are not evaluated where the connector reads the registry for itself: the
 * engine evaluates in its own sessions only, and those reads have no expression.
 */
public final class RegistryAwareContext
        implements ConnectorContext
{
    private final ConnectorContext delegate;

    public RegistryAwareContext(ConnectorContext delegate)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
    }

    @Override
    public OpenTelemetry getOpenTelemetry()
    {
        return delegate.getOpenTelemetry();
    }

    @Override
    public Tracer getTracer()
    {
        return delegate.getTracer();
    }

    @Override
    public Node getCurrentNode()
    {
        return delegate.getCurrentNode();
    }

    @Override
    public NodeManager getNodeManager()
    {
        return delegate.getNodeManager();
    }

    @Override
    public VersionEmbedder getVersionEmbedder()
    {
        return delegate.getVersionEmbedder();
    }

    @Override
    public String getSpiVersion()
    {
        return delegate.getSpiVersion();
    }

    @Override
    public TypeManager getTypeManager()
    {
        return delegate.getTypeManager();
    }

    @Override
    public MetadataProvider getMetadataProvider()
    {
        return delegate.getMetadataProvider();
    }

    @Override
    public PageSorter getPageSorter()
    {
        return delegate.getPageSorter();
    }

    @Override
    public PageIndexerFactory getPageIndexerFactory()
    {
        return delegate.getPageIndexerFactory();
    }

    @Override
    public FunctionBundleFactory getFunctionBundleFactory()
    {
        return delegate.getFunctionBundleFactory();
    }

    @Override
    public BlocksHashFactory getBlocksHashFactory()
    {
        return delegate.getBlocksHashFactory();
    }

    @Override
    public ConnectorExpressionEvaluator getExpressionEvaluator()
    {
        ConnectorExpressionEvaluator evaluator = delegate.getExpressionEvaluator();
        return (session, expression) -> session instanceof RegistrySession
                ? ConnectorExpressionEvaluator.NO_OP.prepare(session, expression)
                : evaluator.prepare(session, expression);
    }
}
