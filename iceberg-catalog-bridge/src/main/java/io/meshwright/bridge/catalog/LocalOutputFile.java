package io.meshwright.bridge.catalog;

import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.file.StandardOpenOption.WRITE;

record LocalOutputFile(String location, Path path)
        implements OutputFile
{
    @Override
    public PositionOutputStream create()
    {
        try {
            Files.createDirectories(path.getParent());
            Files.createFile(path);
        }
        catch (FileAlreadyExistsException e) {
            throw new AlreadyExistsException(e, "File already exists: %s", location);
        }
        catch (IOException e) {
            throw new RuntimeIOException(e, "Failed to create file: %s", location);
        }
        return open();
    }

    @Override
    public PositionOutputStream createOrOverwrite()
    {
        try {
            Files.createDirectories(path.getParent());
        }
        catch (IOException e) {
            throw new RuntimeIOException(e, "Failed to create file: %s", location);
        }
        return open();
    }

    private PositionOutputStream open()
    {
        try {
            return new LocalOutputStream(path);
        }
        catch (IOException e) {
            throw new RuntimeIOException(e, "Failed to create file: %s", location);
        }
    }

    @Override
    public InputFile toInputFile()
    {
        return new LocalInputFile(location, path);
    }

    private static final class LocalOutputStream
            extends PositionOutputStream
    {
        private final Path path;
        private final BufferedOutputStream buffer;
        private long position;
        private boolean closed;

        private LocalOutputStream(Path path)
                throws IOException
        {
            this.path = path;
            this.buffer = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
        }

        @Override
        public long getPos()
        {
            return position;
        }

        @Override
        public void write(int value)
                throws IOException
        {
            buffer.write(value);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length)
                throws IOException
        {
            buffer.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush()
                throws IOException
        {
            buffer.flush();
        }

        @Override
        public void close()
                throws IOException
        {
            if (closed) {
                return;
            }
            closed = true;
            buffer.close();
            // the catalog must not point to a file that a power failure can still take away
            try (FileChannel channel = FileChannel.open(path, WRITE)) {
                channel.force(true);
            }
        }
    }
}
