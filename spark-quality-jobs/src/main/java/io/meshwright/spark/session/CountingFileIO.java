package io.meshwright.spark.session;

import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * Reads as another FileIO does and counts the bytes; refuses to write.
 */
final class CountingFileIO
        implements FileIO
{
    private static final long serialVersionUID = 1;

    private final FileIO delegate;
    private final String counter;

    CountingFileIO(FileIO delegate, String counter)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.counter = requireNonNull(counter, "counter is null");
    }

    @Override
    public InputFile newInputFile(String location)
    {
        return new CountingInputFile(delegate.newInputFile(location), counter);
    }

    @Override
    public InputFile newInputFile(String location, long length)
    {
        return new CountingInputFile(delegate.newInputFile(location, length), counter);
    }

    @Override
    public OutputFile newOutputFile(String location)
    {
        throw new UnsupportedOperationException("Checks only read");
    }

    @Override
    public void deleteFile(String location)
    {
        throw new UnsupportedOperationException("Checks only read");
    }

    @Override
    public Map<String, String> properties()
    {
        return delegate.properties();
    }

    @Override
    public void close() {}
}
