package io.meshwright.bridge.admission;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class TestGitRevision
{
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    @Test
    void testEveryWayToSayIt()
            throws IOException
    {
        Path file = folder.resolve("a/b/dataproduct.yaml");
        write("a/b/dataproduct.yaml", "");
        write("a/.git/HEAD", "ref: refs/heads/main\n");
        assertThat(GitRevision.of(file)).isEmpty();
        write("a/.git/packed-refs", "# pack-refs\n" + COMMIT + " refs/heads/main\n");
        assertThat(GitRevision.of(file)).contains(COMMIT);
        String newer = COMMIT.replace('0', 'f');
        write("a/.git/refs/heads/main", newer + "\n");
        assertThat(GitRevision.of(file)).contains(newer);
        write("a/.git/HEAD", COMMIT + "\n");
        assertThat(GitRevision.of(file)).contains(COMMIT);
        write("a/.git/HEAD", "nonsense");
        assertThat(GitRevision.of(file)).isEmpty();
    }

    @Test
    void testALinkedWorktree()
            throws IOException
    {
        write("main/.git/refs/heads/side", COMMIT);
        write("main/.git/worktrees/side/HEAD", "ref: refs/heads/side\n");
        write("main/.git/worktrees/side/commondir", "../..\n");
        write("side/.git", "gitdir: ../main/.git/worktrees/side\n");
        assertThat(GitRevision.of(folder.resolve("side/dataproduct.yaml"))).contains(COMMIT);
        write("side/.git", "broken");
        assertThat(GitRevision.of(folder.resolve("side/dataproduct.yaml"))).isEmpty();
    }

    private void write(String name, String text)
            throws IOException
    {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }
}
