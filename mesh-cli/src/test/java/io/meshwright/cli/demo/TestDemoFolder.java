package io.meshwright.cli.demo;

import io.meshwright.model.finding.MeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

public class TestDemoFolder
{
    @Test
    public void testSecondRunStartsClean(@TempDir Path temporary)
            throws IOException
    {
        Path example = example(temporary);
        Path root = temporary.resolve("demo");
        try (DemoFolder folder = DemoFolder.open(root)) {
            folder.fill(example);
        }
        Files.writeString(root.resolve("leftover"), "of the first run");
        try (DemoFolder folder = DemoFolder.open(root)) {
            assertThat(folder.stopServers()).isFalse();
            folder.fill(example);
        }

        assertThat(root.resolve("leftover")).doesNotExist();
        assertThat(root.resolve("orders/dataproduct.yaml")).hasContent("kind: DataProduct");
        assertThat(root.resolve(".mesh")).as("a catalog inside the example").doesNotExist();
    }

    @Test
    public void testFolderOfSomebodyElse(@TempDir Path temporary)
            throws IOException
    {
        Path root = Files.createDirectories(temporary.resolve("demo"));
        Path precious = Files.writeString(root.resolve("precious"), "keep me");

        assertThatThrownBy(() -> DemoFolder.open(root))
                .isInstanceOfSatisfying(MeshException.class, problem -> assertThat(problem.rule()).isEqualTo(DemoRule.FOLDER))
                .hasMessageEndingWith("was not made by a demonstration");
        assertThat(precious).hasContent("keep me");
    }

    @Test
    public void testTwoDemonstrationsAtOnce(@TempDir Path temporary)
    {
        Path root = temporary.resolve("demo");
        try (DemoFolder first = DemoFolder.open(root)) {
            assertThatThrownBy(() -> DemoFolder.open(first.root()))
                    .isInstanceOf(MeshException.class)
                    .hasMessageStartingWith("Another demonstration is running in ");
        }
    }

    private static Path example(Path temporary)
            throws IOException
    {
        Path example = temporary.resolve("example");
        Files.createDirectories(example.resolve("orders"));
        Files.writeString(example.resolve("orders/dataproduct.yaml"), "kind: DataProduct");
        Files.createDirectories(example.resolve(".mesh"));
        Files.writeString(example.resolve(".mesh/catalog.db"), "somebody's catalog");
        return example;
    }
}
