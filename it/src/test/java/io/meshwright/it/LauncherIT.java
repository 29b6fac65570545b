package io.meshwright.it;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class LauncherIT
{
    private static final Duration BOUND = Duration.ofMinutes(1);

    @Test
    void testWrapperSelectsTheJdk()
            throws Exception
    {
        // regenerating the wrapper drops the line
        assertThat(Files.readString(Mesh.REPOSITORY.resolve("mvnw")).lines().takeWhile(line -> !line.startsWith("set -euf")))
                .anyMatch(line -> line.contains(".mvn/select-jdk.sh"));
    }

    @Test
    void testTellsWhatToInstallWithoutAJdk(@TempDir Path folder)
            throws Exception
    {
        String script = Files.readString(Mesh.REPOSITORY.resolve(".mvn/select-jdk.sh"));
        Files.writeString(folder.resolve("select-jdk.sh"), script.replace("meshwright_java_minimum=25", "meshwright_java_minimum=99"));
        Execution execution = Processes.run(folder, Map.of(), BOUND, "sh", "-c", ". ./select-jdk.sh; echo not reached").expectExit(1);
        assertThat(execution.output()).isEmpty();
        assertThat(execution.errors()).contains("needs a JDK").contains("99").contains("apt-get install");
    }

    @Test
    void testRunsFromAnyFolderWithAnOlderJava(@TempDir Path folder)
    {
        Execution version = Processes.run(folder, Map.of("JAVA_HOME", "", "HOME", folder.toString()), BOUND, Mesh.HOME.resolve("bin/mesh").toString(), "version").expectExit(0);
        assertThat(version.output()).contains("0.1.0");
        assertThat(version.errors()).isEmpty();
    }

    @Test
    void testRunsThroughASymbolicLinkInAFolderWithSpaces(@TempDir Path folder)
            throws Exception
    {
        Path link = Files.createSymbolicLink(Files.createDirectory(folder.resolve("my tools")).resolve("mesh"), Mesh.HOME.resolve("bin/mesh"));
        Processes.run(folder, Map.of("HOME", folder.toString()), BOUND, link.toString(), "version").expectExit(0);
    }

    @Test
    void testWithoutArgumentsShowsTypicalLines(@TempDir Path folder)
    {
        assertThat(new Mesh(folder).run().output().lines().filter(line -> line.contains("mesh ")).count()).isBetween(5L, 10L);
    }
}
