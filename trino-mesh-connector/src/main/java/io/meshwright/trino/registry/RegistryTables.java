package io.meshwright.trino.registry;

import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SchemaTableName;

import java.io.IOException;
import java.util.Optional;

import static io.trino.spi.transaction.IsolationLevel.SERIALIZABLE;
import static java.util.Objects.requireNonNull;

/**
 * The tables of the registry's namespace, read through the wrapped connector, with its catalog, its file system and its
 * credentials, so that these are configured once.
 */
public final class RegistryTables
{
    private final Connector iceberg;
    private final String namespace;

    public RegistryTables(Connector iceberg, String namespace)
    {
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.namespace = requireNonNull(namespace, "namespace is null");
    }

    /**
     * Opens a table at its newest snapshot, to be closed by the caller. A table that nobody has written yet has no rows.
     *
     * @throws IOException where the catalog does not answer or the table is damaged
     */
    public RegistryScan open(String table)
            throws IOException
    {
        ConnectorTransactionHandle transaction = iceberg.beginTransaction(SERIALIZABLE, true, true);
        ConnectorSession session = new RegistrySession(iceberg.getSessionProperties());
        try {
            ConnectorMetadata metadata = iceberg.getMetadata(session, transaction);
            metadata.beginQuery(session);
            ConnectorTableHandle handle = metadata.getTableHandle(session, new SchemaTableName(namespace, table), Optional.empty(), Optional.empty());
            if (handle != null && !(handle instanceof IcebergTableHandle)) {
                throw new IOException("The registry's table %s cannot be opened".formatted(table));
            }
            return new RegistryScan(iceberg, transaction, session, metadata, table, Optional.ofNullable((IcebergTableHandle) handle));
        }
        catch (Throwable e) {
            iceberg.rollback(transaction);
            if (e instanceof IOException || e instanceof Error) {
                throw e;
            }
            throw new IOException("The registry's table %s cannot be opened".formatted(table), e);
        }
    }
}
