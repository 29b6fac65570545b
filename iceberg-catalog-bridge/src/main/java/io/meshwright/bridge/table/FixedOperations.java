package io.meshwright.bridge.table;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

import static java.util.Objects.requireNonNull;

/**
 * Chosen metadata of a table, to read its files by: whoever reads by it never sees a newer snapshot, and changes nothing.
 */
public final class FixedOperations
        implements TableOperations
{
    private final TableOperations delegate;
    private final TableMetadata metadata;
    private final FileIO io;

    public FixedOperations(TableOperations delegate, TableMetadata metadata, FileIO io)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.io = requireNonNull(io, "io is null");
    }

    @Override
    public TableMetadata current()
    {
        return metadata;
    }

    @Override
    public TableMetadata refresh()
    {
        return metadata;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata changed)
    {
        throw new UnsupportedOperationException("Checks only read");
    }

    @Override
    public FileIO io()
    {
        return io;
    }

    @Override
    public EncryptionManager encryption()
    {
        return delegate.encryption();
    }

    @Override
    public String metadataFileLocation(String fileName)
    {
        return delegate.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider()
    {
        return delegate.locationProvider();
    }
}
