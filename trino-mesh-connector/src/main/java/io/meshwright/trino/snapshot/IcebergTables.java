package io.meshwright.trino.snapshot;

import io.trino.plugin.iceberg.IcebergConnector;
import io.trino.plugin.iceberg.catalog.TrinoCatalogFactory;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import org.apache.iceberg.Table;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The metadata of tables as Iceberg's library has it, by the wrapped connector's own catalog and file system. Handles tell
 * neither the history of snapshots nor the bounds of columns.
 */
public final class IcebergTables
{
    private final TrinoCatalogFactory catalogs;

    public IcebergTables(Connector iceberg)
    {
        checkArgument(iceberg instanceof IcebergConnector, "Not the Iceberg connector: %s", iceberg.getClass());
        catalogs = ((IcebergConnector) iceberg).getInjector().getInstance(TrinoCatalogFactory.class);
    }

    public Table load(ConnectorSession session, SchemaTableName table)
    {
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
            return catalogs.create(session.getIdentity()).loadTable(session, table);
        }
    }
}
