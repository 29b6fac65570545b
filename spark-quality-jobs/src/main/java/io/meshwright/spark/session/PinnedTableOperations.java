package io.meshwright.spark.session;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

import static java.util.Objects.requireNonNull;

/**
 * A table as it was when a run began: it never sees a newer snapshot and cannot be changed.
 */
final class PinnedTableOperations
        implements TableOperations
{
    private final TableOperations delegate;
    private final TableMetadata metadata;
    private final FileIO io;

    PinnedTableOperations(TableOperations delegate, String counter)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.metadata = delegate.current();
        this.io = new CountingFileIO(delegate.io(), counter);
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
