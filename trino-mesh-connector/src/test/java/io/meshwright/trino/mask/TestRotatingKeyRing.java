package io.meshwright.trino.mask;

import io.meshwright.model.mask.KeyRing;
import io.meshwright.model.mask.KeyVersion;
import io.meshwright.model.mask.TokenFunction;
import io.trino.spi.TrinoException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestRotatingKeyRing
{
    private static final String KEY_1 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String KEY_2 = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    private static final String FIRST = "meshwright-key-ring 1\ncurrent 1\nkey 1 " + KEY_1 + "\n";
    private static final String ADDED = FIRST + "key 2 " + KEY_2 + "\n";
    private static final String ROTATED = ADDED.replace("current 1", "current 2");
    private static final String OTHER_KEY = "meshwright-key-ring 1\ncurrent 1\nkey 1 " + KEY_2 + "\n";

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void setUp()
    {
        file = folder.resolve("keys");
    }

    @Test
    void testStagedRotation()
            throws IOException
    {
        write(FIRST);
        RotatingKeyRing keys = open();
        KeyVersion first = keys.current();
        assertThat(first).isEqualTo(versionIn(FIRST, 1));

        write(ADDED);
        assertThat(keys.current()).isEqualTo(first);
        write(ROTATED);
        KeyVersion second = keys.current();
        assertThat(second).isEqualTo(versionIn(ROTATED, 2));
        assertThat(keys.getCurrentVersion()).isEqualTo(2);
        assertThat(keys.getVersions()).isEqualTo(first + ", " + second);
        assertThat(keys.getProblem()).isEmpty();
        // a query that began before
        assertThat(token(keys.masking(first))).isEqualTo(token(ring(FIRST))).isNotEqualTo(token(keys.masking(second)));

        write(ADDED);
        assertThat(keys.current()).as("taken back").isEqualTo(first);
    }

    @Test
    void testNodeThatSawTheFileEarlier()
            throws IOException
    {
        write(FIRST);
        RotatingKeyRing worker = open();
        KeyVersion second = versionIn(ROTATED, 2);
        assertThatThrownBy(() -> worker.masking(second))
                .isInstanceOf(TrinoException.class)
                .hasMessage("[MESH-TRINO-025] A node of this cluster has no key of version 2, with which this query masks, so nothing is shown. Its administrator brings the key ring of mesh.token.key-file to every node before a version becomes the current one.");
        write(ROTATED);
        assertThat(token(worker.masking(second))).isEqualTo(token(ring(ROTATED)));
    }

    @Test
    void testNodeWithAnotherKey()
            throws IOException
    {
        write(OTHER_KEY);
        RotatingKeyRing worker = open();
        KeyVersion coordinators = versionIn(FIRST, 1);
        assertThatThrownBy(() -> worker.masking(coordinators))
                .isInstanceOf(TrinoException.class)
                .hasMessage("[MESH-TRINO-026] The nodes of this cluster have different keys of version 1 (check values %s and %s), under which nothing would join, so nothing is shown. Its administrator brings the same key ring of mesh.token.key-file to every node."
                        .formatted(coordinators.checkValue(), versionIn(OTHER_KEY, 1).checkValue()));
        write(FIRST);
        assertThat(token(worker.masking(coordinators))).as("mended without a restart").isEqualTo(token(ring(FIRST)));
    }

    @Test
    void testDamagedFileKeepsLastGoodRing()
            throws IOException
    {
        write(FIRST);
        RotatingKeyRing keys = open();
        KeyVersion first = keys.current();

        write("meshwright-key-ring 1\ncurrent 2\nkey 1 " + KEY_1 + "\n");
        assertThat(keys.current()).isEqualTo(first);
        assertThat(keys.getProblem()).contains("The current version 2 has no key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(keys.current()).isEqualTo(first);
        assertThat(keys.getProblem()).contains("can be read by every user of this machine");
        Files.delete(file);
        assertThat(keys.current()).isEqualTo(first);
        assertThat(keys.getProblem()).startsWith("[MESH-TRINO-001] The key ring %s (mesh.token.key-file) does not exist".formatted(file));
        assertThat(token(keys.masking(first))).isEqualTo(token(ring(FIRST)));

        write(ROTATED);
        assertThat(keys.current()).isEqualTo(versionIn(ROTATED, 2));
        assertThat(keys.getProblem()).isEmpty();
    }

    @Test
    void testVersionKeepsItsKey()
            throws IOException
    {
        write(FIRST);
        RotatingKeyRing keys = open();
        KeyVersion first = keys.current();
        write(OTHER_KEY);
        assertThat(keys.current()).isEqualTo(first);
        assertThat(keys.getProblem()).isEqualTo("The key ring of mesh.token.key-file has another key of version 1 than before. A new key needs a new version; restart the catalog if this one is meant.");
    }

    private RotatingKeyRing open()
    {
        return RotatingKeyRing.open(Optional.of(file.toString()));
    }

    private void write(String content)
            throws IOException
    {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static KeyRing ring(String content)
    {
        return KeyRing.parse("keys", content.getBytes(UTF_8));
    }

    private static KeyVersion versionIn(String content, int version)
    {
        return ring(content).version(version).orElseThrow();
    }

    private static String token(KeyRing ring)
    {
        return TokenFunction.create(ring, "customer_id").token("C-1001");
    }
}
