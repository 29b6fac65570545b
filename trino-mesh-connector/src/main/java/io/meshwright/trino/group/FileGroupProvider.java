package io.meshwright.trino.group;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import io.trino.spi.security.GroupProvider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Groups from a file that is read once: who is in a group does not change while a server runs.
 */
final class FileGroupProvider
        implements GroupProvider
{
    private final ImmutableSetMultimap<String, String> groupsByUser;

    FileGroupProvider(Path file)
    {
        requireNonNull(file, "file is null");
        try {
            groupsByUser = parse(Files.readAllLines(file));
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot read the group file " + file, e);
        }
    }

    private static ImmutableSetMultimap<String, String> parse(List<String> lines)
    {
        ImmutableSetMultimap.Builder<String, String> groupsByUser = ImmutableSetMultimap.builder();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (line.isEmpty()) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("Line " + (index + 1) + " of the group file is not of the form group:user,user");
            }
            String group = line.substring(0, colon).strip();
            Splitter.on(',').trimResults().omitEmptyStrings().split(line.substring(colon + 1))
                    .forEach(user -> groupsByUser.put(user, group));
        }
        return groupsByUser.build();
    }

    @Override
    public Set<String> getGroups(String user)
    {
        return ImmutableSet.copyOf(groupsByUser.get(user));
    }
}
