package io.meshwright.trino.mask;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.mask.KeyRing;
import io.meshwright.model.mask.KeyRingReader;
import io.trino.spi.TrinoException;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

import static io.meshwright.trino.MeshErrorCode.MESH_KEY_RING_UNUSABLE;

/**
 * Loads the key ring, or says why the catalog cannot start.
 */
public final class KeyRingFile
{
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
            return KeyRingReader.read(path, problem -> unusable(path, problem));
        }
        catch (MeshException e) {
            throw MESH_KEY_RING_UNUSABLE.exception("The key ring of mesh.token.key-file cannot be used: %s. %s".formatted(e.getMessage(), e.fix()));
        }
    }

    private static TrinoException unusable(Path path, String what)
    {
        return MESH_KEY_RING_UNUSABLE.exception("The key ring %s (mesh.token.key-file) %s".formatted(path, what));
    }
}
