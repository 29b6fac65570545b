package io.meshwright.trino;

import io.meshwright.trino.control.ControlPort;
import io.meshwright.trino.control.ControlPort.Facet;
import io.meshwright.trino.control.ControlPort.FacetName;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.Products;
import io.meshwright.trino.product.ReaderAccess;
import io.meshwright.trino.snapshot.ReaderChoices;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSecurityContext;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.AccessDeniedException;
import io.trino.spi.security.Privilege;
import io.trino.spi.security.TrinoPrincipal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.trino.MeshErrorCode.MESH_CLEAR_VALUES_DENIED;
import static io.meshwright.trino.MeshErrorCode.MESH_READ_DENIED;
import static io.meshwright.trino.MeshErrorCode.MESH_WRITE_DENIED;
import static io.meshwright.trino.ProductSample.SAMPLE_CLEAR;
import static io.meshwright.trino.control.ControlPort.META;
import static io.trino.spi.security.AccessDeniedException.denySetCatalogSessionProperty;
import static java.util.Objects.requireNonNull;

/**
 * The second wall: reads by the specification's {@code access}, everything else denied by the interface's defaults.
 * Only reads are decided here; the writes are overridden just to say where a producer writes instead.
 */
final class MeshAccessControl
        implements ConnectorAccessControl
{
    private static final String INFORMATION_SCHEMA = "information_schema";

    private final MeshConnector connector;
    private final ReaderAccess access;
    private final ControlPort control;

    MeshAccessControl(MeshConnector connector, ReaderAccess access, ControlPort control)
    {
        this.control = requireNonNull(control, "control is null");
        this.connector = requireNonNull(connector, "connector is null");
        this.access = requireNonNull(access, "access is null");
    }

    @Override
    public void checkCanShowSchemas(ConnectorSecurityContext context) {}

    @Override
    public Set<String> filterSchemas(ConnectorSecurityContext context, Set<String> schemaNames)
    {
        Set<String> found = products(context).all().stream()
                .filter(product -> access.mayFind(product, context.getIdentity()))
                .map(product -> product.name().getSchemaName())
                .collect(toImmutableSet());
        return schemaNames.stream()
                .filter(schema -> schema.equals(INFORMATION_SCHEMA) || schema.equals(META) || found.contains(schema))
                .collect(toImmutableSet());
    }

    @Override
    public void checkCanShowCreateSchema(ConnectorSecurityContext context, String schemaName)
    {
        if (filterSchemas(context, Set.of(schemaName)).isEmpty()) {
            throw new AccessDeniedException("Cannot show create schema for " + schemaName);
        }
    }

    @Override
    public void checkCanShowTables(ConnectorSecurityContext context, String schemaName) {}

    @Override
    public Set<SchemaTableName> filterTables(ConnectorSecurityContext context, Set<SchemaTableName> tableNames)
    {
        return tableNames.stream()
                .filter(table -> mayFind(context, table))
                .collect(toImmutableSet());
    }

    @Override
    public void checkCanShowColumns(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        if (!mayFind(context, tableName)) {
            throw new AccessDeniedException("Cannot show columns of table " + tableName);
        }
    }

    @Override
    public Map<SchemaTableName, Set<String>> filterColumns(ConnectorSecurityContext context, Map<SchemaTableName, Set<String>> tableColumns)
    {
        return tableColumns.entrySet().stream()
                .filter(entry -> mayFind(context, entry.getKey()))
                .collect(toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void checkCanShowCreateTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        if (control.isMetaTable(tableName) || FacetName.parse(tableName).isPresent()) {
            checkCanRead(context, tableName);
            return;
        }
        // what a view is made of is its owner's matter
        if (product(context, tableName).filter(product -> product.port() instanceof Product.Table).isEmpty()) {
            throw new AccessDeniedException("Cannot show create table for " + tableName);
        }
        checkCanRead(context, tableName);
    }

    @Override
    public void checkCanSelectFromColumns(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch, Set<String> columnNames)
    {
        checkCanRead(context, tableName);
    }

    @Override
    public void checkCanSelectFromColumns(ConnectorSecurityContext context, SchemaTableName tableName, Set<String> columnNames)
    {
        checkCanRead(context, tableName);
    }

    @Override
    public void checkCanCreateViewWithSelectFromColumns(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch, Set<String> columnNames)
    {
        checkCanLendRights(context, tableName);
    }

    @Override
    public void checkCanCreateViewWithSelectFromColumns(ConnectorSecurityContext context, SchemaTableName tableName, Set<String> columnNames)
    {
        checkCanLendRights(context, tableName);
    }

    /**
     * Iceberg's own properties change how tables are read, so nobody sets them.
     */
    @Override
    public void checkCanSetCatalogSessionProperty(ConnectorSecurityContext context, String propertyName)
    {
        if (!propertyName.equals(SAMPLE_CLEAR.getName()) && !ReaderChoices.NAMES.contains(propertyName)) {
            denySetCatalogSessionProperty(propertyName);
        }
    }

    @Override
    public void checkCanInsertIntoTable(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch)
    {
        throw writeDenied(context, "insert into", tableName);
    }

    @Override
    public void checkCanInsertIntoTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw writeDenied(context, "insert into", tableName);
    }

    @Override
    public void checkCanDeleteFromTable(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch)
    {
        throw writeDenied(context, "delete from", tableName);
    }

    @Override
    public void checkCanDeleteFromTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw writeDenied(context, "delete from", tableName);
    }

    @Override
    public void checkCanUpdateTableColumns(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch, Set<String> updatedColumns)
    {
        throw writeDenied(context, "update", tableName);
    }

    @Override
    public void checkCanUpdateTableColumns(ConnectorSecurityContext context, SchemaTableName tableName, Set<String> updatedColumns)
    {
        throw writeDenied(context, "update", tableName);
    }

    @Override
    public void checkCanTruncateTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw writeDenied(context, "truncate", tableName);
    }

    @Override
    public void checkCanCreateTable(ConnectorSecurityContext context, SchemaTableName tableName, Map<String, Object> properties)
    {
        throw creationDenied("table", tableName);
    }

    @Override
    public void checkCanDropTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw writeDenied(context, "drop", tableName);
    }

    @Override
    public void checkCanRenameTable(ConnectorSecurityContext context, SchemaTableName tableName, SchemaTableName newTableName)
    {
        throw writeDenied(context, "rename", tableName);
    }

    @Override
    public void checkCanAddColumn(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw writeDenied(context, "alter", tableName);
    }

    @Override
    public void checkCanAlterColumn(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw writeDenied(context, "alter", tableName);
    }

    @Override
    public void checkCanDropColumn(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw writeDenied(context, "alter", tableName);
    }

    @Override
    public void checkCanRenameColumn(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw writeDenied(context, "alter", tableName);
    }

    @Override
    public void checkCanSetTableProperties(ConnectorSecurityContext context, SchemaTableName tableName, Map<String, Optional<Object>> properties)
    {
        throw writeDenied(context, "alter", tableName);
    }

    @Override
    public void checkCanSetTableComment(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw writeDenied(context, "comment on", tableName);
    }

    @Override
    public void checkCanSetViewComment(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw writeDenied(context, "comment on", tableName);
    }

    @Override
    public void checkCanSetColumnComment(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw writeDenied(context, "comment on", tableName);
    }

    @Override
    public void checkCanRenameView(ConnectorSecurityContext context, SchemaTableName tableName, SchemaTableName newViewName)
    {
        throw writeDenied(context, "rename", tableName);
    }

    @Override
    public void checkCanDropView(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw writeDenied(context, "drop", tableName);
    }

    @Override
    public void checkCanCreateView(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw creationDenied("view", tableName);
    }

    @Override
    public void checkCanCreateMaterializedView(ConnectorSecurityContext context, SchemaTableName tableName, Map<String, Object> properties)
    {
        throw creationDenied("materialized view", tableName);
    }

    @Override
    public void checkCanCreateSchema(ConnectorSecurityContext context, String schemaName, Map<String, Object> properties)
    {
        throw new AccessDeniedException(MESH_WRITE_DENIED.message(
                "Cannot create schema %s: a schema of this catalog is a domain, and there when its first product is registered. Write a dataproduct.yaml and run: mesh product apply".formatted(schemaName)));
    }

    @Override
    public void checkCanDropSchema(ConnectorSecurityContext context, String schemaName)
    {
        throw schemaDenied("drop", schemaName);
    }

    @Override
    public void checkCanGrantTablePrivilege(ConnectorSecurityContext context, Privilege privilege, SchemaTableName tableName, TrinoPrincipal grantee, boolean grantOption)
    {
        throw grantDenied(context, tableName);
    }

    @Override
    public void checkCanDenyTablePrivilege(ConnectorSecurityContext context, Privilege privilege, SchemaTableName tableName, TrinoPrincipal grantee)
    {
        throw grantDenied(context, tableName);
    }

    @Override
    public void checkCanRevokeTablePrivilege(ConnectorSecurityContext context, Privilege privilege, SchemaTableName tableName, TrinoPrincipal revokee, boolean grantOption)
    {
        throw grantDenied(context, tableName);
    }

    @Override
    public void checkCanGrantTableBranchPrivilege(ConnectorSecurityContext context, Privilege privilege, SchemaTableName tableName, String branchName, TrinoPrincipal grantee, boolean grantOption)
    {
        throw grantDenied(context, tableName);
    }

    @Override
    public void checkCanDenyTableBranchPrivilege(ConnectorSecurityContext context, Privilege privilege, SchemaTableName tableName, String branchName, TrinoPrincipal grantee)
    {
        throw grantDenied(context, tableName);
    }

    @Override
    public void checkCanRevokeTableBranchPrivilege(ConnectorSecurityContext context, Privilege privilege, SchemaTableName tableName, String branchName, TrinoPrincipal revokee, boolean grantOption)
    {
        throw grantDenied(context, tableName);
    }

    @Override
    public void checkCanGrantSchemaPrivilege(ConnectorSecurityContext context, Privilege privilege, String schemaName, TrinoPrincipal grantee, boolean grantOption)
    {
        throw schemaGrantDenied(schemaName);
    }

    @Override
    public void checkCanDenySchemaPrivilege(ConnectorSecurityContext context, Privilege privilege, String schemaName, TrinoPrincipal grantee)
    {
        throw schemaGrantDenied(schemaName);
    }

    @Override
    public void checkCanRevokeSchemaPrivilege(ConnectorSecurityContext context, Privilege privilege, String schemaName, TrinoPrincipal revokee, boolean grantOption)
    {
        throw schemaGrantDenied(schemaName);
    }

    @Override
    public void checkCanSetTableAuthorization(ConnectorSecurityContext context, SchemaTableName tableName, TrinoPrincipal principal)
    {
        throw ownerDenied(context, tableName);
    }

    @Override
    public void checkCanSetViewAuthorization(ConnectorSecurityContext context, SchemaTableName viewName, TrinoPrincipal principal)
    {
        throw ownerDenied(context, viewName);
    }

    @Override
    public void checkCanSetSchemaAuthorization(ConnectorSecurityContext context, String schemaName, TrinoPrincipal principal)
    {
        throw schemaDenied("change the owner of", schemaName);
    }

    @Override
    public void checkCanRenameSchema(ConnectorSecurityContext context, String schemaName, String newSchemaName)
    {
        throw schemaDenied("rename", schemaName);
    }

    @Override
    public void checkCanExecuteTableProcedure(ConnectorSecurityContext context, SchemaTableName tableName, String procedureName)
    {
        throw writeDenied(context, "execute " + procedureName + " on", tableName);
    }

    @Override
    public void checkCanCreateBranch(ConnectorSecurityContext context, SchemaTableName tableName, String branchName)
    {
        throw writeDenied(context, "create a branch of", tableName);
    }

    @Override
    public void checkCanDropBranch(ConnectorSecurityContext context, SchemaTableName tableName, String branchName)
    {
        throw writeDenied(context, "drop a branch of", tableName);
    }

    @Override
    public void checkCanFastForwardBranch(ConnectorSecurityContext context, SchemaTableName tableName, String sourceBranchName, String targetBranchName)
    {
        throw writeDenied(context, "move a branch of", tableName);
    }

    private Products products(ConnectorSecurityContext context)
    {
        return connector.products(context.getTransactionHandle());
    }

    private Optional<Product> product(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        return products(context).find(tableName);
    }

    private boolean mayFind(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        return tableName.getSchemaName().equals(INFORMATION_SCHEMA)
                || control.isMetaTable(tableName)
                || mayFindFacet(context, tableName)
                || product(context, tableName).filter(product -> access.mayFind(product, context.getIdentity())).isPresent();
    }

    /**
     * What a product tells about itself is for those who find it, a sample of it for those who may read it. Which rows are
     * shown is decided where they are made, by the user who executes.
     */
    private boolean mayFindFacet(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        return FacetName.parse(tableName)
                .filter(name -> product(context, name.product())
                        .filter(product -> control.finds(product, name.facet(), context.getIdentity()))
                        .isPresent())
                .isPresent();
    }

    private void checkCanRead(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        if (tableName.getSchemaName().equals(INFORMATION_SCHEMA) || control.isMetaTable(tableName)) {
            return;
        }
        Optional<FacetName> facet = FacetName.parse(tableName);
        if (facet.isPresent()) {
            if (!mayFindFacet(context, tableName)) {
                throw new AccessDeniedException("Cannot select from table " + tableName);
            }
            if (facet.orElseThrow().facet() == Facet.SAMPLE) {
                checkCanRead(context, facet.orElseThrow().product());
            }
            return;
        }
        Optional<Product> product = product(context, tableName);
        if (product.isEmpty() || !access.mayFind(product.orElseThrow(), context.getIdentity())) {
            throw new AccessDeniedException("Cannot select from table " + tableName);
        }
        if (!access.mayRead(product.orElseThrow(), context.getIdentity())) {
            throw new AccessDeniedException(MESH_READ_DENIED.message(CallerCheck.readDenied(product.orElseThrow())));
        }
    }

    /**
     * Whether a view may give this user's rights to its readers.
     */
    private void checkCanLendRights(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        checkCanRead(context, tableName);
        Optional<Product> product = product(context, tableName);
        boolean masksSomething = product
                .filter(candidate -> candidate.port() instanceof Product.Table table && !table.masks().masks().isEmpty())
                .isPresent();
        if (masksSomething && access.seesClearValues(product.orElseThrow(), context.getIdentity())) {
            throw new AccessDeniedException(MESH_CLEAR_VALUES_DENIED.message(
                    "%s sees clear values of %s, which readers of the view may not. Create the view with SECURITY INVOKER.".formatted(context.getIdentity().getUser(), tableName)));
        }
        if (product.flatMap(Product::spec).flatMap(spec -> spec.access().readGroups()).isPresent()) {
            throw new AccessDeniedException(MESH_READ_DENIED.message(
                    "%s is for some groups only, which a view must not widen. Create the view with SECURITY INVOKER.".formatted(tableName)));
        }
    }

    private static AccessDeniedException creationDenied(String kind, SchemaTableName tableName)
    {
        return new AccessDeniedException(MESH_WRITE_DENIED.message(
                "Cannot create %s %s: a table of this catalog is a registered data product. Write a dataproduct.yaml and run: mesh product apply".formatted(kind, tableName)));
    }

    private AccessDeniedException grantDenied(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        return new AccessDeniedException(MESH_WRITE_DENIED.message(
                "Cannot change who may read %s: the access section of its dataproduct.yaml says it; ask %s.".formatted(tableName, owner(context, tableName))));
    }

    private AccessDeniedException ownerDenied(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        return new AccessDeniedException(MESH_WRITE_DENIED.message(
                "Cannot change the owner of %s: its dataproduct.yaml names it; ask %s.".formatted(tableName, owner(context, tableName))));
    }

    private static AccessDeniedException schemaGrantDenied(String schemaName)
    {
        return new AccessDeniedException(MESH_WRITE_DENIED.message(
                "Cannot change who may read schema %s: the access section of each product's dataproduct.yaml says it.".formatted(schemaName)));
    }

    private static AccessDeniedException schemaDenied(String action, String schemaName)
    {
        return new AccessDeniedException(MESH_WRITE_DENIED.message("Cannot %s schema %s: it is a domain of registered data products".formatted(action, schemaName)));
    }

    private AccessDeniedException writeDenied(ConnectorSecurityContext context, String action, SchemaTableName tableName)
    {
        return new AccessDeniedException(MESH_WRITE_DENIED.message(
                "Cannot %s %s: an address is for reading. The producer writes to the product's own table, in the producers' catalog or by its pipeline; ask %s."
                        .formatted(action, tableName, owner(context, tableName))));
    }

    private String owner(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        return product(context, tableName)
                .filter(product -> access.mayFind(product, context.getIdentity()))
                .map(Product::owner)
                .orElse("its owner");
    }
}
