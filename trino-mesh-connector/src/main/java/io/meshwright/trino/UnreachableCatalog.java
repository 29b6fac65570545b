package io.meshwright.trino;

import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.SchemaTableName;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * In place of the wrapped connector's metadata where its catalog does not even open, as one in a database does: names and
 * descriptions are told from the last known state of the registry all the same, and no table can be opened.
 */
final class UnreachableCatalog
        implements ConnectorMetadata
{
    private final RuntimeException failure;

    UnreachableCatalog(RuntimeException failure)
    {
        this.failure = requireNonNull(failure, "failure is null");
    }

    @Override
    public ConnectorTableHandle getTableHandle(
            ConnectorSession session,
            SchemaTableName tableName,
            Optional<ConnectorTableVersion> startVersion,
            Optional<ConnectorTableVersion> endVersion)
    {
        throw failure;
    }
}
