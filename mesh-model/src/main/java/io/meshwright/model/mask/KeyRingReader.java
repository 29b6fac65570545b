package io.meshwright.model.mask;

import io.meshwright.model.finding.MeshException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

/**
 * Reads a key ring from a file that its owner and the owner's group alone can get at.
 */
public final class KeyRingReader
{
    private static final int LARGEST_FILE = 1024 * 1024;

    private KeyRingReader() {}

    /**
     * @param unusable makes what is thrown of what is wrong with the file, for example {@code is a directory}
     * @throws MeshException when the content is no key ring
     */
    public static KeyRing read(Path path, Function<String, ? extends RuntimeException> unusable)
    {
        try {
            // follows links: mounted secrets are links
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw unusable.apply("is a directory");
            }
            if (!attributes.isRegularFile()) {
                throw unusable.apply("is no regular file");
            }
            PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            if (posix != null) {
                Set<PosixFilePermission> permissions = posix.readAttributes().permissions();
                if (permissions.contains(OTHERS_READ)) {
                    throw unusable.apply("can be read by every user of this machine. Run: chmod 600 " + path);
                }
                if (permissions.contains(OTHERS_WRITE)) {
                    throw unusable.apply("can be written by every user of this machine. Run: chmod 600 " + path);
                }
            }
            if (attributes.size() > LARGEST_FILE) {
                throw unusable.apply("is larger than 1 MB");
            }
            byte[] content = Files.readAllBytes(path);
            try {
                return KeyRing.parse(path.toString(), content);
            }
            finally {
                Arrays.fill(content, (byte) 0);
            }
        }
        catch (NoSuchFileException e) {
            throw unusable.apply(Files.isSymbolicLink(path) ? "is a symbolic link to a file that does not exist" : "does not exist");
        }
        catch (AccessDeniedException e) {
            throw unusable.apply("may not be read by the user that runs this. Make it the owner: chown <user> " + path);
        }
        catch (IOException e) {
            throw unusable.apply("cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
