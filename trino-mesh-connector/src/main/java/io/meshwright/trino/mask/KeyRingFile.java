package io.meshwright.trino.mask;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.mask.KeyRing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;

import static io.meshwright.trino.MeshErrorCode.MESH_KEY_RING_UNUSABLE;

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
            if (!Files.isRegularFile(path)) {
                throw MESH_KEY_RING_UNUSABLE.exception("The key ring %s (mesh.token.key-file) does not exist or is no file".formatted(path));
            }
            PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            if (posix != null && posix.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
                throw MESH_KEY_RING_UNUSABLE.exception("The key ring %s (mesh.token.key-file) can be read by every user of this machine. Run: chmod 600 %s".formatted(path, path));
            }
            if (Files.size(path) > LARGEST_FILE) {
                throw MESH_KEY_RING_UNUSABLE.exception("The key ring %s (mesh.token.key-file) is larger than 1 MB".formatted(path));
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
            throw MESH_KEY_RING_UNUSABLE.exception("The key ring %s (mesh.token.key-file) does not exist".formatted(path));
        }
        catch (IOException e) {
            throw MESH_KEY_RING_UNUSABLE.exception("The key ring %s (mesh.token.key-file) cannot be read: %s".formatted(path, e.getClass().getSimpleName()));
        }
    }
}
