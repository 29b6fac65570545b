package io.meshwright.bridge.check;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.io.OutputFile;

import java.util.Queue;

/**
 * Operations of a real table that tell which of its files are read.
 */
record CountedOperations(TableOperations delegate, Queue<String> opened)
        implements TableOperations
{
    @Override
    public TableMetadata current()
    {
        return delegate.current();
    }

    @Override
    public TableMetadata refresh()
    {
        return delegate.refresh();
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata)
    {
        delegate.commit(base, metadata);
    }

    @Override
    public FileIO io()
    {
        return new CountingFiles(delegate.io(), opened);
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

    private record CountingFiles(FileIO delegate, Queue<String> opened)
            implements FileIO
    {
        @Override
        public InputFile newInputFile(String path)
        {
            opened.add(path);
            return delegate.newInputFile(path);
        }

        @Override
        public OutputFile newOutputFile(String path)
        {
            return delegate.newOutputFile(path);
        }

        @Override
        public void deleteFile(String path)
        {
            delegate.deleteFile(path);
        }
    }
}
