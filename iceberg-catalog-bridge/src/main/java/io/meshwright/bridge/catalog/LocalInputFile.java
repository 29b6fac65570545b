package io.meshwright.bridge.catalog;

import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

record LocalInputFile(String location, Path path)
        implements InputFile
{
    @Override
    public long getLength()
    {
        try {
            return Files.size(path);
        }
        catch (NoSuchFileException e) {
            throw new NotFoundException(e, "File does not exist: %s", location);
        }
        catch (IOException e) {
            throw new RuntimeIOException(e, "Failed to get the length of file: %s", location);
        }
    }

    @Override
    public SeekableInputStream newStream()
    {
        try {
            return new LocalInputStream(new RandomAccessFile(path.toFile(), "r"));
        }
        catch (FileNotFoundException e) {
            if (Files.exists(path)) {
                throw new RuntimeIOException(e, "Failed to open file: %s", location);
            }
            throw new NotFoundException(e, "File does not exist: %s", location);
        }
    }

    @Override
    public boolean exists()
    {
        return Files.exists(path);
    }

    /**
     * Not a channel: a channel is closed by the interrupt of any thread that reads from it.
     */
    private static final class LocalInputStream
            extends SeekableInputStream
    {
        private final RandomAccessFile file;

        private LocalInputStream(RandomAccessFile file)
        {
            this.file = file;
        }

        @Override
        public long getPos()
                throws IOException
        {
            return file.getFilePointer();
        }

        @Override
        public void seek(long position)
                throws IOException
        {
            file.seek(position);
        }

        @Override
        public int read()
                throws IOException
        {
            return file.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length)
                throws IOException
        {
            return file.read(bytes, offset, length);
        }

        @Override
        public void close()
                throws IOException
        {
            file.close();
        }
    }
}
