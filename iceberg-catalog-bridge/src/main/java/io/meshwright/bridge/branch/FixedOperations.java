package io.meshwright.bridge.branch;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

import static java.util.Objects.requireNonNull;

/**
 * Chosen metadata of a table, to read its files by.
 */
final class FixedOperations
        implements TableOperations
{
    private final TableOperations delegate;
    private final TableMetadata metadata;

    FixedOperations(TableOperations delegate, TableMetadata metadata)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
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
        throw new UnsupportedOperationException("Tests only read");
    }

    @Override
    public FileIO io()
    {
        return delegate.io();
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
