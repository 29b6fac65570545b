package io.meshwright.bridge.admission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads which commit is checked out, without git.
 */
final class GitRevision
{
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");
    private static final String LINK = "gitdir: ";
    private static final String REFERENCE = "ref: ";

    private GitRevision() {}

    /**
     * @return empty when the file lies in no repository, or in one without a commit
     */
    static Optional<String> of(Path file)
    {
        for (Path folder = file.toAbsolutePath().getParent(); folder != null; folder = folder.getParent()) {
            Path git = folder.resolve(".git");
            if (Files.exists(git)) {
                try {
                    return head(gitFolder(git));
                }
                catch (IOException e) {
                    // provenance is an extra: a broken repository must not keep a product from being registered
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /**
     * In a linked worktree .git is a file that names the folder.
     */
    private static Path gitFolder(Path git)
            throws IOException
    {
        if (Files.isDirectory(git)) {
            return git;
        }
        String link = Files.readString(git).strip();
        if (!link.startsWith(LINK)) {
            throw new IOException("Not a link to a git folder: " + git);
        }
        return git.getParent().resolve(link.substring(LINK.length()));
    }

    private static Optional<String> head(Path folder)
            throws IOException
    {
        String head = Files.readString(folder.resolve("HEAD")).strip();
        if (!head.startsWith(REFERENCE)) {
            return commit(head);
        }
        String name = head.substring(REFERENCE.length());
        Path common = folder;
        if (Files.exists(folder.resolve("commondir"))) {
            common = folder.resolve(Files.readString(folder.resolve("commondir")).strip()).normalize();
        }
        for (Path place : List.of(folder, common)) {
            if (Files.isRegularFile(place.resolve(name))) {
                return commit(Files.readString(place.resolve(name)).strip());
            }
        }
        Path packed = common.resolve("packed-refs");
        if (!Files.exists(packed)) {
            return Optional.empty();
        }
        return Files.readAllLines(packed).stream()
                .filter(line -> line.endsWith(" " + name))
                .findFirst()
                .flatMap(line -> commit(line.substring(0, line.indexOf(' '))));
    }

    private static Optional<String> commit(String text)
    {
        return Optional.of(text).filter(COMMIT.asMatchPredicate());
    }
}
