package io.meshwright.trino;

import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.Products;
import io.meshwright.trino.product.ReaderAccess;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.SchemaTableName;

import java.util.Optional;

import static io.meshwright.trino.MeshErrorCode.MESH_NOT_OF_VIEWS;
import static io.meshwright.trino.ProductSample.ROWS;
import static io.meshwright.trino.ProductSample.SAMPLE_CLEAR;
import static java.util.Objects.requireNonNull;

/**
 * The sample of a view port is a view over it, so that everything that holds for the view holds for its sample. Its inputs are
 * masked by who asks, and by nothing else, so whoever sees them in clear has to want that.
 */
final class ViewSample
{
    private final Products products;
    private final ReaderAccess access;
    private final ConnectorSession session;

    ViewSample(Products products, ReaderAccess access, ConnectorSession session)
    {
        this.products = requireNonNull(products, "products is null");
        this.access = requireNonNull(access, "access is null");
        this.session = requireNonNull(session, "session is null");
    }

    /**
     * @param definition of the view itself, checked for this reader
     */
    ConnectorViewDefinition of(Product product, ConnectorViewDefinition definition)
    {
        if (!session.getProperty(SAMPLE_CLEAR.getName(), Boolean.class) && showsClearValues(product)) {
            throw MESH_NOT_OF_VIEWS.exception("A sample of %s would not be masked for you, because it is a view over products that you see in clear. To see it so: SET SESSION %s.%s = true"
                    .formatted(product.address(), definition.getCatalog().orElseThrow(), SAMPLE_CLEAR.getName()));
        }
        return new ConnectorViewDefinition(
                "SELECT * FROM %s.%s LIMIT %s".formatted(quoted(product.name().getSchemaName()), quoted(product.name().getTableName()), ROWS),
                definition.getCatalog(),
                definition.getSchema(),
                definition.getColumns(),
                Optional.of("%s rows of %s".formatted(ROWS, product.address())),
                Optional.empty(),
                true,
                definition.getPath());
    }

    private boolean showsClearValues(Product product)
    {
        return switch (product.port()) {
            case Product.Table table -> !table.masks().masks().isEmpty() && access.seesClearValues(product, session.getIdentity());
            case Product.View view -> view.inputs().stream().anyMatch(this::showsClearValues);
            case Product.Unservable _ -> false;
        };
    }

    private boolean showsClearValues(SchemaTableName input)
    {
        return products.find(input).filter(this::showsClearValues).isPresent();
    }

    private static String quoted(String name)
    {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
