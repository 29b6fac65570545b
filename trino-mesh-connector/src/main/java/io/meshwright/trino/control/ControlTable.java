package io.meshwright.trino.control;

import com.google.common.collect.ImmutableMap;
import io.meshwright.trino.product.Products;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * A table that products tell about themselves in. It is read on the coordinator, with the identity of the session that executes.
 */
final class ControlTable<T>
        implements SystemTable
{
    private static final int ADDRESS = 0;

    /**
     * Where the rows come from, only those that may be shown.
     */
    interface Source<T>
    {
        ControlRows<T> rows(ControlRequest request)
                throws IOException;
    }

    private final SchemaTableName name;
    private final String comment;
    private final ControlColumns<T> columns;
    private final Source<T> source;
    private final Function<ConnectorTransactionHandle, Products> products;
    private final Domain addresses;

    /**
     * @param addresses the products that the table is about
     */
    ControlTable(
            SchemaTableName name,
            String comment,
            ControlColumns<T> columns,
            Source<T> source,
            Function<ConnectorTransactionHandle, Products> products,
            Domain addresses)
    {
        this.name = requireNonNull(name, "name is null");
        this.comment = requireNonNull(comment, "comment is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.source = requireNonNull(source, "source is null");
        this.products = requireNonNull(products, "products is null");
        this.addresses = requireNonNull(addresses, "addresses is null");
    }

    @Override
    public Distribution getDistribution()
    {
        return Distribution.SINGLE_COORDINATOR;
    }

    @Override
    public ConnectorTableMetadata getTableMetadata()
    {
        return new ConnectorTableMetadata(name, columns.metadata(), ImmutableMap.of(), Optional.of(comment));
    }

    @Override
    public ConnectorPageSource pageSource(ConnectorTransactionHandle transaction, ConnectorSession session, TupleDomain<Integer> constraint)
    {
        ControlRequest request = new ControlRequest(session.getIdentity(), products.apply(transaction), addresses.intersect(asked(constraint)));
        try {
            return new ControlPageSource<>(name, columns, source.rows(request));
        }
        catch (IOException e) {
            throw ControlPageSource.unavailable(name, e);
        }
    }

    private static Domain asked(TupleDomain<Integer> constraint)
    {
        if (constraint.isNone()) {
            return Domain.none(VARCHAR);
        }
        return constraint.getDomains().map(domains -> domains.get(ADDRESS)).orElse(Domain.all(VARCHAR));
    }
}
