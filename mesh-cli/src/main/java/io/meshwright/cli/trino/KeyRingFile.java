package io.meshwright.cli.trino;

import io.meshwright.model.mask.KeyRing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * The key ring of the masks in a folder: made once, readable by its owner only, never changed by a start.
 */
public final class KeyRingFile
{
    private KeyRingFile() {}

    public static Path ensure(Path file)
    {
        try {
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                create(file);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot create the key ring " + file, e);
        }
        return file;
    }

    private static void create(Path file)
            throws IOException
    {
        boolean posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        Path unfinished = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, ownerOnly);
        try {
            Files.write(unfinished, KeyRing.generate(new SecureRandom()).format(), StandardOpenOption.WRITE);
            // a link, unlike a move, never replaces the ring that another command has just made
            Files.createLink(file, unfinished);
        }
        catch (FileAlreadyExistsException e) {
            // the other command's ring is the one
        }
        finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
