package io.meshwright.cli.demo;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.meshwright.cli.trino.LocalTrino;
import io.meshwright.cli.trino.LocalTrinoSettings;
import io.meshwright.model.finding.MeshException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * The folder of a demonstration: a copy of the example with catalog, warehouse and servers. While it is open no other demonstration uses it.
 */
final class DemoFolder
        implements AutoCloseable
{
    static final String NAME = ".mesh-demo";

    // kept beside the copied files: the lock outlives the deletion of everything else
    private static final String LOCK = ".lock";

    private final Path root;
    private final FileChannel lock;

    private DemoFolder(Path root, FileChannel lock)
    {
        this.root = requireNonNull(root, "root is null");
        this.lock = requireNonNull(lock, "lock is null");
    }

    /**
     * Takes the folder for this demonstration; creates it where there is none.
     *
     * @throws MeshException when another demonstration has it, or when it holds something else
     */
    static DemoFolder open(Path root)
    {
        try {
            if (Files.exists(root) && !Files.exists(root.resolve(LOCK)) && !isEmpty(root)) {
                throw new MeshException(DemoRule.FOLDER, USER, root + " was not made by a demonstration", "move it away, or run the demonstration in another folder");
            }
            Files.createDirectories(root);
            FileChannel channel = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new MeshException(DemoRule.FOLDER, USER, "Another demonstration is running in " + root, "wait until it has ended, or run this one in another folder");
            }
            return new DemoFolder(root, channel);
        }
        catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static boolean isEmpty(Path folder)
            throws IOException
    {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static boolean isLocked(FileChannel channel)
            throws IOException
    {
        try {
            FileLock taken = channel.tryLock();
            return taken != null;
        }
        catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path root()
    {
        return root;
    }

    Path warehouse()
    {
        return root.resolve("postgresql");
    }

    /**
     * Ends the servers that an earlier demonstration has left running.
     */
    boolean stopServers()
    {
        boolean trino = LocalTrino.stop(LocalTrinoSettings.folderBelow(root.resolve(".mesh"))).isPresent();
        boolean warehouse = LegacyWarehouse.stop(warehouse());
        return trino || warehouse;
    }

    /**
     * Deletes what an earlier demonstration made, and copies the example.
     */
    void fill(Path example)
    {
        try {
            for (Path file : list(root)) {
                if (!file.getFileName().toString().equals(LOCK)) {
                    MoreFiles.deleteRecursively(file, RecursiveDeleteOption.ALLOW_INSECURE);
                }
            }
            copy(example, root);
        }
        catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static List<Path> list(Path folder)
            throws IOException
    {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void copy(Path source, Path target)
            throws IOException
    {
        for (Path file : list(source)) {
            Path copy = target.resolve(file.getFileName().toString());
            // a catalog that somebody made inside the example is none of ours
            if (Files.isDirectory(file) && !file.getFileName().toString().startsWith(".")) {
                Files.createDirectories(copy);
                copy(file, copy);
            }
            else if (Files.isRegularFile(file)) {
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static MeshException unusable(Path root, IOException e)
    {
        return new MeshException(DemoRule.FOLDER, USER, "Cannot use the folder " + root + ": " + e.getMessage(), "run the demonstration in a folder that you may write to", e);
    }

    @Override
    public void close()
    {
        try {
            lock.close();
        }
        catch (IOException e) {
            throw unusable(root, e);
        }
    }
}
