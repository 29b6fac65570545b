package io.meshwright.trino;

import io.meshwright.trino.control.ControlPort;
import io.meshwright.trino.control.ControlPort.Facet;
import io.meshwright.trino.control.ControlPort.FacetName;
import io.meshwright.trino.product.Product;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The tables that products have of their own, within one transaction.
 */
final class ControlTables
{
    private final MeshConnector connector;
    private final ControlPort port;
    private final ConnectorTransactionHandle transaction;
    private final ConnectorMetadata iceberg;

    ControlTables(MeshConnector connector, ControlPort port, ConnectorTransactionHandle transaction, ConnectorMetadata iceberg)
    {
        this.connector = requireNonNull(connector, "connector is null");
        this.port = requireNonNull(port, "port is null");
        this.transaction = requireNonNull(transaction, "transaction is null");
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
    }

    Optional<String> staleNote(Product product)
    {
        return port.staleNote(product);
    }

    /**
     * Asked for every name that a query mentions, and again with the session that executes.
     */
    Optional<SystemTable> find(MeshMetadata metadata, ConnectorSession session, SchemaTableName name)
    {
        return FacetName.parse(name).flatMap(parsed -> connector.products(transaction).find(parsed.product())
                // the sample of a view is a view
                .filter(product -> parsed.facet() != Facet.SAMPLE || !(product.port() instanceof Product.View))
                .filter(product -> port.finds(product, parsed.facet(), session.getIdentity()))
                .map(product -> port.facet(name, product, parsed.facet(), new MeshStorage(connector, transaction, session, metadata, iceberg))));
    }
}
