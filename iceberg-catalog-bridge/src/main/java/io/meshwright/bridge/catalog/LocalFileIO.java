package io.meshwright.bridge.catalog;

import com.google.common.collect.ImmutableList;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SupportsPrefixOperations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Iceberg files on the local file system without Hadoop. Locations are {@code file:///...} and are never percent-decoded:
 * to every Iceberg client {@code %20} is three characters of a file name.
 */
public class LocalFileIO
        implements SupportsPrefixOperations
{
    private static final long serialVersionUID = 1;

    /**
     * Whether a location is one that this class can open: a {@code file:} location or an absolute path.
     */
    public static boolean isLocal(String location)
    {
        return location.startsWith("file:/") || location.startsWith("/");
    }

    /**
     * The path that a location names, character by character.
     */
    public static Path toPath(String location)
    {
        checkArgument(isLocal(location), "Not a local location: %s", location);
        if (location.startsWith("file:///")) {
            return Path.of(location.substring("file://".length()));
        }
        if (location.startsWith("file://")) {
            throw new IllegalArgumentException("A local location names no host: " + location);
        }
        return Path.of(location.startsWith("file:") ? location.substring("file:".length()) : location);
    }

    /**
     * The location of an absolute path, without a trailing slash.
     */
    public static String toLocation(Path path)
    {
        return "file://" + path.toAbsolutePath().normalize();
    }

    @Override
    public InputFile newInputFile(String location)
    {
        return new LocalInputFile(location, toPath(location));
    }

    @Override
    public OutputFile newOutputFile(String location)
    {
        return new LocalOutputFile(location, toPath(location));
    }

    @Override
    public void deleteFile(String location)
    {
        try {
            if (!Files.deleteIfExists(toPath(location))) {
                throw new NotFoundException("File does not exist: %s", location);
            }
        }
        catch (IOException e) {
            throw new RuntimeIOException(e, "Failed to delete file: %s", location);
        }
    }

    @Override
    public Iterable<FileInfo> listPrefix(String prefix)
    {
        Path root = toPath(prefix);
        if (!Files.exists(root)) {
            return List.of();
        }
        String location = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        try (Stream<Path> paths = Files.walk(root)) {
            ImmutableList.Builder<FileInfo> files = ImmutableList.builder();
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                // built from the prefix as given, so that it compares equal with what table metadata says
                String name = path.equals(root) ? location : location + "/" + root.relativize(path);
                files.add(new FileInfo(name, Files.size(path), Files.getLastModifiedTime(path).toMillis()));
            }
            return files.build();
        }
        catch (IOException e) {
            throw new RuntimeIOException(e, "Failed to list files below: %s", prefix);
        }
    }

    @Override
    public void deletePrefix(String prefix)
    {
        listPrefix(prefix).forEach(file -> deleteFile(file.location()));
    }
}
