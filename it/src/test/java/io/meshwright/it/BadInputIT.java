package io.meshwright.it;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bad input given to the packaged command: one clear message with its rule id, the agreed exit code, and nothing changed.
 */
class BadInputIT
{
    @TempDir
    private Path folder;

    @Test
    void testSyntaxError()
            throws Exception
    {
        expectRefused(2, edited("kind: DataProduct", "kind: [DataProduct"), "MESH-YAML-");
    }

    @Test
    void testDuplicateKey()
            throws Exception
    {
        expectRefused(2, edited("  name: loyalty-cards\n", "  name: loyalty-cards\n  name: other\n"), "MESH-YAML-", "name");
    }

    @Test
    void testTab()
            throws Exception
    {
        expectRefused(2, edited("  name: loyalty-cards", "\tname: loyalty-cards"), "MESH-YAML-", "tab");
    }

    @Test
    void testAliasBomb()
            throws Exception
    {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 12; level++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(level, level, String.join(", ", nCopies(10, "*a" + (level - 1)))));
        }
        expectRefused(2, written(bomb.toString()), "MESH-YAML-", "alias");
    }

    @Test
    void testHugeFile()
            throws Exception
    {
        Path file = folder.resolve("huge.yaml");
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(100L << 20);
        }
        expectRefused(2, file, "MESH-YAML-", "MiB");
    }

    @Test
    void testWrongApiVersion()
            throws Exception
    {
        expectRefused(1, edited("kloudvin.io/v1", "kloudvin.io/v9"), "MESH-SPEC-", "dataproduct.kloudvin.io/v1", "dataproduct.yaml:1:");
    }

    @Test
    void testMissingContractFile()
            throws Exception
    {
        expectRefused(1, edited("loyalty-cards.v1.yaml", "loyalty-cards.v7.yaml"), "loyalty-cards.v7.yaml");
    }

    @Test
    void testPersonalFieldThatIsNotInTheContract()
            throws Exception
    {
        expectRefused(1, edited("[customer_id, email]", "[customer_id, emial]"), "emial", "email");
    }

    private void expectRefused(int exitCode, Path file, String... expected)
            throws Exception
    {
        Mesh mesh = new Mesh(folder);
        for (String verb : List.of("validate", "apply")) {
            Execution execution = mesh.run("product", verb, file.toString());
            assertThat(execution.output() + execution.errors())
                    .contains(expected)
                    .contains("fix")
                    .doesNotContain("Exception", "\tat ");
            assertThat(execution.exitCode()).describedAs(execution.toString()).isEqualTo(exitCode);
        }
        try (Stream<Path> tables = Files.exists(folder.resolve(".mesh/warehouse")) ? Files.walk(folder.resolve(".mesh/warehouse")) : Stream.empty()) {
            assertThat(tables.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private Path edited(String text, String replacement)
            throws Exception
    {
        Path file = Products.loyaltyCards(folder);
        String specification = Files.readString(file);
        assertThat(specification).contains(text);
        Files.writeString(file, specification.replace(text, replacement));
        return file;
    }

    private Path written(String text)
            throws Exception
    {
        return Files.writeString(folder.resolve("bad.yaml"), text);
    }
}
