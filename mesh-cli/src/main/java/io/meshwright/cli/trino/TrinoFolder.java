package io.meshwright.cli.trino;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Where a local Trino lives: configuration, log and state, readable by their owner only.
 */
public record TrinoFolder(Path root)
{
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    public TrinoFolder
    {
        requireNonNull(root, "root is null");
    }

    public Path etc()
    {
        return root.resolve("etc");
    }

    public Path log()
    {
        return root.resolve("server.log");
    }

    public Path state()
    {
        return root.resolve("state.json");
    }

    public Path lock()
    {
        return root.resolve("lock");
    }

    public void create()
    {
        createFolder(root);
        createFolder(etc());
        createFolder(etc().resolve("catalog"));
    }

    /**
     * Removes the catalogs of an earlier start, of which some may no longer be configured.
     */
    void deleteCatalogs()
    {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(etc().resolve("catalog"), "*.properties")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the catalogs in " + etc(), e);
        }
    }

    private static void createFolder(Path folder)
    {
        try {
            Files.createDirectories(folder);
            if (isPosix()) {
                Files.setPosixFilePermissions(folder, OWNER_FOLDER);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot create the folder " + folder, e);
        }
    }

    /**
     * Writes a whole file or nothing.
     */
    public static void write(Path file, String text)
    {
        try {
            Path unfinished = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
            if (isPosix()) {
                Files.setPosixFilePermissions(unfinished, OWNER_FILE);
            }
            Files.writeString(unfinished, text, UTF_8);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static boolean isPosix()
    {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
