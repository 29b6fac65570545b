package io.meshwright.trino.control;

import com.google.common.collect.ImmutableMap;
import io.airlift.slice.Slices;
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
import java.util.function.Predicate;

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
    private final Predicate<String> addresses;

    /**
     * @param addresses the products that the table is about
     */
    ControlTable(
            SchemaTableName name,
            String comment,
            ControlColumns<T> columns,
            Source<T> source,
            Function<ConnectorTransactionHandle, Products> products,
            Predicate<String> addresses)
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
        ControlRequest request = new ControlRequest(session.getIdentity(), products.apply(transaction), addresses.and(asked(constraint)));
        try {
            return new ControlPageSource<>(name, columns, source.rows(request));
        }
        catch (IOException e) {
            throw ControlPageSource.unavailable(name, e);
        }
    }

    private static Predicate<String> asked(TupleDomain<Integer> constraint)
    {
        Optional<Domain> domain = constraint.getDomains().map(domains -> domains.get(ADDRESS));
        return domain.<Predicate<String>>map(asked -> address -> asked.includesNullableValue(Slices.utf8Slice(address)))
                .orElse(_ -> true);
    }
}
