package io.meshwright.trino;

import io.meshwright.trino.control.ControlPort;
import io.meshwright.trino.control.ControlPort.Facet;
import io.meshwright.trino.control.ControlPort.FacetName;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.Products;
import io.meshwright.trino.product.ReaderAccess;
import io.trino.spi.connector.ConnectorSecurityContext;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.AccessDeniedException;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.trino.MeshErrorCode.MESH_CLEAR_VALUES_DENIED;
import static io.meshwright.trino.MeshErrorCode.MESH_READ_DENIED;
import static io.meshwright.trino.control.ControlPort.META;
import static java.util.Objects.requireNonNull;

/**
 * What a user may find, read, and lend to the readers of his views, by the state of the registry that his transaction sees.
 */
final class ReaderRights
{
    private static final String INFORMATION_SCHEMA = "information_schema";

    private final Function<ConnectorTransactionHandle, Products> products;
    private final Function<ConnectorTransactionHandle, LegacyNames> legacyNames;
    private final ReaderAccess access;
    private final ControlPort control;

    ReaderRights(Function<ConnectorTransactionHandle, Products> products, Function<ConnectorTransactionHandle, LegacyNames> legacyNames, ReaderAccess access, ControlPort control)
    {
        this.legacyNames = requireNonNull(legacyNames, "legacyNames is null");
        this.products = requireNonNull(products, "products is null");
        this.access = requireNonNull(access, "access is null");
        this.control = requireNonNull(control, "control is null");
    }

    /**
     * Which schemas he may find.
     */
    Predicate<String> schemas(ConnectorSecurityContext context)
    {
        Set<String> found = Stream.concat(
                        products(context).all().stream()
                                .filter(product -> access.mayFind(product, context.getIdentity()))
                                .map(product -> product.name().getSchemaName()),
                        legacyNames(context).all().stream()
                                .filter(legacy -> access.mayFind(legacy.product(), context.getIdentity()) && legacyNames(context).mayRead(legacy, context.getIdentity()))
                                .map(legacy -> legacy.name().getSchemaName()))
                .collect(toImmutableSet());
        return schema -> schema.equals(INFORMATION_SCHEMA) || schema.equals(META) || found.contains(schema);
    }

    boolean mayFind(ConnectorSecurityContext context, SchemaTableName table)
    {
        return table.getSchemaName().equals(INFORMATION_SCHEMA)
                || control.isMetaTable(table)
                || mayFindFacet(context, table)
                || found(context, table).isPresent();
    }

    /**
     * Empty as well for a product that he may not know of.
     */
    Optional<Product> found(ConnectorSecurityContext context, SchemaTableName table)
    {
        return product(context, table).filter(product -> access.mayFind(product, context.getIdentity()));
    }

    void checkMayRead(ConnectorSecurityContext context, SchemaTableName table)
    {
        if (table.getSchemaName().equals(INFORMATION_SCHEMA) || control.isMetaTable(table)) {
            return;
        }
        Optional<FacetName> facet = FacetName.parse(table);
        if (facet.isPresent()) {
            if (!mayFindFacet(context, table)) {
                throw selectDenied(table);
            }
            if (facet.orElseThrow().facet() == Facet.SAMPLE) {
                checkMayRead(context, facet.orElseThrow().product());
            }
            return;
        }
        Product product = found(context, table).orElseThrow(() -> selectDenied(table));
        if (!access.mayRead(product, context.getIdentity())) {
            throw new AccessDeniedException(MESH_READ_DENIED.message(CallerCheck.readDenied(product)));
        }
    }

    /**
     * Of a product that is a table. What a view is made of is its owner's matter.
     */
    void checkMayShowDefinition(ConnectorSecurityContext context, SchemaTableName table)
    {
        boolean own = control.isMetaTable(table) || FacetName.parse(table).isPresent();
        if (!own && product(context, table).filter(product -> product.port() instanceof Product.Table).isEmpty()) {
            throw new AccessDeniedException("Cannot show create table for " + table);
        }
        checkMayRead(context, table);
    }

    /**
     * Whether a view may give this user's rights to its readers. They are the ones who are told of a refusal, and may know of other
     * products than the view's owner.
     */
    void checkMayLend(ConnectorSecurityContext context, SchemaTableName table)
    {
        checkMayRead(context, table);
        Optional<Product> product = product(context, table);
        boolean masksSomething = product
                .filter(candidate -> candidate.port() instanceof Product.Table port && !port.masks().masks().isEmpty())
                .isPresent();
        if (masksSomething && access.seesClearValues(product.orElseThrow(), context.getIdentity())) {
            throw new AccessDeniedException(MESH_CLEAR_VALUES_DENIED.message(
                    "%s sees clear values of %s, which readers of the view may not. Create the view with SECURITY INVOKER.".formatted(context.getIdentity().getUser(), nameForReaders(product.orElseThrow()))));
        }
        if (product.filter(candidate -> !access.isForEverybody(candidate)).isPresent()) {
            throw new AccessDeniedException(MESH_READ_DENIED.message(
                    "%s is for some groups only, which a view must not widen. Create the view with SECURITY INVOKER.".formatted(nameForReaders(product.orElseThrow()))));
        }
    }

    private String nameForReaders(Product product)
    {
        return access.isFoundByEverybody(product) ? product.name().toString() : "A product behind it";
    }

    /**
     * What a product tells about itself is for those who find it, a sample of it for those who may read it. Which rows are
     * shown is decided where they are made, by the user who executes.
     */
    private boolean mayFindFacet(ConnectorSecurityContext context, SchemaTableName table)
    {
        return FacetName.parse(table)
                .filter(name -> product(context, name.product())
                        .filter(product -> control.finds(product, name.facet(), context.getIdentity()))
                        .isPresent())
                .isPresent();
    }

    private Products products(ConnectorSecurityContext context)
    {
        return products.apply(context.getTransactionHandle());
    }

    private Optional<Product> product(ConnectorSecurityContext context, SchemaTableName table)
    {
        return products(context).find(table)
                // the old name is a name of the product; what lies behind it before the cutover, the other catalog's access control decides
                .or(() -> legacyNames(context).find(table)
                        .filter(legacy -> legacyNames(context).mayRead(legacy, context.getIdentity()))
                        .map(LegacyNames.LegacyTable::product));
    }

    private LegacyNames legacyNames(ConnectorSecurityContext context)
    {
        return legacyNames.apply(context.getTransactionHandle());
    }

    private static AccessDeniedException selectDenied(SchemaTableName table)
    {
        return new AccessDeniedException("Cannot select from table " + table);
    }
}
