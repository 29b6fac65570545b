package io.meshwright.trino;

import io.meshwright.trino.product.Product;
import io.trino.spi.connector.ConnectorSecurityContext;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.AccessDeniedException;

import static io.meshwright.trino.MeshErrorCode.MESH_WRITE_DENIED;
import static java.util.Objects.requireNonNull;

/**
 * What somebody is told who wants to change something here: how it is changed instead, and whom to ask.
 */
final class WriteRefusals
{
    private final ReaderRights rights;

    WriteRefusals(ReaderRights rights)
    {
        this.rights = requireNonNull(rights, "rights is null");
    }

    AccessDeniedException write(ConnectorSecurityContext context, String action, SchemaTableName table)
    {
        return denied("Cannot %s %s: an address is for reading. The producer writes to the product's own table, in the producers' catalog or by its pipeline; ask %s."
                .formatted(action, table, owner(context, table)));
    }

    AccessDeniedException creation(String kind, SchemaTableName table)
    {
        return denied("Cannot create %s %s: a table of this catalog is a registered data product. Write a dataproduct.yaml and run: mesh product apply".formatted(kind, table));
    }

    AccessDeniedException grant(ConnectorSecurityContext context, SchemaTableName table)
    {
        return denied("Cannot change who may read %s: the access section of its dataproduct.yaml says it; ask %s.".formatted(table, owner(context, table)));
    }

    AccessDeniedException authorization(ConnectorSecurityContext context, SchemaTableName table)
    {
        return denied("Cannot change the owner of %s: its dataproduct.yaml names it; ask %s.".formatted(table, owner(context, table)));
    }

    AccessDeniedException schemaCreation(String schema)
    {
        return denied("Cannot create schema %s: a schema of this catalog is a domain, and there when its first product is registered. Write a dataproduct.yaml and run: mesh product apply".formatted(schema));
    }

    AccessDeniedException schemaChange(String action, String schema)
    {
        return denied("Cannot %s schema %s: it is a domain of registered data products".formatted(action, schema));
    }

    AccessDeniedException schemaGrant(String schema)
    {
        return denied("Cannot change who may read schema %s: the access section of each product's dataproduct.yaml says it.".formatted(schema));
    }

    /**
     * Whoever may not know of the product is not told its owner either.
     */
    private String owner(ConnectorSecurityContext context, SchemaTableName table)
    {
        return rights.found(context, table).map(Product::owner).orElse("its owner");
    }

    private static AccessDeniedException denied(String message)
    {
        return new AccessDeniedException(MESH_WRITE_DENIED.message(message));
    }
}
