package io.meshwright.trino;

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
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.meshwright.trino.ProductSample.SAMPLE_CLEAR;
import static io.trino.spi.security.AccessDeniedException.denySetCatalogSessionProperty;
import static java.util.Objects.requireNonNull;

/**
 * The second wall: reads by the specification's {@code access}, everything else denied by the interface's defaults.
 * Only reads are decided here; the writes are overridden just to say where a producer writes instead.
 */
final class MeshAccessControl
        implements ConnectorAccessControl
{
    private final ReaderRights rights;
    private final WriteRefusals refused;

    MeshAccessControl(ReaderRights rights)
    {
        this.rights = requireNonNull(rights, "rights is null");
        refused = new WriteRefusals(rights);
    }

    @Override
    public void checkCanShowSchemas(ConnectorSecurityContext context) {}

    @Override
    public Set<String> filterSchemas(ConnectorSecurityContext context, Set<String> schemaNames)
    {
        Predicate<String> found = rights.schemas(context);
        return schemaNames.stream()
                .filter(found)
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
                .filter(table -> rights.mayFind(context, table))
                .collect(toImmutableSet());
    }

    @Override
    public void checkCanShowColumns(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        if (!rights.mayFind(context, tableName)) {
            throw new AccessDeniedException("Cannot show columns of table " + tableName);
        }
    }

    @Override
    public Map<SchemaTableName, Set<String>> filterColumns(ConnectorSecurityContext context, Map<SchemaTableName, Set<String>> tableColumns)
    {
        return tableColumns.entrySet().stream()
                .filter(entry -> rights.mayFind(context, entry.getKey()))
                .collect(toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void checkCanShowCreateTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        rights.checkMayShowDefinition(context, tableName);
    }

    @Override
    public void checkCanSelectFromColumns(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch, Set<String> columnNames)
    {
        rights.checkMayRead(context, tableName);
    }

    @Override
    public void checkCanSelectFromColumns(ConnectorSecurityContext context, SchemaTableName tableName, Set<String> columnNames)
    {
        rights.checkMayRead(context, tableName);
    }

    @Override
    public void checkCanCreateViewWithSelectFromColumns(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch, Set<String> columnNames)
    {
        rights.checkMayLend(context, tableName);
    }

    @Override
    public void checkCanCreateViewWithSelectFromColumns(ConnectorSecurityContext context, SchemaTableName tableName, Set<String> columnNames)
    {
        rights.checkMayLend(context, tableName);
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
        throw refused.write(context, "insert into", tableName);
    }

    @Override
    public void checkCanInsertIntoTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.write(context, "insert into", tableName);
    }

    @Override
    public void checkCanDeleteFromTable(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch)
    {
        throw refused.write(context, "delete from", tableName);
    }

    @Override
    public void checkCanDeleteFromTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.write(context, "delete from", tableName);
    }

    @Override
    public void checkCanUpdateTableColumns(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch, Set<String> updatedColumns)
    {
        throw refused.write(context, "update", tableName);
    }

    @Override
    public void checkCanUpdateTableColumns(ConnectorSecurityContext context, SchemaTableName tableName, Set<String> updatedColumns)
    {
        throw refused.write(context, "update", tableName);
    }

    @Override
    public void checkCanTruncateTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.write(context, "truncate", tableName);
    }

    @Override
    public void checkCanCreateTable(ConnectorSecurityContext context, SchemaTableName tableName, Map<String, Object> properties)
    {
        throw refused.creation("table", tableName);
    }

    @Override
    public void checkCanDropTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.write(context, "drop", tableName);
    }

    @Override
    public void checkCanRenameTable(ConnectorSecurityContext context, SchemaTableName tableName, SchemaTableName newTableName)
    {
        throw refused.write(context, "rename", tableName);
    }

    @Override
    public void checkCanAddColumn(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.write(context, "alter", tableName);
    }

    @Override
    public void checkCanAlterColumn(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.write(context, "alter", tableName);
    }

    @Override
    public void checkCanDropColumn(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.write(context, "alter", tableName);
    }

    @Override
    public void checkCanRenameColumn(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.write(context, "alter", tableName);
    }

    @Override
    public void checkCanSetTableProperties(ConnectorSecurityContext context, SchemaTableName tableName, Map<String, Optional<Object>> properties)
    {
        throw refused.write(context, "alter", tableName);
    }

    @Override
    public void checkCanSetTableComment(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.write(context, "comment on", tableName);
    }

    @Override
    public void checkCanSetViewComment(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.write(context, "comment on", tableName);
    }

    @Override
    public void checkCanSetColumnComment(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.write(context, "comment on", tableName);
    }

    @Override
    public void checkCanRenameView(ConnectorSecurityContext context, SchemaTableName tableName, SchemaTableName newViewName)
    {
        throw refused.write(context, "rename", tableName);
    }

    @Override
    public void checkCanDropView(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.write(context, "drop", tableName);
    }

    @Override
    public void checkCanCreateView(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        throw refused.creation("view", tableName);
    }

    @Override
    public void checkCanCreateMaterializedView(ConnectorSecurityContext context, SchemaTableName tableName, Map<String, Object> properties)
    {
        throw refused.creation("materialized view", tableName);
    }

    @Override
    public void checkCanCreateSchema(ConnectorSecurityContext context, String schemaName, Map<String, Object> properties)
    {
        throw refused.schemaCreation(schemaName);
    }

    @Override
    public void checkCanDropSchema(ConnectorSecurityContext context, String schemaName)
    {
        throw refused.schemaChange("drop", schemaName);
    }

    @Override
    public void checkCanGrantTablePrivilege(ConnectorSecurityContext context, Privilege privilege, SchemaTableName tableName, TrinoPrincipal grantee, boolean grantOption)
    {
        throw refused.grant(context, tableName);
    }

    @Override
    public void checkCanDenyTablePrivilege(ConnectorSecurityContext context, Privilege privilege, SchemaTableName tableName, TrinoPrincipal grantee)
    {
        throw refused.grant(context, tableName);
    }

    @Override
    public void checkCanRevokeTablePrivilege(ConnectorSecurityContext context, Privilege privilege, SchemaTableName tableName, TrinoPrincipal revokee, boolean grantOption)
    {
        throw refused.grant(context, tableName);
    }

    @Override
    public void checkCanGrantTableBranchPrivilege(ConnectorSecurityContext context, Privilege privilege, SchemaTableName tableName, String branchName, TrinoPrincipal grantee, boolean grantOption)
    {
        throw refused.grant(context, tableName);
    }

    @Override
    public void checkCanDenyTableBranchPrivilege(ConnectorSecurityContext context, Privilege privilege, SchemaTableName tableName, String branchName, TrinoPrincipal grantee)
    {
        throw refused.grant(context, tableName);
    }

    @Override
    public void checkCanRevokeTableBranchPrivilege(ConnectorSecurityContext context, Privilege privilege, SchemaTableName tableName, String branchName, TrinoPrincipal revokee, boolean grantOption)
    {
        throw refused.grant(context, tableName);
    }

    @Override
    public void checkCanGrantSchemaPrivilege(ConnectorSecurityContext context, Privilege privilege, String schemaName, TrinoPrincipal grantee, boolean grantOption)
    {
        throw refused.schemaGrant(schemaName);
    }

    @Override
    public void checkCanDenySchemaPrivilege(ConnectorSecurityContext context, Privilege privilege, String schemaName, TrinoPrincipal grantee)
    {
        throw refused.schemaGrant(schemaName);
    }

    @Override
    public void checkCanRevokeSchemaPrivilege(ConnectorSecurityContext context, Privilege privilege, String schemaName, TrinoPrincipal revokee, boolean grantOption)
    {
        throw refused.schemaGrant(schemaName);
    }

    @Override
    public void checkCanSetTableAuthorization(ConnectorSecurityContext context, SchemaTableName tableName, TrinoPrincipal principal)
    {
        throw refused.authorization(context, tableName);
    }

    @Override
    public void checkCanSetViewAuthorization(ConnectorSecurityContext context, SchemaTableName viewName, TrinoPrincipal principal)
    {
        throw refused.authorization(context, viewName);
    }

    @Override
    public void checkCanSetSchemaAuthorization(ConnectorSecurityContext context, String schemaName, TrinoPrincipal principal)
    {
        throw refused.schemaChange("change the owner of", schemaName);
    }

    @Override
    public void checkCanRenameSchema(ConnectorSecurityContext context, String schemaName, String newSchemaName)
    {
        throw refused.schemaChange("rename", schemaName);
    }

    @Override
    public void checkCanExecuteTableProcedure(ConnectorSecurityContext context, SchemaTableName tableName, String procedureName)
    {
        throw refused.write(context, "execute " + procedureName + " on", tableName);
    }

    @Override
    public void checkCanCreateBranch(ConnectorSecurityContext context, SchemaTableName tableName, String branchName)
    {
        throw refused.write(context, "create a branch of", tableName);
    }

    @Override
    public void checkCanDropBranch(ConnectorSecurityContext context, SchemaTableName tableName, String branchName)
    {
        throw refused.write(context, "drop a branch of", tableName);
    }

    @Override
    public void checkCanFastForwardBranch(ConnectorSecurityContext context, SchemaTableName tableName, String sourceBranchName, String targetBranchName)
    {
        throw refused.write(context, "move a branch of", tableName);
    }
}
