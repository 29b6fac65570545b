package io.meshwright.trino.mask;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.mask.KeyRing;
import io.trino.spi.TrinoException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import static io.meshwright.trino.MeshErrorCode.MESH_KEY_RING_UNUSABLE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

/**
 * Loads the key ring, or says why the catalog cannot start.
 */
public final class KeyRingFile
{
    private static final int LARGEST_FILE = 1024 * 1024;

    private KeyRingFile() {}

    public static KeyRing load(Optional<String> path)
    {
        if (path.isEmpty()) {
            throw MESH_KEY_RING_UNUSABLE.exception("The catalog property mesh.token.key-file is missing. It names the key ring from which masked values are made.");
        }
        try {
            return load(Path.of(path.orElseThrow()));
        }
        catch (InvalidPathException e) {
            throw MESH_KEY_RING_UNUSABLE.exception("The catalog property mesh.token.key-file is not a path");
        }
    }

    private static KeyRing load(Path path)
    {
        try {
            // follows links: mounted secrets are links
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw unusable(path, "is a directory");
            }
            if (!attributes.isRegularFile()) {
                throw unusable(path, "is no regular file");
            }
            PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            if (posix != null) {
                Set<PosixFilePermission> permissions = posix.readAttributes().permissions();
                if (permissions.contains(OTHERS_READ)) {
                    throw unusable(path, "can be read by every user of this machine. Run: chmod 600 " + path);
                }
                if (permissions.contains(OTHERS_WRITE)) {
                    throw unusable(path, "can be written by every user of this machine. Run: chmod 600 " + path);
                }
            }
            if (attributes.size() > LARGEST_FILE) {
                throw unusable(path, "is larger than 1 MB");
            }
            byte[] content = Files.readAllBytes(path);
            try {
                return KeyRing.parse(path.toString(), content);
            }
            finally {
                Arrays.fill(content, (byte) 0);
            }
        }
        catch (MeshException e) {
            throw MESH_KEY_RING_UNUSABLE.exception("The key ring of mesh.token.key-file cannot be used: %s. %s".formatted(e.getMessage(), e.fix()));
        }
        catch (NoSuchFileException e) {
            throw unusable(path, Files.isSymbolicLink(path) ? "is a symbolic link to a file that does not exist" : "does not exist");
        }
        catch (AccessDeniedException e) {
            throw unusable(path, "may not be read by the user that runs Trino. Make it the owner: chown <user> " + path);
        }
        catch (IOException e) {
            throw unusable(path, "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static TrinoException unusable(Path path, String what)
    {
        return MESH_KEY_RING_UNUSABLE.exception("The key ring %s (mesh.token.key-file) %s".formatted(path, what));
    }
}
