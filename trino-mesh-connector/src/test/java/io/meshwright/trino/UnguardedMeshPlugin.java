package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import io.trino.plugin.base.security.AllowAllAccessControl;
import io.trino.spi.Plugin;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorNodePartitioningProvider;
import io.trino.spi.connector.ConnectorPageSourceProviderFactory;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.transaction.IsolationLevel;

import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * The connector {@code unguarded_mesh}: the real one with an access control that allows everything, to test the first wall alone.
 */
final class UnguardedMeshPlugin
        implements Plugin
{
    private final MeshConnectorFactory guarded;

    UnguardedMeshPlugin()
    {
        this(new MeshConnectorFactory());
    }

    UnguardedMeshPlugin(MeshConnectorFactory guarded)
    {
        this.guarded = requireNonNull(guarded, "guarded is null");
    }

    @Override
    public Iterable<ConnectorFactory> getConnectorFactories()
    {
        return ImmutableList.of(new ConnectorFactory()
        {
            @Override
            public String getName()
            {
                return "unguarded_mesh";
            }

            @Override
            public Connector create(String catalogName, Map<String, String> config, ConnectorContext context)
            {
                return new UnguardedConnector(guarded.create(catalogName, config, context));
            }
        });
    }

    private record UnguardedConnector(Connector delegate)
            implements Connector
    {
        @Override
        public ConnectorTransactionHandle beginTransaction(IsolationLevel isolationLevel, boolean readOnly, boolean autoCommit)
        {
            return delegate.beginTransaction(isolationLevel, readOnly, autoCommit);
        }

        @Override
        public void commit(ConnectorTransactionHandle transaction)
        {
            delegate.commit(transaction);
        }

        @Override
        public void rollback(ConnectorTransactionHandle transaction)
        {
            delegate.rollback(transaction);
        }

        @Override
        public ConnectorMetadata getMetadata(ConnectorSession session, ConnectorTransactionHandle transaction)
        {
            return delegate.getMetadata(session, transaction);
        }

        @Override
        public ConnectorSplitManager getSplitManager()
        {
            return delegate.getSplitManager();
        }

        @Override
        public ConnectorPageSourceProviderFactory getPageSourceProviderFactory()
        {
            return delegate.getPageSourceProviderFactory();
        }

        @Override
        public ConnectorNodePartitioningProvider getNodePartitioningProvider()
        {
            return delegate.getNodePartitioningProvider();
        }

        @Override
        public List<PropertyMetadata<?>> getSessionProperties()
        {
            return delegate.getSessionProperties();
        }

        @Override
        public ConnectorAccessControl getAccessControl()
        {
            return new AllowAllAccessControl();
        }

        @Override
        public void shutdown()
        {
            delegate.shutdown();
        }
    }
}
