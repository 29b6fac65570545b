package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import io.meshwright.trino.control.ControlPort;
import io.meshwright.trino.mask.BlockMasks;
import io.meshwright.trino.mask.KeyRingStatusExport;
import io.meshwright.trino.mask.RotatingKeyRing;
import io.meshwright.trino.product.ProductDirectory;
import io.meshwright.trino.product.Products;
import io.meshwright.trino.product.ReaderAccess;
import io.meshwright.trino.snapshot.DataFreshness;
import io.meshwright.trino.snapshot.ReaderChoices;
import io.meshwright.trino.snapshot.ResultDigests;
import io.meshwright.trino.snapshot.SnapshotChoice;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorNodePartitioningProvider;
import io.trino.spi.connector.ConnectorPageSourceProviderFactory;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.transaction.IsolationLevel;
import io.trino.spi.type.TypeManager;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * Data products over the wrapped Iceberg connector. What is not overridden here (sinks, procedures, table functions,
 * properties of tables and views) does not exist.
 */
final class MeshConnector
        implements Connector
{
    private final String catalogName;
    private final Connector iceberg;
    private final ProductDirectory directory;
    private final RotatingKeyRing keys;
    private final KeyRingStatusExport keysExport;
    private final BlockMasks masks;
    private final ReaderAccess access;
    private final ResultDigests results;
    private final SnapshotChoice snapshots;
    private final DataFreshness freshness;
    private final LegacyCatalogs legacyCatalogs;
    private final TypeManager typeManager;
    private final ControlPort control;
    private final Map<ConnectorTransactionHandle, TransactionState> transactions = new ConcurrentHashMap<>();

    MeshConnector(
            String catalogName,
            Connector iceberg,
            ProductDirectory directory,
            RotatingKeyRing keys,
            BlockMasks masks,
            ReaderAccess access,
            ResultDigests results,
            SnapshotChoice snapshots,
            DataFreshness freshness,
            Function<Function<ConnectorTransactionHandle, Products>, ControlPort> control,
            LegacyCatalogs legacyCatalogs,
            TypeManager typeManager)
    {
        this.catalogName = requireNonNull(catalogName, "catalogName is null");
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.directory = requireNonNull(directory, "directory is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.masks = requireNonNull(masks, "masks is null");
        this.access = requireNonNull(access, "access is null");
        this.results = requireNonNull(results, "results is null");
        this.snapshots = requireNonNull(snapshots, "snapshots is null");
        this.freshness = requireNonNull(freshness, "freshness is null");
        this.legacyCatalogs = requireNonNull(legacyCatalogs, "legacyCatalogs is null");
        this.typeManager = requireNonNull(typeManager, "typeManager is null");
        this.control = control.apply(this::products);
        keysExport = new KeyRingStatusExport(catalogName, keys);
    }

    @Override
    public ConnectorTransactionHandle beginTransaction(IsolationLevel isolationLevel, boolean readOnly, boolean autoCommit)
    {
        ConnectorTransactionHandle transaction = iceberg.beginTransaction(isolationLevel, readOnly, autoCommit);
        transactions.put(transaction, new TransactionState(directory, keys, results, legacyCatalogs));
        return transaction;
    }

    @Override
    public void commit(ConnectorTransactionHandle transaction)
    {
        transactions.remove(transaction);
        iceberg.commit(transaction);
    }

    @Override
    public void rollback(ConnectorTransactionHandle transaction)
    {
        transactions.remove(transaction);
        iceberg.rollback(transaction);
    }

    Products products(ConnectorTransactionHandle transaction)
    {
        return state(transaction).products();
    }

    SnapshotChoice snapshots()
    {
        return snapshots;
    }

    DataFreshness freshness()
    {
        return freshness;
    }

    TransactionState state(ConnectorTransactionHandle transaction)
    {
        TransactionState state = transactions.get(transaction);
        if (state == null) {
            throw new IllegalStateException("The transaction has ended");
        }
        return state;
    }

    @Override
    public MeshMetadata getMetadata(ConnectorSession session, ConnectorTransactionHandle transaction)
    {
        ConnectorMetadata metadata = icebergMetadata(session, transaction);
        return new MeshMetadata(
                catalogName,
                metadata,
                state(transaction),
                snapshots,
                freshness,
                access,
                new ControlTables(this, control, transaction, metadata),
                typeManager);
    }

    private ConnectorMetadata icebergMetadata(ConnectorSession session, ConnectorTransactionHandle transaction)
    {
        try {
            return iceberg.getMetadata(session, transaction);
        }
        catch (RuntimeException e) {
            return new UnreachableCatalog(e);
        }
    }

    @Override
    public Set<SystemTable> getSystemTables()
    {
        return control.metaTables();
    }

    @Override
    public ConnectorSplitManager getSplitManager()
    {
        return new MeshSplitManager(this, iceberg.getSplitManager());
    }

    @Override
    public ConnectorPageSourceProviderFactory getPageSourceProviderFactory()
    {
        return () -> new MeshPageSourceProvider(iceberg.getPageSourceProviderFactory().createPageSourceProvider(), keys, masks);
    }

    @Override
    public ConnectorNodePartitioningProvider getNodePartitioningProvider()
    {
        return iceberg.getNodePartitioningProvider();
    }

    @Override
    public ConnectorAccessControl getAccessControl()
    {
        return new MeshAccessControl(new ReaderRights(this::products, transaction -> state(transaction).legacyNames(), access, control));
    }

    /**
     * Iceberg reads its own from the session; the access control lets nobody set those.
     */
    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return ImmutableList.<PropertyMetadata<?>>builder()
                .addAll(iceberg.getSessionProperties())
                .add(ProductSample.SAMPLE_CLEAR)
                .addAll(ReaderChoices.PROPERTIES)
                .build();
    }

    @Override
    public void shutdown()
    {
        keysExport.close();
        iceberg.shutdown();
    }
}
