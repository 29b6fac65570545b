package io.meshwright.bridge.check;

import io.meshwright.model.check.CheckRule;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.mask.KeyRing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * Reads the key ring that Trino masks with.
 */
public final class KeyRingFiles
{
    private static final int LARGEST_FILE = 1024 * 1024;

    private KeyRingFiles() {}

    /**
     * @throws MeshException when there is no usable key ring, or others than its owner's group can get at it
     */
    public static KeyRing read(Path file)
    {
        try {
            PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (posix != null) {
                Set<PosixFilePermission> permissions = posix.readAttributes().permissions();
                if (permissions.contains(PosixFilePermission.OTHERS_READ) || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                    throw unusable(file, "is open to every user of this machine", "chmod 600 " + file);
                }
            }
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                throw unusable(file, "is no key ring", "name the file of mesh.token.key-file");
            }
            byte[] content = Files.readAllBytes(file);
            try {
                return KeyRing.parse(file.toString(), content);
            }
            finally {
                Arrays.fill(content, (byte) 0);
            }
        }
        catch (IOException e) {
            throw unusable(file, "cannot be read", "name the file of mesh.token.key-file, readable for whoever runs the test");
        }
    }

    private static MeshException unusable(Path file, String problem, String fix)
    {
        return new MeshException(CheckRule.JOB_ARGUMENT, USER, "The key ring %s %s".formatted(file, problem), fix);
    }
}
