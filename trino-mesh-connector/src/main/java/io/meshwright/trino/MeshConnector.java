package io.meshwright.trino;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.meshwright.model.mask.KeyRing;
import io.meshwright.trino.product.ProductDirectory;
import io.meshwright.trino.product.Products;
import io.meshwright.trino.product.ReaderAccess;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorNodePartitioningProvider;
import io.trino.spi.connector.ConnectorPageSourceProviderFactory;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.transaction.IsolationLevel;
import io.trino.spi.type.TypeOperators;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import static java.util.Objects.requireNonNull;

/**
 * Data products over the wrapped Iceberg connector. What is not overridden here (sinks, procedures, table functions,
 * system tables, properties of tables and views) does not exist.
 */
final class MeshConnector
        implements Connector
{
    private final String catalogName;
    private final Connector iceberg;
    private final ProductDirectory directory;
    private final KeyRing keys;
    private final ReaderAccess access;
    private final TypeOperators typeOperators;
    // one state of the registry for each transaction, so that address, columns, masks and clearance agree
    private final Map<ConnectorTransactionHandle, Supplier<Products>> products = new ConcurrentHashMap<>();

    MeshConnector(String catalogName, Connector iceberg, ProductDirectory directory, KeyRing keys, ReaderAccess access, TypeOperators typeOperators)
    {
        this.catalogName = requireNonNull(catalogName, "catalogName is null");
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.directory = requireNonNull(directory, "directory is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.access = requireNonNull(access, "access is null");
        this.typeOperators = requireNonNull(typeOperators, "typeOperators is null");
    }

    @Override
    public ConnectorTransactionHandle beginTransaction(IsolationLevel isolationLevel, boolean readOnly, boolean autoCommit)
    {
        ConnectorTransactionHandle transaction = iceberg.beginTransaction(isolationLevel, readOnly, autoCommit);
        products.put(transaction, Suppliers.memoize(directory::current));
        return transaction;
    }

    @Override
    public void commit(ConnectorTransactionHandle transaction)
    {
        products.remove(transaction);
        iceberg.commit(transaction);
    }

    @Override
    public void rollback(ConnectorTransactionHandle transaction)
    {
        products.remove(transaction);
        iceberg.rollback(transaction);
    }

    Products products(ConnectorTransactionHandle transaction)
    {
        Supplier<Products> snapshot = products.get(transaction);
        if (snapshot == null) {
            throw new IllegalStateException("The transaction has ended");
        }
        return snapshot.get();
    }

    @Override
    public MeshMetadata getMetadata(ConnectorSession session, ConnectorTransactionHandle transaction)
    {
        return new MeshMetadata(
                catalogName,
                iceberg.getMetadata(session, transaction),
                () -> products(transaction),
                access,
                typeOperators);
    }

    @Override
    public ConnectorSplitManager getSplitManager()
    {
        return new MeshSplitManager(this, iceberg.getSplitManager());
    }

    @Override
    public ConnectorPageSourceProviderFactory getPageSourceProviderFactory()
    {
        return () -> new MeshPageSourceProvider(iceberg.getPageSourceProviderFactory().createPageSourceProvider(), keys);
    }

    @Override
    public ConnectorNodePartitioningProvider getNodePartitioningProvider()
    {
        return iceberg.getNodePartitioningProvider();
    }

    @Override
    public ConnectorAccessControl getAccessControl()
    {
        return new MeshAccessControl(this, access);
    }

    /**
     * Iceberg reads them from the session; the access control lets nobody set them.
     */
    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return iceberg.getSessionProperties();
    }

    @Override
    public void shutdown()
    {
        iceberg.shutdown();
    }
}
