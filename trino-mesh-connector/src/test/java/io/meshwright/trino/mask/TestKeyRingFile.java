package io.meshwright.trino.mask;

import io.meshwright.trino.TestingMesh;
import io.trino.spi.TrinoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestKeyRingFile
{
    @TempDir
    private Path folder;

    @Test
    void testSoundRing()
            throws IOException
    {
        assertThat(KeyRingFile.load(Optional.of(write(TestingMesh.KEY_RING, "rw-r-----"))).currentVersion()).isEqualTo(1);
    }

    @Test
    void testUnusableRings()
            throws IOException
    {
        assertRefused(Optional.empty(), "[MESH-TRINO-001] The catalog property mesh.token.key-file is missing");
        assertRefused(Optional.of(folder.resolve("none").toString()), "does not exist or is no file");
        assertRefused(Optional.of(folder.toString()), "does not exist or is no file");
        assertRefused(Optional.of(write(TestingMesh.KEY_RING, "rw-r--r--")), "can be read by every user of this machine. Run: chmod 600");
        assertRefused(Optional.of(write("", "rw-------")), "does not begin with the line 'meshwright-key-ring 1'");
        assertRefused(Optional.of(write("meshwright-key-ring 1\ncurrent 1\nkey 1 c2hvcnQ=\n", "rw-------")), "The key of version 1 has 5 bytes, at least 32 are needed");
        assertRefused(Optional.of(write("x".repeat(2_000_000), "rw-------")), "is larger than 1 MB");
    }

    private String write(String content, String permissions)
            throws IOException
    {
        Path file = Files.createTempFile(folder, "keys", "");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file.toString();
    }

    private static void assertRefused(Optional<String> path, String message)
    {
        assertThatThrownBy(() -> KeyRingFile.load(path))
                .isInstanceOf(TrinoException.class)
                .hasMessageContaining(message)
                .hasNoCause();
    }
}
