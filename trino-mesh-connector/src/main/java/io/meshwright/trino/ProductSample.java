package io.meshwright.trino;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.trino.mask.FieldRules;
import io.meshwright.trino.product.Product;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.DynamicFilter;
import io.trino.spi.connector.LimitApplicationResult;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.session.PropertyMetadata.booleanProperty;
import static java.util.Objects.requireNonNull;

/**
 * A few rows of a product, masked for everybody, so that they can be shown to others. Somebody with clearance who wants
 * clear values has to say so in his session. The rows come through the same walls as those of a query on the product.
 */
final class ProductSample
        implements SystemTable
{
    static final PropertyMetadata<Boolean> SAMPLE_CLEAR = booleanProperty("sample_clear", "Show samples without masks to whom the product is clear", false, false);

    static final long ROWS = 5;

    private final MeshConnector connector;
    private final ConnectorTransactionHandle transaction;
    private final ConnectorSession session;
    private final MeshMetadata metadata;
    private final SchemaTableName name;
    private final Product product;
    private final Supplier<MeshTableHandle> table = Suppliers.memoize(this::open);

    /**
     * @param session of the query, which has the connector's own session properties
     */
    ProductSample(
            MeshConnector connector,
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            MeshMetadata metadata,
            SchemaTableName name,
            Product product)
    {
        this.connector = requireNonNull(connector, "connector is null");
        this.transaction = requireNonNull(transaction, "transaction is null");
        this.session = requireNonNull(session, "session is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.name = requireNonNull(name, "name is null");
        this.product = requireNonNull(product, "product is null");
    }

    @Override
    public Distribution getDistribution()
    {
        return Distribution.SINGLE_COORDINATOR;
    }

    @Override
    public ConnectorTableMetadata getTableMetadata()
    {
        List<ColumnMetadata> columns = metadata.getColumnHandles(session, table.get()).values().stream()
                .map(column -> metadata.getColumnMetadata(session, table.get(), column))
                .collect(toImmutableList());
        return new ConnectorTableMetadata(name, columns, ImmutableMap.of(), Optional.of("%s rows of %s, masked".formatted(ROWS, product.address())));
    }

    @Override
    public ConnectorPageSource pageSource(ConnectorTransactionHandle systemTransaction, ConnectorSession systemSession, TupleDomain<Integer> constraint)
    {
        // the engine asks this of a table, not of a system table: the reader's choices hold for a sample, too
        metadata.validateScan(session, table.get());
        List<ColumnHandle> columns = ImmutableList.copyOf(metadata.getColumnHandles(session, table.get()).values());
        MeshTableHandle limited = metadata.applyLimit(session, table.get(), ROWS)
                .map(LimitApplicationResult::getHandle)
                .map(MeshTableHandle::of)
                .orElse(table.get());
        Optional<ConnectorTableCredentials> credentials = metadata.getTableCredentials(session, limited);
        ConnectorPageSourceProvider pages = connector.getPageSourceProviderFactory().createPageSourceProvider();
        ConnectorSplitSource splits = connector.getSplitManager().getSplits(transaction, session, limited, Set.of(), Constraint.alwaysTrue());
        return new FirstRows(
                ROWS,
                splits,
                split -> pages.createPageSource(transaction, session, split, limited, credentials, columns, DynamicFilter.EMPTY, MemoryContext.NO_LIMIT));
    }

    private MeshTableHandle open()
    {
        MeshTableHandle opened = MeshStorage.open(metadata, session, product);
        FieldRules rules = opened.rules();
        if (session.getProperty(SAMPLE_CLEAR.getName(), Boolean.class)) {
            return opened;
        }
        return opened.withRules(new FieldRules(rules.masks(), rules.declared(), true));
    }
}
