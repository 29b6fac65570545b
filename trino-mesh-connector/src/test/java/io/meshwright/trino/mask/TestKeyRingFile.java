package io.meshwright.trino.mask;

import io.meshwright.trino.TestingMesh;
import io.trino.spi.TrinoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
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
        assertRefused(Optional.of(folder.resolve("none").toString()), "/none (mesh.token.key-file) does not exist");
        assertRefused(Optional.of("\0"), "[MESH-TRINO-001] The catalog property mesh.token.key-file is not a path");
        assertRefused(Optional.of(Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("none")).toString()), "is a symbolic link to a file that does not exist");
        assertRefused(Optional.of(folder.toString()), "(mesh.token.key-file) is a directory");
        assertRefused(Optional.of("/dev/zero"), "(mesh.token.key-file) is no regular file");
        assertRefused(Optional.of(write(TestingMesh.KEY_RING, "rw-r--r--")), "can be read by every user of this machine. Run: chmod 600");
        assertRefused(Optional.of(write(TestingMesh.KEY_RING, "rw--w--w-")), "can be written by every user of this machine. Run: chmod 600");
        assertRefused(Optional.of(write("", "rw-------")), "does not begin with the line 'meshwright-key-ring 1'");
        assertRefused(Optional.of(write(HexFormat.of().parseHex("00ff1f8b0800000a7f454c46"))), "does not begin with the line 'meshwright-key-ring 1'");
        assertRefused(Optional.of(write(TestingMesh.KEY_RING.replace("current 1", "current 2"), "rw-------")), "The current version 2 has no key");
        assertRefused(Optional.of(write(TestingMesh.KEY_RING + TestingMesh.KEY_RING.lines().skip(2).findFirst().orElseThrow(), "rw-------")), "Version 1 has two keys");
        assertRefused(Optional.of(write("meshwright-key-ring 1\ncurrent 1\nkey 1 c2hvcnQ=\n", "rw-------")), "The key of version 1 has 5 bytes, at least 32 are needed");
        assertRefused(Optional.of(write("x".repeat(2_000_000), "rw-------")), "is larger than 1 MB");
    }

    @Test
    void testLinkedRing()
            throws IOException
    {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of(write(TestingMesh.KEY_RING, "rw-------")));
        assertThat(KeyRingFile.load(Optional.of(link.toString())).currentVersion()).isEqualTo(1);
    }

    private String write(String content, String permissions)
            throws IOException
    {
        return write(content.getBytes(UTF_8), permissions);
    }

    private String write(byte[] content)
            throws IOException
    {
        return write(content, "rw-------");
    }

    private String write(byte[] content, String permissions)
            throws IOException
    {
        Path file = Files.createTempFile(folder, "keys", "");
        Files.write(file, content);
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
