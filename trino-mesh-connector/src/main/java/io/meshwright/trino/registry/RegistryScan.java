package io.meshwright.trino.registry;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * One table of the registry at one snapshot. Used by one thread at a time.
 */
public final class RegistryScan
        implements Closeable
{
    private final Connector iceberg;
    private final ConnectorTransactionHandle transaction;
    private final ConnectorSession session;
    private final ConnectorMetadata metadata;
    private final String table;
    private final Optional<IcebergTableHandle> handle;

    RegistryScan(
            Connector iceberg,
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorMetadata metadata,
            String table,
            Optional<IcebergTableHandle> handle)
    {
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.transaction = requireNonNull(transaction, "transaction is null");
        this.session = requireNonNull(session, "session is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.table = requireNonNull(table, "table is null");
        this.handle = requireNonNull(handle, "handle is null");
    }

    /**
     * Empty where the table does not exist or never got a row.
     */
    public OptionalLong snapshotId()
    {
        return handle.map(IcebergTableHandle::getSnapshotId).orElse(OptionalLong.empty());
    }

    /**
     * All rows with the named columns, in no particular order. A column that the table does not have yet is absent in its rows.
     *
     * @throws IOException where the catalog does not answer
     */
    public RegistryRows rows(Collection<String> columns)
            throws IOException
    {
        return rows(columns, TupleDomain.all(), _ -> true);
    }

    /**
     * At least the rows whose text in a column is in a domain: files in which by their bounds there is none are not opened.
     *
     * @throws IOException where the catalog does not answer
     */
    public RegistryRows rowsWhere(Collection<String> columns, String column, Domain domain)
            throws IOException
    {
        return rows(columns, TupleDomain.withColumnDomains(ImmutableMap.of(column, domain)), _ -> true);
    }

    /**
     * The rows that are not in the given {@link RegistryRows#parts() parts}, which an earlier reading has seen. Parts never
     * change, so that a reader who keeps what he saw pays for new rows only; rows that were put together into new
     * parts come again.
     *
     * @throws IOException where the catalog does not answer
     */
    public RegistryRows rowsExcept(Collection<String> columns, Set<String> seenParts)
            throws IOException
    {
        return rows(columns, TupleDomain.all(), part -> !seenParts.contains(part));
    }

    /**
     * The rows that are in the given parts.
     *
     * @throws IOException where the catalog does not answer
     */
    public RegistryRows rowsIn(Collection<String> columns, Set<String> parts)
            throws IOException
    {
        return rows(columns, TupleDomain.all(), parts::contains);
    }

    private RegistryRows rows(Collection<String> columns, TupleDomain<String> wanted, Predicate<String> wantedParts)
            throws IOException
    {
        if (handle.isEmpty() || wanted.isNone()) {
            return RegistryRows.none();
        }
        IcebergTableHandle opened = handle.orElseThrow();
        try {
            Map<String, ColumnHandle> all = metadata.getColumnHandles(session, opened);
            List<IcebergColumnHandle> projected = columns.stream()
                    .map(all::get)
                    .filter(IcebergColumnHandle.class::isInstance)
                    .map(IcebergColumnHandle.class::cast)
                    .collect(toImmutableList());
            return new RegistryRows(
                    iceberg,
                    transaction,
                    session,
                    table,
                    filtered(opened, wanted.transformKeys(all::get)).withProjectedColumns(ImmutableSet.copyOf(projected)),
                    metadata.getTableCredentials(session, opened),
                    projected,
                    wantedParts);
        }
        catch (RuntimeException e) {
            throw new IOException("The registry's table %s cannot be read".formatted(table), e);
        }
    }

    private IcebergTableHandle filtered(IcebergTableHandle opened, TupleDomain<ColumnHandle> wanted)
    {
        return metadata.applyFilter(session, opened, new Constraint(wanted))
                .map(result -> (IcebergTableHandle) result.getHandle())
                .orElse(opened);
    }

    @Override
    public void close()
    {
        try {
            metadata.cleanupQuery(session);
        }
        finally {
            iceberg.commit(transaction);
        }
    }
}
