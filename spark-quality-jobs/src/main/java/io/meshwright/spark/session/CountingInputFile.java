package io.meshwright.spark.session;

import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

import java.io.IOException;

import static java.util.Objects.requireNonNull;

final class CountingInputFile
        implements InputFile
{
    private final InputFile delegate;
    private final String counter;

    CountingInputFile(InputFile delegate, String counter)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.counter = requireNonNull(counter, "counter is null");
    }

    @Override
    public long getLength()
    {
        return delegate.getLength();
    }

    @Override
    public SeekableInputStream newStream()
    {
        return new CountingStream(delegate.newStream(), counter);
    }

    @Override
    public String location()
    {
        return delegate.location();
    }

    @Override
    public boolean exists()
    {
        return delegate.exists();
    }

    private static final class CountingStream
            extends SeekableInputStream
    {
        private final SeekableInputStream delegate;
        private final String counter;

        private CountingStream(SeekableInputStream delegate, String counter)
        {
            this.delegate = requireNonNull(delegate, "delegate is null");
            this.counter = counter;
        }

        @Override
        public long getPos()
                throws IOException
        {
            return delegate.getPos();
        }

        @Override
        public void seek(long position)
                throws IOException
        {
            delegate.seek(position);
        }

        @Override
        public int read()
                throws IOException
        {
            int value = delegate.read();
            if (value >= 0) {
                ReadCounter.add(counter, 1);
            }
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length)
                throws IOException
        {
            int count = delegate.read(buffer, offset, length);
            if (count > 0) {
                ReadCounter.add(counter, count);
            }
            return count;
        }

        @Override
        public int available()
                throws IOException
        {
            return delegate.available();
        }

        @Override
        public void close()
                throws IOException
        {
            delegate.close();
        }
    }
}
